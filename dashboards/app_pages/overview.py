"""Overview: how the shop is doing, in one screen."""

import streamlit as st

from facet.reporting.screen.parts.breakdown import breakdown_table
from facet.reporting.screen.parts.empty import stop_if_empty
from facet.reporting.screen.parts.figures import breakdown_chart, trend_chart
from facet.reporting.screen.parts.forecast import forecast_of_period
from facet.reporting.screen.parts.orders import drill_down
from facet.reporting.screen.parts.tiles import tiles
from facet.reporting.screen.session.state import current_view

TILES = (
    "net_sales",
    "orders",
    "average_order_value",
    "gross_margin",
    "gross_margin_rate",
    "returns",
    "new_customer_orders",
    "repeat_orders",
)
MEASURE = "net_sales"

view = current_view()

numbers = tiles(view, TILES)
stop_if_empty(view, numbers)

bucket = trend_chart(view, MEASURE)
drill_down(view, MEASURE, bucket)

forecast_of_period(view, MEASURE)

left, right = st.columns(2, gap="medium")
with left:
    channel = breakdown_chart(view, MEASURE, by="channel")
with right:
    category = breakdown_chart(view, MEASURE, by="category")
drill_down(view, MEASURE, channel, category)

breakdown_table(view, by="channel")
