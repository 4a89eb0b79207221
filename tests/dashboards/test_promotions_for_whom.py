"""Who gets the page Promotions, of which release, and how it is used in a browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from facet.config import Settings
from facet.release import Release
from tests.dashboards.conftest import serve_home
from tests.dashboards.driver import PHONE, open_dashboard
from tests.dashboards.reading import App, sign_in, words
from tests.dashboards.test_promotions_page import PAGE
from tests.facet.reporting import house_promotions
from tests.facet.reporting.house import NEW_YORK, publish_house
from tests.facet.reporting.house_people import STAFF


def test_a_release_from_before_says_what_to_run(app: App) -> None:
    script = sign_in(app(), NEW_YORK).switch_page(PAGE).run()

    assert "it was made before this page" in words(script)
    assert script.code[0].value == "facet run"


def test_who_may_not_see_marketing_is_told_so(
    app: App, tmp_path: Path, semantic_manifest: Path
) -> None:
    staff = [*STAFF[1:], (1, 14, None, "Al Sell", "sales", True)]
    publish_house(
        Settings(home=tmp_path), semantic_manifest, staff=staff, more=house_promotions.make
    )
    script = sign_in(app(home=tmp_path), NEW_YORK).switch_page(PAGE).run()

    assert script.header[-1].value == "You cannot see this"
    assert not script.metric
    assert "Spring sale" not in words(script)


@pytest.fixture(scope="module")
def shop_address(promotion_house: Release) -> Iterator[str]:
    with serve_home(promotion_house.directory.parent.parent) as url:
        yield url


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desk", "phone"])
def test_a_manager_picks_a_promotion_and_filters_violations(
    browser: Browser, shop_address: str, device: dict[str, Any]
) -> None:
    with open_dashboard(browser, shop_address, **device) as dashboard:
        dashboard.open("/promotions")
        dashboard.sign_in("Hudson & Vale", "Ada Frost")
        expect(dashboard.part("lift")).to_contain_text("Whether it paid for itself cannot be told")

        table = dashboard.page.locator("[class*=st-key-list-promotions] canvas").first
        table.scroll_into_view_if_needed()
        box = table.bounding_box()
        assert box
        dashboard.page.mouse.click(box["x"] + 18, box["y"] + 35 * 5.5)
        dashboard.settle()
        assert dashboard.parameters["promotion"] == ["4"]
        expect(dashboard.part("lift")).to_contain_text("It paid for itself")

        dashboard.pick("promotion", "Spring sale · SPRING")
        expect(dashboard.part("lift")).to_contain_text("Whether it paid for itself cannot be told")
        assert "promotion" not in dashboard.parameters

        dashboard.click_bar("attempts-of-1", 0)
        orders = dashboard.part("orders-attempts")
        expect(orders).to_contain_text("Orders – Redeemed (net)")
        expect(orders).to_contain_text("Rows: 2. They add up to $75.10 in Discount.")

        dashboard.part("violation-filters").get_by_text("Excluded category · 1").click()
        dashboard.settle()
        width = dashboard.page.evaluate(
            "document.querySelector('[data-testid=stMain]').scrollWidth"
        )
        assert width == dashboard.page.viewport_size["width"]  # type: ignore[index]
