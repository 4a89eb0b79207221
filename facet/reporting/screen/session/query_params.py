"""Selections of a page (a person, a campaign, a promotion) that are kept in the address.

An address that names something that is not there to select is as good as one that names nothing.
"""

from collections.abc import Iterable, Mapping

import streamlit as st

from facet.reporting.screen.session.state import state


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
    if _has_arrived(name) and given in options:
        st.session_state[key] = given
    if st.session_state.get(key) not in options:
        kept = state().selected.get(name)  # from before another page was looked at
        st.session_state[key] = kept if kept in options else default
    selected: str = st.selectbox(
        label, list(options), format_func=lambda option: options[option], key=key, width=width
    )
    state().selected[name] = selected
    _write(name, None if selected == default else selected)
    return selected


def select_option(name: str, value: str) -> None:
    """Select from elsewhere on the page, as a click in a list does; before the box is drawn."""
    st.session_state[_widget(name)] = value


def clear_selection(name: str) -> None:
    """Select nothing in particular any more, unless the address has only just named it."""
    if not _has_arrived(name):
        st.session_state.pop(_widget(name), None)
        state().selected.pop(name, None)
        if name in st.query_params:
            del st.query_params[name]


def query_params(names: Iterable[str]) -> dict[str, list[str]]:
    """The values of some query parameters."""
    return {name: st.query_params.get_all(name) for name in names if name in st.query_params}


def _widget(name: str) -> str:
    return f"pick-{name}"


def _has_arrived(name: str) -> bool:
    """Whether the address names something that it was not written to."""
    return name in st.query_params and st.query_params.get_all(name) != state().written.get(name)


def _write(name: str, value: str | None) -> None:
    if st.query_params.get(name) != value:
        if value is None:
            del st.query_params[name]
        else:
            st.query_params[name] = value
    written = {key: values for key, values in state().written.items() if key != name}
    state().written = written if value is None else {**written, name: [value]}
