"""Campaigns: goals, results, and where orders came from."""

from typing import Final

from facet.reporting.screen.session.page import Page
from facet.rights import codes

PAGE: Final = Page(
    name="campaigns",
    section="marketing",
    icon="campaign",
    permissions=(codes.MARKETING,),
    shows=("campaigns", "sales", "products", "orders", "people"),
    parameters=("campaign", "goal", "model", "window", "show"),
    marts=(
        "dim_tenants",
        "dim_campaigns",
        "fct_campaign_sales",
        "fct_campaign_attributions",
        "fct_campaign_redemptions",
        "rpt_campaign_goals",
        "rpt_campaign_goal_days",
        "rpt_campaign_goal_targets",
        "rpt_campaign_returns",
        "rpt_campaign_paths",
        "rpt_campaign_links",
        "rpt_campaign_activities",
        "rpt_campaign_projects",
    ),
    rows_of="dim_tenants",
)
