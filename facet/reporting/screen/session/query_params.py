"""Selections of a page (a person, a campaign, a promotion) that are kept in the address.

Of an address that names something that is not there to select, or not for this reader, the page
says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import streamlit as st

from facet.reporting.screen.session.page import Page
from facet.reporting.screen.session.state import note_ignored, state

#: In an address, what of the page the browser brings into view; the page takes it off again.
FOUND: Final = "found"


def query_param_select(
    name: str, label: str, options: Mapping[str, str], *, default: str, width: int = 260
) -> str:
    """Select box bound to a parameter of the address; returns the key that is selected.

    Args:
        name: one of the page's `parameters`.
        label: what is selected.
        options: names by key, in order; `default` is one of the keys.
        default: what is selected when somebody arrives without a selection; not in the address.
        width: of the widget, in pixels.
    """
    key = _widget(name)
    given = st.query_params.get(name)
    if has_arrived(name):
        st.session_state[key] = given if given in options else default
        if given is not None and given not in options:
            note_ignored(label, *st.query_params.get_all(name))
    if st.session_state.get(key) not in options:
        kept = state().selected.get(name)  # from before another page was looked at
        st.session_state[key] = kept if kept in options else default
    selected: str = st.selectbox(
        label, list(options), format_func=lambda option: options[option], key=key, width=width
    )
    state().selected[name] = selected
    write_query_params(name, () if selected == default else (selected,))
    return selected


def query_param_named(name: str) -> str | None:
    """The key that is selected, or is to be by the address, before the box is drawn."""
    if has_arrived(name):
        return st.query_params.get(name)
    return st.session_state.get(_widget(name)) or state().selected.get(name)


def query_param_multiselect(
    name: str,
    label: str,
    options: Mapping[str, str],
    *,
    default: Sequence[str] = (),
    placeholder: str,
    most: int | None = None,
) -> tuple[str, ...]:
    """The same for several keys at once; the parameter is repeated in the address.

    Args:
        name: one of the page's `parameters`.
        label: what is selected.
        options: names by key, in order.
        default: the keys that are selected when somebody arrives without any; not in the address.
        placeholder: what stands there while none is.
        most: how many may be selected.
    """
    key = _widget(name)
    given = st.query_params.get_all(name)
    if has_arrived(name):
        st.session_state[key] = given or list(default)
        if unknown := [value for value in given if value and value not in options]:
            note_ignored(label, *unknown)
    if key not in st.session_state:
        st.session_state[key] = state().listed.get(name, list(default))
    st.session_state[key] = [option for option in st.session_state[key] if option in options]
    selected: list[str] = st.multiselect(
        label,
        list(options),
        format_func=lambda option: options[option],
        key=key,
        placeholder=placeholder,
        max_selections=most,
    )
    state().listed[name] = selected
    write_query_params(name, () if selected == list(default) else selected or [""])
    return tuple(selected)


def select_option(name: str, value: str) -> None:
    """Select from elsewhere on the page, as a click in a list does; before the box is drawn."""
    st.session_state[_widget(name)] = value


def clear_selection(name: str) -> None:
    """Select nothing in particular any more, unless the address has only just named it."""
    if not has_arrived(name):
        st.session_state.pop(_widget(name), None)
        state().selected.pop(name, None)
        if name in st.query_params:
            del st.query_params[name]


def query_params(names: Iterable[str]) -> dict[str, list[str]]:
    """The values of some query parameters."""
    return {name: st.query_params.get_all(name) for name in names if name in st.query_params}


def arrive(page: Page) -> None:
    """Note whether somebody has come from another page, and whether the address says where to."""
    state().is_new_page = state().page_name != page.name
    state().is_bare = state().is_new_page and not set(st.query_params) - {"lang"}


def has_arrived(name: str) -> bool:
    """Whether the address says of a parameter what the page did not write.

    An address that somebody comes to another page with says all, also by what it leaves out; one
    that says nothing leaves all as it was chosen there before.
    """
    if state().is_new_page:
        return not state().is_bare
    return st.query_params.get_all(name) != list(state().written.get(name, ()))


def _widget(name: str) -> str:
    return f"pick-{name}"


def write_query_params(name: str, values: Sequence[str]) -> None:
    """Have the address name these values of a parameter, and not name it where there are none."""
    if st.query_params.get_all(name) != list(values):
        if values:
            st.query_params[name] = list(values)
        else:
            st.query_params.pop(name, None)
    written = {key: kept for key, kept in state().written.items() if key != name}
    state().written = {**written, name: list(values)} if values else written
