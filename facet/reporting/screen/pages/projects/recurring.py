"""Recurring tasks: which of their turns were done in time, late, or missed."""

import streamlit as st

from facet.reporting.query.table import Cell, Record
from facet.reporting.screen.pages.projects.data import missed_turns, recurring
from facet.reporting.screen.parts.cells import column, or_dash, share_of, summed
from facet.reporting.screen.parts.empty import nothing_wrong, nothing_yet
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View


def recurring_tasks(view: View) -> None:
    """Turns due in the period, by recurring task, then what was missed one by one."""
    subheading(view.text("recurring.title"))
    if not view.marts.count("rpt_recurring_turns"):
        nothing_yet(
            view.text("recurring.never"), view.text("recurring.never_why"), key="no-recurring"
        )
        return
    rows = recurring(view)
    if not rows:
        st.caption(view.text("recurring.none"))
        return
    st.caption(view.text("recurring.means"))
    columns = [
        column(view, "task.task", "title", width=220),
        column(view, "recurring.frequency", lambda row: view.word("frequency", row["frequency"])),
        summed(view, "recurring.due", "was_due", kind="count"),
        summed(view, "recurring.on_time", "was_on_time", kind="count"),
        summed(view, "recurring.late", "was_late", kind="count"),
        summed(view, "recurring.missed", "is_missed", kind="count"),
        column(view, "recurring.missed_rate", _missed_rate, kind="rate"),
        column(view, "task.assignee", or_dash("assignee_name")),
        column(view, "task.project", "project_name"),
    ]
    listing(view, "recurring", rows, columns, has_total=True)
    _missed(view)


def _missed(view: View) -> None:
    rows = missed_turns(view)
    if not rows:
        nothing_wrong(view.text("recurring.none_missed"))
        return
    minor_heading(view.text("recurring.missed_title"))
    columns = [
        column(view, "task.task", "title", width=220),
        column(view, "recurring.why", lambda row: view.word("turn_outcome", row["outcome"])),
        column(view, "recurring.turn", "turn_date", kind="day"),
        column(view, "task.due", "due_date", kind="day"),
        column(view, "task.assignee", or_dash("assignee_name")),
    ]
    listing(view, "missed-turns", rows, columns)


def _missed_rate(row: Record) -> Cell:
    return share_of(row["is_missed"], row["was_due"])
