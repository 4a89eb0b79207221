"""Sales: from gross to total, what went through the till, and where it came from."""

import streamlit as st

from facet.reporting import screen

TILES = (
    "total_sales",
    "payments_collected",
    "refunds_paid",
    "payments_net",
    "balance_due",
    "gift_cards_sold",
    "units",
    "units_per_order",
    "return_rate",
    "cost_of_goods",
    "cost_coverage_rate",
    "cancelled_sales",
    "deposits_kept",
)

view = screen.view_of_session()
measure = view.filters.measure

numbers = screen.tiles(view, TILES)
screen.stop_if_empty(view, numbers)

screen.bridge(view)

bucket = screen.trend_chart(view, measure)
screen.drill_down(view, measure, bucket)

left, right = st.columns(2, gap="medium")
with left:
    channel = screen.breakdown_chart(view, measure, by="channel")
    buyer = screen.breakdown_chart(view, measure, by="buyer")
with right:
    category = screen.breakdown_chart(view, measure, by="category")
    product = screen.breakdown_chart(view, measure, by="product")
screen.drill_down(view, measure, channel, buyer, category, product)
