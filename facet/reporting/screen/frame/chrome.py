"""Header and footer of every page: banner, title, account, filters, footer."""

from typing import Any, Final

import streamlit as st

from facet.reporting.present.languages import LANGUAGES
from facet.reporting.screen.frame.filter_bar import filter_bar, keep_filters
from facet.reporting.screen.frame.menu import Navigation
from facet.reporting.screen.frame.saved_views import views_menu
from facet.reporting.screen.frame.search import search_button
from facet.reporting.screen.frame.sign_in import choose_shop, sign_out
from facet.reporting.screen.frame.tour import tour_again, tour_offer
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.session.audit_log import record_sign_out
from facet.reporting.screen.session.picks import take_picks
from facet.reporting.screen.session.query_params import arrive
from facet.reporting.screen.session.shown import begin
from facet.reporting.screen.session.state import state
from facet.reporting.screen.session.view import View

_MENU: Final = "account-menu"


def header(view: View, navigation: Navigation) -> tuple[View, Any, Any]:
    """Title, account and filters.

    Returns:
        The view of the page with what was chosen, and two empty places: for what is said of it, and
        for what can be taken along of it.
    """
    view = view.on(navigation.page)
    state().ignored = []
    arrive(navigation.page)
    if view.principal.is_demo:
        with st.container(key="demo-banner"):
            st.caption(f":material/science: {view.text('demo.banner')}")
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        with st.container(key="title", gap=None):
            st.header(navigation.script.title, anchor=False)
            st.caption(escaped(view.tenant.name))
        with st.container(
            key="tools", horizontal=True, width="content", vertical_alignment="center", gap="small"
        ):
            search_button(view, navigation)
            place = st.container(key="take-along-place", width="content")
            views_menu(view, navigation)
            _account(view)
    if navigation.page.is_for(view.principal.permissions):
        if navigation.page.has_period:
            view = view.showing(filter_bar(view, navigation.page))
        else:
            keep_filters(view)
    tour_offer(view, navigation)
    take_picks(navigation.page)
    state().view = view
    begin()
    return view, st.container(key="notice"), place


def footer(view: View) -> None:
    """The state of the data."""
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
        st.popover(
            escaped(name),
            icon=":material/account_circle:",
            type="tertiary",
            key=_MENU,
            on_change="rerun",
        ),
    ):
        roles = [view.word("role", role) for role in view.principal.role_codes.split(", ")]
        st.caption(escaped(f"{name} · {', '.join(roles)}" if any(roles) else name))
        chosen = st.segmented_control(
            view.text("account.language"),
            LANGUAGES,
            default=view.language,
            format_func=lambda language: LANGUAGES[language].name,
            key=f"language-{view.language}",
        )
        if chosen is not None and chosen != view.language:
            state().language = chosen
            state().shown = None  # in other words the widgets are others, and would begin anew
            st.query_params["lang"] = chosen
            st.rerun()
        _shops(view)
        tour_again(view, menu=_MENU)
        if st.button(view.text("account.sign_out"), icon=":material/logout:", key="sign-out"):
            record_sign_out(view)
            sign_out()


def _shops(view: View) -> None:
    """A select box of shops, for who works for several."""
    names = state().shops
    if len(names) < 2:
        return
    chosen = st.selectbox(
        view.text("account.shop"),
        list(names),
        index=list(names).index(view.tenant.tenant_id),
        format_func=lambda tenant_id: names[tenant_id],
        key=f"shop-{view.tenant.tenant_id}",
    )
    if chosen != view.tenant.tenant_id:
        choose_shop(chosen)
        st.rerun()
