"""People: what waits for an answer, hours, evaluations, requests, cover, warnings."""

import streamlit as st

from facet.reporting.screen.pages.people.cover import cover_of_week
from facet.reporting.screen.pages.people.evaluations import evaluated
from facet.reporting.screen.pages.people.hours import hours
from facet.reporting.screen.pages.people.needs import what_needs_somebody
from facet.reporting.screen.pages.people.requests import requests
from facet.reporting.screen.pages.people.warnings import warnings
from facet.reporting.screen.session.query_params import query_param_select
from facet.reporting.screen.session.state import current_view

view = current_view()

st.caption(view.text("people.about"))
what_needs_somebody(view)

parts = {
    "hours": hours,
    "evaluations": evaluated,
    "requests": requests,
    "cover": cover_of_week,
    "warnings": warnings,
}
part = query_param_select(
    "part",
    view.text("people.choose"),
    {name: view.text(f"people_part.{name}") for name in parts},
    default="hours",
    width=420,
)
parts[part](view)
