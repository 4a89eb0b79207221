"""Sales: from gross to total, what went through the till, and where it came from."""

import streamlit as st

from facet.reporting.screen.pages.sales.bridge import bridge
from facet.reporting.screen.pages.sales.order import order_found
from facet.reporting.screen.parts.empty import stop_if_empty
from facet.reporting.screen.parts.figures import breakdown_chart, trend_chart
from facet.reporting.screen.parts.forecast import forecast_of_period
from facet.reporting.screen.parts.orders import drill_down
from facet.reporting.screen.parts.tiles import tiles
from facet.reporting.screen.session.state import current_view

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

view = current_view()
measure = view.filters.measure

order_found(view)
numbers = tiles(view, TILES)
stop_if_empty(view, numbers)

bridge(view)

bucket = trend_chart(view, measure)
drill_down(view, measure, bucket)

forecast_of_period(view, measure)

left, right = st.columns(2, gap="medium")
with left:
    channel = breakdown_chart(view, measure, by="channel")
    buyer = breakdown_chart(view, measure, by="buyer")
with right:
    category = breakdown_chart(view, measure, by="category")
    product = breakdown_chart(view, measure, by="product")
drill_down(view, measure, channel, buyer, category, product)
