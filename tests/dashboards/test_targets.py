"""What days were to bring stands beside what they did, for who may see whose targets they are."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from facet.release import Release
from tests.dashboards.reading import MARCH, App, HouseWith, opener, page_text
from tests.facet.reporting import house_staff
from tests.facet.reporting.house import NEW_YORK, SAIGON, id_of
from tests.facet.reporting.house_staff import BEN, DEE, TEAM


@pytest.fixture(scope="session")
def shop(house_with: HouseWith) -> Release:
    """The house with its staff: Ben and Eli were to sell for 500 each, Mai for 20 millions."""
    return house_with(house_staff.make, staff=TEAM)


@pytest.fixture
def opened(app: App, shop: Release) -> App:
    """Overview of March."""
    return opener(app, shop, "app_pages/overview.py", **MARCH)


def _target(page: AppTest) -> Any:
    """The dotted steps of a page's chart over time; None where there are none."""
    for chart in page.get("plotly_chart"):
        for trace in json.loads(chart.proto.spec)["data"]:
            if trace.get("line", {}).get("dash") == "dot":
                return trace
    return None


@pytest.mark.parametrize(
    ("tenant", "words", "text"),
    [
        (NEW_YORK, "dotted: Sales target", "$1,000.00"),
        (SAIGON, "đường chấm: Chỉ tiêu doanh thu", "20.000.000\xa0₫"),
    ],
)
def test_a_shop_sees_what_its_people_were_to_sell_together(
    opened: App, tenant: int, words: str, text: str
) -> None:
    page = opened(tenant)
    assert words in page_text(page)
    assert [one for one in _target(page)["meta"]["texts"] if one] == [text]


def test_no_target_is_of_a_part_of_the_shop(opened: App) -> None:
    """Targets are people's, and nobody has one for the website."""
    page = opened(NEW_YORK, channel=str(id_of("Website")))
    assert (_target(page), "dotted" in page_text(page)) == (None, False)


def test_a_person_has_their_own_and_who_sees_some_people_has_no_sum(
    app: App, shop: Release
) -> None:
    staff = opener(app, shop, "app_pages/staff.py", **MARCH)
    of_ben = staff(NEW_YORK, BEN)
    assert [one for one in _target(of_ben)["meta"]["texts"] if one] == ["$500.00"]
    assert "dotted: Sales target" in page_text(of_ben)
    of_dee = opener(app, shop, "app_pages/overview.py", **MARCH)(NEW_YORK, DEE)
    assert of_dee.get("plotly_chart")
    assert _target(of_dee) is None
