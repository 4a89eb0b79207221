"""$english: $about_english"""

import streamlit as st

from facet.reporting.screen.parts.empty import stop_if_empty
from facet.reporting.screen.parts.figures import trend_chart
from facet.reporting.screen.parts.tiles import tiles
from facet.reporting.screen.session.state import current_view

TILES = ($tiles)
MEASURE = "$measure"

view = current_view()

st.caption(view.text("$name.about"))
numbers = tiles(view, TILES)
stop_if_empty(view, numbers)

trend_chart(view, MEASURE, opens=False)
