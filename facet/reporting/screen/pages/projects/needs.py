"""What of projects needs somebody now, and tiles of what was done."""

from typing import Final

import streamlit as st

from facet.reporting.present.needs import TASKS
from facet.reporting.query.table import Record
from facet.reporting.screen.parts.attention import lines_of, needs_attention
from facet.reporting.screen.parts.tiles import Tile, plain_tiles, tiles
from facet.reporting.screen.session.view import View

_TILES: Final = (
    *("tasks_created", "tasks_completed", "task_on_time_rate", "median_task_lead_days"),
    *("slow_task_lead_days", "median_task_cycle_days", "slow_task_cycle_days"),
)
_NOW: Final = {"open": "is_open", "in_progress": "is_in_progress"}


def what_needs_somebody(view: View) -> None:
    """A line for each thing that is late, blocked, nobody's or unanswered."""
    needs_attention(view, lines_of(view, TASKS), nothing=view.text("task.needs_nobody"))


def task_tiles(view: View, standing: Record) -> None:
    """Show what is open now, and what the period did."""
    shown = [
        Tile(
            name=name,
            label=view.text(f"task_now.{name}"),
            value=view.count(standing[flag]),
            help=view.text(f"task_now_means.{name}"),
        )
        for name, flag in _NOW.items()
    ]
    plain_tiles(shown, of="now")
    if tiles(view, _TILES).is_empty:
        st.caption(view.text("task.none_in_period"))
