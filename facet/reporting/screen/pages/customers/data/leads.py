"""Leads as the page reads them: how far those of the period got, and which are open."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from facet.reporting.query.periods import Period
from facet.reporting.query.table import Record, Row
from facet.reporting.screen.session.view import View

STAGES: Final = (
    *("leads_created", "created_leads_contacted", "created_leads_qualified"),
    "created_leads_converted",
)
OPEN: Final = ("new", "contacted", "qualified")
#: What leads are told apart by: the columns of a mart, named first.
WAYS: Final = {
    "source": ("funnel_lead__lead_source",),
    "channel": ("funnel_lead__channel_name", "funnel_lead__page_id"),
    "staff": ("funnel_lead__assigned_name", "funnel_lead__assigned_user_id"),
}
LEADS_SHOWN: Final = 1000
_YEAR_DAYS: Final = 365
_BY: Final = ("leads_created", *STAGES[1:], "created_lead_conversion_rate")


def funnel_by(view: View, way: str) -> Sequence[Row]:
    """How far the period's leads got, by source, channel or staff, the most leads first."""
    table = view.query(_BY, by=WAYS[way], period=view.period, order_by=["-leads_created"])
    return [Row(record) for record in table.records() if record["leads_created"]]


def mature_rate(view: View) -> Row:
    """The conversion of the year's leads that are old enough."""
    last = view.tenant.today - timedelta(days=1)
    year = Period(last - timedelta(days=_YEAR_DAYS - 1), last)
    names = ("mature_leads", "mature_leads_converted", "mature_lead_conversion_rate")
    return Row(view.query(names, period=year).records()[0])


def open_by_age(view: View) -> Sequence[Row]:
    """How many leads are open, by age and status."""
    table = view.marts.totals(
        "fct_lead_stages", [], by=["open_age", "lead_status"], where={"is_open": [True]}
    )
    return tuple(map(Row, table.records()))


def open_leads(view: View) -> Sequence[Record]:
    """Open leads, the oldest first."""
    return view.marts.rows(
        "fct_lead_stages",
        [
            *("lead_id", "created_date", "age_day_count", "lead_status", "lead_source"),
            *("channel_name", "assigned_name"),
        ],
        where={"is_open": [True]},
        order_by=["created_date", "lead_id"],
        limit=LEADS_SHOWN,
    ).records()
