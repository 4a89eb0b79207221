"""Requests: time off, changes of the schedule, wishes, and shift reports that are missing."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.present.charts.style import LOSS
from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Cell, Record, number_of
from facet.reporting.screen.pages.people.data.hours import HOURS, hours_of, shifts
from facet.reporting.screen.pages.people.data.requests import (
    CHANGE_STATES,
    REQUEST_STATES,
    WISHES,
    against_wishes,
    changes_of_period,
    changes_waiting,
    time_off,
    time_off_by_kind,
    wishes,
)
from facet.reporting.screen.pages.people.hours import state_column
from facet.reporting.screen.parts.cells import Column, column, moment_of, or_dash, summed
from facet.reporting.screen.parts.empty import nothing_wrong, nothing_yet
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.table import listing, written_table
from facet.reporting.screen.parts.tiles import tiles
from facet.reporting.screen.session.view import View

_TILES: Final = (
    *("time_off_requests", "time_off_approved", "time_off_rejected", "time_off_waiting"),
    "median_days_to_decide_time_off",
)


def requests(view: View) -> None:
    """What waits for a decision, then what was asked for in the period."""
    _time_off(view)
    _changes(view)
    _wishes(view)
    _reports(view)


def _time_off(view: View) -> None:
    subheading(view.text("away.title"))
    if not view.marts.count("fct_time_off_requests"):
        nothing_yet(view.text("away.never"), view.text("away.never_why"), key="no-time-off")
        return
    rows = time_off(view, {"is_waiting": [True]})
    if rows:
        overdue = view.text("away.overdue")
        columns = [
            column(view, "people.person", or_dash("user_name")),
            column(view, "people.waits", "wait_days", kind="days"),
            column(view, "shift.leave", or_dash("leave_type_name")),
            column(view, "away.from", "start_date", kind="day"),
            column(view, "away.until", "end_date", kind="day"),
            column(
                view,
                "people.state",
                lambda row: (
                    overdue
                    if row["is_overdue"]
                    else view.word("request_status", row["request_status"])
                ),
                colours={overdue: LOSS},
            ),
            column(view, "away.asked", "requested_date", kind="day"),
        ]
        listing(view, "time-off-waiting", rows, columns)
    else:
        nothing_wrong(view.text("away.none"))
    if tiles(view, _TILES, of="time-off").is_empty:
        st.caption(view.text("away.none_in_period"))
        return
    counts = _counted(time_off_by_kind(view), "leave_type_name", "request_status")
    kinds = [
        column(view, "shift.leave", lambda kind: kind or DASH),
        *_counts(view, "request_status", REQUEST_STATES, counts),
    ]
    written_table(view, list(counts), kinds)


def _changes(view: View) -> None:
    subheading(view.text("change.title"))
    if not view.marts.count("fct_schedule_changes"):
        nothing_yet(view.text("change.never"), view.text("change.never_why"), key="no-changes")
        return
    rows = changes_waiting(view)
    if rows:
        columns = [
            column(view, "people.person", or_dash("user_name")),
            column(view, "change.what", lambda row: view.word("change_type", _kind(row))),
            column(view, "people.waits", "wait_days", kind="days"),
            column(view, "change.to", or_dash("new_user_name")),
            column(view, "change.before", moment_of(view, "old_starts_at"), kind="moment"),
            column(view, "change.after", moment_of(view, "new_starts_at"), kind="moment"),
            column(view, "change.revision", "schedule_revision_id"),
        ]
        listing(view, "changes-waiting", rows, columns)
    else:
        nothing_wrong(view.text("change.none"))
    counts = _counted(changes_of_period(view), "change_type", "revision_status")
    if not counts:
        st.caption(view.text("change.none_in_period"))
        return
    kinds = [
        column(view, "change.what", lambda kind: view.word("change_type", kind)),
        *_counts(view, "change_status", CHANGE_STATES, counts),
    ]
    written_table(view, list(counts), kinds)


def _wishes(view: View) -> None:
    subheading(view.text("wish.title"))
    found = wishes(view)
    if not any(row["wish"] for row in found):
        st.caption(view.text("wish.none"))
        return
    st.caption(view.text("wish.means"))
    counts = _counted(found, "user_id", "wish")
    names = {row["user_id"]: row["user_name"] for row in found}
    people = [
        column(view, "people.person", lambda user: names[user] or DASH),
        summed(view, "shift.shifts", lambda user: sum(counts[user].values()), kind="count"),
        *_counts(view, "wish_of", WISHES, counts),
    ]
    listing(view, "wishes", list(counts), people, has_total=True)
    ahead = against_wishes(view)
    if ahead:
        minor_heading(view.text("wish.ahead"))
        listing(view, "against-wishes", ahead, _shift_columns(view))


def _reports(view: View) -> None:
    if not view.marts.count("fct_shifts"):
        return
    subheading(view.text("report.title"))
    rows = shifts(view, view.period, HOURS["reports_missing"])
    if rows:
        listing(view, "reports-missing", rows, [*_shift_columns(view), state_column(view)])
    else:
        nothing_wrong(view.text("report.none"))


def _shift_columns(view: View) -> list[Column]:
    return [
        column(view, "people.person", or_dash("user_name")),
        column(view, "shift.starts", moment_of(view, "starts_at"), kind="moment"),
        column(view, "shift.ends", moment_of(view, "ends_at"), kind="moment"),
        column(view, "shift.hours", hours_of, kind="decimal"),
    ]


def _kind(row: Record) -> str:
    return "swapped" if row["is_swap"] else str(row["change_type"])


def _counted(rows: Sequence[Record], of: str, by: str) -> dict[Cell, dict[Cell, int]]:
    """How many there are of each, by what they came to."""
    counts: dict[Cell, dict[Cell, int]] = {}
    for row in rows:
        counts.setdefault(row[of], {})[row[by]] = int(number_of(row["row_count"]))
    return counts


def _counts(
    view: View,
    topic: str,
    states: Sequence[str],
    counts: Mapping[Cell, Mapping[Cell, int]],
) -> list[Column]:
    """A column for each state, of rows that are the keys of the counts."""
    return [
        summed(
            view,
            f"{topic}.{state}",
            partial(_count, counts, state),
            kind="count",
        )
        for state in states
    ]


def _count(counts: Mapping[Cell, Mapping[Cell, int]], state: str, key: Cell) -> int:
    return counts[key].get(state, 0)
