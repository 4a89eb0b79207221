"""Shifts of the people whom the reader may see."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from facet.reporting.query.conditions import Where
from facet.reporting.query.periods import Period
from facet.reporting.query.table import Cell, Record, number_of
from facet.reporting.screen.session.view import View

#: What hours of shifts are told by, with the shifts behind each.
HOURS: Final[dict[str, Where]] = {
    "hours_planned": {},
    "hours_absent": {"shift_state": ["absent"]},
    "hours_on_leave": {"shift_state": ["leave"]},
    "late_starts": {"is_late": [True]},
    "early_ends": {"is_early": [True]},
    "reports_missing": {"lacks_report": [True]},
}
_SHIFT: Final = (
    *("schedule_id", "user_name", "shift_state", "leave_type_name", "planned_seconds"),
    *("late_minutes", "early_minutes", "is_late", "is_early", "lacks_report"),
    *("shift_date", "starts_at", "ends_at", "work_started_at", "work_ended_at"),
)


def shifts(view: View, period: Period, where: Where) -> Sequence[Record]:
    """Shifts of a period of which something holds, the latest first."""
    return view.marts.rows(
        "fct_shifts",
        _SHIFT,
        where=where,
        between={"shift_date": (period.start, period.end)},
        order_by=["-starts_at", "schedule_id"],
    ).records()


def hours_of_people(view: View, names: Sequence[str]) -> Sequence[Record]:
    """The figures of each person who was planned or worked in the period, by name."""
    found = view.query(
        names,
        by=["staff_member", "staff_member__full_name"],
        period=view.period,
        order_by=["staff_member__full_name", "staff_member"],
    ).records()
    return [row for row in found if any(row[name] for name in names)]


def leave_by_kind(view: View) -> Sequence[Record]:
    """Shifts on leave of the period by the kind of leave, the most hours first."""
    return view.marts.totals(
        "fct_shifts",
        ["planned_seconds"],
        by=["leave_type_name", "is_paid_leave"],
        where={"shift_state": ["leave"]},
        between={"shift_date": (view.period.start, view.period.end)},
        order_by=["-planned_seconds", "leave_type_name"],
    ).records()


def hours_of(row: Record) -> Cell:
    """The planned hours of shifts."""
    return number_of(row["planned_seconds"]) / Decimal(3600)
