"""Home: what changed, why, and what needs somebody, in sentences."""

from typing import Final

from facet.reporting.screen.session.page import ANYBODY, Page

PAGE: Final = Page(
    name="home",
    section="sales",
    icon="home",
    permissions=ANYBODY,
    shows=("sales", "products", "orders", "people", "promotions"),
)
