"""Pages without a browser: what a page shows to somebody who is sent it.

The page's own script runs, as the server runs it, within Streamlit's `AppTest`, which is Streamlit
without a server. It changes the process, so no server may run in it.
"""

import logging
import runpy
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from streamlit.testing.v1 import AppTest

from facet.config import PROJECT_DIR
from facet.errors import FacetError
from facet.release import Release
from facet.reporting.identity.identity import Principal
from facet.reporting.present.document.parts import Document, Part
from facet.reporting.present.filters import from_address
from facet.reporting.present.languages import Language
from facet.reporting.query.periods import Period
from facet.reporting.query.unknown_names import UnknownNameError
from facet.reporting.screen.frame.menu import page_menu
from facet.reporting.screen.parts.empty import EndOfPage, stop_without
from facet.reporting.screen.parts.files import document_of
from facet.reporting.screen.registry import PAGES
from facet.reporting.screen.session.page import Page
from facet.reporting.screen.session.picks import take_picks
from facet.reporting.screen.session.query_params import arrive
from facet.reporting.screen.session.shown import begin
from facet.reporting.screen.session.state import KEY, State, current_view
from facet.reporting.screen.session.view import View

Address = Mapping[str, Sequence[str]]

_SECONDS: Final = 300
#: Where Streamlit warns of what is meant here: that no server runs.
_BARE: Final = "streamlit.runtime.scriptrunner_utils.script_run_context"
_DASHBOARDS: Final = PROJECT_DIR / "dashboards"


class PageError(FacetError):
    """A page could not be drawn."""

    exit_code = 12


def page_named(name: str) -> Page | None:
    """A page; None where this version has none of the name."""
    return next((page for page in PAGES if page.name == name), None)


def view_of(
    principal: Principal,
    release: Release,
    language: Language | None,
    *,
    page: Page,
    address: Address,
    period: Period,
) -> View:
    """The view of who is sent a page: what its address says, of other days.

    Raises:
        ReleaseError: the release does not have the tenant, or cannot be read.
    """
    view = View.of(principal, release, language).on(page)
    filters, _ = from_address(address, view.choices)
    return view.showing(replace(filters, preset="custom", custom=period))


def drawn(view: View, page: Page, address: Address) -> Document:
    """A page as a document, for who may see it.

    Raises:
        PermissionError: they may not.
        PageError: the page could not be drawn.
    """
    if not page.is_for(view.principal.permissions):
        raise PermissionError(f"Page {page.name} is not for user {view.principal.user_id}.")
    logging.getLogger(_BARE).setLevel(logging.ERROR)
    script = AppTest.from_file(str(_DASHBOARDS / "unattended_page.py"), default_timeout=_SECONDS)
    script.session_state[KEY] = State(view=view, filters=view.filters, language=view.language)
    for name, values in address.items():
        script.query_params[name] = list(values)
    script.run()
    if script.exception:
        raise PageError(
            f"Page {page.name} of tenant {view.principal.tenant_id}",
            why=f"It could not be drawn: {script.exception[0].message}",
            next_step="Open it with the same choices, and see the server's log.",
        )
    state: State = script.session_state[KEY]
    found = document_of(view, page, state.drawn_parts)
    nothing = Part(notes=(view.text("document.nothing"),))
    return found if found.parts else replace(found, parts=(nothing,))


def draw() -> None:
    """Run the script of the page of this session's view."""
    view = current_view()
    assert view.page is not None, "what is sent is of a page"
    page_menu(view.language, view.principal.permissions)
    arrive(view.page)
    take_picks(view.page)
    begin()
    try:
        stop_without(view, view.page)
        runpy.run_path(str(_DASHBOARDS / "app_pages" / f"{view.page.name}.py"))
    except (EndOfPage, UnknownNameError):
        pass  # nothing more of it in this release, or in this period
