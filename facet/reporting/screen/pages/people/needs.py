"""What of people needs somebody now."""

from facet.reporting.present.needs import PEOPLE
from facet.reporting.screen.parts.attention import lines_of, needs_attention
from facet.reporting.screen.session.view import View


def what_needs_somebody(view: View) -> None:
    """A line for each thing that waits or is missing; nothing where no shift is recorded."""
    lines = list(lines_of(view, PEOPLE))
    if lines or view.marts.count("fct_shifts"):
        needs_attention(view, lines, nothing=view.text("people.needs_nobody"))
