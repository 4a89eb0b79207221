"""The rows behind a campaign's goal add up to it."""

import pytest

from facet.release import Release
from facet.reporting.present.goals import goals_of
from facet.reporting.screen.pages.campaigns.data.campaigns import Campaigns
from facet.reporting.screen.pages.campaigns.data.orders import rows_of_goal
from facet.reporting.screen.session.view import View
from tests.facet.reporting import fixtures
from tests.facet.reporting.house import NEW_YORK


@pytest.mark.parametrize("goal_id", [11, 12, 13, 14, 16, 21])
def test_the_rows_behind_a_goal_add_up_to_it(campaign_house: Release, goal_id: int) -> None:
    view = View.of(fixtures.sign_in(campaign_house, NEW_YORK), campaign_house, "en")
    campaigns = campaigns_of(view)
    goal = next(goal for goal in campaigns.goals if goal["goal_id"] == goal_id)
    rows = rows_of_goal(view, campaigns, goal)

    assert len(rows) > 0
    assert rows.total(rows.columns[0]) == goal["actual_value"]


def campaigns_of(view: View) -> Campaigns:
    """The goals as the page reads them at first."""
    return Campaigns(
        show="all",
        model="last_touch",
        models=("last_touch",),
        window=28,
        today=view.tenant.today,
        campaigns=(),
        goals=goals_of(view, "last_touch", 28),
        returns=(),
    )
