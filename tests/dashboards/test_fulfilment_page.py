"""The page Fulfilment: how shipments keep their promises, for two shops and for one without."""

import pytest

from facet.release import Release
from facet.reporting.present.formats import DASH
from facet.reporting.screen.parts import figures
from tests.dashboards.reading import (
    MARCH,
    App,
    HouseWith,
    listed,
    opener,
    page_text,
    table,
    tiles,
    total,
)
from tests.facet.reporting import house_shipments
from tests.facet.reporting.house import EMPTY, SAIGON

PAGE = "app_pages/fulfilment.py"


@pytest.fixture(scope="module")
def shipping_house(house_with: HouseWith) -> Release:
    return house_with(house_shipments.make)


@pytest.fixture
def opened(app: App, shipping_house: Release) -> App:
    """Opens the page for a tenant's owner, with an address."""
    return opener(app, shipping_house, PAGE, **MARCH)


def test_tiles_say_what_waits_and_how_promises_were_held(opened: App) -> None:
    found = tiles(opened())

    # of two delivered in March one was on time; two are late, one of them came back
    assert {label: value for label, (value, _) in found.items()} == {
        "Late shipments": "2",
        "Overdue cases": "1",
        "Returns open": "1",
        "Owed for over 90 days": "$75.25",
        "Overdue inbound": "1",
        "ShipStation differences": "1",
        "On-time rate": "50.0%",
        "Shipments delivered": "2",
        "Days to dispatch": "2",
        "Days to deliver": "3.5",
    }
    assert found["Late shipments"][1] == "of which came back: 1"


def test_another_shop_reads_its_own_in_its_language(opened: App) -> None:
    page = opened(SAIGON)

    assert tiles(page)["Tỷ lệ giao đúng hẹn"][0] == "100,0%"
    assert tiles(page)["Kiện hàng trễ hẹn"][0] == "1"
    assert [row[:3] for row in listed(page, "Kiện hàng")] == [["Parcel 2/2", "Đã đóng gói", "2"]]
    assert "ShipStation khớp với mọi đơn mà nó có." in page_text(page)


def test_what_is_late_what_came_back_and_what_is_open_are_listed(opened: App) -> None:
    page = opened()

    late, back = ["Parcel 1/3", "In transit", "3"], ["Parcel 1/5", "Came back", "8"]
    assert [row[:3] for row in listed(page, "Shipment")] == [late]
    assert "Units 2" in total(page)

    page.pills(key="choice-shipments").set_value("returned").run()
    assert [row[:3] for row in listed(page, "Shipment")] == [back]
    page.pills(key="choice-shipments").set_value("open").run()
    waiting = ["Parcel 1/4", "Pending", "–"]
    assert [row[:3] for row in listed(page, "Shipment")] == [back, late, waiting]


@pytest.mark.parametrize(
    ("part", "key", "told"),
    [
        (
            "shipments",
            "2026-03-14",
            "delivered with a promised day: 1, of which on time: 0",
        ),
        ("returns", "2026-03-18", "Returns of orders $40.00"),
    ],
)
def test_a_bar_that_is_clicked_lists_what_is_behind_it(
    opened: App, monkeypatch: pytest.MonkeyPatch, part: str, key: str, told: str
) -> None:
    page = opened(part=part)
    monkeypatch.setattr(figures, "clicked_key", lambda _: key)
    page.run()

    assert told in page_text(page)


def test_deliveries_are_told_by_carrier_and_by_region(opened: App) -> None:
    page = opened()

    assert [row[:4] for row in listed(page, "Carrier")] == [
        ["DHL", "1", "1", "100.0%"],
        ["UPS", "1", "0", "0.0%"],
    ]
    page.pills(key="choice-shipment-part").set_value("region").run()
    assert sorted(row[0] for row in listed(page, "Region")) == ["New Jersey", "Not known"]


def test_a_period_without_shipments_says_so_and_still_lists_what_is_late(opened: App) -> None:
    page = opened(period="custom", from_="2024-01-01", to="2024-01-31")

    assert "Nothing was dispatched or delivered in this period." in page_text(page)
    assert tiles(page)["Late shipments"][0] == "2"
    assert len(listed(page, "Shipment")) == 1


def test_what_does_not_agree_is_listed(opened: App) -> None:
    page = opened()

    differing, shipped_twice = (
        next(found for found in page.dataframe if heading in found.value.columns)
        for heading in ("What differs", "Units shipped")
    )
    assert list(differing.value["Order"]) == ["1-0003"]
    assert list(differing.value["What differs"]) == ["Waits there, but is no order here"]
    assert list(shipped_twice.value["Shipments"]) == ["Parcel 1/1, Parcel 1/2"]


def test_cases_are_told_by_stage_and_one_by_one(opened: App) -> None:
    page = opened(part="services")

    assert table(page, "Overdue") == [["In production", "2", "1", "4.5"]]
    assert [row[:3] for row in listed(page, "Order")] == [
        ["1-0002", "In production", "1"],
        ["1-0003", "In production", "–"],
    ]
    assert "Deposit $70.50" in total(page)
    # of four that were asked for in March three went on, after 36 hours each
    assert table(page, "Came to it") == [
        ["Requested", "4", "3", "1.5"],
        ["Ordered", "2", "0", "–"],
    ]

    page.pills(key="choice-case").set_value("after_sales").run()
    assert "Nothing of this kind is open." in page_text(page)
    assert table(page, "Outcome") == [["Done", "Resizing", "1", "4", "$30.00", "$12.00"]]


def test_returns_are_told_by_reason_and_refunds_by_days(opened: App) -> None:
    page = opened(part="returns")

    found = tiles(page)
    assert (found["Days to refund"][0], found["Days to refund, 90th percentile"][0]) == (
        "5",
        "17",
    )
    # of 1,230.40 that March's orders came to, 40.00 went back
    assert found["Refund rate"][0] == "3.3%"
    assert [row[:4] for row in listed(page, "Reason")] == [
        ["Size", "2", "1", "1"],
        ["Other", "1", "0", "0"],
    ]


def test_balances_are_told_by_age(opened: App) -> None:
    page = opened(part="balances")

    assert [row[:3] for row in table(page, "Age of the order")] == [
        ["Up to 30 days", "1", "$0.00"],
        ["Over 90 days", "1", "$75.25"],
        ["**Total**", "**2**", "**$75.25**"],
    ]
    assert "Balance due $75.25 · Overpaid $0.00 · Deposit $986.90" in total(page)


def test_suppliers_are_told_by_how_long_they_take(opened: App) -> None:
    page = opened(part="inbound")

    assert [row[:5] for row in listed(page, "Supplier")] == [["Hatton Cast", "2", "15", "1", "2"]]
    assert [row[:4] for row in listed(page, "Inbound shipment")] == [
        ["PO 1/3", "Refiner", "In transit", "8"]
    ]


@pytest.mark.parametrize(
    ("part", "missing"),
    [
        ("shipments", "No shipment is recorded."),
        ("services", "No case of this kind is recorded."),
        ("returns", "Nothing was sold or given back in this period."),
        ("balances", "No orders yet."),
        ("inbound", "No inbound shipment is recorded."),
    ],
)
def test_a_shop_of_which_nothing_is_recorded_reads_what_is_missing(
    opened: App, part: str, missing: str
) -> None:
    page = opened(EMPTY, part=part, lang="en")

    assert not page.dataframe
    assert {value for value, _ in tiles(page).values()} == {DASH}
    assert missing in page_text(page)
