"""Explorer: any metric that one may see, by whatever it can be grouped by."""

from facet.reporting.screen.pages.explorer.answered import ask, show_answer
from facet.reporting.screen.session.state import current_view

view, question = ask(current_view())
show_answer(view, question)
