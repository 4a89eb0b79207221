"""The page Administration: who may do what and who makes use of it, for three shops."""

from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from facet.audit.trail import AuditTrail, Event, Kind
from facet.config import Settings
from facet.release import Release
from facet.reporting.present.formats import DASH
from facet.reporting.present.texts import text
from facet.reporting.screen.pages.administration import data
from facet.reporting.screen.registry import PAGES
from facet.rights import codes
from tests.dashboards.reading import App, HouseWith, listed, opener, page_text
from tests.facet.reporting import house_administration
from tests.facet.reporting.house import EMPTY, SAIGON
from tests.facet.reporting.house_staff import ADA, MAI

PAGE = "app_pages/administration.py"
#: By their names in the menu, in its order.
PAGES_OF_SALES = [
    text("en", f"page.{page.name}") for page in PAGES if codes.SALES in page.own_permissions
]


@pytest.fixture(scope="module")
def house(house_with: HouseWith) -> Release:
    return house_with(house_administration.make)


@pytest.fixture
def opened(app: App, house: Release) -> App:
    """Opens the page for a tenant's owner, with an address."""
    return opener(app, house, PAGE)


def _record(house: Release, days_ago: int, tenant: int, user: int, kind: Kind, page: str) -> None:
    trail = AuditTrail.of(Settings(home=house.directory.parent.parent))
    at = datetime.now(UTC) - timedelta(days=days_ago)
    trail.record(Event(at=at, tenant_id=tenant, user_id=user, kind=kind, page=page))


def test_access_that_nobody_makes_use_of_comes_first(opened: App) -> None:
    said = page_text(opened())

    assert "Users who did nothing in the last 90 days: 1." in said
    assert "Active users without any permission: 1." in said
    assert "Permissions of a role that none of its users made use of: 1." in said
    assert "Roles that nobody has: 1." in said


def test_roles_stand_beside_each_other_with_what_they_allow(opened: App) -> None:
    """Nobody refunds among the head jewellers; nobody at all is in the third role."""
    assert listed(opened(), "Permission") == [
        ["Export tables as CSV and Excel", DASH, "Yes", DASH, "facet.export"],
        [
            *(f"See the pages {', '.join(PAGES_OF_SALES)}", DASH),
            *("Yes", DASH, "facet.sales"),
        ],
        ["Amend what was ordered", "Yes", "Yes", DASH, "orders.edit"],
        ["Hand money back", "Yes", "Unused", "Yes", "orders.refund"],
    ]


def test_who_may_is_told_with_roles_and_since_when(opened: App) -> None:
    page = opened(permission="orders.refund")

    assert listed(page, "Person", "Through roles") == [
        ["Ada Frost", "Head jeweller", "Mar 1, 2024, 10:00 AM"],
        ["Ben Ode", "Window keeper", "Mar 2, 2024, 10:00 AM"],
        ["Eli Jay", "Window keeper", "Mar 2, 2024, 10:00 AM"],
    ]


def test_users_without_use_stand_first(opened: App) -> None:
    rows = listed(opened(), "Person", "Acts in 90 days")

    assert [row[:6] for row in rows] == [
        ["Eli Jay", "Without use", "Window keeper", "2", "0", "Nov 1, 2025, 11:00 AM"],
        ["Zoe Last", "Without permissions", DASH, "0", "0", DASH],
        ["Ada Frost", "In use", "Head jeweller", "4", "40", "Mar 17, 2026, 11:00 AM"],
        ["Ben Ode", "In use", "Window keeper", "2", "7", "Mar 16, 2026, 11:00 AM"],
        ["Cy Gone", "Inactive", "Window keeper", "0", "0", "Jun 1, 2025, 11:00 AM"],
    ]


def test_another_shop_reads_its_own_in_its_language(opened: App) -> None:
    page = opened(SAIGON, permission="orders.refund")

    assert listed(page, "Người dùng", "Qua vai trò") == [
        ["Trần Thị Mai", "Chủ tiệm vàng", "4 thg 3, 2024, 22:00"]
    ]
    assert "Mọi quyền đã biết đều được dùng đến." in page_text(page)


def test_a_shop_without_users_reads_that_nothing_is_there(opened: App) -> None:
    page = opened(EMPTY, lang="en")

    assert not page.dataframe


def test_use_of_the_dashboards_is_told_once_the_trail_is_long_enough(
    opened: App, house: Release
) -> None:
    """Ada opened Sales, which her role grants, and exported nothing; the other shop's owner did."""
    _record(house, 91, 1, ADA, "export", "sales")
    _record(house, 1, 2, MAI, "export", "sales")
    _record(house, 1, 1, ADA, "page", "sales")
    _record(house, 1, 1, ADA, "refused", "access")

    rows = {row[-1]: row[2] for row in listed(opened(), "Permission")}
    assert rows == {
        "facet.export": "Unused",
        "facet.sales": "Yes",
        "orders.edit": "Yes",
        "orders.refund": "Unused",
    }


def test_who_has_not_had_access_for_long_is_not_judged(
    opened: App, house: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred years ago somebody opened a page, and nobody had the permissions of today."""
    monkeypatch.setattr(data, "_USE_DAYS", 36_500)
    _record(house, 36_502, 1, ADA, "page", "sales")

    rows = {row[-1]: row[2] for row in listed(opened(), "Permission")}
    assert rows["facet.export"] == "Yes"
    assert rows["orders.refund"] == "Unused"  # which the release has judged


def test_a_shop_that_came_to_the_dashboards_lately_is_not_judged(
    opened: App, house: Release
) -> None:
    """Its owner opened no page of sales or marketing: told once she was there for long enough."""
    _record(house, 91, 1, ADA, "page", "sales")

    assert _unused(opened(SAIGON)) == []
    _record(house, 91, 2, MAI, "page", "sales")
    assert _unused(opened(SAIGON)) == ["facet.marketing", "facet.sales"]


def _unused(page: AppTest) -> list[str]:
    return [row[-1] for row in listed(page, "Quyền") if "Không dùng" in row]
