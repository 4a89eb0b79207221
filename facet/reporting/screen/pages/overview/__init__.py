"""Overview: how the shop is doing, in one screen."""

from typing import Final

from facet.reporting.screen.session.page import EVERYTHING_BUT_MEASURE, Page
from facet.rights import codes

PAGE: Final = Page(
    name="overview",
    section="sales",
    icon="space_dashboard",
    permissions=(codes.SALES,),
    shows=("sales", "orders"),
    controls=EVERYTHING_BUT_MEASURE,
)
