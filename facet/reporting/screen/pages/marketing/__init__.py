"""Marketing: affiliates, links and channels, activities, files and brands."""

from typing import Final

from facet.reporting.screen.session.page import Page
from facet.rights import codes

PAGE: Final = Page(
    name="marketing",
    section="marketing",
    icon="imagesearch_roller",
    permissions=(codes.MARKETING,),
    shows=("marketing", "campaigns", "sales", "orders", "people"),
    controls=("period", "compare"),
    parameters=("part",),
    marts=(
        "fct_link_uses",
        "rpt_affiliates",
        "rpt_utm_links",
        "rpt_marketing_channels",
        "rpt_activity_schedule",
        "rpt_marketing_assets",
        "rpt_asset_folders",
        "rpt_brand_items",
        "rpt_reference_documents",
    ),
)
