"""The course of a goal: what has come in against what was expected, and what is projected."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

import streamlit as st

from facet.reporting.present.charts.over_time import Line, lines
from facet.reporting.present.charts.style import ACCENT, COMPARISON, GOLD, Point, Series
from facet.reporting.present.goals import Goal
from facet.reporting.query.table import Cell, Row, as_number
from facet.reporting.screen.pages.campaigns.data.campaigns import Campaigns
from facet.reporting.screen.pages.campaigns.data.course import (
    day_of,
    days_of_goal,
    projected_course,
)
from facet.reporting.screen.parts.figures import axis, static_chart, unit
from facet.reporting.screen.session.view import View

_CENT: Final = Decimal("0.01")


def pacing_chart(view: View, campaigns: Campaigns, goal: Goal) -> None:
    """What has come in, what was expected, the target, and what is projected, day by day."""
    days = days_of_goal(view, campaigns, goal)

    def build() -> Any:
        return _pacing(view, goal, days) if days else None

    title = view.text("goal.pacing", metric=view.text(f"goal_metric.{goal['goal_metric']}"))
    basis = view.text(f"goal_basis.{goal['elapsed_basis']}", event=_event(view, goal))
    subtitle = f"{unit(view, goal.kind)}, {basis}"
    static_chart(view, f"pacing-{goal.key}-{campaigns.name}", title, subtitle, build)
    if goal["days_left"] and goal["projected_low_value"] is not None:
        st.caption(view.text("goal.band"))


def _event(view: View, goal: Goal) -> str:
    """The event that dates the days of last year, as its country or the shop calls it."""
    code = goal["elapsed_event_code"]
    if code is None:
        return ""
    names = {event.code: event.name for event in view.events}
    return names.get(str(code)) or view.word("event", code)


def _pacing(view: View, goal: Goal, days: Sequence[Row]) -> Any:
    """The figure; lines without values are left out."""
    actual = _series(view, goal, "actual", days, [day["actual_value"] for day in days])
    drawn = [Line(series=actual, colour=ACCENT)]
    band = None
    if projected := projected_course(goal, days, view.tenant.today):
        courses = [
            _series(view, goal, "projected", days, [ends[n] for ends in projected])
            for n in range(3)
        ]
        drawn.append(Line(series=courses[0], colour=ACCENT, is_dashed=True))
        if goal["projected_low_value"] is not None:
            band = (courses[1], courses[2])
    for name, colour in (("expected", COMPARISON), ("target", GOLD)):
        values = [day[f"{name}_value"] for day in days]
        if any(value is not None for value in values):
            series = _series(view, goal, name, days, values)
            drawn.append(Line(series=series, colour=colour, is_dashed=name == "target"))
    shown = [*(line.series for line in drawn), *(band or ())]
    heights = [point.value for series in shown for point in series.points]
    return lines(drawn, ticks=axis(view, heights, goal.kind), band=band)


def _series(
    view: View, goal: Goal, name: str, days: Sequence[Row], values: Sequence[Cell]
) -> Series:
    points = []
    for day, value in zip(days, map(as_number, values), strict=True):
        rounded = None if value is None else value.quantize(_CENT, rounding=ROUND_HALF_UP)
        label = view.formats.day(day_of(day))
        is_unfinished = name == "actual" and day_of(day) == view.tenant.today
        if is_unfinished:
            label = view.text("chart.unfinished", period=label)
        points.append(
            Point(
                label=label,
                value=None if value is None else float(value),
                text=view.formats.short(rounded, goal.kind),
                tick=view.formats.bucket(day_of(day), "day"),
                is_unfinished=is_unfinished,
            )
        )
    return Series(name=view.text(f"goal_line.{name}"), points=tuple(points))
