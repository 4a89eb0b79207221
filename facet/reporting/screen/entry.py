"""The way in: a release to look at, somebody who may, and what is said where either is missing."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NoReturn, cast

import streamlit as st

from facet.config import Settings
from facet.errors import FacetError, ReleaseError
from facet.release import Release, current
from facet.release.manifest import read
from facet.release.store import current_id
from facet.reporting.identity import (
    DemoUser,
    Principal,
    Surroundings,
    demo_refusal,
    demo_users,
    sign_in_demo,
)
from facet.reporting.screen.escaping import escaped
from facet.reporting.screen.menu import page_menu
from facet.reporting.screen.view import View
from facet.reporting.tenants import Language
from facet.reporting.texts import LANGUAGES, text


def enter() -> View:
    """The view of whoever is signed in; without one, the page says why and ends here."""
    language = chosen_language()
    said = language or browser_language()
    release = _release(said)
    if refusal := demo_refusal(release, surroundings()):
        page_menu(said, is_shown=False)
        _say_and_stop(said, "refused.title", text(said, f"refused.{refusal}"), icon="lock")
    principal = cast(Principal | None, st.session_state.get("principal"))
    if principal is None:
        principal = _sign_in(release, said)
    if not _may_still_enter(release, principal):
        st.session_state.pop("principal")
        page_menu(said, is_shown=False)
        _say_and_stop(said, "denied.title", text(said, "denied.text"), icon="lock")
    try:
        view = View.of(principal, release, language)
    except ReleaseError as error:
        _trouble(said, error)
    st.session_state["view"] = view
    return view


def view_of_session() -> View:
    """The view that this rerun has entered with, filters included."""
    return cast(View, st.session_state["view"])


def chosen_language() -> Language | None:
    """The language of the address, else the one chosen before; None: none was chosen."""
    for candidate in (st.query_params.get("lang"), st.session_state.get("language")):
        for language in LANGUAGES:
            if candidate == language:
                st.session_state["language"] = language
                return language
    return None


def browser_language() -> Language:
    """What the browser asks for, before anybody is known."""
    return "vi" if (st.context.locale or "").lower().startswith("vi") else "en"


def surroundings() -> Surroundings:
    """How this request came in. Streamlit reports a loopback address as none at all."""
    headers: Mapping[str, str] = st.context.headers
    return Surroundings(
        server_address=st.get_option("server.address"),
        host=headers.get("Host"),
        remote_address=st.context.ip_address or "127.0.0.1",
        is_forwarded=any(
            name.lower() in ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
            for name in headers
        ),
    )


def trouble(view: View, error: FacetError) -> None:
    """Say what went wrong instead of the rest of a page."""
    _say(view.language, "trouble.title", _in_words(error), icon="error")


def _release(language: Language) -> Release:
    releases_dir = Settings.from_environment().releases_dir
    try:
        return current(releases_dir)
    except ReleaseError as error:
        if current_id(releases_dir) is not None:
            _trouble(language, error)
        _nothing_published(language)


def _users(release: Release) -> tuple[DemoUser, ...]:
    """Who could sign in; read once for each release."""
    return _users_in(release.directory)


@lru_cache(maxsize=4)
def _users_in(directory: Path) -> tuple[DemoUser, ...]:
    return demo_users(read(directory))


def _may_still_enter(release: Release, principal: Principal) -> bool:
    """Whether the user is still active, and their tenant there, in the release shown now."""
    return any(
        (user.tenant_id, user.user_id) == (principal.tenant_id, principal.user_id)
        for user in _users(release)
    )


def _sign_in(release: Release, language: Language) -> Principal:
    """Ask who it is; ends the page until somebody has signed in."""
    page_menu(language, is_shown=False)
    users = _users(release)
    with st.container(key="sign-in", width=480):
        st.header(text(language, "sign_in.title"))
        if not users:
            st.info(text(language, "sign_in.nobody"))
            st.stop()
        st.markdown(text(language, "sign_in.demo"))
        tenants = {user.tenant_id: user.tenant_name for user in users}
        tenant_id = st.selectbox(
            text(language, "sign_in.tenant"),
            list(tenants),
            format_func=lambda key: tenants[key],
            key="sign-in-tenant",
        )
        user = st.selectbox(
            text(language, "sign_in.user"),
            [user for user in users if user.tenant_id == tenant_id],
            format_func=_user_label,
            key=f"sign-in-user-{tenant_id}",
        )
        if not st.button(text(language, "sign_in.button"), type="primary", key="sign-in-button"):
            st.stop()
    st.session_state["principal"] = sign_in_demo(
        release, surroundings(), tenant_id=user.tenant_id, user_id=user.user_id
    )
    st.rerun()


def _user_label(user: DemoUser) -> str:
    return f"{user.full_name} ({user.role_codes})" if user.role_codes else user.full_name


def _trouble(language: Language, error: FacetError) -> NoReturn:
    page_menu(language, is_shown=False)
    _say_and_stop(language, "trouble.title", _in_words(error), icon="error")


def _nothing_published(language: Language) -> NoReturn:
    page_menu(language, is_shown=False)
    with st.container(key="nothing-published", width=560):
        st.header(text(language, "nothing_published.title"))
        st.markdown(text(language, "nothing_published.text"))
        st.code("facet run", language=None)
    st.stop()


def _in_words(error: FacetError) -> str:
    return escaped(f"{error.what}. {error.next_step}")


def _say_and_stop(language: Language, title: str, said: str, *, icon: str) -> NoReturn:
    _say(language, title, said, icon=icon)
    st.stop()


def _say(language: Language, title: str, said: str, *, icon: str) -> None:
    with st.container(key="said", width=560):
        st.header(text(language, title))
        st.markdown(f":material/{icon}: {said}")
