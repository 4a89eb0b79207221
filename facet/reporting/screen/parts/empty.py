"""Empty states, each with a next step."""

from datetime import date, timedelta
from typing import NoReturn

import streamlit as st

from facet.reporting.present.filters import Filters
from facet.reporting.present.numbers import Numbers
from facet.reporting.query.periods import Period
from facet.reporting.screen.parts.markdown import math_free
from facet.reporting.screen.session.page import Page
from facet.reporting.screen.session.state import set_filters
from facet.reporting.screen.session.view import View

_DAYS_OFFERED = 30
_MAIN = "net_sales"


class EndOfPage(Exception):
    """The end of a page that has shown its message; the frame goes on."""


def stop_if_empty(view: View, numbers: Numbers) -> None:
    """End the page where nothing happened in the period, and offer one that has something.

    A period that has just begun is no empty one: it says so, and what there was by then.

    Raises:
        EndOfPage: nothing happened.
    """
    if not numbers.is_empty:
        return
    if view.has_just_begun and view.first_day is not None:
        _show_not_yet(view)
        return
    _show_message(view)
    raise EndOfPage


def stop_without(view: View, page: Page) -> None:
    """End a page where the release was made before a mart that it needs, or holds none of it.

    Raises:
        EndOfPage: a mart is missing, or the one that must hold a row has none.
    """
    has_all = all(map(view.marts.has, page.marts))
    if not has_all or (page.rows_of and not view.marts.rows(page.rows_of, ["tenant_id"], limit=1)):
        show_older(view)
        raise EndOfPage


def stop_with_nothing_yet(
    title: str, text: str | None = None, *, icon: str = "hourglass_empty"
) -> NoReturn:
    """End a page that has nothing to show with a message.

    Raises:
        EndOfPage: always.
    """
    nothing_yet(title, text, icon=icon)
    raise EndOfPage


def nothing_yet(
    title: str, text: str | None = None, *, icon: str = "hourglass_empty", key: str = "nothing-yet"
) -> None:
    """A box with the reason why there is nothing in its place; with a text below, under a title."""
    with st.container(key=key, border=True):
        if text is None:
            st.markdown(f":material/{icon}: {title}")
            return
        st.markdown(f":material/{icon}: **{title}**")
        st.markdown(text)


def nothing_wrong(text: str) -> None:
    """A line that says that nobody is needed, where a list of what needs somebody would stand."""
    st.markdown(f":material/check_circle: {text}")


def offer_days(view: View, first: date, last: date) -> None:
    """A button to the last days that have something, unless they are looked at."""
    offered = Period(max(first, last - timedelta(days=_DAYS_OFFERED - 1)), last)
    if offered != view.period:
        st.button(
            view.text("empty.offer", period=view.formats.period(offered)),
            icon=":material/event:",
            on_click=set_filters,
            args=(Filters(preset="custom", custom=offered, measure=view.filters.measure),),
            key="offer-period",
        )


def show_older(view: View) -> None:
    """Show that what would follow is not in the release, which was made before it."""
    with st.container(key="nothing-yet", border=True):
        st.markdown(f":material/hourglass_empty: {view.text('empty.mart')}")
        st.code("facet run", language=None)


def note_older(view: View) -> None:
    """Show below a page that the release was made before some of what it shows."""
    if view.marts.lacking or view.reader.lacking:
        with st.container(key="older"):
            st.caption(f":material/hourglass_empty: {view.text('empty.older')}")


def _show_not_yet(view: View) -> None:
    """Show that the first day is not over, and what the one that it is compared with came to."""
    clock = view.formats.time(view.tenant.as_of_local.time())
    messages = [view.text("empty.not_yet", day=view.formats.day(view.tenant.today), time=clock)]
    if view.compared is not None:
        full_days = Period(view.compared.start, view.compared.end)
        by_then, in_all = (
            view.formats.exact(view.query([_MAIN], period=days).number(_MAIN), "money")
            for days in (view.compared, full_days)
        )
        day = view.formats.period(full_days)
        values = {"metric": view.label(_MAIN), "by_then": by_then, "in_all": in_all}
        messages.append(view.text("empty.by_then", day=day, **values))
    st.info(math_free(" ".join(messages)), icon=":material/schedule:")


def _show_message(view: View) -> None:
    with st.container(key="nothing-yet", border=True, horizontal_alignment="center"):
        span = view.reader.span()
        if span is None:
            st.markdown(f":material/hourglass_empty: {view.text('empty.never')}")
            return
        is_narrowed = view.filters.is_narrowed
        message = view.text("empty.filtered" if is_narrowed else "empty.period")
        st.markdown(f":material/search_off: {message}")
        if is_narrowed:
            st.button(
                view.text("filter.clear"),
                icon=":material/filter_alt_off:",
                on_click=set_filters,
                args=(view.filters.everything(),),
                key="clear-filters",
            )
        offer_days(view, *span)
