"""A page that says one thing: why there is nothing else on it."""

from typing import NoReturn

import streamlit as st

from facet.errors import FacetError
from facet.reporting.present.texts import text
from facet.reporting.query.tenants import Language
from facet.reporting.screen.parts.markdown import escaped


def say(language: Language, title: str, said: str, *, icon: str) -> None:
    """Say something under a title."""
    with st.container(key="said", width=560):
        st.header(text(language, title))
        st.markdown(f":material/{icon}: {said}")


def say_and_stop(language: Language, title: str, said: str, *, icon: str) -> NoReturn:
    """Say something under a title, and end the page."""
    say(language, title, said, icon=icon)
    st.stop()


def in_words(error: FacetError) -> str:
    """What went wrong and what to do, for a page."""
    return escaped(f"{error.what}. {error.next_step}")
