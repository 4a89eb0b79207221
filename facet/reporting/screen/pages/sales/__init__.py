"""Sales: from gross to total."""

from typing import Final

from facet.reporting.screen.session.page import EVERYTHING_BUT_MEASURE, Page
from facet.rights import codes

PAGE: Final = Page(
    name="sales",
    section="sales",
    icon="receipt_long",
    permissions=(codes.SALES,),
    shows=("sales", "products", "orders"),
    controls=("measure", *EVERYTHING_BUT_MEASURE),
)
