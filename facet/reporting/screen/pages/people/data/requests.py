"""Time off, changes of the schedule, and wishes of the people whom the reader may see."""

from collections.abc import Sequence
from typing import Final

from facet.reporting.present.needs import AGAINST_WISHES
from facet.reporting.query.conditions import Where
from facet.reporting.query.table import Record
from facet.reporting.screen.session.view import View

REQUEST_STATES: Final = ("requested", "approved", "rejected", "cancelled")
CHANGE_STATES: Final = ("requested", "approved", "rejected", "draft")
WISHES: Final = ("preferred", "possible", "unavailable")


def time_off(view: View, where: Where) -> Sequence[Record]:
    """Requests of which something holds, those asked for first before all."""
    return view.marts.rows(
        "fct_time_off_requests",
        [
            *("user_name", "leave_type_name", "request_status", "wait_days", "is_overdue"),
            *("requested_date", "start_date", "end_date"),
        ],
        where=where,
        order_by=["requested_date", "time_off_request_id"],
    ).records()


def time_off_by_kind(view: View) -> Sequence[Record]:
    """How many requests of the period there are of each kind of leave and state."""
    return view.marts.totals(
        "fct_time_off_requests",
        [],
        by=["leave_type_name", "request_status"],
        between={"requested_date": (view.period.start, view.period.end)},
        order_by=["leave_type_name"],
    ).records()


def changes_waiting(view: View) -> Sequence[Record]:
    """Changes of shifts that wait for a decision, those asked for first before all."""
    return view.marts.rows(
        "fct_schedule_changes",
        [
            *("schedule_revision_id", "user_name", "new_user_name", "change_type", "is_swap"),
            *("wait_days", "old_starts_at", "new_starts_at", "requested_date"),
        ],
        where={"is_waiting": [True]},
        order_by=["requested_date", "schedule_revision_id", "schedule_revision_detail_id"],
    ).records()


def changes_of_period(view: View) -> Sequence[Record]:
    """How many changes were asked for in the period, of each kind and state."""
    return view.marts.totals(
        "fct_schedule_changes",
        ["is_swap"],
        by=["change_type", "revision_status"],
        between={"requested_date": (view.period.start, view.period.end)},
    ).records()


def wishes(view: View) -> Sequence[Record]:
    """How many shifts of the period each person wished for, or did not, by name."""
    return view.marts.totals(
        "fct_shifts",
        [],
        by=["user_id", "user_name", "wish"],
        between={"shift_date": (view.period.start, view.period.end)},
        order_by=["user_name", "user_id"],
    ).records()


def against_wishes(view: View) -> Sequence[Record]:
    """Shifts ahead on which their person cannot work, the next first."""
    return view.marts.rows(
        "fct_shifts",
        ["user_name", "starts_at", "ends_at", "planned_seconds"],
        where=AGAINST_WISHES,
        order_by=["starts_at", "schedule_id"],
    ).records()
