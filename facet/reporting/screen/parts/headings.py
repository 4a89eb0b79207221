"""Headings within a page, by which its files are told apart, too."""

import streamlit as st

from facet.reporting.present.document.parts import Part
from facet.reporting.screen.session.shown import note_shown


def subheading(text: str) -> None:
    """A heading of a stretch of a page; in Markdown, so names in it are escaped."""
    note_shown(lambda: Part(title=text.replace("\\", "")))
    st.subheader(text, anchor=False)


def minor_heading(text: str) -> None:
    """A heading of a list or chart under a subheading, of which files know by the list itself."""
    st.markdown(f"**{text}**")
