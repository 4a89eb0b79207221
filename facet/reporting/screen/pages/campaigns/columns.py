"""Columns that several lists of campaigns have."""

from typing import Any

from facet.reporting.screen.parts.cells import Column
from facet.reporting.screen.session.view import View


def figure(view: View, text: str, value: Any, kind: Any = "money", **given: Any) -> Column:
    """A number under a heading of the page's, such as ``campaign.net_sales``."""
    return Column(label=view.text(text), value=value, kind=kind, **given)


def summed(view: View, text: str, value: Any, kind: Any = "money", **given: Any) -> Column:
    """A number whose sum is told under the list."""
    return figure(view, text, value, kind, is_summed=True, **given)


def return_column(view: View, **given: Any) -> Column:
    """What was earned for each unit of money that was spent."""
    means = view.text("campaign_means.return_on_spend")
    text = "campaign.return_on_spend"
    return figure(view, text, "return_on_spend", "times", help=means, **given)
