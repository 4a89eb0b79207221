"""Warehouse: how runs went and what they took, what failed, and how much there is."""

from facet.reporting.screen.pages.warehouse.contents import failures, growth, quarantine
from facet.reporting.screen.pages.warehouse.runs import run_chart, slowest, warehouse_tiles
from facet.reporting.screen.session.state import current_view

view = current_view()

warehouse_tiles(view)
run_chart(view)
failures(view)
slowest(view)
growth(view)
quarantine(view)
