"""The note on known costs, under the figures that rest on them."""

import streamlit as st

from facet.reporting.screen.parts.markdown import escaped


def show_message(message: str | None) -> None:
    """Under figures that rest on costs, of how much of the sales these are known."""
    if message is not None:
        st.caption(f":material/info: {escaped(message)}")
