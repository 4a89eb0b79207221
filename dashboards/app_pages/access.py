"""Access: who opened which page, who took a table along, and what was refused."""

from facet.reporting.screen.pages.access.events import access_events, access_list, access_tiles
from facet.reporting.screen.session.state import current_view

view = current_view()

events = access_events(view)
access_tiles(view, events)
access_list(view, events)
