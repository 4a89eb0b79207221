"""Pages that people chose to be sent: their rights and clocks, beside the operator's reports."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from facet.errors import DeliveryError
from facet.reports.sending import send_due
from facet.reports.status import statuses
from facet.reports.subscriptions import read_chosen
from facet.reports.unsubscribing import token_of, unsubscribe
from facet.saved.file import path_of
from facet.saved.forgetting import forget_user
from facet.saved.subscriptions import Every, FileFormat, PageSubscription, PageSubscriptions
from tests.facet.reporting.house import id_of
from tests.facet.reports.conftest import ADA, MORNING, Home
from tests.facet.reports.test_files import text_of

HERE, THERE = 1, 2


@pytest.fixture(autouse=True)
def of_the_home(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages know their home by the environment, as the command does."""
    monkeypatch.setenv("FACET_HOME", str(home.settings.home))


def chosen(
    home: Home,
    tenant_id: int,
    user_id: int,
    page: str,
    *,
    every: Every = "day",
    file_format: FileFormat = "pdf",
    language: str = "en",
    time_zone: str | None = None,
    name: str | None = None,
    **address: Sequence[str],
) -> PageSubscription:
    own = PageSubscriptions.of(home.settings, tenant_id=tenant_id, user_id=user_id)
    return own.add(
        page,
        name=name,
        address=address,
        every=every,
        weekday=1,
        file_format=file_format,
        recipient=f"{user_id}@house.example",
        language=language,
        time_zone=time_zone,
    )


def results(home: Home, now: datetime) -> list[str]:
    return [*send_due(home.settings, now=now).values()]


def files(home: Home, number: int = -1) -> list[Any]:
    return [file.get_content() for file in home.box.mails[number].iter_attachments()]


def test_pages_are_sent_beside_the_operators_reports_each_with_its_own_numbers(
    home: Home,
) -> None:
    """On 17 March Saigon sold 2,500,000 less 250,000; New York's February website sold nothing."""
    home.subscribe(ada_daily={**ADA, "at": "20:00"})
    chosen(home, THERE, 21, "overview", language="vi")
    chosen(home, HERE, 11, "sales", every="month", time_zone="Asia/Tokyo")
    sent = send_due(home.settings, now=MORNING)
    assert [*sent.values()] == ["sent", "not_due", "sent"]
    assert home.box.recipients == [["11@house.example"], ["21@house.example"]]
    mail = home.box.mails[-1]
    assert mail["subject"] == "Tổng quan: Ngọc Lan, 17 thg 3, 2026"
    said = text_of(files(home)[0])
    assert "Doanh thu thuần 2.250.000 ₫" in said
    assert "Zalo" in said
    assert "Hudson" not in said
    assert results(home, MORNING + timedelta(minutes=10)) == ["not_due", "not_due", "not_due"]
    [event] = home.events(THERE)
    assert (event.kind, event.user_id, event.details["page"]) == ("report", 21, "overview")
    assert "house.example" not in str(event)


def test_a_saved_view_keeps_its_filters_and_has_every_row_in_excel(home: Home) -> None:
    """Of 10 March the website sold 250.50; the boutique, which the view leaves out, nothing."""
    home.data_of(datetime(2026, 3, 11, 16, tzinfo=UTC))
    chosen(
        home, HERE, 11, "overview", name="Web", file_format="xlsx", channel=[str(id_of("Website"))]
    )
    assert results(home, datetime(2026, 3, 11, 12, tzinfo=UTC)) == ["sent"]
    assert home.box.mails[0]["subject"] == "Web: Hudson & Vale, Mar 10, 2026"
    book = load_workbook(io.BytesIO(files(home)[0]))
    rows = [[cell.value for cell in row] for sheet in book for row in sheet.rows]
    assert ["Website", 250.5] in [row[:2] for row in rows]
    assert ["Channel", "Website"] in rows
    assert "Boutique" not in str(rows)


def test_who_lost_the_right_left_or_is_another_gets_nothing(home: Home) -> None:
    mai, ada = chosen(home, THERE, 21, "overview"), chosen(home, HERE, 11, "sales")

    def change(person: dict[str, Any]) -> None:
        if person["user_id"] == 21:
            person["permissions"] = ["facet.staff"]
        if person["user_id"] == 11:  # her address is now another's
            person["email_key"] = None

    home.grant(change)
    # eight in the morning in New York, eight in the evening in Saigon
    assert results(home, MORNING - timedelta(hours=12)) == ["refused", "refused"]
    assert home.box.mails == []
    assert {status.subscription.name for status in statuses(home.settings, now=MORNING)} == {
        f"overview.{mai.subscription_id}",
        f"sales.{ada.subscription_id}",
    }
    assert all(status.next_at is None for status in statuses(home.settings, now=MORNING))


def test_old_data_are_told_and_the_page_follows(home: Home) -> None:
    chosen(home, THERE, 21, "overview", language="vi")
    later = MORNING + timedelta(days=1)
    assert results(home, later) == ["notice"]
    assert home.box.mails[0]["subject"] == "Chậm: Tổng quan, Ngọc Lan, 18 thg 3, 2026"
    home.data_of(later)
    assert results(home, later + timedelta(hours=1)) == ["sent"]


def test_a_page_ends_by_its_mail_or_with_the_user(home: Home) -> None:
    chosen(home, THERE, 21, "overview")
    chosen(home, HERE, 11, "sales")
    [here, there] = read_chosen(home.settings)
    assert unsubscribe(home.settings, token_of(home.settings, there)).page == "overview"
    assert [own.name for own in read_chosen(home.settings)] == [here.name]
    assert forget_user(home.settings, tenant_id=THERE, user_id=11) == 0
    assert forget_user(home.settings, tenant_id=HERE, user_id=11) == 1
    assert read_chosen(home.settings) == ()


def test_what_people_chose_cannot_be_read_and_the_operators_are_sent(home: Home) -> None:
    home.subscribe(ada_daily={**ADA, "at": "20:00"})
    path_of(home.settings).write_bytes(b"nonsense" * 512)
    with pytest.raises(DeliveryError, match=r"saved\.sqlite"):
        send_due(home.settings, now=MORNING)
    assert home.box.recipients == [["11@house.example"]]
