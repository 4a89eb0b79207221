"""The tour: offered on the first page to who has not answered yet, and started from the account."""

import logging
from typing import Final

import streamlit as st

from facet.config import Settings
from facet.reporting.screen.frame.menu import Navigation
from facet.reporting.screen.registry import PAGES
from facet.reporting.screen.session.state import state
from facet.reporting.screen.session.view import View
from facet.saved.file import SavedError
from facet.saved.tours import Tours

_LOG: Final = logging.getLogger(__name__)
#: What it tells, each with a sign.
STEPS: Final = {
    "home": "home",
    "period": "date_range",
    "numbers": "pin",
    "views": "bookmarks",
    "search": "search",
}
_STEP: Final = "tour-step"


def tour_offer(view: View, navigation: Navigation) -> None:
    """Offer the tour on the first page, beside what that shows, until somebody answers."""
    if navigation.page is not PAGES[0] or not _is_open(view):
        return
    place = st.empty()
    with place.container(
        key="tour-offer", border=True, horizontal=True, gap="small", vertical_alignment="center"
    ):
        st.markdown(f":material/explore: {view.text('tour.offer')}")
        is_taken = st.button(view.text("tour.take"), key="tour-take")
        is_left = st.button(view.text("tour.leave"), type="tertiary", key="tour-leave")
    if is_taken or is_left:
        _end(view)
        place.empty()
    if is_taken:
        show_tour(view)


def tour_again(view: View, *, menu: str) -> None:
    """Start it from the account menu, a popover of this key, which would stand before it."""

    def close_menu() -> None:
        st.session_state[menu] = False

    if st.button(
        view.text("tour.again"), icon=":material/explore:", key="tour-again", on_click=close_menu
    ):
        _end(view)
        show_tour(view)


def show_tour(view: View) -> None:
    """Show the first step."""
    st.session_state[_STEP] = 0
    st.dialog(view.text("tour.title"), icon=":material/explore:")(_dialog)(view)


def _dialog(view: View) -> None:
    """One step; what is told is read out as it changes."""
    step = st.session_state[_STEP]
    name, icon = list(STEPS.items())[step]
    is_last = step == len(STEPS) - 1
    st.caption(view.text("tour.step", step=view.count(step + 1), count=view.count(len(STEPS))))
    told = f"**{view.text(f'tour_step.{name}')}**\n\n{view.text(f'tour_told.{name}')}"
    st.info(told, icon=f":material/{icon}:")
    with st.container(horizontal=True, horizontal_alignment="distribute", key="tour-buttons"):
        if is_last:
            if st.button(view.text("tour.done"), type="primary", key="tour-done"):
                st.rerun()
        else:
            st.button(
                view.text("tour.next"),
                type="primary",
                key="tour-next",
                on_click=_go,
                args=(step + 1,),
            )
        if step:
            st.button(view.text("tour.back"), key="tour-back", on_click=_go, args=(step - 1,))
        if not is_last and st.button(view.text("tour.skip"), type="tertiary", key="tour-skip"):
            st.rerun()


def _go(step: int) -> None:
    st.session_state[_STEP] = step


def _tours(view: View) -> Tours:
    who = view.principal
    return Tours.of(Settings.from_environment(), tenant_id=who.tenant_id, user_id=who.user_id)


def _is_open(view: View) -> bool:
    """Whether somebody has not answered yet; asked once for each session."""
    if state().is_toured is None:
        try:
            state().is_toured = _tours(view).is_over()
        except SavedError as error:
            _LOG.warning("%s", error)
            state().is_toured = True
    return not state().is_toured


def _end(view: View) -> None:
    state().is_toured = True
    try:
        _tours(view).end()
    except SavedError as error:
        _LOG.warning("%s", error)
