"""The page Sales team: what it says for two tenants, to whom, and where there is nothing to say."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from facet.config import Settings
from facet.release import Release
from facet.reporting.query.table import total as sum_of
from facet.reporting.screen.pages.staff.data.orders import credit_of
from facet.reporting.screen.session.view import View
from tests.dashboards.conftest import serve_home
from tests.dashboards.driver import Dashboard, open_dashboard
from tests.dashboards.reading import (
    MARCH,
    App,
    HouseWith,
    opener,
    page_text,
    rows,
    sign_in,
    table,
    tiles,
    total,
    words,
)
from tests.facet.reporting import fixtures, house_staff
from tests.facet.reporting.house import EMPTY, NEW_YORK, SAIGON, publish_house
from tests.facet.reporting.house_staff import BEN, DEE, ELI, FLO, TEAM

PAGE = "app_pages/staff.py"
DONG = "\xa0₫"


@pytest.fixture(scope="session")
def shop(house_with: HouseWith) -> Release:
    """The house with its staff."""
    return house_with(house_staff.make, staff=TEAM)


@pytest.fixture
def opened(app: App, shop: Release) -> App:
    """Opens the page for a tenant's owner or somebody else, with an address; March if not said."""
    return opener(app, shop, PAGE, **MARCH)


def test_an_owner_sees_people_then_nobody_then_the_shop(opened: App) -> None:
    script = opened()

    assert "$1,050.40 of credited net sales, 105.0% of the target" in page_text(script)
    assert "The whole shop: everybody, and what is unattributed." in page_text(script)
    assert {label: value for label, (value, _) in tiles(script).items()} == {
        "Credited net sales": "$1,050.40",
        "Target attainment": "105.0%",
        "Credited orders": "2",
        "Average credited order": "$575.20",
        "Sales per hour": "$35.01",
        "Lead conversion rate": "25.0%",
        "First reply": "20 min",
        "Unattributed": "$40.00",
    }
    ben, eli = [Decimal("349.95"), Decimal("700.45")]
    assert rows(script, "Of target") == [
        [1, "Eli Jay", Decimal("1.4009"), eli, 2, Decimal("575.20"), Decimal(1),
         Decimal("35.02250000"), None, None, ""],
        [2, "Ben Ode", Decimal("0.6999"), ben, 1, Decimal("899.90000000"), Decimal("1.00000000"),
         Decimal("34.99500000"), Decimal("0.25000000"), Decimal("1.39980000"), "On track"],
        [None, "Cy Gone", None, Decimal("0.00"), 0, None, None, None, None, None, ""],
        [None, "Dee Hill", None, Decimal("0.00"), 0, None, None, None, None, None, ""],
        [None, "Unattributed", None, Decimal("40.00"), 1, Decimal("80.00000000"),
         Decimal("2.00000000"), None, None, None, ""],
    ]  # fmt: skip
    assert total(script) == (
        "Total · Of target 105.0% · Net sales $1,090.40 · Orders 3 · Per order $410.13"
        " · Units / order 1.33 · Per hour $35.01 · Conversion 25.0%"
    )


def test_a_person_in_numbers_and_down_to_the_orders(opened: App) -> None:
    script = opened(person=str(BEN))

    assert "Rings · Rank 2 of 2" in page_text(script)
    assert (
        "On track: 140.0% of what was expected by yesterday of $500.00"
        " for Mar 1, 2026 – Mar 31, 2026. Needed a day: $10.72."
    ) in page_text(script)
    metrics = [metric for metric in script.metric if metric.label == "Sales per hour"]
    assert [metric.value for metric in metrics] == ["$35.01", "$35.00"]
    assert "Hours worked" in tiles(script)
    orders = rows(script, "Credit as")
    assert orders == [
        ["1-0001", Decimal("449.95"), date(2026, 3, 2).toordinal(), "Primary", "Boutique", "New"],
        ["1-0006", -100, date(2025, 3, 18).toordinal(), "Primary", "Boutique", "Repeat"],
    ]
    assert total(script, 1) == "Total · Credited net sales $349.95"
    assert "Rows: 2. They add up to $349.95, exactly the credited net sales." in page_text(script)
    assert "Customers: 2, new among them: 1." in page_text(script)
    assert "Questions: 3, answered: 2" in page_text(script)
    assert table(script, "By the clock") == [
        ["First reply", "15 min", "7 min"], ["Next replies", "–", "–"]
    ]  # fmt: skip
    assert table(script, "How much") == [
        ["Best day", "$1,000.00", "Mar 18, 2025"],
        ["Best month", "$1,000.00", "Mar 2025"],
        ["Largest order", "$900.00", "1-0006, Mar 18, 2025"],
        ["Longest run of days with sales", "1 in a row", "Mar 2, 2026"],
    ]


def test_what_is_beside_a_sale_is_told_apart(opened: App) -> None:
    script = opened(person=str(DEE))

    assert "No credited orders in this period." in page_text(script)
    assert "Overlay net sales: $125.25. Measured beside the sale and not added in." in page_text(
        script
    )
    assert rows(script, "Overlay net sales")[-1][:2] == ["1-0002", Decimal("125.25")]
    assert "Total · Overlay net sales $125.25" in page_text(script)


@pytest.mark.parametrize("user", [BEN, ELI, DEE])
def test_orders_of_a_person_add_up_to_their_credit(shop: Release, user: int) -> None:
    view = View.of(fixtures.sign_in(shop, NEW_YORK), shop, "en")
    names = ["credited_net_sales", "overlay_net_sales", "originator_net_sales"]
    orders = credit_of(view, user)
    where = {"staff_member": [user]}
    whole = view.query(names, period=view.period, where=where).records()[0]
    for name in names:
        assert sum_of(orders, name) == whole[name]


def test_a_managers_team_is_without_others_and_without_nobody(opened: App) -> None:
    script = opened(team=str(DEE))

    assert "Dee Hill and the people below: 1. Totals are of these people" in page_text(script)
    assert [row[1] for row in rows(script, "Of target")] == ["Eli Jay", "Dee Hill"]
    assert tiles(script)["Credited net sales"][0] == "$700.45"
    assert "Unattributed" not in tiles(script)


def test_a_manager_without_all_staff_sees_their_people_alone(opened: App) -> None:
    script = opened(user=DEE, person=str(BEN))

    assert "You and the people below you: 1. Totals are of these people" in page_text(script)
    assert [row[1] for row in rows(script, "Of target")] == ["Eli Jay", "Dee Hill"]
    assert total(script).startswith("Total · Of target 140.1% · Net sales $700.45 · ")
    assert script.selectbox(key="pick-person").value == ""
    assert "Ben Ode" not in page_text(script)


def test_who_sees_themselves_alone_sees_no_list(opened: App) -> None:
    script = opened(user=ELI)

    assert "Your own figures. Totals are of you alone, not of the shop." in page_text(script)
    assert [element.value for element in script.subheader][1] == "Eli Jay"
    assert "Rank" not in page_text(script)
    assert tiles(script)["Credited net sales"][0] == "$700.45"
    assert [frame.value.columns[0] for frame in script.dataframe][:1] == ["Order"]


def test_who_may_not_is_told_so(opened: App) -> None:
    script = opened(user=FLO)

    assert "This page is not among what your roles let you see." in page_text(script)
    assert not script.metric


def test_the_team_in_vietnamese_and_dong(opened: App) -> None:
    script = opened(SAIGON, person="21")

    assert script.header[0].value == "Đội ngũ bán hàng"
    assert f"Doanh thu thuần được ghi nhận: 25\xa0Tr{DONG}, đạt 125,0% chỉ tiêu" in page_text(
        script
    )
    assert "Mới bắt đầu: chỉ tiêu 20\xa0Tr" in page_text(script)
    found = rows(script, "Đạt chỉ tiêu")
    assert [[*row[:2], row[3]] for row in found] == [
        [1, "Trần Thị Mai", Decimal("25000000.00")],
        [None, "Chưa phân bổ", Decimal("2250000.00")],
    ]
    assert "27.250.000\xa0₫" in total(script)
    assert "Chưa nhập cho kỳ này: giờ làm việc, khách tiềm năng." in page_text(script)
    assert "Hạng 1 trên 1" in page_text(script)
    assert "Không có câu hỏi nào của khách trong kỳ này." in page_text(script)


def test_a_shop_that_enters_no_sellers_is_told_what_to_do(
    app: App, tmp_path: Path, semantic_manifest: Path
) -> None:
    publish_house(
        Settings(home=tmp_path), semantic_manifest, staff=TEAM, more=house_staff.make_without_staff
    )
    script = sign_in(app(home=tmp_path, **MARCH), NEW_YORK).switch_page(PAGE).run()

    assert not script.exception
    assert "Nobody has credit for a sale in this period: all of it is unattributed." in page_text(
        script
    )
    (row,) = rows(script, "Net sales")
    assert row[1:4] == ["Unattributed", None, Decimal("1090.40")]
    assert total(script).startswith("Total · Net sales $1,090.40")


def test_a_shop_that_never_sold_is_told_what_to_enter(opened: App) -> None:
    script = opened(EMPTY)

    assert "No sales of staff yet. Enter staff, targets, shifts" in page_text(script)
    assert not script.metric


def test_a_period_without_anything_offers_another(opened: App) -> None:
    script = opened(period="yesterday")

    assert "No orders in this period." in page_text(script)
    script.button(key="offer-period").click().run()
    assert script.query_params["from"] == "2026-02-17"


def test_a_release_made_before_says_how_it_comes(app: App) -> None:
    script = sign_in(app(), NEW_YORK).switch_page(PAGE).run()

    assert not script.exception
    assert "it was made before this page" in words(script)


@pytest.fixture(scope="session")
def staff_address(shop: Release) -> Iterator[str]:
    with serve_home(shop.directory.parent.parent) as url:
        yield url


@pytest.fixture
def window(browser: Browser, staff_address: str) -> Iterator[Dashboard]:
    with open_dashboard(browser, staff_address) as opened:
        yield opened


def test_faulty_tiers_are_explained_and_a_picked_row_chooses_its_person(window: Dashboard) -> None:
    window.open("/staff?period=month_to_date")
    window.sign_in("Hudson & Vale", "Ada Frost")
    tiers = window.part("what-if").get_by_test_id("stDataFrame").first
    tiers.scroll_into_view_if_needed()
    box = tiers.bounding_box()
    assert box
    tiers.click(position={"x": box["width"] - 40, "y": 35 + 17})  # the first rate
    window.settle()
    window.page.keyboard.press("Enter")
    written_in = window.page.locator("#portal input")
    expect(written_in).to_be_visible()
    written_in.fill("150")
    window.page.keyboard.press("Enter")
    window.settle()
    expect(window.part("what-if")).to_contain_text("A rate is 150.0%: it must be from 0% to 100%.")

    grid = window.part("leaderboard").get_by_test_id("stDataFrame").first
    grid.scroll_into_view_if_needed()
    grid.click(position={"x": 18, "y": 35 + 17})  # the mark of the first row, below the headings
    window.settle()
    expect(window.part("person-head")).to_contain_text("Eli Jay")
    assert window.parameters["person"] == [str(ELI)]
