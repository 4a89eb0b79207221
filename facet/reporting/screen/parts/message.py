"""A message instead of a page: why there is nothing else on it."""

from typing import NoReturn

import streamlit as st

from facet.errors import FacetError
from facet.reporting.present.languages import Language
from facet.reporting.present.texts import text
from facet.reporting.screen.parts.markdown import escaped


def show_message(language: Language, title: str, message: str, *, icon: str) -> None:
    """A message under a title."""
    with st.container(key="message", width=560):
        st.header(text(language, title))
        st.markdown(f":material/{icon}: {message}")


def show_message_and_stop(language: Language, title: str, message: str, *, icon: str) -> NoReturn:
    """A message under a title, which ends the page."""
    show_message(language, title, message, icon=icon)
    st.stop()


def describe_error(error: FacetError) -> str:
    """The message of an error, for a page."""
    return escaped(f"{error.what}. {error.next_step}")
