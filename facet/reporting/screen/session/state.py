"""Typed state of a session, from one rerun to the next; its only owner."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, cast

import streamlit as st

from facet.reporting.present.document.parts import Part
from facet.reporting.present.filters import Filters
from facet.reporting.present.languages import Language
from facet.reporting.screen.session.view import View

#: Where it stands in Streamlit's session.
KEY: Final = "facet"


@dataclass(kw_only=True)
class State:
    """What was chosen, and what of it the address and the widgets have already.

    Args:
        view: of the rerun that goes on.
        language: that was chosen; None: the shop's.
        filters: that are looked at.
        shown: the filters that the widgets show; where these differ, the widgets follow.
        seeds: how often they have followed what was chosen elsewhere.
        wider: the filters from before days were picked on the page; None: none were.
        written: the address as it was last written, by parameter.
        page_name: the page that it was written on.
        is_new_page: whether this rerun shows another page than the one before.
        is_bare: whether it does, and the address says nothing: what was chosen goes along.
        selected: what pages let select, by parameter; stays while another page is looked at.
        listed: what they let select several of, likewise.
        picks: what is picked on each page: a key by chart or list.
        said: what each way to pick said last, by chart or list and what that was of.
        arrived: the charts and lists of which the address has just named something.
        drawn: the charts and lists in which this rerun has let pick.
        drawn_parts: what stands on the page so far, each as what makes it for a file.
        ignored: what of the address this rerun did not understand: what it is, and what it said.
        demo_user: whom a demo's reader has chosen to be: tenant and user.
        shop: the tenant that was chosen among the reader's `shops`, names by id.
        has_started: whether somebody has come to the page that they start with.
        is_toured: whether they have answered the offer of the tour; None: not looked up yet.
        recorded: what the audit trail was last told of a page, and of a refusal.
    """

    view: View | None = None
    language: Language | None = None
    filters: Filters | None = None
    shown: Filters | None = None
    seeds: int = 0
    wider: Filters | None = None
    written: Mapping[str, Sequence[str]] = field(default_factory=dict)
    page_name: str | None = None
    is_new_page: bool = True
    is_bare: bool = True
    selected: dict[str, str] = field(default_factory=dict)
    listed: dict[str, list[str]] = field(default_factory=dict)
    picks: dict[str, dict[str, str]] = field(default_factory=dict)
    said: dict[str, tuple[str | None, ...]] = field(default_factory=dict)
    arrived: set[str] = field(default_factory=set)
    drawn: set[str] = field(default_factory=set)
    drawn_parts: list[Callable[[], Part]] = field(default_factory=list)
    ignored: list[tuple[str, Sequence[str]]] = field(default_factory=list)
    demo_user: tuple[int, int] | None = None
    shop: int | None = None
    shops: Mapping[int, str] = field(default_factory=dict)
    has_started: bool = False
    is_toured: bool | None = None
    recorded: dict[Literal["page", "refusal"], str] = field(default_factory=dict)


def state() -> State:
    """The state of this session."""
    return cast(State, st.session_state.setdefault(KEY, State()))


def current_view() -> View:
    """The view that this rerun has entered with, filters included."""
    view = state().view
    assert view is not None, "a page runs after the frame"
    return view


def set_filters(filters: Filters) -> None:
    """Change the filters from outside the filter bar, as a button does; shown by the next rerun."""
    state().filters = filters


def note_ignored(label: str, *values: str) -> None:
    """Note a part of the address that is not there, or not for this reader; both are told alike."""
    state().ignored.append((label, values))
