"""Alerts that people of a shop may have themselves sent, and what they must be allowed to see."""

from collections.abc import Mapping
from typing import Final

from facet.rights.codes import MARKETING, SALES

#: A rule's name, and the permission of the page that shows what it is about.
PERMISSION_OF: Final[Mapping[str, str]] = {
    "stock_out": SALES,
    "unanswered_messages": SALES,
    "volume_dropped": SALES,
    "goal_at_risk": MARKETING,
    "budget_runs_out": MARKETING,
    "usage_limit_near": MARKETING,
}
