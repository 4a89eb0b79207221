"""Headings within a page, by which its files are told apart, too."""

from contextlib import AbstractContextManager, nullcontext

import streamlit as st

from facet.reporting.present.document.parts import Part
from facet.reporting.screen.session.shown import note_shown


def subheading(text: str, *, key: str | None = None) -> None:
    """A heading of a stretch of a page; in Markdown, so names in it are escaped.

    Args:
        text: in Markdown.
        key: by which the stretch is found where something on a page leads to it.
    """
    note_shown(lambda: Part(title=text.replace("\\", "")))
    with _found_by(key):
        st.subheader(text, anchor=False)


def minor_heading(text: str, *, key: str | None = None) -> None:
    """A heading of a list or chart under a subheading, of which files know by the list itself."""
    with _found_by(key):
        st.markdown(f"**{text}**")


def _found_by(key: str | None) -> AbstractContextManager[object]:
    return st.container(key=key) if key else nullcontext()
