"""Campaigns: which goals need somebody, what each campaign has brought, and how people came."""

from facet.reporting.screen.pages.campaigns.activities import (
    campaign_activities,
    campaign_projects,
)
from facet.reporting.screen.pages.campaigns.choose import campaigns_shown
from facet.reporting.screen.pages.campaigns.detail import (
    campaign_chosen,
    campaign_orders,
    campaign_summary,
    models_compared,
)
from facet.reporting.screen.pages.campaigns.goal import (
    goal_summary,
    sub_goals,
    target_history,
)
from facet.reporting.screen.pages.campaigns.goal_orders import goal_orders
from facet.reporting.screen.pages.campaigns.goals import goal_list
from facet.reporting.screen.pages.campaigns.links import campaign_links
from facet.reporting.screen.pages.campaigns.list import campaign_list
from facet.reporting.screen.pages.campaigns.pacing import pacing_chart
from facet.reporting.screen.pages.campaigns.sources import touch_paths
from facet.reporting.screen.pages.campaigns.tiles import campaign_headline, campaign_tiles
from facet.reporting.screen.session.state import current_view

view = current_view()

campaigns = campaigns_shown(view)
campaign_headline(view, campaigns)
campaign_tiles(view, campaigns)

goal = goal_list(view, campaigns)
if goal is not None:
    goal_summary(view, goal)
    pacing_chart(view, campaigns, goal)
    sub_goals(view, campaigns, goal)
    goal_orders(view, campaigns, goal)
    target_history(view, goal)

campaign_list(view, campaigns)
campaign = campaign_chosen(view, campaigns, goal)
campaign_summary(view, campaigns, campaign)
model = models_compared(view, campaigns, campaign)
if model is not None:
    campaign_orders(view, campaigns, campaign, model)

touch_paths(view, campaigns, campaign)
campaign_links(view, campaign)
campaign_activities(view, campaign)
campaign_projects(view, campaign)
