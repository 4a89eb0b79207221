"""One person: how they sell against their target, what and to whom, and how they work."""

from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import streamlit as st

from facet.reporting.present.charts.over_time import trend
from facet.reporting.present.charts.rows import bars
from facet.reporting.present.charts.style import Point, Series
from facet.reporting.present.filters import Dimension
from facet.reporting.present.series import part_series, target_series, trend_series
from facet.reporting.present.staff import SALES, Person
from facet.reporting.query.conditions import Where
from facet.reporting.query.table import number_of
from facet.reporting.screen.pages.staff.data.leaderboard import Leaderboard
from facet.reporting.screen.pages.staff.data.team import Team
from facet.reporting.screen.pages.staff.targets import target_caption
from facet.reporting.screen.parts.cells import column
from facet.reporting.screen.parts.figures import axis, static_chart, unit
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.notes import marks_of, notes_of, show_notes
from facet.reporting.screen.parts.table import written_table
from facet.reporting.screen.parts.tiles import tiles
from facet.reporting.screen.session.query_params import query_param_select
from facet.reporting.screen.session.view import View

_TILES: Final = (
    SALES,
    "target_attainment",
    "credited_orders",
    "credited_average_order_value",
    "credited_units_per_order",
    "hours_worked",
    "sales_per_hour",
    "lead_conversion_rate",
)
#: What sales can be broken down by, with the dimension of each, by name.
_MIXES: Final = {
    name: Dimension(id=dimension, name=dimension)
    for name, dimension in (
        ("category", "sales_credit__category_name"),
        ("channel", "sales_credit__channel_name"),
        ("buyer", "sales_credit__buyer_type"),
    )
}
_FUNNEL: Final = ("leads_assigned", "leads_contacted", "leads_qualified", "leads_converted")
_REPLIES: Final = {
    "first": ("median_first_reply_minutes", "median_first_reply_business_minutes"),
    "next": ("median_next_reply_minutes", "median_next_reply_business_minutes"),
}


def chosen_person(view: View, team: Team, board: Leaderboard) -> Person | None:
    """Select one of the team; the address names them. Who sees one person alone sees them."""
    if team.is_one_person:
        return next(iter(team.people.values()))
    ranked = [row.user_id for row in board.people if row.user_id is not None]
    order = [*ranked, *(user_id for user_id in team.people if user_id not in ranked)]
    options = {"": view.text("staff.nobody_chosen")}
    options |= {str(user_id): team.people[user_id].name for user_id in order}
    chosen = query_param_select("person", view.text("staff.person"), options, default="", width=320)
    return team.people[int(chosen)] if chosen else None


def person_numbers(view: View, person: Person, team: Team, board: Leaderboard) -> bool:
    """A person's place and tiles; False where they did nothing in the period."""
    row = board.row(person.user_id)
    with st.container(key="person-head", gap="xxsmall"):
        subheading(escaped(person.name))
        captions = [person.job_title] if person.job_title else []
        if row is not None and row.rank is not None and not team.is_one_person:
            ranked = sum(other.rank is not None for other in board.people)
            of = {"rank": view.count(row.rank), "count": view.count(ranked)}
            captions.append(view.text("staff.place", **of))
        if captions:
            st.caption(escaped(" · ".join(captions)))
    if row is None:
        st.info(view.text("staff.did_nothing"), icon=":material/search_off:")
        return False
    tiles(view, _TILES, of="person", where=_of(person))
    target_caption(view, person)
    return True


def person_trend(view: View, person: Person) -> None:
    """Credited net sales over the period, with the target as a line."""
    alone = _alone(view)
    notes = notes_of(view)
    marks = marks_of(alone, notes)

    def build() -> Any:
        target = target_series(alone, SALES, where=_of(person))
        now = trend_series(alone, SALES, where=_of(person))[0]
        values = [point.value for series in (now, target) if series for point in series.points]
        if not any(values):
            return None
        return trend(now, None, ticks=axis(view, values, "money"), target=target, marks=marks)

    title = view.text(f"chart.trend_{view.grain}", metric=view.label(SALES))
    name, subtitle = f"staff-trend-{person.user_id}", unit(view, "money")
    static_chart(view, name, title, subtitle, build, marks=marks)
    show_notes(view, "staff-trend", notes)


def person_mix(view: View, person: Person) -> None:
    """What is sold, where and to whom, in bars of credited net sales."""
    alone = _alone(view)
    chosen = st.segmented_control(
        view.text("staff.mix"),
        list(_MIXES),
        default="category",
        required=True,
        format_func=lambda name: view.text(f"filter.{name}"),
        key="choice-mix",
    )
    by = str(chosen or "category")

    def build() -> Any:
        now, _ = part_series(alone, SALES, _MIXES[by], where=_of(person))
        return bars(now, None) if now.points else None

    title = view.text(f"chart.{by}", metric=view.label(SALES))
    subtitle = unit(view, "money")
    static_chart(view, f"staff-{by}-{person.user_id}", title, subtitle, build)


def person_leads(view: View, person: Person) -> None:
    """The funnel of the leads that a person got in the period."""
    names = view.reader.available_metrics(_FUNNEL)
    if len(names) < len(_FUNNEL):
        return

    def build() -> Any:
        found = view.query(names, period=view.period, where=_of(person)).records()[0]
        if not (assigned := number_of(found[names[0]])):
            return None
        points = [_stage(view, name, number_of(found[name]), assigned) for name in names]
        return bars(Series(name=view.text("staff.leads"), points=tuple(points)), None)

    title, subtitle = view.text("staff.leads"), view.text("staff.leads_unit")
    static_chart(view, f"staff-leads-{person.user_id}", title, subtitle, build)


def person_replies(view: View, person: Person) -> None:
    """How long customers wait for the person's reply, by the clock and in business hours."""
    medians = [name for pair in _REPLIES.values() for name in pair]
    names = view.reader.available_metrics(["questions", "questions_answered", *medians])
    if len(names) < 6:
        return
    found = view.query(names, period=view.period, where=_of(person)).records()[0]
    with st.container(key="replies", gap="xxsmall"):
        minor_heading(view.text("staff.replies"))
        if not found["questions"]:
            st.caption(view.text("staff.no_questions"))
            return
        asked, answered = view.count(found["questions"]), view.count(found["questions_answered"])
        st.caption(view.text("staff.questions", asked=asked, answered=answered))
        rows = [
            (view.text(f"staff.{which}_reply"), *map(found.get, pair))
            for which, pair in _REPLIES.items()
        ]
        columns = [
            column(view, "staff.reply", 0),
            column(view, "staff.by_clock", 1, kind="minutes"),
            column(view, "staff.in_hours", 2, kind="minutes"),
        ]
        written_table(view, rows, columns)


def _of(person: Person) -> Where:
    return {"staff_member": [person.user_id]}


def _stage(view: View, name: str, count: Decimal, assigned: Decimal) -> Point:
    text = view.count(count)
    short = text if count == assigned else f"{text} · {view.formats.share(count, assigned)}"
    return Point(label=view.label(name), value=float(count), text=text, short=short)


def _alone(view: View) -> View:
    """The same, compared with nothing."""
    return view.showing(replace(view.filters, comparison="none"))
