"""What people take along of a page: as PDF, and by mail."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from facet.reporting.present.document.parts import Part
from facet.reporting.screen.frame.mailing import mailing
from facet.reporting.screen.frame.menu import Navigation
from facet.reporting.screen.parts.files import page_pdf
from facet.reporting.screen.session.shown import shown
from facet.reporting.screen.session.view import View


def take_along_menu(view: View, navigation: Navigation, place: Any) -> None:
    """A menu in its place over a page that stands already, for who may see the page."""
    page = navigation.page
    if page.name not in navigation.permitted:
        return
    with (
        place,
        st.popover(
            view.text("document.menu"),
            icon=":material/ios_share:",
            type="tertiary",
            key="take-along",
            on_change="rerun",
        ) as popover,
    ):
        if popover.open:
            _pdf(view, navigation, shown())
            mailing(view, navigation)


def _pdf(view: View, navigation: Navigation, parts: Sequence[Callable[[], Part]]) -> None:
    if parts:
        page_pdf(view, navigation.page, parts)
    else:
        st.caption(view.text("document.nothing"))
