"""What rests on costs, under the figures that do."""

import streamlit as st

from facet.reporting.screen.parts.markdown import escaped


def show_message(message: str | None) -> None:
    """Under figures that rest on costs, of how much of the sales these are known."""
    if message is not None:
        st.caption(f":material/info: {escaped(message)}")
