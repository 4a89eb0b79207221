"""Home: what changed, why, and what needs somebody, in sentences that open to their rows."""

from facet.reporting.screen.pages.home.needs import what_needs_somebody
from facet.reporting.screen.pages.home.told import what_happened
from facet.reporting.screen.pages.home.visits import greeting
from facet.reporting.screen.session.state import current_view

view = current_view()

greeting(view)
what_happened(view)
what_needs_somebody(view)
