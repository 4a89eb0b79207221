"""Cover: when people are at work, against when orders and messages come in."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from facet.reporting.screen.pages.people.data.cover import Hour, cover, whole_days
from facet.reporting.screen.parts.cells import column
from facet.reporting.screen.parts.counts import week_chart
from facet.reporting.screen.parts.empty import nothing_wrong, nothing_yet
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View

#: What a week can be drawn of.
_DRAWN: Final = ("people", "orders", "messages")


def cover_of_week(view: View) -> None:
    """A week by hour, then the hours that fall short, for who may see everybody."""
    if view.principal.people is not None:
        st.caption(view.text("cover.everybody"))
        return
    if not view.marts.count("fct_cover_hours"):
        nothing_yet(view.text("cover.never"), view.text("cover.never_why"), key="no-cover")
        return
    days = whole_days(view)
    hours = cover(view, days) if days else {}
    if days is None or not hours:
        st.caption(view.text("cover.none_in_period"))
        return
    st.caption(view.text("cover.means", period=view.formats.period(days)))
    _week(view, hours)
    _short(view, hours)


def _week(view: View, hours: Mapping[tuple[int, int], Hour]) -> None:
    of = one_of(view.text("cover.of"), _DRAWN, lambda name: view.text(f"cover.{name}"), key="cover")

    week_chart(
        view,
        f"cover-{of}",
        view.text(f"cover.title_{of}"),
        view.text(f"cover.unit_{of}"),
        lambda: {place: getattr(hour, of) for place, hour in hours.items()},
        lambda value: view.formats.exact(value, "decimal"),
    )


def _short(view: View, hours: Mapping[tuple[int, int], Hour]) -> None:
    subheading(view.text("cover.short"))
    st.caption(view.text("cover.short_means"))
    rows = sorted(
        (hour for hour in hours.values() if hour.is_short),
        key=lambda hour: (hour.people > 0, -hour.arrivals),
    )
    if not rows:
        nothing_wrong(view.text("cover.none_short"))
        return
    columns = [
        column(view, "cover.day", lambda hour: view.formats.weekday(hour.day_of_week)),
        column(view, "cover.hour", lambda hour: view.formats.hour(hour.hour)),
        column(view, "cover.people", lambda hour: hour.people, kind="decimal"),
        column(view, "cover.orders", lambda hour: hour.orders, kind="decimal"),
        column(view, "cover.messages", lambda hour: hour.messages, kind="decimal"),
        column(view, "cover.per_person", lambda hour: hour.per_person, kind="decimal"),
    ]
    listing(view, "cover-short", rows, columns)
