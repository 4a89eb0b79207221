"""Home: what changed, why, and what needs somebody, in sentences."""

from typing import Final

from facet.reporting.screen.session.page import Page
from facet.rights import codes

PAGE: Final = Page(
    name="home",
    section="sales",
    icon="home",
    permissions=(
        codes.SALES,
        codes.STAFF,
        codes.MARKETING,
        codes.PLATFORM,
        codes.ADMINISTRATION,
    ),
    shows=("sales", "products", "orders", "people", "promotions"),
)
