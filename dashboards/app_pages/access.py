"""Access: who opened which page, who took a table along, and what was refused."""

from facet.reporting import screen

view = screen.view_of_session()

events = screen.access_events(view)
screen.access_tiles(view, events)
screen.access_list(view, events)
