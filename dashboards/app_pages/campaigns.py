"""Campaigns: which goals need somebody, what each campaign has brought, and how people came."""

from facet.reporting import screen

view = screen.view_of_session()
screen.stop_without(view, *screen.CAMPAIGN_MARTS)

campaigns = screen.campaigns_shown(view)
screen.campaign_headline(view, campaigns)
screen.campaign_tiles(view, campaigns)

goal = screen.goal_list(view, campaigns)
if goal is not None:
    screen.goal_summary(view, goal)
    screen.pacing_chart(view, campaigns, goal)
    screen.sub_goals(view, campaigns, goal)
    screen.goal_orders(view, campaigns, goal)
    screen.target_history(view, goal)

screen.campaign_list(view, campaigns)
campaign = screen.campaign_chosen(view, campaigns, goal)
screen.campaign_summary(view, campaigns, campaign)
model = screen.models_compared(view, campaigns, campaign)
if model is not None:
    screen.campaign_orders(view, campaigns, campaign, model)

screen.touch_paths(view, campaigns, campaign)
screen.campaign_links(view, campaign)
screen.campaign_activities(view, campaign)
screen.campaign_projects(view, campaign)
