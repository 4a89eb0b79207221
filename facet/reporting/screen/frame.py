"""What is around every page: style, banner, title, account, filters, footer."""

from pathlib import Path
from typing import Any

import streamlit as st

from facet.reporting.screen.escaping import escaped
from facet.reporting.screen.filter_bar import filter_bar, keep_choice
from facet.reporting.screen.menu import UNFILTERED
from facet.reporting.screen.view import View
from facet.reporting.texts import LANGUAGES, NAMES


def styles(path: Path) -> None:
    """Apply a style sheet."""
    st.html(path)


def header(view: View, page: Any) -> View:
    """Title, account and filters; returns the view with what was chosen."""
    if view.principal.is_demo:
        with st.container(key="demo-banner"):
            st.caption(f":material/science: {view.text('demo.banner')}")
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        with st.container(key="title", gap=None):
            st.header(page.title, anchor=False)
            st.caption(escaped(view.tenant.name))
        _account(view)
    if page.url_path in UNFILTERED:
        keep_choice(page_name=page.url_path)
    else:
        view = view.showing(filter_bar(view, page_name=page.url_path))
    st.session_state["view"] = view
    return view


def footer(view: View) -> None:
    """What the numbers are of."""
    moment = view.formats.moment(view.tenant.as_of_local)
    if view.tenant.is_kept:
        st.warning(view.text("footer.kept", moment=moment), icon=":material/history:")
    with st.container(key="footer"):
        st.caption(
            view.text(
                "footer.as_of",
                moment=moment,
                timezone=escaped(view.tenant.calendar.timezone),
                release=escaped(view.release.id),
            )
        )


def _account(view: View) -> None:
    name = view.principal.full_name
    with (
        st.container(key="account", width="content"),
        st.popover(escaped(name), icon=":material/account_circle:", type="tertiary"),
    ):
        st.caption(escaped(view.principal.role_codes))
        chosen = st.segmented_control(
            view.text("account.language"),
            LANGUAGES,
            default=view.language,
            format_func=lambda language: NAMES[language],
            key=f"language-{view.language}",
        )
        if chosen is not None and chosen != view.language:
            st.session_state["language"] = chosen
            st.query_params["lang"] = chosen
            st.rerun()
        if st.button(view.text("account.sign_out"), icon=":material/logout:", key="sign-out"):
            st.session_state.clear()
            st.query_params.clear()
            st.rerun()
