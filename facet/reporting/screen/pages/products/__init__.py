"""Products: what sells, what lies, what to order and what to mark down."""

from typing import Final

from facet.reporting.screen.session.page import Page
from facet.rights import codes

PAGE: Final = Page(
    name="products",
    section="sales",
    icon="diamond",
    permissions=(codes.SALES,),
    shows=("sales", "products"),
    controls=("period", "compare"),
    parameters=("product",),
    marts=(
        "dim_tenants",
        "rpt_products",
        "fct_product_days",
        "rpt_stock_differences",
        "rpt_product_categories",
        "rpt_materials",
        "rpt_stones",
        "rpt_product_variants",
        "rpt_product_set_items",
    ),
    rows_of="dim_tenants",
)
