"""Fulfilment: whether customers have what they were promised, and what waits for somebody."""

import streamlit as st

from facet.reporting.screen.pages.fulfilment.balances import balances_due, disagreements
from facet.reporting.screen.pages.fulfilment.inbound import inbound
from facet.reporting.screen.pages.fulfilment.returns import returns
from facet.reporting.screen.pages.fulfilment.services import services
from facet.reporting.screen.pages.fulfilment.shipments import shipments
from facet.reporting.screen.pages.fulfilment.waiting import waiting_tiles
from facet.reporting.screen.session.query_params import query_param_select
from facet.reporting.screen.session.state import current_view

view = current_view()

st.caption(view.text("fulfilment.about"))
waiting_tiles(view)

parts = ("shipments", "services", "returns", "balances", "inbound")
part = query_param_select(
    "part",
    view.text("fulfilment.choose"),
    {name: view.text(f"fulfilment.{name}") for name in parts},
    default="shipments",
    width=420,
)
if part == "shipments":
    shipments(view)
    disagreements(view)
elif part == "services":
    services(view)
elif part == "returns":
    returns(view)
elif part == "balances":
    balances_due(view)
else:
    inbound(view)
