"""What pages are made of: the way in, the frame around them, filters, tiles, charts, drill-downs.

Only this part of the room knows Streamlit. A page reads: filters → numbers → charts → table.
"""

from facet.reporting.screen.access import access_events, access_list, access_tiles
from facet.reporting.screen.bridge import bridge
from facet.reporting.screen.campaign import CAMPAIGN_MARTS, campaigns_shown
from facet.reporting.screen.campaign_detail import (
    campaign_chosen,
    campaign_orders,
    campaign_summary,
    models_compared,
)
from facet.reporting.screen.campaign_goal import (
    goal_summary,
    pacing_chart,
    sub_goals,
    target_history,
)
from facet.reporting.screen.campaign_goal_orders import goal_orders
from facet.reporting.screen.campaign_goals import goal_list
from facet.reporting.screen.campaign_list import campaign_list
from facet.reporting.screen.campaign_sources import (
    campaign_activities,
    campaign_links,
    campaign_projects,
    touch_paths,
)
from facet.reporting.screen.campaign_tiles import campaign_headline, campaign_tiles
from facet.reporting.screen.choice import choice
from facet.reporting.screen.companion import companion
from facet.reporting.screen.drill_down import drill_down
from facet.reporting.screen.empty import EndOfPage, stop_if_empty, stop_without, stop_without_marts
from facet.reporting.screen.entities import entity_diagram
from facet.reporting.screen.entry import enter, show, view_of_session
from facet.reporting.screen.figures import breakdown_chart, trend_chart
from facet.reporting.screen.frame import footer, header, styles
from facet.reporting.screen.menu import page_menu
from facet.reporting.screen.migration import (
    migration_headline,
    migration_tiles,
    progress_chart,
    stop_unless_measured,
    tables_left,
)
from facet.reporting.screen.promotion import promotions_of
from facet.reporting.screen.promotion_days import promotion_timeline
from facet.reporting.screen.promotion_detail import (
    promotion_head,
    promotion_lift,
    promotion_numbers,
)
from facet.reporting.screen.promotion_list import promotion_list, promotion_warnings
from facet.reporting.screen.promotion_orders import (
    all_redemptions,
    picked_orders,
    promotion_parts,
)
from facet.reporting.screen.promotion_tiles import promotion_tiles
from facet.reporting.screen.promotion_violations import violations
from facet.reporting.screen.quarantine import quarantine_list, quarantine_tiles
from facet.reporting.screen.scorecard import offenders, scorecard
from facet.reporting.screen.staff_achievements import person_achievements
from facet.reporting.screen.staff_board import (
    board_of,
    leaderboard,
    team_headline,
    team_tiles,
)
from facet.reporting.screen.staff_orders import person_orders
from facet.reporting.screen.staff_person import (
    chosen_person,
    person_leads,
    person_mix,
    person_numbers,
    person_replies,
    person_trend,
)
from facet.reporting.screen.staff_team import team_of, team_scope
from facet.reporting.screen.staff_what_if import what_if
from facet.reporting.screen.tables import breakdown_table
from facet.reporting.screen.tiles import tiles
from facet.reporting.screen.upkeep import growth, key_headroom, report_costs, unused_indexes
from facet.reporting.screen.view import Part, View

__all__ = [
    "CAMPAIGN_MARTS",
    "EndOfPage",
    "Part",
    "View",
    "access_events",
    "access_list",
    "access_tiles",
    "all_redemptions",
    "board_of",
    "breakdown_chart",
    "breakdown_table",
    "bridge",
    "campaign_activities",
    "campaign_chosen",
    "campaign_headline",
    "campaign_links",
    "campaign_list",
    "campaign_orders",
    "campaign_projects",
    "campaign_summary",
    "campaign_tiles",
    "campaigns_shown",
    "choice",
    "chosen_person",
    "companion",
    "drill_down",
    "enter",
    "entity_diagram",
    "footer",
    "goal_list",
    "goal_orders",
    "goal_summary",
    "growth",
    "header",
    "key_headroom",
    "leaderboard",
    "migration_headline",
    "migration_tiles",
    "models_compared",
    "offenders",
    "pacing_chart",
    "page_menu",
    "person_achievements",
    "person_leads",
    "person_mix",
    "person_numbers",
    "person_orders",
    "person_replies",
    "person_trend",
    "picked_orders",
    "progress_chart",
    "promotion_head",
    "promotion_lift",
    "promotion_list",
    "promotion_numbers",
    "promotion_parts",
    "promotion_tiles",
    "promotion_timeline",
    "promotion_warnings",
    "promotions_of",
    "quarantine_list",
    "quarantine_tiles",
    "report_costs",
    "scorecard",
    "show",
    "stop_if_empty",
    "stop_unless_measured",
    "stop_without",
    "stop_without_marts",
    "styles",
    "sub_goals",
    "tables_left",
    "target_history",
    "team_headline",
    "team_of",
    "team_scope",
    "team_tiles",
    "tiles",
    "touch_paths",
    "trend_chart",
    "unused_indexes",
    "view_of_session",
    "violations",
    "what_if",
]
