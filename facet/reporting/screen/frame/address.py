"""The address of a page: written at its end, when all that is chosen on it is known.

So one choice is one step of the browser's way back. Moving to another page empties the address: the
choice goes along.
"""

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from facet.reporting.present.filters import to_address
from facet.reporting.screen import registry
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.session.page import Page
from facet.reporting.screen.session.picks import let_go_of_the_rest, picks_address
from facet.reporting.screen.session.query_params import query_params
from facet.reporting.screen.session.state import state
from facet.reporting.screen.session.view import View

#: So much of a value that was not understood is said.
_SAID: Final = 40


def follow(view: View, page: Page, notice: Any) -> None:
    """Have the address say what the page shows, and the page what of the address it does not.

    Args:
        view: for words.
        page: that was shown, or refused.
        notice: an empty place over the page.
    """
    is_shown = page.is_for(view.principal.permissions)
    if is_shown:
        let_go_of_the_rest()
    has_filters = is_shown and page.has_period
    filters = state().filters if has_filters else None
    _write(to_address(filters) if filters else {}, page)
    if is_shown and state().ignored:
        parts = "; ".join(_said(label, values) for label, values in state().ignored)
        with notice:
            st.info(view.text("filter.ignored", parts=parts), icon=":material/link_off:")


def _write(filters: dict[str, list[str]], page: Page) -> None:
    """Write filters, language, what the page lets select and what is picked on it."""
    given = query_params(st.query_params)
    language = state().language
    spoken: dict[str, list[str]] = {"lang": [language]} if language else {}
    picks = picks_address(page)
    wanted = {**filters, **spoken, **query_params(registry.PARAMETERS), **picks}
    if given != wanted:
        st.query_params.from_dict(wanted)
    selections = {
        name: values
        for name, values in state().written.items()
        if name in registry.PARAMETERS and name in given
    }
    state().written = {**filters, **selections, **picks}
    state().page_name = page.name


def _said(label: str, values: Sequence[str]) -> str:
    """What of an address was left out, in the reader's words and those of the address."""
    given = ", ".join(f"“{value[:_SAID]}{'…' * (len(value) > _SAID)}”" for value in values)
    return escaped(f"{label} {given}" if given else label)
