"""What a page itself lets choose (a person, a campaign, a promotion), kept in the address.

An address that names something that is not there to choose is as good as one that names nothing.
"""

from collections.abc import Iterable, Mapping

import streamlit as st


def choice(
    name: str, label: str, options: Mapping[str, str], *, default: str, width: int = 260
) -> str:
    """Let choose one of several things, by its key; the address says which.

    Args:
        name: one of the page's `parameters`.
        label: what is chosen.
        options: names by key, in order; `default` is one of the keys.
        default: what is chosen when somebody arrives without a choice; not told in the address.
        width: of the widget, in pixels.
    """
    key = f"pick-{name}"
    given = st.query_params.get(name)
    has_arrived = given is not None and given != st.session_state.get(f"told-{name}")
    if has_arrived and given in options:
        st.session_state[key] = given
    if st.session_state.get(key) not in options:
        kept = st.session_state.get(f"kept-{name}")  # from before another page was looked at
        st.session_state[key] = kept if kept in options else default
    chosen: str = st.selectbox(
        label, list(options), format_func=lambda option: options[option], key=key, width=width
    )
    st.session_state[f"kept-{name}"] = chosen
    _tell(name, None if chosen == default else chosen)
    return chosen


def choose_on_page(name: str, value: str) -> None:
    """Choose from elsewhere on the page, as a click in a list does; before `choice` is drawn."""
    st.session_state[f"pick-{name}"] = value


def let_go(name: str) -> None:
    """Choose nothing in particular any more, unless the address has only just named it."""
    if st.query_params.get(name) == st.session_state.get(f"told-{name}"):
        st.session_state.pop(f"pick-{name}", None)
        st.session_state.pop(f"kept-{name}", None)
        if name in st.query_params:
            del st.query_params[name]


def chosen_address(parameters: Iterable[str]) -> dict[str, list[str]]:
    """What the address says of the parameters that pages let choose."""
    return {name: st.query_params.get_all(name) for name in parameters if name in st.query_params}


def _tell(name: str, value: str | None) -> None:
    if st.query_params.get(name) != value:
        if value is None:
            del st.query_params[name]
        else:
            st.query_params[name] = value
    st.session_state[f"told-{name}"] = value
