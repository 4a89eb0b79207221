"""What of projects needs somebody now, and tiles of what was done."""

from collections.abc import Iterator
from typing import Final

import streamlit as st

from facet.reporting.query.table import Record
from facet.reporting.screen.pages.projects.data import (
    RECENT_DAYS,
    TASKS,
    missed_lately,
)
from facet.reporting.screen.parts.attention import needs_attention
from facet.reporting.screen.parts.tiles import Tile, plain_tiles, tiles
from facet.reporting.screen.session.view import View

_TILES: Final = (
    *("tasks_created", "tasks_completed", "task_on_time_rate", "median_task_lead_days"),
    *("slow_task_lead_days", "median_task_cycle_days", "slow_task_cycle_days"),
)
_NOW: Final = {"open": "is_open", "in_progress": "is_in_progress"}


def what_needs_somebody(view: View, standing: Record) -> None:
    """A line for each thing that is late, blocked, nobody's or unanswered."""
    needs_attention(view, _lines(view, standing), nothing=view.text("task.needs_nobody"))


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


def _lines(view: View, standing: Record) -> Iterator[tuple[str, str]]:
    for icon, name, number in (
        ("event_busy", "overdue", standing["is_overdue"]),
        ("block", "blocked", standing["is_blocked"]),
        ("person_off", "unassigned", view.marts.count("fct_tasks", TASKS["unassigned"])),
        ("work_alert", "projects", view.marts.count("rpt_projects", {"is_overdue": [True]})),
        ("flag", "milestones", view.marts.count("rpt_milestones", {"outcome": ["overdue"]})),
        ("event_repeat", "missed", missed_lately(view)),
        (
            "alternate_email",
            "mentions",
            view.marts.count("rpt_task_mentions", {"is_unanswered": [True]}),
        ),
        ("forum", "comments", standing["has_unanswered_comment"]),
    ):
        if number:
            count, days = view.count(number), view.count(RECENT_DAYS)
            yield icon, view.text(f"task_needs.{name}", count=count, days=days)
