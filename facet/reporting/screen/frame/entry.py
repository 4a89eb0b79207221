"""Entry: a release to look at, somebody who may, and a message where either is missing."""

import logging
from contextlib import AbstractContextManager
from typing import Final, NoReturn

import streamlit as st

from facet.config import Settings
from facet.errors import FacetError, ReleaseError
from facet.release import Release, current
from facet.release.store import current_id
from facet.reporting.present.languages import LANGUAGES, Language, language_of
from facet.reporting.present.texts import text
from facet.reporting.query.turn import turn
from facet.reporting.query.unknown_names import UnknownNameError
from facet.reporting.screen.frame.menu import Navigation, page_menu
from facet.reporting.screen.frame.sign_in import reauthentication, signed_in
from facet.reporting.screen.parts.empty import EndOfPage, note_older, show_older, stop_without
from facet.reporting.screen.parts.message import describe_error, show_message, show_message_and_stop
from facet.reporting.screen.session.audit_log import record_page
from facet.reporting.screen.session.state import state
from facet.reporting.screen.session.view import View
from facet.rights.document import Rights, RightsError, rights_of

_LOG: Final = logging.getLogger(__name__)


def in_turn() -> AbstractContextManager[None]:
    """Draw within the block, after who clicked before."""
    return turn()


def enter() -> View:
    """The view of whoever is signed in; without one, the page shows why and ends here."""
    chosen = chosen_language()
    language = chosen or browser_language()
    release = _release(language)
    principal = signed_in(release, _rights(release, language), language)
    try:
        return View.of(
            principal, release, chosen, reauthenticate=reauthentication(release, principal)
        )
    except ReleaseError as error:
        _trouble(language, error)


def show(view: View, navigation: Navigation) -> None:
    """Run the page of the address for whoever may see it; show what went wrong in it."""
    if not navigation.page.is_for(view.principal.permissions):
        record_page(view, navigation.page, is_refused=True)
        show_message(view.language, "denied.title", view.text("denied.page"), icon="lock")
        with st.container(key="permitted", width=560, gap="xsmall"):
            st.markdown(view.text("denied.permitted"))
            for script in navigation.permitted.values():
                st.page_link(script)
        return
    try:
        stop_without(view, navigation.page)
        navigation.script.run()
        note_older(view)
    except EndOfPage:
        pass
    except UnknownNameError as error:
        _LOG.warning("Page %s of release %s: %s", navigation.page.name, view.release.id, error)
        show_older(view)
    except FacetError as error:
        show_message(view.language, "trouble.title", describe_error(error), icon="error")
    record_page(view, navigation.page, is_refused=False)


def chosen_language() -> Language | None:
    """The language of the address, else the one chosen before; None: none was chosen."""
    for candidate in (st.query_params.get("lang"), state().language):
        if candidate in LANGUAGES:
            state().language = candidate
            return candidate
    return None


def browser_language() -> Language:
    """The browser's language, before anybody is known."""
    return language_of(st.context.locale or "")


def _release(language: Language) -> Release:
    releases_dir = Settings.from_environment().releases_dir
    try:
        return current(releases_dir)
    except ReleaseError as error:
        if current_id(releases_dir) is not None:
            _trouble(language, error)
        _nothing_published(language)


def _rights(release: Release, language: Language) -> Rights:
    settings = Settings.from_environment()
    try:
        return rights_of(release.directory, settings)
    except RightsError as error:
        _trouble(language, error)


def _trouble(language: Language, error: FacetError) -> NoReturn:
    page_menu(language)
    show_message_and_stop(language, "trouble.title", describe_error(error), icon="error")


def _nothing_published(language: Language) -> NoReturn:
    page_menu(language)
    with st.container(key="nothing-published", width=560):
        st.header(text(language, "nothing_published.title"))
        st.markdown(text(language, "nothing_published.text"))
        st.code("facet run", language=None)
    st.stop()
