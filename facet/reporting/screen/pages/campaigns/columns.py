"""A column that several lists of campaigns have."""

from typing import Any

from facet.reporting.screen.parts.cells import Column, column
from facet.reporting.screen.session.view import View


def return_column(view: View, **given: Any) -> Column:
    """A column of the return for each unit of money that was spent."""
    means = view.text("campaign_means.return_on_spend")
    text = "campaign.return_on_spend"
    return column(view, text, "return_on_spend", "times", help=means, **given)
