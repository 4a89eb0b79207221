"""What needs somebody now, and tiles of the period."""

from collections.abc import Iterator
from typing import Final

from facet.reporting.query.table import Cell, total
from facet.reporting.screen.pages.operations.data import (
    endpoints,
    notes,
    open_alerts,
    recent_changes_after_closing,
    unusual_hours,
)
from facet.reporting.screen.parts.ages import AGES
from facet.reporting.screen.parts.attention import Line, needs_attention
from facet.reporting.screen.parts.tiles import tiles
from facet.reporting.screen.session.view import View

_METRICS: Final = (
    *("alerts_raised", "alerts_resolved", "median_minutes_to_acknowledge"),
    *("median_minutes_to_resolve", "webhook_failure_rate", "workflow_success_rate"),
    *("system_errors", "acts_refused"),
)


def what_needs_somebody(view: View) -> None:
    """A line for each thing that somebody should see to."""
    needs_attention(view, _lines(view), nothing=view.text("operation.needs_nobody"))


def operation_tiles(view: View) -> None:
    """Show what happened in the period."""
    tiles(view, _METRICS)


def _lines(view: View) -> Iterator[Line]:
    alerts = open_alerts(view)
    critical = [row for row in alerts if row["severity"] == "critical"]
    if critical:
        yield Line("emergency_home", _counted(view, "critical", total(critical, "row_count")))
    old = [row for row in alerts if row["open_age"] in AGES[2:]]
    if old:
        yield Line("hourglass_bottom", _counted(view, "old", total(old, "row_count")))
    if unassigned := total(alerts, "is_unassigned"):
        yield Line("person_off", _counted(view, "unassigned", unassigned))
    if failing := [row for row in endpoints(view) if row["is_failing"]]:
        yield Line("link_off", _counted(view, "failing", len(failing)))
    if unusual := unusual_hours(view):
        yield Line("search_activity", _counted(view, "unusual", len(unusual)))
    if late := recent_changes_after_closing(view):
        yield Line("history", _counted(view, "late", late))
    if lost := total(notes(view), "note_count_without_order"):
        yield Line("sticky_note_2", _counted(view, "notes", lost))


def _counted(view: View, name: str, count: Cell) -> str:
    return view.text(f"operation_needs.{name}", count=view.count(count))
