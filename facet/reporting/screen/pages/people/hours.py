"""Hours: what was planned, worked and missed, by person, day and shift, and leave by its kind."""

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.present.charts.style import LOSS
from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Cell, Record
from facet.reporting.screen.pages.people.data.hours import (
    HOURS,
    hours_of,
    hours_of_people,
    leave_by_kind,
    shifts,
)
from facet.reporting.screen.parts.cells import Column, column, moment_of, or_dash, summed
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.parts.figures import trend_chart
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.orders import orders_behind
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import Select, listing, written_table
from facet.reporting.screen.parts.tiles import tiles
from facet.reporting.screen.session.view import View

_TILES: Final = (
    *("hours_planned", "hours_worked", "hours_absent", "absence_rate", "hours_on_leave"),
    *("late_starts", "late_start_rate", "early_ends"),
)
_OF_PERSON: Final = (
    *("hours_planned", "hours_worked", "hours_kept", "hours_absent", "absence_rate"),
    *("hours_on_leave", "hours_ahead", "late_starts", "late_start_rate", "early_ends"),
    "reports_missing",
)


def hours(view: View) -> None:
    """What people were to work in the period and did, and what is behind it."""
    if not view.marts.count("fct_shifts"):
        nothing_yet(view.text("shift.never"), view.text("shift.never_why"), key="no-shifts")
        return
    if tiles(view, _TILES).is_empty:
        st.caption(view.text("shift.none_in_period"))
        return
    _by_person(view)
    _over_time(view)
    _leave(view)


def _by_person(view: View) -> None:
    subheading(view.text("shift.by_person"))
    st.caption(view.text("shift.means"))
    rows = hours_of_people(view, _OF_PERSON)
    columns = [
        column(view, "people.person", or_dash("staff_member__full_name")),
        *(
            Column(
                label=view.label(name),
                value=name,
                kind=view.kind(name),
                is_summed=view.kind(name) != "rate",
            )
            for name in _OF_PERSON
        ),
    ]
    person = listing(view, "hours", rows, columns, select=Select(by="staff_member"), has_total=True)
    if person is not None:
        of_person = shifts(view, view.period, {"user_id": [person["staff_member"]]})
        name = str(person["staff_member__full_name"])
        _shifts_behind(view, "drill-person", view.text("shift.behind", part=name), of_person)


def _over_time(view: View) -> None:
    metric = one_of(view.text("people.which"), ("hours_worked", *HOURS), view.label, key="hours")
    bar = trend_chart(view, metric)
    if bar is None or bar.period is None:
        return
    rows = shifts(view, bar.period, HOURS.get(metric, {"shift_state": ["worked"]}))
    title = view.text("shift.behind", part=f"{view.label(metric)}, {bar.label}")
    _shifts_behind(view, "drill-shifts", title, rows)


def _leave(view: View) -> None:
    rows = leave_by_kind(view)
    if not rows:
        return
    subheading(view.text("shift.leave_title"))
    columns = [
        column(view, "shift.leave", or_dash("leave_type_name")),
        column(view, "shift.paid", partial(_paid, view)),
        column(view, "shift.shifts", "row_count", kind="count"),
        column(view, "shift.hours", hours_of, kind="decimal"),
    ]
    written_table(view, rows, columns)


def _shifts_behind(view: View, name: str, title: str, rows: Sequence[Record]) -> None:
    columns = [
        column(view, "people.person", or_dash("user_name")),
        column(view, "shift.starts", moment_of(view, "starts_at"), kind="moment"),
        column(view, "shift.ends", moment_of(view, "ends_at"), kind="moment"),
        summed(view, "shift.hours", hours_of, kind="decimal"),
        state_column(view),
        column(view, "shift.leave", lambda row: row["leave_type_name"] or ""),
        column(view, "shift.began", moment_of(view, "work_started_at"), kind="moment"),
        column(view, "shift.ended", moment_of(view, "work_ended_at"), kind="moment"),
        column(view, "shift.late", partial(_told, "late_minutes", "is_late"), kind="minutes"),
        column(view, "shift.early", partial(_told, "early_minutes", "is_early"), kind="minutes"),
        column(view, "shift.report", partial(_report, view)),
    ]
    caption = view.text("shift.count", count=view.count(len(rows)))
    orders_behind(view, name, rows, columns, title=title, caption=caption)


def state_column(view: View) -> Column:
    """What became of a shift."""
    return column(
        view,
        "shift.state",
        lambda row: view.word("shift_state", row["shift_state"]),
        colours={view.text("shift_state.absent"): LOSS},
    )


def _told(minutes: str, flag: str, row: Record) -> Cell:
    return row[minutes] if row[flag] else None


def _report(view: View, row: Record) -> str:
    return view.text("shift.lacks_report") if row["lacks_report"] else ""


def _paid(view: View, row: Record) -> str:
    if row["is_paid_leave"] is None:
        return DASH
    return view.text("table.yes" if row["is_paid_leave"] else "table.no")
