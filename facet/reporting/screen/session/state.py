"""What was chosen, as the session keeps it."""

from typing import cast

import streamlit as st

from facet.reporting.present.filters import Filters
from facet.reporting.screen.session.view import View


def choose(filters: Filters) -> None:
    """Change what is chosen from outside the bar, as a button does; takes effect with a rerun."""
    st.session_state["filters"] = filters
    st.session_state["must-seed"] = True


def view_of_session() -> View:
    """The view that this rerun has entered with, filters included."""
    return cast(View, st.session_state["view"])
