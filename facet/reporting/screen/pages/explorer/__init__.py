"""Explorer: any metric that one may see, by whatever it can be grouped by."""

from typing import Final

from facet.reporting.screen.session.page import ANYBODY, Page

PAGE: Final = Page(
    name="explorer",
    section="sales",
    icon="query_stats",
    permissions=ANYBODY,
    shows=(
        *("sales", "products", "orders", "customers", "shipments", "messages", "people"),
        *("campaigns", "promotions", "marketing", "projects", "operations"),
    ),
    controls=("period", "compare"),
    parameters=("metric", "by", "keep"),
)
