"""One goal: what is said of it, its course against what was expected, and its target over time."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

import streamlit as st

from facet.reporting.present import charts
from facet.reporting.present.charts import Line, Point, Series
from facet.reporting.present.formats import DASH
from facet.reporting.query.catalogue import Kind
from facet.reporting.query.periods import Period
from facet.reporting.query.table import Cell, Row, as_number
from facet.reporting.screen.pages.campaigns.data import Campaigns, Goal
from facet.reporting.screen.parts.figures import plain_chart
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.pace import COLOURS
from facet.reporting.screen.parts.tables import Column, listing
from facet.reporting.screen.parts.tiles import Tile, plain_tiles
from facet.reporting.screen.session.view import View

_CENT: Final = Decimal("0.01")
#: How the code of an event begins that the shop has entered itself; its name follows.


def goal_summary(view: View, goal: Goal) -> None:
    """What there is to say of a goal in a sentence, and its figures."""
    with st.container(key="goal-title", gap="xxsmall"):
        st.subheader(said_of(view, goal), anchor=False)
        st.caption(
            escaped(
                " · ".join(
                    (
                        goal.name,
                        str(goal["campaign_name"]),
                        view.text(f"goal_metric.{goal['goal_metric']}"),
                        _days(view, goal),
                    )
                )
            )
        )
    plain_tiles(list(_tiles(view, goal)), of="goal")


def said_of(view: View, goal: Goal) -> str:
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


def pacing_chart(view: View, campaigns: Campaigns, goal: Goal) -> None:
    """What has come in, what was expected, the target, and what is projected, day by day."""
    days = [
        Row(record)
        for record in view.marts.rows(
            "rpt_campaign_goal_days",
            ["date_day", "actual_value", "expected_value", "target_value"],
            where={"goal_id": [goal["goal_id"]], **campaigns.attribution},
            order_by=["date_day"],
        ).records()
    ]

    def build() -> Any:
        return _pacing(view, goal, days) if days else None

    title = view.text("goal.pacing", metric=view.text(f"goal_metric.{goal['goal_metric']}"))
    unit = (
        view.text("chart.unit_money", currency=view.tenant.currency)
        if goal.kind == "money"
        else view.text("chart.unit_count")
    )
    basis = view.text(f"goal_basis.{goal['elapsed_basis']}", event=_event(view, goal))
    plain_chart(view, f"pacing-{goal.key}-{campaigns.name}", title, f"{unit}, {basis}", build)
    if goal["days_left"] and goal["projected_low_value"] is not None:
        st.caption(view.text("goal.band"))


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
    st.markdown(f"**{view.text('goal.sub_goals')}**")
    st.caption(
        view.text(
            "goal.sub_goals_sum",
            actual=view.formats.exact(goal["children_actual_value"], goal.kind),
            target=view.formats.exact(goal["children_target_value"], goal.kind),
        ).replace("$", "\\$")
    )
    words = {view.text(f"goal_status.{status}"): colour for status, colour in COLOURS.items()}
    columns = [
        Column(label=view.text("goal.goal")),
        Column(label=view.text("goal.status"), colours=words),
        Column(label=view.text("goal.attainment"), kind="rate"),
        Column(label=view.text("goal.actual"), kind=goal.kind, is_summed=True),
        Column(label=view.text("goal.target"), kind=goal.kind, is_summed=True),
        Column(label=view.text("goal.days")),
    ]
    rows = [
        (
            child.name,
            view.text(f"goal_status.{child.status}"),
            child["attainment_rate"],
            child["actual_value"],
            child["target_value"],
            _days(view, child),
        )
        for child in children
    ]
    listing(view, "sub-goals", columns, rows, has_total=True)


def target_history(view: View, goal: Goal) -> None:
    """What the target was, and since when it is another."""
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
    st.markdown(f"**{view.text('goal.target_changes')}**")
    columns = [
        Column(label=view.text("goal.version")),
        Column(label=view.text("goal.target"), kind=goal.kind),
        Column(label=view.text("goal.change")),
        Column(label=view.text("goal.valid_from"), kind="day"),
        Column(label=view.text("goal.valid_to"), kind="day"),
    ]
    rows = [
        (
            view.count(version["version_number"]),
            version["target_value"],
            view.formats.change(
                version["target_value"], version["previous_target_value"], goal.kind
            )
            or DASH,
            version["valid_from_date"],
            version["valid_to_date"],
        )
        for version in versions
    ]
    listing(view, "targets", columns, rows)


def _tiles(view: View, goal: Goal) -> Iterator[Tile]:
    """The goal's figures, as far as they say something on the day of the data."""

    def tile(name: str, value: Cell, note: str, kind: Kind = goal.kind) -> Tile:
        exact = view.text("tile.exact", value=view.formats.exact(value, kind))
        return Tile(
            name=f"goal-{name}",
            label=view.text(f"goal.{name}"),
            value=view.formats.short(value, kind),
            note=note,
            help=f"{view.text(f'goal_means.{name}')}\n\n{exact}".replace("$", "\\$"),
        )

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


def _event(view: View, goal: Goal) -> str:
    """The event that the days of last year are told by, as its country or the shop calls it."""
    code = goal["elapsed_event_code"]
    if code is None:
        return ""
    names = {event.code: event.name for event in view.events}
    return names.get(str(code)) or view.word("event", code)


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


def _pacing(view: View, goal: Goal, days: Sequence[Row]) -> Any:
    """The figure; lines that have nothing to say are left out."""
    actual = _series(view, goal, "actual", days, [day["actual_value"] for day in days])
    drawn = [Line(series=actual, colour=charts.ACCENT)]
    band = None
    if projected := _projected(goal, days, view.tenant.today):
        courses = [
            _series(view, goal, "projected", days, [ends[n] for ends in projected])
            for n in range(3)
        ]
        drawn.append(Line(series=courses[0], colour=charts.ACCENT, is_dashed=True))
        if goal["projected_low_value"] is not None:
            band = (courses[1], courses[2])
    for name, colour in (("expected", charts.COMPARISON), ("target", charts.GOLD)):
        values = [day[f"{name}_value"] for day in days]
        if any(value is not None for value in values):
            series = _series(view, goal, name, days, values)
            drawn.append(Line(series=series, colour=colour, is_dashed=name == "target"))
    shown = [*(line.series for line in drawn), *(band or ())]
    heights = [point.value for series in shown for point in series.points]
    ticks = view.formats.axis(charts.even_ticks(heights), goal.kind)
    return charts.lines(drawn, ticks=ticks, band=band)


def _projected(goal: Goal, days: Sequence[Row], today: date) -> list[tuple[Cell, Cell, Cell]]:
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
    whole = goal.number("projected_value")
    below = whole - goal.number("projected_low_value")
    above = goal.number("projected_high_value") - whole
    yesterday = today - timedelta(days=1)
    ahead_in_all = Decimal((end - yesterday).days)
    found: list[tuple[Cell, Cell, Cell]] = []
    for day in days:
        ahead = Decimal((_day(day) - yesterday).days)
        if ahead <= 0:
            found.append((None, None, None) if ahead else (begun, begun, begun))
            continue
        course = begun + (whole - begun) * ahead / ahead_in_all
        if target:
            course = whole * day.number("expected_value") / target
        course = max(course, actual)
        spread = (ahead / ahead_in_all).sqrt()
        found.append((course, max(course - below * spread, actual), course + above * spread))
    return found


def _series(
    view: View, goal: Goal, name: str, days: Sequence[Row], values: Sequence[Cell]
) -> Series:
    points = []
    for day, value in zip(days, map(as_number, values), strict=True):
        rounded = None if value is None else value.quantize(_CENT, rounding=ROUND_HALF_UP)
        label = view.formats.day(_day(day))
        is_unfinished = name == "actual" and _day(day) == view.tenant.today
        if is_unfinished:
            label = view.text("chart.unfinished", period=label)
        points.append(
            Point(
                label=label,
                value=None if value is None else float(value),
                text=view.formats.short(rounded, goal.kind),
                tick=view.formats.bucket(_day(day), "day"),
                is_unfinished=is_unfinished,
            )
        )
    return Series(name=view.text(f"goal_line.{name}"), points=tuple(points))


def _day(row: Row) -> date:
    day = row["date_day"]
    assert isinstance(day, date)
    return day
