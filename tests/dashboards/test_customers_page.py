"""The page Customers: what it says for two shops, of whom, and where there is nothing."""

from decimal import Decimal
from pathlib import Path

import pytest

from facet.config import Settings
from facet.release import Release
from facet.reporting.present.formats import DASH
from tests.dashboards.reading import (
    MARCH,
    App,
    HouseWith,
    listed,
    opener,
    page_text,
    rows,
    sign_in,
    table,
    tiles,
    total,
)
from tests.facet.reporting import house_customers
from tests.facet.reporting.house import EMPTY, NEW_YORK, SAIGON, publish_house
from tests.facet.reporting.house_people import STAFF

PAGE = "app_pages/customers.py"


@pytest.fixture(scope="module")
def customer_house(house_with: HouseWith) -> Release:
    """The house with its customers."""
    return house_with(house_customers.make)


@pytest.fixture
def opened(app: App, customer_house: Release) -> App:
    """Opens the page for a tenant's owner, with an address."""
    return opener(app, customer_house, PAGE, **MARCH)


def test_the_first_screen_says_who_came_and_what_needs_somebody(opened: App) -> None:
    """Orders 1 and 2 are of persons, 899.90 + 250.50; 100.00 of order 6 came back in March."""
    script = opened()
    found, said = tiles(script), page_text(script)

    assert [found[name][0] for name in ("Customers", "New customers", "Returning customers")] == [
        *("2", "1", "1"),
    ]
    assert found["Share of returning customers"][0] == "50.0%"
    assert found["Net sales per customer"][0] == "$525.20"
    assert found["Overdue"] == ("2", "usual days between orders: 30")
    assert [row[:2] for row in listed(script, "Customer")] == [
        ["C-12", "Buyer 1-2"],
        ["C-14", "Buyer 1-4"],
    ]
    assert "Good customers slipping away: 1. They brought $600.00 in the past year." in said
    assert "Leads nobody has contacted yet: 1." in said
    assert "Leads open for 90 days or more: 1." in said
    assert "Opportunities past their decision date: 1." in said
    assert "Birthdays and anniversaries in the next seven days: 1." in said
    assert "Probable duplicate customers: 1." in said


def test_segments_add_up_to_everybody_now_and_a_quarter_ago(opened: App) -> None:
    """Net sales of the year: 899.90 + 250.50 + 600.00; margins are these less 700.00 of costs."""
    script = opened(segment="lost")

    assert [[row[0], row[2], row[6]] for row in listed(script, "Segment")] == [
        ["Loyal", "1", "$150.50"],
        ["New", "1", "$499.90"],
        ["Can’t lose", "1", "$400.00"],
        ["Lost", "1", "$0.00"],
    ]
    assert "Customers 4 · Orders of the year 10 · Net sales of the year $1,750.40" in total(script)
    assert table(script, "A quarter ago") == [
        ["Champions", "1", DASH, DASH, DASH, "1"],
        ["Loyal", DASH, DASH, "1", DASH, "1"],
        ["Hibernating", DASH, DASH, DASH, "1", "1"],
        ["No customer yet", DASH, "1", DASH, DASH, "1"],
    ]
    assert [row[0] for row in listed(script, "Customer")] == ["C-16"]


def test_cohorts_leave_months_to_come_empty_and_keep_the_unfinished_apart(opened: App) -> None:
    """January: a quarter came in February; March is not over. March has nothing that is over."""
    script = opened(segment="nonsense")

    assert [row[0] for row in listed(script, "Customer")] == ["C-12", "C-14"]
    assert [row[1:] for row in rows(script, "This month so far")] == [
        [1, 1, None],
        [4, Decimal("0.5"), Decimal("0.25")],
    ]
    script.pills(key="choice-cohorts").set_value("sales").run()
    assert [row[1:] for row in listed(script, "First order")] == [
        ["1", "$899.90", DASH, DASH],
        ["4", "$130.00", "$100.00", "$125.00"],
    ]
    script.pills(key="choice-cohorts").set_value("margin").run()
    assert {cell for row in listed(script, "First order") for cell in row[2:]} == {DASH}


def test_leads_of_the_period_by_how_far_they_ever_got(opened: App) -> None:
    """Three in March: one waits, one was lost after 30 minutes, one converted after 61."""
    script = opened()
    found = tiles(script)

    assert found["Leads"][0] == "3"
    assert found["Conversion rate of all leads"][0] == "33.3%"
    assert found["Conversion rate of leads old enough"] == ("50.0%", "leads of the year: 2")
    assert found["To the first contact"][0] == "46 min"
    assert found["Contact to qualified, days"][0] == "1.5"
    assert table(script, "Source") == [
        ["fair", "2", "1", "1", "1", "50.0%"],
        ["No source", "1", "1", "0", "0", "0.0%"],
    ]
    assert table(script, "Under 7 days") == [
        ["New", "1", "0", "0", "0", "1"],
        ["Qualified", "0", "0", "0", "1", "1"],
    ]


def test_opportunities_days_and_duplicates_are_listed(opened: App) -> None:
    """Open: 500.00 that were to be decided on the 10th, and 70.00."""
    script = opened()

    assert listed(script, "Stage") == [
        ["Open", "1", "$500.00", "1"],
        ["Negotiating", "1", "$70.00", "0"],
    ]
    assert [row[1:4] for row in listed(script, "Day")] == [
        ["Birthday", "Buyer 1-2", "C-12"],
        ["Anniversary", "Buyer 1-4", "C-14"],
    ]
    assert [row[2:] for row in rows(script, "The other")] == [["C-14", 5, "same", "", "same"]]


def test_one_customer_is_told_by_orders_and_by_what_happened(opened: App) -> None:
    """Person 2 has order 2; of what happened nothing is person 4's."""
    script = opened(customer="2")

    assert [row[:2] for row in listed(script, "Order")] == [["1-0002", "Mar 10, 2026"]]
    assert [row[1:] for row in listed(script, "Day")] == [
        ["Order", "1-0002", "Completed", "Website", "$250.50", "Mar 20, 2026"],
        ["Conversation", "", "Waiting for the customer", "Website", DASH, DASH],
    ]
    script.selectbox(key="pick-customer").set_value("").run()
    assert "customer" not in script.query_params
    assert "Everything that happened" not in [box.label for box in script.expander]


def test_another_shop_has_its_own_in_its_language(opened: App) -> None:
    script = opened(SAIGON)

    assert tiles(script)["Khách mới"][0] == "1"
    assert tiles(script)["Quá hạn quay lại"] == (DASH, "chưa ai đặt hàng lần hai")
    assert [row[0] for row in listed(script, "Phân khúc")] == ["Khách mới"]
    assert "Không có khách tiềm năng nào trong kỳ này." in page_text(script)
    assert "Buyer 1-" not in page_text(script)


def test_a_shop_without_customers_is_told_what_is_missing(opened: App) -> None:
    said = page_text(opened(EMPTY))

    assert "No orders yet." in said
    assert "There are no customers yet." in said
    assert "No leads came in during this period." in said


def test_who_may_not_see_names_opens_nobody(
    app: App, tmp_path: Path, semantic_manifest: Path
) -> None:
    """Not even by the address."""
    staff = [*STAFF[1:], (1, 14, None, "Al Look", "analyst", True)]
    publish_house(
        Settings(home=tmp_path), semantic_manifest, staff=staff, more=house_customers.make
    )
    script = sign_in(app(home=tmp_path, **MARCH, customer="2"), NEW_YORK).switch_page(PAGE).run()

    assert not script.exception
    assert "1-0002" not in str([frame.value for frame in script.dataframe])
    assert page_text(script).count("for those with the right to personal data") == 2
    assert [row[0] for row in listed(script, "Customer")] == ["C-12", "C-14"]
    assert all("Buyer" not in str(frame.value) for frame in script.dataframe)


def test_lifetime_value_is_told_with_its_range_and_how_it_did_before(opened: App) -> None:
    """500.00 of four customers are 125.00 each; of them loyal ones bring four fifths."""
    script = opened()
    found = tiles(script)

    assert found["Gross margin of the next 365 days"] == (
        "$500.00",
        "90% range: $300.00 to $800.00",
    )
    assert found["Per customer"] == ("$125.00", "mean of 4 customers")
    segments = listed(script, "Segment", "Margin expected")
    assert [row[:1] + row[2:] for row in segments] == [
        ["Loyal", "2", "$400.00", "80.0%"],
        ["New", "0", "$100.00", "20.0%"],
    ]
    persons = listed(script, "Customer", "Still a customer")
    assert persons == [
        ["C-12", "Buyer 1-2", "Loyal", "75.0%", "2.50", "$400.00", "$90.00", "$900.00"],
        ["C-11", "Buyer 1-1", "New", DASH, "0.50", "$100.00", "$0.00", "$350.00"],
    ]
    assert table(script, "Repeat orders before") == [
        ["0", "2", "1", "1", "$60.00", "$45.00"],
        ["7 and more", "1", "2", "3", "$410.00", "$430.00"],
    ]


def test_why_no_lifetime_value_is_shown_is_said(opened: App) -> None:
    """Saigon's model missed by more than the mean of segments; the empty shop has too few."""
    saigon, nobody = page_text(opened(SAIGON)), page_text(opened(EMPTY))

    assert "mô hình lệch 3.500 ₫ mỗi khách" in saigon.replace("\xa0", " ")
    assert "chỉ lệch 3.400 ₫" in saigon.replace("\xa0", " ")
    assert "Expected lifetime value" not in nobody


def test_a_batch_of_re_engagement_brought_something_or_may_be_chance(opened: App) -> None:
    batches = listed(opened(), "Batch", "What can be said")

    assert [(row[0], row[1], row[-2], row[-1]) for row in batches] == [
        ("Once more", "fax", DASH, "the 28 days are not over"),
        ("Come back", "SMS", "$600.00", "brought more: $50.00 to $1,150.00"),
        ("By chance", "E-mail", "-$10.00", "may be chance: -$90.00 to $70.00"),
    ]
    assert "Chưa có đợt kéo khách quay lại nào." in page_text(opened(SAIGON))


def test_who_can_be_reached_is_told_by_any_way_and_by_each(opened: App) -> None:
    """Three of four by anything: two by telephone, one of whom has a WhatsApp account, too."""
    script = opened()

    assert table(script, "Reachable") == [
        ["**Any channel**", "**3**", "**0**", "**3**", "**75.0%**", "**1**", "**2**", "**1**"],
        ["Telephone", "3", "1", "2", "50.0%", "1", "1", "1"],
        ["WhatsApp", "1", "0", "1", "25.0%", "0", "1", "0"],
    ]
    assert "there are 4 in all" in page_text(script)
    assert "Chưa biết cách liên hệ với khách hàng nào." in page_text(opened(SAIGON))


def test_batches_that_left_customers_come_first(opened: App) -> None:
    """Old list has two that failed; a type that nobody knows is told as it is."""
    assert listed(opened(), "Batch", "Remaining") == [
        [*("Old list", "Completed", "Import", "12", "10", "2", "0", "Jan 2, 2026"),
         *("11 min", "old.csv", "Ben Ode")],
        [*("Anew", "Completed", "Assignment", "3", "3", "0", "0", "Mar 10, 2026"),
         *("30 s", "", "Nobody, or not shown to you")],
        [*("By hand", "Queued", "upsert", "7", "0", "0", "7", DASH, DASH, ""),
         "Nobody, or not shown to you"],
    ]  # fmt: skip
    assert [row[1] for row in listed(opened(SAIGON), "Lô")] == ["Dừng giữa chừng"]
    assert "There are no batches of customers." in page_text(opened(EMPTY))
