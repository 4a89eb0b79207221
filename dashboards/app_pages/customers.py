"""Customers: who needs somebody, who comes back, what segments and cohorts bring, and leads."""

import streamlit as st

from facet.reporting.screen.pages.customers.batches import batch_list
from facet.reporting.screen.pages.customers.care import (
    days_to_remember,
    opportunities,
    probable_duplicates,
)
from facet.reporting.screen.pages.customers.cohorts import cohort_triangle
from facet.reporting.screen.pages.customers.contacts import contact_ways
from facet.reporting.screen.pages.customers.data.persons import Segments
from facet.reporting.screen.pages.customers.leads import lead_funnel, open_lead_list
from facet.reporting.screen.pages.customers.lifetime import lifetime_values
from facet.reporting.screen.pages.customers.monthly import customers_by_month
from facet.reporting.screen.pages.customers.persons import (
    person_history,
    person_list,
    person_orders,
)
from facet.reporting.screen.pages.customers.reengagement import reengagement_list
from facet.reporting.screen.pages.customers.segments import segment_list, segment_moves
from facet.reporting.screen.pages.customers.tiles import customer_tiles, what_needs_somebody
from facet.reporting.screen.session.state import current_view

view = current_view()
segments = Segments.of(view)

st.caption(view.text("customers.about"))
what_needs_somebody(view, segments)
customer_tiles(view, segments)
customers_by_month(view)

segment_list(view, segments)
segment_moves(view, segments)
person = person_list(view, segments)
person_orders(view, person)
person_history(view, person)
probable_duplicates(view)

lifetime_values(view)
cohort_triangle(view)

lead_funnel(view)
open_lead_list(view)
opportunities(view)

days_to_remember(view)

contact_ways(view)
reengagement_list(view)

batch_list(view)
