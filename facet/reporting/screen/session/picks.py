"""What is picked on a page: bars of its charts and rows of its lists, by id and in the address.

``pick=day:2026-11-03`` is the bar of a chart, ``pick=projects:17`` the row of a list. This module
alone knows them. The address is the truth when somebody arrives, goes back or edits it; otherwise
charts and lists are, and the address follows. What is picked stays while another page is looked
at, and while it is there: a filter that takes it away lets it go.

What is not there and what its reader may not see are one to it: neither is among what the page
has drawn.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st

from facet.reporting.present.texts import text
from facet.reporting.screen.session.page import Page
from facet.reporting.screen.session.query_params import has_arrived
from facet.reporting.screen.session.state import current_view, note_ignored, state

#: Its name in the address; there may be several.
PARAMETER: Final = "pick"


def take_picks(page: Page) -> None:
    """Take what the address names, where it was not written by the page itself."""
    state().arrived = set()
    state().drawn = set()
    if not has_arrived(PARAMETER):
        return
    named = [value.partition(":") for value in st.query_params.get_all(PARAMETER)]
    state().picks[page.name] = {name: key for name, _, key in named}
    state().arrived = {name for name, _, _ in named}


def picked(
    name: str,
    widget: str,
    said: Sequence[str | None],
    *,
    is_new: bool,
    exists: Callable[[str], bool],
) -> str | None:
    """The key that is picked in a chart or list of the page; None where none is.

    Args:
        name: of the chart or list, in the address.
        widget: what it is drawn as; other than before where it is of other things.
        said: what each way to pick in it says now.
        is_new: it was not drawn before, so that it says nothing of what somebody wants.
        exists: whether a key is of something in it.
    """
    picks = _picks()
    now = tuple(said)
    before = now if is_new else state().said.get(widget, now)
    state().said[widget] = now
    for new, old in zip(now, before, strict=True):
        if new != old:
            state().arrived.discard(name)
            picks.pop(name, None)
            if new is not None:
                picks[name] = new
    state().drawn.add(name)
    key = picks.get(name)
    if key is not None and not exists(key):
        _let_go(name)
        return None
    return key


def picked_before(name: str) -> str | None:
    """What was picked in a chart or list before it is drawn; it may not be there any more."""
    return _picks().get(name)


def let_go(page: Page, name: str) -> None:
    """Pick nothing any more on a page, as a button does before the page is drawn again."""
    state().picks.get(page.name, {}).pop(name, None)


def said_before(widget: str) -> str | None:
    """What the last way to pick of a chart said last."""
    return state().said.get(widget, (None,))[-1]


def says_anew(widget: str, said: str | None, *, is_new: bool) -> bool:
    """Whether a list says another thing than before, where others keep what it chooses."""
    before = said if is_new else state().said.get(widget, (None,))[0]
    state().said[widget] = (said,)
    return said != before


def let_go_of_the_rest() -> None:
    """Let go of what is in no chart or list that the page has drawn; at its end."""
    for name in [name for name in _picks() if name not in state().drawn]:
        _let_go(name)


def picks_address(page: Page) -> Mapping[str, list[str]]:
    """The parameters of the address for what is picked on a page."""
    values = [f"{name}:{key}" for name, key in state().picks.get(page.name, {}).items()]
    return {PARAMETER: values} if values else {}


def _let_go(name: str) -> None:
    key = _picks().pop(name)
    if name in state().arrived:
        label = text(current_view().language, "filter.pick")
        note_ignored(label, f"{name}:{key}" if key else name)


def _picks() -> dict[str, str]:
    page = current_view().page
    return {} if page is None else state().picks.setdefault(page.name, {})
