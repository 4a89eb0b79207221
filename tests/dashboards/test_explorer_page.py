"""The page Explorer: any metric by any dimension, for whom it is, in an address."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from facet.release import Release
from tests.dashboards.conftest import serve_home
from tests.dashboards.driver import open_dashboard
from tests.dashboards.reading import MARCH, App, HouseWith, listed, opener, page_text
from tests.facet.reporting import house_staff
from tests.facet.reporting.house import NEW_YORK, SAIGON
from tests.facet.reporting.house_staff import BEN, TEAM

PAGE = "app_pages/explorer.py"
CHANNEL = "ledger_entry__channel_name"
DONG = "\xa0₫"


@pytest.fixture(scope="session")
def shop(house_with: HouseWith) -> Release:
    """The house with its staff."""
    return house_with(house_staff.make, staff=TEAM)


@pytest.fixture
def opened(app: App, shop: Release) -> App:
    """Opens the page for a tenant's owner or somebody else; March if not said."""
    return opener(app, shop, PAGE, **MARCH)


def test_it_opens_with_net_sales_by_day_beside_the_month_before(opened: App) -> None:
    assert listed(opened(), "Day") == [
        ["Mar 2, 2026", "$899.90", "$0.00", ""],
        ["Mar 5, 2026", "-$100.00", "$0.00", ""],
        ["Mar 10, 2026", "$250.50", "$0.00", ""],
        ["Mar 18, 2026", "$40.00", "$600.00", "-93.3%"],
    ]


def test_a_question_in_an_address_is_answered(opened: App) -> None:
    script = opened(metric=["net_sales", "orders"], by=[CHANNEL], compare="none")
    assert listed(script, "Channel") == [
        ["Boutique", "$799.90", "1"],
        ["Website", "$290.50", "2"],
    ]
    kept = opened(metric="orders", by=CHANNEL, keep=f"{CHANNEL}:Website", compare="none")
    assert listed(kept, "Channel") == [["Website", "2"]]
    assert "Net sales by channel" in page_text(script)


def test_it_is_in_vietnamese_and_of_the_other_shop(opened: App) -> None:
    script = opened(SAIGON, metric="net_sales", by=CHANNEL, compare="none")
    assert listed(script, "Kênh") == [
        ["Cửa hàng", f"25.000.000{DONG}"],
        ["Zalo", f"2.250.000{DONG}"],
    ]
    assert "Doanh thu thuần theo kênh" in page_text(script)


def test_a_seller_asks_for_their_own_performance_and_for_nothing_else(opened: App) -> None:
    """Of what the address asks for, the shop's sales are as if there were no such metric."""
    script = opened(NEW_YORK, BEN, metric=["net_sales", "credited_net_sales"], by="")
    (metrics,) = [box for box in script.multiselect if box.key == "pick-metric"]
    assert metrics.value == ["credited_net_sales"]
    assert "Net sales" not in metrics.options
    people = opened(NEW_YORK, BEN, metric="credited_net_sales", by="staff_member__full_name")
    assert {row[0] for row in listed(people, "Name")} <= {"Ben Ode", "Not given"}


def test_what_leaves_open_what_is_meant_says_so(app: App, campaign_house: Release) -> None:
    """Each way to attribute has all of an order: sales of several of them mean nothing."""
    opened = opener(app, campaign_house, PAGE, **MARCH)
    said = page_text(opened(metric="campaign_net_sales", by="", compare="none"))
    assert "Which of these?" in said
    assert "is told for each Attribution model by itself" in said


def test_nothing_chosen_and_nothing_there_are_said(opened: App) -> None:
    nothing = opened(metric="orders", by=CHANNEL, keep=f"{CHANNEL}:Zalo", period="today")
    assert "Website" not in page_text(nothing)
    script = opened()
    (metrics,) = [box for box in script.multiselect if box.key == "pick-metric"]
    assert "No metric is chosen" in page_text(metrics.set_value([]).run())


def test_quarters_are_shown_without_a_comparison(opened: App) -> None:
    script = opened(metric="orders", by="metric_time__quarter", compare="year")
    assert "shown without a comparison" in page_text(script)


def test_a_browser_asks_and_a_link_shows_a_colleague_the_same(
    shop: Release, browser: Browser
) -> None:
    home: Path = shop.directory.parent.parent
    with serve_home(home) as address, open_dashboard(browser, address) as dashboard:
        dashboard.open("/explorer?period=month_to_date&compare=none")
        dashboard.sign_in("Hudson & Vale")
        by = dashboard.part("pick-by")
        by.locator("input").first.fill("Channel")  # the list shows its first options alone
        dashboard.page.get_by_role("option", name="Channel", exact=True).click()
        expect(dashboard.page).to_have_url(re.compile(f"by=metric_time__day&by={CHANNEL}"))
        link = dashboard.page.url.removeprefix(address)
        chart = dashboard.page.locator("[class*=st-key-chart-explored]")
        expect(chart.first).to_contain_text("Boutique")
        with open_dashboard(browser, address) as colleague:
            colleague.open(link)
            colleague.sign_in("Hudson & Vale")
            assert colleague.parameters["by"] == ["metric_time__day", CHANNEL]
            expect(colleague.page.locator("[class*=st-key-chart-explored]").first).to_contain_text(
                "Boutique"
            )
