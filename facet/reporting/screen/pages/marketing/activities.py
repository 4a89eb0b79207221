"""The calendar of campaign activities: what is due week by week, and what was moved."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.present.charts.style import LOSS
from facet.reporting.query.table import Cell, Record, number_of
from facet.reporting.screen.pages.marketing.data import (
    ACTIVITIES,
    DAYS_AHEAD,
    STATES,
    activities,
    weeks,
)
from facet.reporting.screen.parts.cells import Column, column, or_dash
from facet.reporting.screen.parts.empty import nothing_wrong, nothing_yet
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View

#: A week of the calendar: its first day, and by state how many activities are due in it.
Week = tuple[date, Mapping[Cell, Record]]
_LATE: Final = ("late", "done_late")


def activity_calendar(view: View) -> None:
    """Weeks with their activities by state, and activities of a state one by one."""
    subheading(view.text("calendar.title"))
    if not view.marts.count("rpt_activity_schedule"):
        nothing_yet(view.text("calendar.never"), view.text("calendar.never_why"), key="no-plans")
        return
    _activity_list(view)
    found = [*weeks(view).items()]
    minor_heading(view.text("calendar.weeks"))
    if not found:
        st.caption(view.text("calendar.no_weeks"))
        return
    st.caption(view.text("calendar.means", days=view.count(DAYS_AHEAD)))
    columns = [
        column(view, "calendar.week", lambda week: week[0], kind="day"),
        *(_state_column(view, state) for state in STATES),
        column(view, "calendar.moved", partial(_counted, "is_moved", STATES), kind="count"),
    ]
    listing(view, "weeks", found, columns)


def _activity_list(view: View) -> None:
    chosen = one_of(
        view.text("calendar.which"),
        ACTIVITIES,
        lambda name: view.text(f"activity_list.{name}"),
        key="activities",
        is_label_shown=False,
    )
    rows = activities(view, ACTIVITIES[chosen])
    if not rows:
        nothing_wrong(view.text(f"activity_none.{chosen}"))
        return
    late = {view.text(f"activity_state.{state}"): LOSS for state in _LATE}
    columns = [
        column(view, "activity.activity", "activity_name", width=240),
        column(view, "calendar.campaign", "campaign_name"),
        column(
            view,
            "calendar.state",
            lambda row: view.word("activity_state", row["activity_state"]),
            colours=late,
        ),
        column(view, "activity.start", or_dash("start_date"), kind="day"),
        column(view, "activity.due", or_dash("due_date"), kind="day"),
        column(view, "calendar.late_days", "late_days", kind="days"),
        column(view, "calendar.moves", "move_count", kind="count"),
        column(view, "calendar.moved_days", _moved_days, kind="days"),
        column(view, "calendar.changes", "change_count", kind="count"),
        column(view, "calendar.changed", or_dash("last_changed_date"), kind="day"),
        column(view, "activity.type", lambda row: view.word("activity_type", row["activity_type"])),
        column(view, "activity.channel", or_dash("marketing_channel_name")),
        column(view, "activity.owner", or_dash("owner_name")),
    ]
    listing(view, f"activities-{chosen}", rows, columns)


def _moved_days(row: Record) -> Cell:
    """By how many days its due day was moved; nothing is told of what never was."""
    return row["moved_due_days"] if row["move_count"] else None


def _state_column(view: View, state: str) -> Column:
    label = view.text(f"activity_state.{state}")
    return Column(label=label, value=partial(_counted, "row_count", (state,)), kind="count")


def _counted(name: str, states: tuple[str, ...], week: Week) -> Cell:
    return sum(number_of(week[1][state][name]) for state in states if state in week[1])
