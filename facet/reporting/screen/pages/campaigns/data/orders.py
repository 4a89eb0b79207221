"""The rows behind the numbers of goals, campaigns and links; they add up to these."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from facet.reporting.present.goals import Goal
from facet.reporting.query.table import Cell, Row, Table
from facet.reporting.screen.pages.campaigns.data.campaigns import COSTED, Campaign, Campaigns
from facet.reporting.screen.session.view import View

#: Of each goal of orders, what of a campaign's sales it sums, and the day that dates it.
_OF_ORDERS: Final = {
    "net_sales": ("net_sales_amount", "ledger_date"),
    "orders": ("order_weight", "order_date"),
    "units": ("unit_weight", "order_date"),
    "new_customers": ("new_customer_weight", "order_date"),
}
_ORDER: Final = ("order_number", "order_date", "channel_name", "buyer_type", "order_id")
_SUMMED: Final = ("net_sales_amount", "demand_sales_amount", "cost_amount", "order_weight")

#: What had come in of a goal by the end of each day, by the goal.
Courses = Mapping[Cell, Sequence[Cell]]


def rows_of_goal(view: View, campaigns: Campaigns, goal: Goal) -> Table:
    """The rows with their part of the goal in the first column; they add up to what has come in."""
    days = (goal["start_date"], goal["end_date"])
    where: dict[str, Sequence[Any]] = {"campaign_id": [goal["campaign_id"]]}
    match goal["goal_metric"]:
        case "leads":
            return view.marts.rows(
                "fct_campaign_attributions",
                ["attribution_weight", "conversion_id", "conversion_date"],
                where={**where, **campaigns.attribution, "conversion_type": ["lead"]},
                between={"conversion_date": days},
                order_by=["conversion_date", "conversion_id"],
            )
        case "redemptions":
            return view.marts.rows(
                "fct_campaign_redemptions",
                ["redemption_weight", "promotion_name", "order_number", "redeemed_date"],
                where=where,
                between={"redeemed_date": days},
                order_by=["redeemed_date", "redemption_id"],
            )
    measure, day = _OF_ORDERS[str(goal["goal_metric"])]
    orders = view.marts.totals(
        "fct_campaign_sales",
        [measure],
        by=_ORDER,
        where={**where, **campaigns.attribution},
        between={day: days},
        order_by=[f"-{measure}", "order_id"],
    )
    position = orders.columns.index(measure)
    return Table(
        (measure, *_ORDER),
        tuple((row[position], *row[:position]) for row in orders.rows if row[position]),
    )


def orders_of_campaign(
    view: View, campaigns: Campaigns, campaign: Campaign, model: str
) -> tuple[Row, ...]:
    """The orders that a campaign's figures by a model were summed from, the largest first."""
    sales = "fct_campaign_sales"
    costed = COSTED if view.marts.has(sales, COSTED) else "demand_sales_amount"
    orders = view.marts.totals(
        sales,
        list(dict.fromkeys((*_SUMMED, costed))),
        by=_ORDER,
        where={
            "campaign_id": [campaign["campaign_id"]],
            **campaigns.attribution,
            "attribution_model": [model],
        },
        order_by=["-net_sales_amount", "order_id"],
    )
    return tuple(Row({**order, COSTED: order[costed]}) for order in orders.records())


def orders_of_link(view: View, utm_link_id: Cell) -> Table:
    """The counted orders that came by a link, whole; they add up to what the link has."""
    touches = view.marts.rows(
        "fct_campaign_touches",
        ["conversion_id"],
        where={
            "conversion_type": ["order"],
            "touch_source": ["utm_link"],
            "source_id": [utm_link_id],
        },
    )
    return view.marts.rows(
        "fct_orders",
        ["order_number", "net_sales_amount", "order_date", "channel_name", "buyer_type"],
        where={"order_id": sorted(set(touches.column("conversion_id")), key=str)},
        order_by=["-net_sales_amount", "order_id"],
    )


def courses_of(view: View, campaigns: Campaigns, goals: Sequence[Goal]) -> Courses:
    """What had come in by the end of each day, of all goals in one query."""
    days = view.marts.rows(
        "rpt_campaign_goal_days",
        ["goal_id", "actual_value"],
        where={"goal_id": [goal["goal_id"] for goal in goals], **campaigns.attribution},
        order_by=["goal_id", "date_day"],
    )
    courses: dict[Cell, list[Cell]] = {}
    for goal_id, actual in days.rows:
        if actual is not None:
            courses.setdefault(goal_id, []).append(actual)
    return courses
