"""Overview: how the shop is doing, in one screen."""

import streamlit as st

from facet.reporting import screen

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

view = screen.view_of_session()

numbers = screen.tiles(view, TILES)
screen.stop_if_empty(view, numbers)

bucket = screen.trend_chart(view, MEASURE)
screen.drill_down(view, MEASURE, bucket)

left, right = st.columns(2, gap="medium")
with left:
    channel = screen.breakdown_chart(view, MEASURE, by="channel")
with right:
    category = screen.breakdown_chart(view, MEASURE, by="category")
screen.drill_down(view, MEASURE, channel, category)

screen.breakdown_table(view, by="channel")
