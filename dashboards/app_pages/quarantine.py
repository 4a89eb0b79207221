"""Quarantine: what of the operational data cannot be counted as it stands, and what to do."""

from facet.reporting.screen.pages.quarantine.causes import quarantine_list, quarantine_tiles
from facet.reporting.screen.session.state import current_view

view = current_view()

quarantine_tiles(view)
quarantine_list(view)
