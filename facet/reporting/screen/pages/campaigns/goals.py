"""All goals at a glance, who needs somebody first, and the one that is picked."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import streamlit as st

from facet.reporting.present.goals import Goal
from facet.reporting.present.texts import texts
from facet.reporting.screen.pages.campaigns.data.campaigns import Campaigns
from facet.reporting.screen.pages.campaigns.data.orders import Courses, courses_of
from facet.reporting.screen.parts.cells import Column, column
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.parts.headings import minor_heading
from facet.reporting.screen.parts.pace import status_column
from facet.reporting.screen.parts.table import Select, listing
from facet.reporting.screen.session.query_params import query_param_select
from facet.reporting.screen.session.view import View


def goal_list(view: View, campaigns: Campaigns) -> Goal | None:
    """List the goals that are looked at; returns the one that was picked, at first the neediest.

    None where there is no goal to pick, which is said.
    """
    goals = campaigns.goals_shown
    named = st.query_params.get("goal")
    options = {
        goal.key: f"{goal.name} · {goal['campaign_name']}"
        for goal in campaigns.goals
        if goal in goals or goal.key == named
    }
    if goals:
        _list(view, campaigns, goals)
    else:
        message = view.text("goal.none_here" if campaigns.goals else "goal.none_do")
        nothing_yet(view.text("goal.none"), message, icon="flag", key="no-goals")
    if not options:
        return None
    chosen = query_param_select(
        "goal", view.text("goal.choose"), options, default=next(iter(options)), width=420
    )
    return next(goal for goal in campaigns.goals if goal.key == chosen)


def _list(view: View, campaigns: Campaigns, goals: Sequence[Goal]) -> None:
    minor_heading(view.text("goal.all", count=view.count(len(goals))))
    st.caption(view.text("goal.all_means"))
    courses = courses_of(view, campaigns, goals)
    select = Select(
        chooses=lambda goal: {"goal": goal.key, "campaign": str(goal["campaign_id"])},
    )
    listing(view, "goals", goals, list(_columns(view, goals, courses)), select=select)


def _columns(view: View, goals: Sequence[Goal], courses: Courses) -> Iterator[Column]:
    """The columns of the list; sub-goals where one of the goals has any."""

    def number(name: str, text: str, width: int = 84) -> Column:
        short = f"goal.list_{text}"
        return Column(
            label=view.text(short if short in texts() else f"goal.{text}"),
            value=f"{name}_value",
            kind="count",
            kind_of=lambda goal: goal.kind,
            is_short=True,
            help=view.text(f"goal_means.{text}"),
            width=width,
        )

    rate = partial(_column_with_help, view, kind="rate")
    yield status_column(view, lambda goal: goal.status, width=96)
    yield column(view, "goal.goal", "goal_name", width=128)
    yield column(view, "goal.campaign", "campaign_name", width=115)
    yield _column_with_help(
        view, "goal.course", lambda goal: courses.get(goal["goal_id"], ()), 66, kind="line"
    )
    yield rate("goal.attainment", "attainment_rate", 76)
    yield rate("goal.pace", "pace_rate", 66)
    yield number("actual", "actual")
    yield number("actual_to_date", "actual_to_date", 92)
    yield number("expected_to_date", "expected")
    yield number("projected", "projected", 108)
    yield number("required_per_day", "required", 96)
    yield column(view, "goal.days_left", "days_left", kind="count", width=76)
    if any(goal["child_count"] for goal in goals):
        yield number("children_actual", "children")


def _column_with_help(view: View, text: str, value: Any, width: int, *, kind: Any) -> Column:
    return column(
        view,
        text,
        value,
        kind=kind,
        help=view.text(text.replace("goal.", "goal_means.")),
        width=width,
    )
