"""A page that nobody looks at: drawn for who is sent it, by `facet reports`."""

from facet.reporting.screen.frame.unattended import draw

draw()
