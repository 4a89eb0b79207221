"""All goals at a glance, who needs somebody first, and the one that is picked."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import streamlit as st

from facet.reporting.present.texts import texts
from facet.reporting.query.table import Cell
from facet.reporting.screen.pages.campaigns.data import Campaigns, Goal
from facet.reporting.screen.parts.pace import COLOURS
from facet.reporting.screen.parts.tables import Column, listing
from facet.reporting.screen.session.query_params import query_param_select, select_option
from facet.reporting.screen.session.view import View

#: What had come in of a goal by the end of each day, by the goal.
Courses = Mapping[Cell, Sequence[Cell]]


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
        _say_none(view, campaigns)
    if not options:
        return None
    chosen = query_param_select(
        "goal", view.text("goal.choose"), options, default=next(iter(options)), width=420
    )
    return next(goal for goal in campaigns.goals if goal.key == chosen)


def _list(view: View, campaigns: Campaigns, goals: Sequence[Goal]) -> None:
    st.markdown(f"**{view.text('goal.all', count=view.count(len(goals)))}**")
    st.caption(view.text("goal.all_means"))
    courses = _courses(view, campaigns, goals)
    rows: list[list[Any]] = [[] for _ in goals]
    columns = []
    for column, cells in _columns(view, goals, courses):
        columns.append(column)
        for row, cell in zip(rows, cells, strict=True):
            row.append(cell)
    shown = (campaigns.show, campaigns.name)
    picked = listing(view, "goals", columns, rows, is_picked_from=True, picked_for=shown)
    told = (picked, *shown)
    if picked is not None and st.session_state.get("picked-goal") != told:
        select_option("goal", goals[picked].key)
        select_option("campaign", str(goals[picked]["campaign_id"]))
    st.session_state["picked-goal"] = told


def _columns(
    view: View, goals: Sequence[Goal], courses: Courses
) -> Iterator[tuple[Column, list[Any]]]:
    """The columns of the list, each with a cell per goal."""
    words = {status: view.text(f"goal_status.{status}") for status in COLOURS}
    kinds = [goal.kind for goal in goals]

    def number(name: str, width: int = 84, *, per: str = "") -> tuple[Column, list[Any]]:
        text = per or name.removesuffix("_value").removesuffix("_to_date")
        short = f"goal.list_{text}"
        column = Column(
            label=view.text(short if short in texts() else f"goal.{text}"),
            kind="count",
            kinds=kinds,
            is_short=True,
            help=view.text(f"goal_means.{text}"),
            width=width,
        )
        return column, [goal[name] for goal in goals]

    yield (
        Column(
            label=view.text("goal.status"),
            colours={words[status]: colour for status, colour in COLOURS.items()},
            width=96,
        ),
        [view.text(f"goal_status.{goal.status}") for goal in goals],
    )
    yield Column(label=view.text("goal.goal"), width=128), [goal.name for goal in goals]
    yield (
        Column(label=view.text("goal.campaign"), width=115),
        [goal["campaign_name"] for goal in goals],
    )
    yield (
        Column(
            label=view.text("goal.course"),
            kind="line",
            help=view.text("goal_means.course"),
            width=66,
        ),
        [courses.get(goal["goal_id"], ()) for goal in goals],
    )
    yield (
        Column(
            label=view.text("goal.attainment"),
            kind="rate",
            help=view.text("goal_means.attainment"),
            width=76,
        ),
        [goal["attainment_rate"] for goal in goals],
    )
    yield (
        Column(
            label=view.text("goal.pace"), kind="rate", help=view.text("goal_means.pace"), width=66
        ),
        [goal["pace_rate"] for goal in goals],
    )
    yield number("actual_value")
    yield number("actual_to_date_value", 92, per="actual_to_date")
    yield number("expected_to_date_value")
    yield number("projected_value", 108)
    yield number("required_per_day_value", 96, per="required")
    yield (
        Column(label=view.text("goal.days_left"), kind="count", width=76),
        [goal["days_left"] for goal in goals],
    )
    if any(goal["child_count"] for goal in goals):
        yield number("children_actual_value", per="children")


def _courses(view: View, campaigns: Campaigns, goals: Sequence[Goal]) -> Courses:
    """What had come in by the end of each day, of all goals in one question."""
    days = view.marts.rows(
        "rpt_campaign_goal_days",
        ["goal_id", "actual_value"],
        where={"goal_id": [goal["goal_id"] for goal in goals], **campaigns.attribution},
        order_by=["goal_id", "date_day"],
    )
    courses: dict[Cell, list[Cell]] = {}
    for goal_id, actual in days.rows:
        if actual is not None:
            courses.setdefault(goal_id, []).append(actual)
    return courses


def _say_none(view: View, campaigns: Campaigns) -> None:
    """No goal among those looked at: what is missing, and what to do."""
    with st.container(key="no-goals", border=True):
        st.markdown(f":material/flag: **{view.text('goal.none')}**")
        said = "goal.none_here" if campaigns.goals else "goal.none_do"
        st.markdown(view.text(said))
