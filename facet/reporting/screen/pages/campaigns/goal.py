"""One goal: its summary, its sub-goals, and its target over time."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import streamlit as st

from facet.reporting.present.formats import DASH
from facet.reporting.present.goals import Goal
from facet.reporting.query.metric import Kind
from facet.reporting.query.periods import Period
from facet.reporting.query.table import Cell, Row
from facet.reporting.screen.pages.campaigns.data.campaigns import Campaigns
from facet.reporting.screen.parts.cells import column, summed
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.markdown import escaped, math_free
from facet.reporting.screen.parts.pace import status_column
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.parts.tiles import Tile, plain_tiles, value_tile
from facet.reporting.screen.session.view import View


def goal_summary(view: View, goal: Goal) -> None:
    """A goal in a sentence, and its figures."""
    with st.container(key="goal-title", gap="xxsmall"):
        subheading(describe_goal(view, goal))
        metric = view.text(f"goal_metric.{goal['goal_metric']}")
        captions = (goal.name, str(goal["campaign_name"]), metric, _days(view, goal))
        st.caption(escaped(" · ".join(captions)))
    plain_tiles(list(_tiles(view, goal)), of="goal")


def describe_goal(view: View, goal: Goal) -> str:
    """The sentence over a goal: its status, and how far it is."""
    status = view.text(f"goal_status.{goal.status}")
    start = goal["start_date"]
    if goal.status == "no_target":
        actual = view.formats.exact(goal["actual_value"], goal.kind)
        return view.text("goal.said_without_target", actual=actual)
    if goal.status == "not_started" and isinstance(start, date):
        return view.text("goal.said_coming", status=status, day=view.formats.day(start))
    if goal.status in ("achieved", "missed"):
        if goal["attainment_rate"] is None:
            return view.text("goal.said_zero", status=status)
        share = view.formats.exact(goal["attainment_rate"], "rate")
        return view.text("goal.said_of_target", status=status, share=share)
    if goal.status == "started":
        return view.text("goal.said_started", status=status)
    if goal["pace_rate"] is None:
        return view.text("goal.said_first_day", status=status)
    share = view.formats.exact(goal["pace_rate"], "rate")
    return view.text("goal.said_of_expected", status=status, share=share)


def sub_goals(view: View, campaigns: Campaigns, goal: Goal) -> None:
    """The goals that make up a goal, and what they come to together."""
    if not goal["child_count"]:
        return
    children = [
        child
        for child in campaigns.goals
        if child["parent_goal_id"] == goal["goal_id"]
        and child["goal_metric"] == goal["goal_metric"]
    ]
    minor_heading(view.text("goal.sub_goals"))
    message = view.text(
        "goal.sub_goals_sum",
        actual=view.formats.exact(goal["children_actual_value"], goal.kind),
        target=view.formats.exact(goal["children_target_value"], goal.kind),
    )
    st.caption(math_free(message))
    columns = [
        column(view, "goal.goal", "goal_name"),
        status_column(view, lambda child: child.status),
        column(view, "goal.attainment", "attainment_rate", "rate"),
        summed(view, "goal.actual", "actual_value", goal.kind),
        summed(view, "goal.target", "target_value", goal.kind),
        column(view, "goal.days", partial(_days, view)),
    ]
    listing(view, "sub-goals", children, columns, has_total=True)


def target_history(view: View, goal: Goal) -> None:
    """The targets over time, and since when each holds."""
    versions = view.marts.rows(
        "rpt_campaign_goal_targets",
        ["version_number", "target_value", "previous_target_value", "valid_from_date",
         "valid_to_date"],
        where={"goal_id": [goal["goal_id"]]},
        order_by=["version_number"],
    ).records()  # fmt: skip
    if len(versions) < 2:
        since = view.formats.day_or_dash(versions[0]["valid_from_date"]) if versions else DASH
        st.caption(view.text("goal.target_unchanged", day=since))
        return
    minor_heading(view.text("goal.target_changes"))

    def change(version: Row) -> str:
        now, before = version["target_value"], version["previous_target_value"]
        return view.formats.change(now, before, goal.kind) or DASH

    columns = [
        column(view, "goal.version", lambda row: view.count(row["version_number"])),
        column(view, "goal.target", "target_value", goal.kind),
        column(view, "goal.change", change),
        column(view, "goal.valid_from", "valid_from_date", "day"),
        column(view, "goal.valid_to", "valid_to_date", "day"),
    ]
    listing(view, "targets", list(map(Row, versions)), columns)


def _tiles(view: View, goal: Goal) -> Iterator[Tile]:
    """The goal's figures, as far as they mean something on the day of the data."""

    def tile(name: str, value: Cell, note: str, kind: Kind = goal.kind) -> Tile:
        return value_tile(view, "goal", name, value, kind=kind, note=note)

    target = view.formats.short(goal["target_value"], goal.kind)
    days_left = view.text("goal.days_left_note", count=view.count(goal["days_left"]))
    if goal.status != "not_started":
        yield tile("actual", goal["actual_value"], view.text("goal.of_target", target=target))
    if goal["days_left"] and goal.status != "not_started":
        elapsed = view.formats.exact(goal["elapsed_share"], "rate")
        came_in = view.formats.short(goal["actual_to_date_value"], goal.kind)
        note = view.text("goal.expected_note", share=elapsed, actual=came_in)
        yield tile("expected", goal["expected_to_date_value"], note)
        yield tile("projected", goal["projected_value"], _interval(view, goal))
    if goal.status == "not_started":
        yield tile("target", goal["target_value"], days_left)
    if goal["days_left"]:
        yield tile("required", goal["required_per_day_value"], days_left)
    else:
        note = view.text("goal.of_target", target=target)
        yield tile("attainment", goal["attainment_rate"], note, "rate")


def _interval(view: View, goal: Goal) -> str:
    """The ends between which what is projected lies nine times of ten."""
    if goal["projected_low_value"] is None:
        return view.text("goal.no_interval")
    low, high = (
        view.formats.short(goal[f"projected_{end}_value"], goal.kind) for end in ("low", "high")
    )
    return view.text("goal.interval", low=low, high=high)


def _days(view: View, goal: Goal) -> str:
    start, end = goal["start_date"], goal["end_date"]
    if isinstance(start, date) and isinstance(end, date):
        return view.formats.period(Period(start, end))
    return DASH
