"""A bar that was clicked can filter the whole page, and what filters it is taken off by a click."""

import pytest
from streamlit.testing.v1 import AppTest

from facet.release import Release
from tests.dashboards.reading import MARCH, App, opener, page_text, tiles
from tests.facet.reporting.house import NEW_YORK, SAIGON, id_of


@pytest.fixture
def opened(app: App, house: Release) -> App:
    """Overview of March with something picked."""
    return opener(app, house, "app_pages/overview.py", **MARCH)


def _chips(page: AppTest) -> list[str]:
    return [button.label for button in page.button if str(button.key).startswith("chip-")]


@pytest.mark.parametrize(
    ("tenant", "channel", "offer", "chip", "tile", "alone", "all_of_it"),
    [
        (NEW_YORK, "Website", "Filter the page by Website", "Channel: Website", "Net sales",
         "$290.50", "$1,090.40"),
        (SAIGON, "Zalo", "Lọc trang theo Zalo", "Kênh: Zalo", "Doanh thu thuần",
         "2,25\xa0Tr\xa0₫", "27,3\xa0Tr\xa0₫"),
    ],
)  # fmt: skip
def test_a_channel_that_was_clicked_filters_the_page_until_it_is_taken_off(
    opened: App, tenant: int, channel: str, offer: str, chip: str, tile: str, alone: str,
    all_of_it: str,
) -> None:  # fmt: skip
    key = str(id_of(channel))
    page = opened(tenant, pick=f"channel:{key}")
    assert _chips(page) == []
    button = page.button(key="only-channel")
    assert button.label == offer

    button.click().run()
    assert tiles(page)[tile][0] == alone
    assert page.query_params["channel"] == key
    assert _chips(page) == [chip]
    assert "only-channel" not in {button.key for button in page.button}  # it is all there is now

    page.button(key=f"chip-channel-{key}").click().run()
    assert tiles(page)[tile][0] == all_of_it
    assert "channel" not in page.query_params
    assert _chips(page) == []


def test_a_day_that_was_clicked_becomes_the_period(opened: App) -> None:
    page = opened(pick="day:2026-03-02")
    page.button(key="only-trend").click().run()

    assert tiles(page)["Net sales"][0] == "$899.90"
    assert "Mar 2, 2026, compared with" in page_text(page)
    assert page.query_params["from"] == page.query_params["to"] == "2026-03-02"


def test_what_no_filter_can_say_is_not_offered(app: App, house: Release) -> None:
    page = opener(app, house, "app_pages/sales.py", **MARCH)(pick=f"product:{id_of('Solitaire')}")
    assert not [button for button in page.button if str(button.key).startswith("only-")]
