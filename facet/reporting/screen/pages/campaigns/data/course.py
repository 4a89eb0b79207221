"""The course of a goal by the day, and what is projected of it."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from facet.reporting.present.goals import Goal
from facet.reporting.query.table import Cell, Row
from facet.reporting.screen.pages.campaigns.data.campaigns import Campaigns
from facet.reporting.screen.session.view import View


def days_of_goal(view: View, campaigns: Campaigns, goal: Goal) -> tuple[Row, ...]:
    """What had come in, was expected and was the target by the end of each day, in order."""
    days = view.marts.rows(
        "rpt_campaign_goal_days",
        ["date_day", "actual_value", "expected_value", "target_value"],
        where={"goal_id": [goal["goal_id"]], **campaigns.attribution},
        order_by=["date_day"],
    )
    return tuple(map(Row, days.records()))


def projected_course(goal: Goal, days: Sequence[Row], today: date) -> list[tuple[Cell, Cell, Cell]]:
    """What is projected by the end of each day to come, and the ends of its interval.

    The course begins at the end of yesterday, the last whole day, with what had come in by then. It
    is that of what was expected, scaled to what is projected, and never below what is there; the
    interval grows with the root of the days ahead, to what it is in the end. Empty where nothing is
    projected.
    """
    end, target = goal["end_date"], goal.number("target_value")
    if goal["projected_value"] is None or not goal["days_left"] or not isinstance(end, date):
        return []
    begun, actual = goal.number("actual_to_date_value"), goal.number("actual_value")
    projected = goal.number("projected_value")
    below = projected - goal.number("projected_low_value")
    above = goal.number("projected_high_value") - projected
    yesterday = today - timedelta(days=1)
    ahead_in_all = Decimal((end - yesterday).days)
    found: list[tuple[Cell, Cell, Cell]] = []
    for day in days:
        ahead = Decimal((day_of(day) - yesterday).days)
        if ahead <= 0:
            found.append((None, None, None) if ahead else (begun, begun, begun))
            continue
        course = begun + (projected - begun) * ahead / ahead_in_all
        if target:
            course = projected * day.number("expected_value") / target
        course = max(course, actual)
        spread = (ahead / ahead_in_all).sqrt()
        found.append((course, max(course - below * spread, actual), course + above * spread))
    return found


def day_of(row: Row) -> date:
    """The day of a row of `days_of_goal`."""
    day = row["date_day"]
    assert isinstance(day, date)
    return day
