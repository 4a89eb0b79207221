"""A person's best figures up to now, whatever the period."""

from datetime import date
from typing import Final

import streamlit as st

from facet.reporting.present.staff import Person
from facet.reporting.query.periods import Period
from facet.reporting.query.table import Record
from facet.reporting.screen.parts.cells import column
from facet.reporting.screen.parts.headings import minor_heading
from facet.reporting.screen.parts.table import written_table
from facet.reporting.screen.session.view import View

_MART: Final = "rpt_staff_achievements"
#: In the order in which they are told.
ACHIEVEMENTS: Final = (
    "best_day",
    "best_month",
    "largest_order",
    "most_orders_in_a_day",
    "longest_streak",
    "current_streak",
)
_COLUMNS: Final = (
    *("achievement_type", "order_number", "net_sales_amount", "order_count", "sales_day_count"),
    *("start_date", "end_date"),
)


def person_achievements(view: View, person: Person) -> None:
    """A row for each achievement that the person has."""
    if not view.marts.shows(_MART):
        return
    rows = view.marts.rows(_MART, _COLUMNS, where={"user_id": [person.user_id]}).records()
    found = {record["achievement_type"]: record for record in rows}
    if not found:
        return
    with st.container(key="achievements", gap="xxsmall"):
        minor_heading(view.text("staff.achievements"))
        columns = [
            column(view, "staff.achieved", lambda name: view.word("achievement", name)),
            column(view, "staff.value", lambda name: _value(view, name, found[name])),
            column(view, "staff.when", lambda name: _when(view, name, found[name])),
        ]
        written_table(view, [name for name in ACHIEVEMENTS if name in found], columns)


def _value(view: View, name: str, record: Record) -> str:
    match name:
        case "longest_streak" | "current_streak":
            return view.text("staff.in_a_row", count=view.count(record["sales_day_count"]))
        case "most_orders_in_a_day":
            return view.count(record["order_count"])
        case _:
            return view.formats.exact(record["net_sales_amount"], "money")


def _when(view: View, name: str, record: Record) -> str:
    start, end = record["start_date"], record["end_date"]
    days = view.formats.day_or_dash(start)
    if name == "best_month":
        return view.formats.bucket(start, "month") if isinstance(start, date) else days
    if isinstance(start, date) and isinstance(end, date):
        days = view.formats.period(Period(start, end))
    return f"{record['order_number']}, {days}" if name == "largest_order" else days
