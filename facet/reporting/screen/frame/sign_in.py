"""Signing in: at an OpenID provider, or to the demo by choosing whom to be.

Who is there is found out anew at each click: from the provider's claims, the session and the rights
that are known now. What was revoked is gone with the next click.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn

import streamlit as st

from facet.config import Oidc, Settings
from facet.release import Release
from facet.reporting.identity import identity
from facet.reporting.identity.claims import Claims, checked
from facet.reporting.identity.identity import DemoUser, Principal, RequestContext
from facet.reporting.identity.preset import preset_user
from facet.reporting.identity.sessions import Sessions
from facet.reporting.present.languages import Language
from facet.reporting.present.texts import text
from facet.reporting.screen.frame.companion import companion
from facet.reporting.screen.frame.menu import page_menu
from facet.reporting.screen.parts.message import show_message_and_stop
from facet.reporting.screen.session.audit_log import record_refusal
from facet.reporting.screen.session.state import state
from facet.rights.document import Rights, rights_of
from facet.rights.keys import secret_of


def signed_in(release: Release, rights: Rights, language: Language) -> Principal:
    """The principal; the page ends here while nobody is signed in who may see anything."""
    settings = Settings.from_environment()
    if settings.oidc is not None:
        return _by_provider(release, rights, settings, settings.oidc, language)
    return _as_demo(release, rights, language)


def reauthentication(release: Release, principal: Principal) -> Callable[[], Principal]:
    """A function that authenticates the current user outside the page run, by the rights of then.

    It raises PermissionError where the session has ended or leads to nobody any more.
    """
    settings = Settings.from_environment()
    if settings.oidc is None:
        came_in, user_id = request_context(), principal.user_id

        def as_demo() -> Principal:
            rights = rights_of(release.directory, settings)
            return identity.sign_in_demo(
                release, came_in, rights, tenant_id=principal.tenant_id, user_id=user_id
            )

        return as_demo
    claims = checked(user_claims(), settings.oidc)

    def by_provider() -> Principal:
        if isinstance(claims, str):
            raise PermissionError(claims)
        session = sessions_of(settings).state(claims, datetime.now(UTC))
        if session != "open":
            raise PermissionError(f"The session is {session}.")
        rights = rights_of(release.directory, settings)
        secret = secret_of(settings)
        return identity.sign_in(claims, rights, secret, release, tenant_id=principal.tenant_id)

    return by_provider


def sign_out() -> NoReturn:
    """End the session, here and at the provider; the page ends here.

    Nothing may run after Streamlit's own `logout`: a rerun would throw away the message that sends
    the browser to the provider where that has not left yet.
    """
    settings = Settings.from_environment()
    _forget()
    st.query_params.clear()
    if settings.oidc is not None:
        claims = checked(user_claims(), settings.oidc)
        if isinstance(claims, Claims):
            sessions_of(settings).end(claims, datetime.now(UTC))
        st.logout()
        st.stop()
    st.rerun()


def choose_shop(tenant_id: int) -> None:
    """Switch to another of one's shops: nothing of the one before is kept."""
    _forget()
    state().shop = tenant_id


def user_claims() -> Mapping[str, object]:
    """The provider's claims about whoever holds this browser's cookie; empty for nobody."""
    user: Any = st.user
    return dict(user.to_dict()) if user.get("is_logged_in") else {}


def verified_address() -> str | None:
    """The address that the provider vouches for, by which the CRM knows who is signed in.

    None where nobody vouches for one, as in the demo.
    """
    settings = Settings.from_environment()
    if settings.oidc is None:
        return None
    claims = checked(user_claims(), settings.oidc)
    return claims.email if isinstance(claims, Claims) else None


def request_context() -> RequestContext:
    """The entry of this request. Streamlit reports a loopback address as none at all."""
    headers: Mapping[str, str] = st.context.headers
    return RequestContext(
        server_address=st.get_option("server.address"),
        host=headers.get("Host"),
        remote_address=st.context.ip_address or "127.0.0.1",
        is_forwarded=any(
            name.lower() in ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
            for name in headers
        ),
    )


def sessions_of(settings: Settings) -> Sessions:
    """The sessions of a home."""
    return Sessions(
        settings.home / "sessions.sqlite",
        idle=settings.session_idle,
        longest=settings.session_max,
    )


def _by_provider(
    release: Release, rights: Rights, settings: Settings, oidc: Oidc, language: Language
) -> Principal:
    user = user_claims()
    if not user:
        _sign_in_prompt(language, "sign_in.title", text(language, "sign_in.provider"))
    claims = checked(user, oidc)
    if isinstance(claims, str):
        _turn_away(language, claims)
    session = sessions_of(settings).state(claims, datetime.now(UTC))
    if session != "open":
        _forget()
        _sign_in_prompt(language, "session.title", text(language, f"session.{session}"))
    secret = secret_of(settings)
    people = identity.people_of(claims, rights, secret, release)
    if isinstance(people, str):
        _turn_away(language, people)
    names = {person.tenant_id: release.tenant(person.tenant_id).tenant_name for person in people}
    state().shops = names
    chosen = state().shop
    tenant_id = chosen if chosen in names else next(iter(names))
    return identity.sign_in(claims, rights, secret, release, tenant_id=tenant_id)


def _as_demo(release: Release, rights: Rights, language: Language) -> Principal:
    if refusal := identity.demo_refusal(release, request_context()):
        page_menu(language)
        record_refusal(refusal)
        show_message_and_stop(
            language, "refused.title", text(language, f"refused.{refusal}"), icon="lock"
        )
    chosen = state().demo_user or preset_user(Settings.from_environment().home)
    if chosen is None:
        _demo_user_prompt(release, rights, language)
    tenant_id, user_id = chosen
    try:
        principal = identity.sign_in_demo(
            release, request_context(), rights, tenant_id=tenant_id, user_id=user_id
        )
    except PermissionError:
        state().demo_user = None
        page_menu(language)
        show_message_and_stop(language, "denied.title", text(language, "denied.text"), icon="lock")
    if not principal.permissions:
        _turn_away(language, "no_role")
    return principal


def _sign_in_prompt(language: Language, title: str, message: str) -> NoReturn:
    page_menu(language)
    with st.container(key="sign-in", width=480):
        st.header(text(language, title))
        st.markdown(message)
        st.button(
            text(language, "sign_in.button"),
            type="primary",
            icon=":material/login:",
            key="sign-in-button",
            on_click=st.login,
        )
    companion(language, keeps_link=True)  # the provider sends everybody back to the first page
    st.stop()


def _turn_away(language: Language, reason: str) -> NoReturn:
    """Show why there is nothing to see for whoever is there, and offer to sign in as another."""
    page_menu(language)
    record_refusal(reason)
    with st.container(key="message", width=560):
        st.header(text(language, "denied.title"))
        st.markdown(f":material/lock: {text(language, f'denied.{reason}')}")
        if st.button(text(language, "account.sign_out"), icon=":material/logout:", key="sign-out"):
            sign_out()
    st.stop()


def _demo_user_prompt(release: Release, rights: Rights, language: Language) -> NoReturn:
    page_menu(language)
    users = identity.demo_users(release, rights)
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
        is_chosen = st.button(
            text(language, "sign_in.button"),
            type="primary",
            icon=":material/login:",
            key="sign-in-button",
        )
    if not is_chosen:
        st.stop()
    state().demo_user = (user.tenant_id, user.user_id)
    st.rerun()


def _user_label(user: DemoUser) -> str:
    return f"{user.full_name} ({user.role_codes})" if user.role_codes else user.full_name


def _forget() -> None:
    """Drop everything of a session but its language: whoever comes next starts anew."""
    language = state().language
    st.session_state.clear()
    state().language = language
