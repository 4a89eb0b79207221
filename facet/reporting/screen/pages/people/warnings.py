"""Warnings of people; what they did best is on the page of the sales team."""

from collections.abc import Sequence

import streamlit as st

from facet.reporting.query.table import Record
from facet.reporting.screen.parts.cells import column, or_dash
from facet.reporting.screen.parts.empty import nothing_wrong
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View


def warnings(view: View) -> None:
    """Alerts about people that are open, or were raised in the period."""
    subheading(view.text("warned.title"))
    st.caption(view.text("warned.means"))
    rows = _warnings(view)
    if not rows:
        nothing_wrong(view.text("warned.none"))
        return
    columns = [
        column(view, "people.person", or_dash("user_name")),
        column(view, "warned.what", or_dash("alert_key_name")),
        column(view, "warned.about", lambda row: view.word("warned_about", row["subject_type"])),
        column(view, "warned.severity", lambda row: view.word("alert_severity", row["severity"])),
        column(view, "people.state", lambda row: view.word("alert_status", row["alert_status"])),
        column(view, "people.waits", "age_days", kind="days"),
        column(view, "warned.day", "raised_date", kind="day"),
    ]
    listing(view, "warnings", rows, columns)


def _warnings(view: View) -> Sequence[Record]:
    columns = (
        *("alert_id", "user_name", "alert_key_name", "subject_type", "severity", "alert_status"),
        *("age_days", "raised_date"),
    )
    order = ["raised_date", "alert_id"]
    standing = view.marts.rows(
        "rpt_staff_warnings", columns, where={"is_open": [True]}, order_by=order
    ).records()
    settled = view.marts.rows(
        "rpt_staff_warnings",
        columns,
        where={"is_open": [False]},
        between={"raised_date": (view.period.start, view.period.end)},
        order_by=order,
    ).records()
    return [*standing, *settled]
