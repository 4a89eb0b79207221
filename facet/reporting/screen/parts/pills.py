"""A choice of one of a few things, each of which is seen."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import streamlit as st

_Option = TypeVar("_Option", bound=str)


def one_of(
    label: str,
    options: Iterable[_Option],
    named: Callable[[_Option], str],
    *,
    key: str,
    first: _Option | None = None,
    is_label_shown: bool = True,
) -> _Option:
    """The option that was chosen, at first the first or the one that is named.

    Args:
        label: what is chosen, in the reader's language; always told to screen readers.
        options: at least one.
        named: what an option is called in the reader's language.
        key: the widget's, after ``choice-``.
        first: the option that is chosen at first, where it is one.
        is_label_shown: whether the label is seen too.
    """
    listed = [*options]
    return st.pills(
        label,
        listed,
        default=first if first is not None and first in listed else listed[0],
        required=True,
        format_func=named,
        label_visibility="visible" if is_label_shown else "collapsed",
        key=f"choice-{key}",
    )
