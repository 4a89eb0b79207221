"""Who gets the page Campaigns, of which release, and how it is used in a browser."""

from playwright.sync_api import Browser, expect

from facet.release import Release
from facet.reporting.screen.session.state import KEY, State
from tests.dashboards.conftest import serve_home
from tests.dashboards.driver import open_dashboard
from tests.dashboards.reading import App, sign_in, words
from tests.dashboards.test_campaigns_page import CAMPAIGNS
from tests.facet.reporting.house import NEW_YORK


def test_who_may_not_see_marketing_is_told_so(app: App, campaign_house: Release) -> None:
    script = app(home=campaign_house.directory.parent.parent)
    script.session_state[KEY] = State(demo_user=(NEW_YORK, 12))
    script.run()
    script.switch_page(CAMPAIGNS).run()

    assert "You cannot see this" in [header.value for header in script.header]
    assert not script.metric


def test_a_release_made_before_the_marts_says_how_they_come(app: App) -> None:
    script = sign_in(app(), NEW_YORK).switch_page(CAMPAIGNS).run()

    assert not script.exception
    assert "it was made before this page" in words(script)
    assert script.code[0].value == "facet run"
    assert not script.metric


def test_a_row_is_picked_and_the_model_switched_in_a_browser(
    browser: Browser, campaign_house: Release
) -> None:
    home = campaign_house.directory.parent.parent
    with serve_home(home) as address, open_dashboard(browser, address) as dashboard:
        dashboard.open("/campaigns")
        dashboard.sign_in("Hudson & Vale", "Ada Frost")
        expect(dashboard.page.get_by_role("heading", name="At risk: 62.0%")).to_be_visible()

        box = dashboard.page.locator("[class*=st-key-list-goals]").first.bounding_box()
        assert box
        dashboard.page.mouse.click(box["x"] + 16, box["y"] + 35 * 3.5)
        dashboard.settle()
        expect(dashboard.page.get_by_role("heading", name="On track: 125.0%")).to_be_visible()
        assert dashboard.parameters == {"goal": ["14"]}

        dashboard.pick("model", "Linear")
        assert dashboard.tile("net_sales") == "$2,000.40"
        assert dashboard.parameters == {"goal": ["14"], "model": ["linear"]}
