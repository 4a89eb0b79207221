"""The search: a button on every page, a dialog to type in, and links that open what was found."""

import logging
from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from facet.errors import FacetError
from facet.reporting.present.filters import to_address
from facet.reporting.present.search import (
    Found,
    Group,
    kinds_of,
    search,
    words_of,
)
from facet.reporting.screen.frame.menu import Navigation
from facet.reporting.screen.parts.headings import minor_heading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.message import describe_error
from facet.reporting.screen.session.audit_log import record_search
from facet.reporting.screen.session.query_params import FOUND, query_params
from facet.reporting.screen.session.state import state
from facet.reporting.screen.session.view import View

_LOG: Final = logging.getLogger(__name__)
#: What stands far down on its page, under a box that names it.
_BELOW: Final = ("product", "customer", "person", "campaign", "promotion")
_ICONS: Final = {
    "metric": "monitoring",
    "product": "diamond",
    "order": "receipt_long",
    "customer": "person",
    "person": "badge",
    "campaign": "campaign",
    "promotion": "sell",
}


def search_button(view: View, navigation: Navigation) -> None:
    """Offer to search; by keyboard Ctrl+K, or ⌘K."""
    title = view.text("search.title")
    if st.button(title, icon=":material/search:", type="tertiary", key="search", shortcut="Mod+K"):
        st.dialog(title, width="medium", icon=":material/search:")(_dialog)(view, navigation)


def _dialog(view: View, navigation: Navigation) -> None:
    """Ask for words, and show what has them; nothing is looked for before."""
    given = st.text_input(
        view.text("search.label"),
        key="search-words",
        type="search",
        placeholder=view.text("search.placeholder"),
    )
    words = words_of(given or "")
    with st.container(key="search-results", gap="small"):
        if not words:
            _hint(view, navigation)
            return
        _require_the_same(view)
        try:
            groups = search(view, words, tuple(navigation.permitted))
        except FacetError as error:
            _LOG.warning("%s", error)
            st.error(describe_error(error), icon=":material/error:")
            return
        record_search(view, groups)
        for group in groups:
            _group(view, navigation, group)
        if not groups:
            said = view.text("search.nothing", words=escaped(given or ""))
            st.info(f"{said} {view.text('search.nothing_try')}", icon=":material/search_off:")


def _require_the_same(view: View) -> None:
    """Draw the page anew, as for whoever is there now, where that is not who opened the dialog."""
    try:
        now = view.reauthenticate()
    except PermissionError:
        st.rerun()
    if now != view.principal:
        st.rerun()


def _hint(view: View, navigation: Navigation) -> None:
    kinds = [view.text(f"search_kind.{kind}") for kind in kinds_of(view, navigation.permitted)]
    st.caption(view.text("search.hint"))
    st.caption(view.text("search.over", kinds=", ".join(kinds)))


def _group(view: View, navigation: Navigation, group: Group) -> None:
    with st.container(key=f"found-{group.kind}", gap=None):
        minor_heading(view.text(f"search_kind.{group.kind}"))
        for found in group.found:
            _link(navigation, group, found)
        if group.has_more:
            st.caption(view.text("search.more"))
        if group.kind == "order":
            st.caption(view.text("search.orders_are"))


def _link(navigation: Navigation, group: Group, found: Found) -> None:
    script = navigation.permitted[found.page]
    icon = _ICONS.get(group.kind)
    explains = group.kind in ("page", "metric")
    parts = [found.label] if explains or not found.about else [found.label, found.about]
    st.page_link(
        script,
        label=escaped(" · ".join(parts)),
        icon=script.icon if icon is None else f":material/{icon}:",
        query_params=_address(navigation, group, found),
    )
    if explains:
        st.caption(escaped(found.about))


def _address(navigation: Navigation, group: Group, found: Found) -> Mapping[str, Sequence[str]]:
    """What the link names: the thing, under the filters of now; of a page what is chosen there.

    `FOUND` says to the browser where on the page the thing is; the page takes it off again.
    """
    if not found.address:
        is_here = found.page == navigation.page.name
        return query_params(st.query_params) if is_here else {}
    filters = state().filters
    place = {FOUND: [f"pick-{group.kind}"]} if group.kind in _BELOW else {}
    return {**(to_address(filters) if filters else {}), **found.address, **place}
