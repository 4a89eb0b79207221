"""The pace of a goal or a target: its status, in its colour."""

from collections.abc import Callable
from typing import Any, Final

from facet.reporting.present.charts.style import ACCENT, GOLD, LOSS
from facet.reporting.screen.parts.cells import Column, column
from facet.reporting.screen.session.view import View

COLOURS: Final = {
    "at_risk": LOSS,
    "missed": LOSS,
    "behind": GOLD,
    "on_track": ACCENT,
    "started": ACCENT,
    "achieved": ACCENT,
}


def status_column(view: View, status: Callable[[Any], Any], *, width: int | None = None) -> Column:
    """The status of each row, from `status`; empty where there is none."""

    def word(row: Any) -> str:
        found = status(row)
        return "" if found is None else view.text(f"goal_status.{found}")

    colours = {view.text(f"goal_status.{name}"): colour for name, colour in COLOURS.items()}
    return column(view, "goal.status", word, colours=colours, width=width)
