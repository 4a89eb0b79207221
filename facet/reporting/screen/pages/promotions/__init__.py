"""Promotions: discounts, baseline, refusals and violations."""

from typing import Final

from facet.reporting.screen.session.page import Page
from facet.rights import codes

PAGE: Final = Page(
    name="promotions",
    section="marketing",
    icon="sell",
    permissions=(codes.MARKETING,),
    shows=("promotions", "sales", "products", "orders", "people"),
    controls=("period", "compare"),
    parameters=("promotion",),
    marts=(
        "dim_tenants",
        "rpt_promotions",
        "rpt_promotion_lift",
        "rpt_promotion_days",
        "dim_promotions",
        "fct_promotion_redemptions",
        "fct_redemption_lines",
        "fct_free_items",
        "fct_promoted_orders",
        "fct_stacked_promotions",
        "fct_promotion_violations",
    ),
    rows_of="dim_tenants",
)
