"""Typed state of a session, from one rerun to the next; its only owner."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, cast

import streamlit as st

from facet.reporting.present.filters import Filters
from facet.reporting.present.languages import Language
from facet.reporting.screen.session.view import View

#: What was chosen last in a figure, and what each of its ways to choose said then.
Pointed = tuple[str | None, tuple[str | None, ...]]

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
        written: the address as it was last written, by parameter.
        page_name: the page that it was written on.
        selected: what pages let select, by parameter; stays while another page is looked at.
        listed: what they let select several of, likewise.
        picked: the row that was picked last in each list, and what the list was of then.
        pointed: what was chosen last, by figure and what it was of.
        demo_user: whom a demo's reader has chosen to be: tenant and user.
        shop: the tenant that was chosen among the reader's `shops`, names by id.
        recorded: what the audit trail was last told of a page, and of a refusal.
    """

    view: View | None = None
    language: Language | None = None
    filters: Filters | None = None
    shown: Filters | None = None
    written: Mapping[str, Sequence[str]] = field(default_factory=dict)
    page_name: str | None = None
    selected: dict[str, str] = field(default_factory=dict)
    listed: dict[str, list[str]] = field(default_factory=dict)
    picked: dict[str, tuple[int | None, Hashable]] = field(default_factory=dict)
    pointed: dict[str, Pointed] = field(default_factory=dict)
    demo_user: tuple[int, int] | None = None
    shop: int | None = None
    shops: Mapping[int, str] = field(default_factory=dict)
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
