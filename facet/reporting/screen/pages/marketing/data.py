"""Affiliates, links, channels and activities as the page reads them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from facet.reporting.present.costs import where_costed
from facet.reporting.present.needs import BROKEN
from facet.reporting.query.conditions import Where
from facet.reporting.query.table import Cell, Record, number_of
from facet.reporting.screen.session.view import View

#: Activities of a list; which they are is one of the first things that somebody asks.
ACTIVITIES: Final[dict[str, Where]] = {
    "late": {"activity_state": ["late"]},
    "running": {"activity_state": ["running"]},
    "planned": {"activity_state": ["planned"]},
    "done": {"activity_state": ["done", "done_late"]},
    "moved": {"is_moved": [True]},
}
STATES: Final = ("late", "running", "planned", "done_late", "done", "cancelled")
#: Of links those that somebody should look at, before all.
LINKS: Final = ("nowhere", "still_used", "never_used", "unused", "all")
#: So many days ahead the calendar of activities shows.
DAYS_AHEAD: Final = 56

_ACTIVITY: Final = (
    *("activity_id", "activity_name", "activity_type", "campaign_name", "marketing_channel_name"),
    *("owner_name", "activity_state", "late_days", "change_count", "move_count"),
    *("moved_due_days", "start_date", "due_date", "completed_date", "last_changed_date"),
)
_LINK: Final = (
    *("utm_link_id", "utm_source", "utm_medium", "utm_campaign", "campaign_name"),
    *("affiliate_name", "affiliate_code", "link_fault", "click_count", "touch_count"),
    *("order_count", "is_never_used", "is_still_used", "last_used_date", "campaign_end_date"),
)
_SUMS: Final = (
    *("is_of_new_customer", "demand_sales_amount", "net_sales_amount", "costed_demand_amount"),
    *("cost_amount", "commission_amount"),
)


def affiliates(view: View) -> Sequence[Record]:
    """Affiliates with what came by them in the period, the largest first."""
    found = view.marts.totals(
        "fct_link_uses",
        _SUMS,
        by=["affiliate_id"],
        where={"is_affiliate_order": [True]},
        between=_in_period(view, "used_date"),
    ).records()
    sums = {row["affiliate_id"]: row for row in found}
    rows = view.marts.rows(
        "rpt_affiliates",
        [
            *("affiliate_id", "affiliate_code", "affiliate_name", "affiliate_status"),
            *("commission_rate", "link_count", "is_deleted", "commission_amount"),
            "last_order_date",
        ],
        order_by=["affiliate_id"],
    ).records()
    told = [{**row, **_brought(row, sums.get(row["affiliate_id"]))} for row in rows]
    return sorted(told, key=lambda row: -number_of(row["net_sales"]))


def orders_of_affiliate(view: View, affiliate_id: Cell) -> Sequence[Record]:
    """The orders of the period that came by an affiliate's links, the largest first."""
    uses = view.marts.rows(
        "fct_link_uses",
        ["order_id", "commission_amount"],
        where={"is_affiliate_order": [True], "affiliate_id": [affiliate_id]},
        between=_in_period(view, "used_date"),
    ).records()
    commissions = {use["order_id"]: use["commission_amount"] for use in uses}
    orders = view.marts.rows(
        "fct_orders",
        [
            *("order_id", "order_number", "net_sales_amount", "order_date", "channel_name"),
            "buyer_type",
        ],
        where={"order_id": sorted(commissions, key=str)},
        order_by=["-net_sales_amount", "order_id"],
    ).records()
    return [{**order, "commission": commissions[order["order_id"]]} for order in orders]


def links(view: View) -> Sequence[Record]:
    """Links with their uses in the period, the most used first."""
    found = view.marts.totals(
        "fct_link_uses",
        ["is_touch", "is_order"],
        by=["utm_link_id"],
        between=_in_period(view, "used_date"),
    ).records()
    uses = {row["utm_link_id"]: row for row in found}
    rows = view.marts.rows("rpt_utm_links", _LINK, order_by=["utm_link_id"]).records()
    told = [
        {
            **row,
            "touches": uses.get(row["utm_link_id"], {}).get("is_touch", 0),
            "orders": uses.get(row["utm_link_id"], {}).get("is_order", 0),
        }
        for row in rows
    ]
    return sorted(told, key=lambda row: -number_of(row["orders"]) - number_of(row["touches"]))


def links_chosen(rows: Sequence[Record], chosen: str) -> Sequence[Record]:
    """Of links those that a choice of `LINKS` names."""
    holds: Mapping[str, Callable[[Record], object]] = {
        "nowhere": lambda row: row["link_fault"] in BROKEN,
        "still_used": lambda row: row["is_still_used"],
        "never_used": lambda row: row["is_never_used"],
        "unused": lambda row: not row["touches"] and not row["orders"],
        "all": lambda _: True,
    }
    return [row for row in rows if holds[chosen](row)]


def channels(view: View) -> Sequence[Record]:
    """Marketing channels, with orders and net sales of the period on the page they lead to."""
    page = "ledger_entry__page_id"
    found = view.query(["net_sales", "orders"], period=view.period, by=[page]).records()
    sales = {str(row[page]): row for row in found if row[page] is not None}
    rows = view.marts.rows(
        "rpt_marketing_channels",
        [
            *("marketing_channel_name", "marketing_channel_type", "page_id", "channel_name"),
            *("activity_count", "open_activity_count", "spent_amount", "impression_count"),
            *("click_count", "cost_per_click", "is_active"),
        ],
        order_by=["-spent_amount", "marketing_channel_id"],
    ).records()
    nothing: Record = {"net_sales": 0, "orders": 0}
    return [
        {
            **row,
            **{
                name: None
                if row["page_id"] is None
                else sales.get(str(row["page_id"]), nothing)[name]
                for name in ("net_sales", "orders")
            },
        }
        for row in rows
    ]


def activities(view: View, where: Where) -> Sequence[Record]:
    """Activities of which something holds; those that are over, of the period alone."""
    rows = view.marts.rows(
        "rpt_activity_schedule", _ACTIVITY, where=where, order_by=["due_date", "activity_id"]
    ).records()
    start, end = view.period.start, _horizon(view)

    def is_told(row: Record) -> bool:
        day = row["completed_date"] or row["due_date"] or row["start_date"]
        is_open = row["activity_state"] in ("late", "running", "planned")
        return is_open or (isinstance(day, date) and start <= day <= end)

    return [row for row in rows if is_told(row)]


def weeks(view: View) -> Mapping[date, Mapping[Cell, Record]]:
    """By week and state, how many activities are due from the period's first day on."""
    found = view.marts.totals(
        "rpt_activity_schedule",
        ["is_moved"],
        by=["due_date", "activity_state"],
        between={"due_date": (view.period.start, _horizon(view))},
        order_by=["due_date"],
    ).records()
    by_week: dict[date, dict[Cell, Record]] = {}
    for row in found:
        assert isinstance(row["due_date"], date)
        week = by_week.setdefault(view.tenant.calendar.week_of(row["due_date"]), {})
        before = week.get(row["activity_state"], {})
        week[row["activity_state"]] = {
            name: number_of(before.get(name)) + number_of(row[name])
            for name in ("row_count", "is_moved")
        }
    return by_week


def _horizon(view: View) -> date:
    """The last day of the calendar: ahead of today where the period reaches today."""
    today = view.tenant.today
    return max(view.period.end, today + timedelta(days=DAYS_AHEAD) * (view.period.end >= today))


def _in_period(view: View, day: str) -> Mapping[str, tuple[date, date]]:
    return {day: (view.period.start, view.period.end)}


def _brought(affiliate: Record, sums: Record | None) -> Record:
    """What came by an affiliate; what rests on costs or a rate is unknown without."""
    found = sums or dict.fromkeys((*_SUMS, "row_count"), 0)
    numbers = {name: number_of(found[name]) for name in (*_SUMS, "row_count")}
    demand, costed = numbers["demand_sales_amount"], numbers["costed_demand_amount"]
    return {
        "orders": numbers["row_count"],
        "new_customers": numbers["is_of_new_customer"],
        "net_sales": numbers["net_sales_amount"],
        "cost": where_costed(numbers["cost_amount"], costed, demand),
        "gross_margin": where_costed(
            numbers["net_sales_amount"] - numbers["cost_amount"], costed, demand
        ),
        "commission": None
        if affiliate["commission_rate"] is None
        else numbers["commission_amount"],
    }
