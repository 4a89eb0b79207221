"""The page Messages: who waits, what is written and what comes of it, for two shops."""

from collections.abc import Sequence

import duckdb
import pytest

from facet.release import Release
from facet.reporting.present.formats import DASH
from facet.reporting.screen.pages.messages import data, waiting
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
from tests.facet.reporting import house_messages, house_staff
from tests.facet.reporting.house import EMPTY, SAIGON

PAGE = "app_pages/messages.py"


def _make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    return [*house_staff.make(connection), *house_messages.make(connection)]


@pytest.fixture(scope="module")
def writing_house(house_with: HouseWith) -> Release:
    return house_with(_make, staff=house_staff.TEAM)


@pytest.fixture
def opened(app: App, writing_house: Release) -> App:
    """Opens the page for a tenant's owner, with an address."""
    return opener(app, writing_house, PAGE, **MARCH)


def test_what_needs_somebody_comes_first(opened: App) -> None:
    text = page_text(opened())

    for line in (
        "Conversations waiting for an answer for more than a week: 1",
        "Conversations waiting for an answer since yesterday: 1",
        "Customers waiting for an answer by SMS: 1",
        "Services cannot send, as the account or number is not active: Vonage one",
        "Fewer than 90% of the last 30 days' text messages arrived: Twilio one – Service",
        "Marketing text messages sent after an opt-out: 2 (contacts: 1)",
    ):
        assert line in text
    assert text.index("more than a week") < text.index("since yesterday") < text.index("by SMS")


def test_messages_add_up_by_who_wrote_them(opened: App) -> None:
    page = opened()
    found = {label: value for label, (value, _) in tiles(page).items()}

    # of six that went out four were a bot's; replies of 10, 20 and 85 minutes
    assert {label: found[label] for label in found if "reply" not in label} == {
        "Messages": "11",
        "Messages in": "5",
        "Messages out": "6",
        "Share of bots": "66.7%",
        "Messages failed": "1",
        "Conversations": "3",
        "Files in messages": "1",
        "Reactions": "2",
    }
    assert found["First reply"] == "20 min"
    assert table(page, "Messages of bots") == [
        ["Website", "6", "3", "2", "1", "33.3%", "0"],
        ["Boutique", "5", "2", "0", "3", "100.0%", "1"],
    ]
    page.pills(key="choice-messages-by").set_value("platform").run()
    assert [row[0] for row in table(page, "Messages of bots")] == ["Web", "Store"]


def test_who_waits_is_listed_the_longest_first(opened: App) -> None:
    page = opened()

    assert [row[1:6] for row in listed(page, "Asked", "Platform")] == [
        ["13", DASH, "Boutique", "Store", "Eli Jay"],
        ["1", "2 h 5 min", "Boutique", "Store", "Ben Ode"],
    ]


def test_another_shop_reads_its_own_in_its_language(opened: App) -> None:
    page = opened(SAIGON)

    assert tiles(page)["Tin nhắn"][0] == "4"
    assert "Cuộc trò chuyện chờ trả lời từ hôm nay: 1" in page_text(page)
    assert "Số dư tài khoản âm: Viettel hai" in page_text(page)
    assert [row[5] for row in listed(page, "Hỏi lúc", "Nền tảng")] == ["Trần Thị Mai"]


def test_conversations_are_followed_to_leads_and_orders(opened: App) -> None:
    page = opened(part="results")
    found = {label: value for label, (value, _) in tiles(page).items()}

    # three conversations, two of known people, one of whom ordered
    assert found == {
        "Conversations": "3",
        "Conversation to lead": "66.7%",
        "Conversation to order": "50.0%",
        "Orders after conversations": "1",
        "Net sales after conversations": "$250.50",
    }
    assert "nobody knows whose account it is: 1" in page_text(page)
    assert table(page, "Conversations with a lead") == [
        ["Boutique", "2", "1", "0", "0", "0.0%", "$0.00"],
        ["Website", "1", "1", "1", "1", "100.0%", "$250.50"],
    ]


def test_text_messages_are_told_by_what_became_of_them(opened: App) -> None:
    page = opened(part="sms")
    found = {label: value for label, (value, _) in tiles(page).items()}

    assert found == {
        "Text messages sent": "10",
        "SMS delivery rate": "80.0%",
        "Not delivered": "2",
        "Text messages in": "1",
        "SMS segments": "10",
        "SMS cost": "$0.40",
        "SMS opt-outs": "1",
        "Reactions to text messages": "0",
    }
    # of eleven in and sent ten have a cost
    assert "The cost is known of 90.9% of the messages." in page_text(page)
    assert listed(page, "Reason") == [["Unreachable phone (30003)", "Parcels", "2"]]
    assert "2" in total(page)
    assert [row[:5] for row in listed(page, "Account")] == [
        ["Twilio one", "Service", "often does not arrive", "Parcels", "Active"],
        ["Vonage one", "picked by the provider", "cannot send", "Offers", "Closed"],
    ]
    assert [row[1:4] for row in listed(page, "Asked", "Service")] == [["2", "Parcels", "Ben Ode"]]


def test_a_cost_that_nobody_knows_is_not_nothing(opened: App) -> None:
    page = opened(SAIGON, part="sms")

    assert tiles(page)["SMS đã gửi"][0] == "3"
    assert tiles(page)["Chi phí SMS"][0] == DASH
    assert "Biết chi phí của 0,0% số tin." in page_text(page)


def test_of_many_who_wait_those_are_listed_who_have_waited_longest(
    opened: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = listed(opened(), "Asked", "Platform")
    assert others
    for module in (data, waiting):
        monkeypatch.setattr(module, "ROWS_SHOWN", 1)
    page = opened()
    assert listed(page, "Asked", "Platform") == [first]
    assert "Listed are the 1 that have waited longest." in page_text(page)
    assert "since yesterday: 1" in page_text(page)  # of all that wait


def test_a_period_without_messages_says_so_and_still_lists_who_waits(opened: App) -> None:
    page = opened(period="custom", from_="2024-01-01", to="2024-01-31")

    assert "Nothing was written in this period." in page_text(page)
    assert len(listed(page, "Asked", "Platform")) == 2


@pytest.mark.parametrize(
    ("part", "missing"),
    [
        ("pages", "No message is recorded."),
        ("results", "No conversation is recorded."),
        ("sms", "No text message is recorded."),
    ],
)
def test_a_shop_of_which_nothing_is_recorded_reads_what_is_missing(
    opened: App, part: str, missing: str
) -> None:
    page = opened(EMPTY, part=part, lang="en")

    assert not page.dataframe
    assert missing in page_text(page)
    assert "Nobody waits" not in page_text(page)
