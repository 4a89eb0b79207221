"""The page Operations: what needs somebody and how systems did, for two shops and one without."""

import pytest

from facet.release import Release
from facet.reporting.present.formats import DASH
from facet.reporting.screen.pages.operations import data, late
from facet.reporting.screen.parts import figures
from tests.dashboards.reading import MARCH, App, HouseWith, listed, opener, page_text, table, tiles
from tests.facet.reporting import house_operations
from tests.facet.reporting.house import EMPTY, SAIGON

PAGE = "app_pages/operations.py"


@pytest.fixture(scope="module")
def running_house(house_with: HouseWith) -> Release:
    return house_with(house_operations.make)


@pytest.fixture
def opened(app: App, running_house: Release) -> App:
    """Opens the page for a tenant's owner, with an address."""
    return opener(app, running_house, PAGE, **MARCH)


def test_the_first_screen_says_what_needs_somebody_and_how_march_went(opened: App) -> None:
    """Of 20 attempts 3 failed, of 4 runs 2; minutes are 30 and 10, then 90.5 and 29.5."""
    page = opened()
    said = page_text(page)

    assert "Critical alerts open: 2." in said
    assert "Alerts open for 30 days or more: 1." in said
    assert "Open alerts assigned to nobody: 1." in said
    assert "Webhook endpoints failing now: 1." in said
    assert "Hours with unusual activity in the last 30 days: 1." in said
    assert "Changes in the last 30 days of orders that were closed before: 3." in said
    assert "Notes about an order that does not exist: 2." in said
    assert {label: value for label, (value, _) in tiles(page).items()} == {
        "Alerts raised": "4",
        "Alerts resolved": "2",
        "Time to acknowledge": "20 min",
        "Time to resolve": "1 h",
        "Webhook failure rate": "15.0%",
        "Workflow success rate": "50.0%",
        "System errors": "2",
        "Refused acts": "3",
    }


def test_open_alerts_are_told_by_kind_and_age(opened: App) -> None:
    assert table(opened(), "Severity") == [
        ["Parcel overdue", "Critical", "1", "0", "1", "0", "2", "1"],
        ["Unknown kind", "Info", "0", "1", "0", "0", "1", "0"],
    ]


def test_a_bar_opens_the_alerts_raised_on_it(opened: App, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened()
    monkeypatch.setattr(figures, "clicked_key", lambda _: "2026-03-03")
    page.run()

    assert [row[:3] + row[4:] for row in listed(page, "Kind")] == [
        ["Shelf empty", "Warning", "Resolved", "30 min", "1 h 31 min"]
    ]


def test_endpoints_that_fail_come_first_and_systems_are_told_apart(opened: App) -> None:
    page = opened()

    assert listed(page, "Endpoint") == [
        [
            *("/hooks/stripe", "stripe", "Inbound", "Failing", "Mar 5, 2026, 9:00 AM"),
            *("Mar 4, 2026, 9:00 AM", "10", "30.0%", DASH),
        ],
        [
            *(DASH, "twilio", "Outbound", "Working", DASH),
            *("Mar 5, 2026, 9:00 AM", "10", "0.0%", DASH),
        ],
    ]
    assert listed(page, "System", "Callbacks lost") == [
        ["stripe", "Inbound", "10", "3", "30.0%", "25.0%", "1"],
        ["twilio", "Outbound", "10", "0", "0.0%", "0.0%", "0"],
    ]


def test_workflows_errors_activity_and_notes_are_listed(opened: App) -> None:
    page = opened()

    assert listed(page, "Workflow") == [
        ["Greet a lead", "3", "2", "66.7%", "1.00"],
        ["Unknown workflow", "1", "0", "0.0%", DASH],
    ]
    assert listed(page, "Part of the system") == [["import", "batch.finished", "2", "9"]]
    assert listed(page, "Act") == [["session.start", "3", "40"]]
    assert listed(page, "Person") == [["Ben Ode", "Mar 17, 2026, 11:00 PM", "45", "4"]]
    assert listed(page, "About") == [
        ["Orders", "7", "1", "0", "2"],
        ["stock_takes", "3", "1", "0", "0"],
    ]


def test_late_changes_of_the_period_are_listed_the_latest_first(opened: App) -> None:
    page = opened()

    assert listed(page, "Entered") == [
        [
            *("Mar 11, 2026, 10:00 AM", "Mar 10, 2026", "1", "Studs", DASH),
            *("Receipt", "6", DASH),
        ],
        [
            *("Mar 5, 2026, 9:00 AM", "Mar 2, 2026", "3", "Solitaire", "S-1"),
            *("Stocktaking", "-1", "Stock-take"),
        ],
    ]
    assert listed(page, "Changed") == [
        [
            *("Mar 17, 2026, 10:00 AM", "Ben Ode", "1-0001", "Changed", "Feb 10, 2026", "35"),
            "wrong price",
        ],
        [
            *("Mar 4, 2026, 9:00 AM", DASH, "1-0003", "Deleted", "Mar 1, 2026", "3"),
            "No reason given",
        ],
    ]


def test_of_long_lists_the_latest_are_shown(opened: App, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (data, late):
        monkeypatch.setattr(module, "ROWS_SHOWN", 1)
    page = opened()

    assert [row[2] for row in listed(page, "Entered")] == ["1"]
    assert [row[2] for row in listed(page, "Changed")] == ["1-0001"]
    assert page_text(page).count("Listed are the latest 1.") == 2


def test_another_shop_reads_its_own_in_its_language(opened: App) -> None:
    page = opened(SAIGON)
    said = page_text(page)

    assert "Cảnh báo đang mở chưa giao cho ai: 1." in said
    assert "Hệ thống không ghi nhận lỗi nào trong kỳ này." in said
    assert tiles(page)["Tỷ lệ webhook lỗi"][0] == "0,0%"
    assert [row[:2] for row in listed(page, "Địa chỉ")] == [["/hooks/momo", "momo"]]
    assert "Số lần sửa đơn hàng đã đóng trong 30 ngày qua: 1." in said
    assert [row[3:7] for row in listed(page, "Ghi lúc")] == [["Nhẫn cưới", DASH, "loan", "-1"]]
    assert [row[1:4] + row[6:] for row in listed(page, "Sửa lúc")] == [
        ["Trần Thị Mai", "2-0001", "Sửa", "Khác"]
    ]


def test_a_shop_of_which_nothing_is_recorded_reads_what_is_missing(opened: App) -> None:
    page = opened(EMPTY, lang="en")
    said = page_text(page)

    assert not page.dataframe
    assert "Nothing needs attention now." in said
    assert "No alert has ever been raised." in said
    assert "No calls between systems are recorded." in said
    assert "No workflow ran in this period." in said
    assert "Every stock movement of this period was entered on its day." in said
    assert "No order was changed after the day on which it was completed or cancelled." in said
    assert "Nobody has written a note yet." in said
