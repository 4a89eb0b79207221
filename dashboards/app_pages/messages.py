"""Messages: who waits for an answer, what customers write, and what comes of it."""

import streamlit as st

from facet.reporting.screen.pages.messages.results import results
from facet.reporting.screen.pages.messages.text_messages import text_messages
from facet.reporting.screen.pages.messages.volume import page_messages
from facet.reporting.screen.pages.messages.waiting import what_needs_somebody
from facet.reporting.screen.session.query_params import query_param_select
from facet.reporting.screen.session.state import current_view

view = current_view()

st.caption(view.text("messages.about"))
what_needs_somebody(view)

part = query_param_select(
    "part",
    view.text("messages.choose"),
    {name: view.text(f"messages.{name}") for name in ("pages", "results", "sms")},
    default="pages",
    width=420,
)
if part == "pages":
    page_messages(view)
elif part == "results":
    results(view)
else:
    text_messages(view)
