"""Reports in the mailbox: once, of the right days, to whom they are for, or the reason why not."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from filelock import FileLock

from facet.errors import BusyError, DeliveryError
from facet.reports.sending import send_due, send_now
from facet.reports.sendings import Sendings
from facet.reports.status import statuses
from facet.rights.document import RightsError
from tests.facet.reports.conftest import ADA, MAI, MORNING, Home
from tests.facet.reports.test_files import text_of

DAY = timedelta(days=1)
#: 20:30 in New York, still the day before in the data.
EVENING = {**ADA, "at": "20:00"}


def subjects(home: Home) -> list[str]:
    return [str(mail["subject"]) for mail in home.box.mails]


def text_of_mail(home: Home, number: int = -1) -> str:
    body = home.box.mails[number].get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_a_report_is_sent_once_to_its_recipient_alone(home: Home) -> None:
    home.subscribe(mai_daily={**MAI, "formats": ["pdf", "xlsx"]}, ada_daily=EVENING)
    assert send_due(home.settings, now=MORNING) == {"ada-daily": "sent", "mai-daily": "sent"}
    for minutes in (0, 10, 20):
        again = send_due(home.settings, now=MORNING + timedelta(minutes=minutes))
        assert again == {"ada-daily": "not_due", "mai-daily": "not_due"}
    assert home.box.recipients == [["11@house.example"], ["21@house.example"]]
    mail = home.box.mails[1]
    assert mail["to"] == "Trần Thị Mai <21@house.example>"
    assert mail["subject"] == "Báo cáo ngày: Ngọc Lan, 17 thg 3, 2026"
    assert "Chào Trần Thị Mai," in text_of_mail(home)
    pdf, xlsx = mail.iter_attachments()
    assert pdf.get_filename() == "mai-daily_2026-03-18.pdf"
    assert xlsx.get_filename() == "mai-daily_2026-03-18.xlsx"
    assert "Doanh thu thuần 2.250.000 ₫" in text_of(pdf.get_content())
    [ada] = home.box.mails[0].iter_attachments()
    assert "Hudson & Vale" in text_of(ada.get_content())
    assert "Ngọc" not in text_of(ada.get_content())


def test_a_name_with_a_line_break_is_no_header_of_its_own(home: Home) -> None:
    home.subscribe(mai_daily=MAI)
    name = "Mai\r\nBcc: somebody@else.example\t<b>"
    home.grant(lambda person: person.update(full_name=name))
    assert send_due(home.settings, now=MORNING) == {"mai-daily": "sent"}
    assert home.box.recipients == [["21@house.example"]]
    [address] = home.box.mails[0]["to"].addresses
    assert address.addr_spec == "21@house.example"
    assert address.display_name == "Mai Bcc: somebody@else.example <b>"
    assert home.box.mails[0]["bcc"] is None


def test_each_sending_is_in_the_audit_trail_of_its_shop(home: Home) -> None:
    home.subscribe(mai_daily=MAI)
    send_due(home.settings, now=MORNING)
    [event] = home.events(2)
    assert (event.kind, event.user_id, event.release_id) == ("report", 21, home.release.id)
    assert event.details["report"] == "mai-daily"
    assert event.details["days"] == ["2026-03-17", "2026-03-17"]
    assert event.details["formats"] == ["pdf"]
    assert "net_sales" in event.details["metrics"]
    assert "house.example" not in str(event)
    assert home.events(1) == ()


def test_what_cannot_be_written_down_is_not_sent(home: Home) -> None:
    home.subscribe(mai_daily=MAI)
    (home.settings.home / "audit.sqlite").mkdir()
    with pytest.raises(DeliveryError, match=r"audit\.sqlite"):
        send_due(home.settings, now=MORNING)
    assert home.box.mails == []


def test_old_data_are_told_once_and_the_report_follows(home: Home) -> None:
    """On the next morning the data still end on the day that the report is of."""
    home.subscribe(mai_daily=MAI)
    later = MORNING + DAY
    assert send_due(home.settings, now=later) == {"mai-daily": "notice"}
    assert send_due(home.settings, now=later + timedelta(hours=1)) == {"mai-daily": "waiting"}
    assert subjects(home) == ["Chậm: Báo cáo ngày, Ngọc Lan, 18 thg 3, 2026"]
    assert "22:30, chưa đến cuối kỳ báo cáo" in text_of_mail(home)
    assert "20 thg 3, 2026, 07:00" in text_of_mail(home)
    assert "₫" not in home.box.raw[0].decode()
    assert list(home.box.mails[0].iter_attachments()) == []
    home.data_of(later)
    assert send_due(home.settings, now=later + timedelta(hours=2)) == {"mai-daily": "sent"}
    assert send_due(home.settings, now=later + timedelta(hours=3)) == {"mai-daily": "not_due"}
    assert subjects(home)[1:] == ["Báo cáo ngày: Ngọc Lan, 18 thg 3, 2026"]
    notice, report = home.events(2)
    assert (notice.details.get("notice"), report.details.get("notice")) == (True, None)


def test_data_that_stay_old_for_days_are_told_once(home: Home) -> None:
    home.subscribe(mai_daily=MAI)
    results = [send_due(home.settings, now=MORNING + days * DAY)["mai-daily"] for days in (1, 2, 3)]
    assert results == ["notice", "waiting", "waiting"]
    home.data_of(MORNING + 4 * DAY)
    assert send_due(home.settings, now=MORNING + 4 * DAY) == {"mai-daily": "sent"}
    assert send_due(home.settings, now=MORNING + 5 * DAY) == {"mai-daily": "notice"}
    assert len(home.box.mails) == 3


def test_a_shop_that_is_held_back_gets_no_numbers_and_others_do(home: Home) -> None:
    home.subscribe(mai_daily=MAI, ada_daily=EVENING)
    home.hold_back(2)
    assert send_due(home.settings, now=MORNING) == {"ada-daily": "sent", "mai-daily": "notice"}
    assert "không qua được kiểm tra" in text_of_mail(home)
    with pytest.raises(DeliveryError, match="old numbers"):
        send_now(home.settings, home.subscription("mai-daily"), now=MORNING)
    home.hold_back(2, status="fresh")
    assert send_due(home.settings, now=MORNING + timedelta(hours=5))["mai-daily"] == "sent"


def test_a_right_that_is_taken_away_stops_the_report(home: Home) -> None:
    home.subscribe(mai_daily=MAI, ada_daily=EVENING)
    send_due(home.settings, now=MORNING)

    def revoke(person: dict[str, Any]) -> None:
        if person["user_id"] == 21:
            person["permissions"] = []

    home.grant(revoke)
    home.data_of(MORNING + DAY)
    results = [send_due(home.settings, now=MORNING + DAY) for _ in range(2)]
    assert results[0] == {"ada-daily": "sent", "mai-daily": "refused"}
    assert results[1] == {"ada-daily": "not_due", "mai-daily": "refused"}
    assert len(home.box.mails) == 3
    assert [event.kind for event in home.events(2)] == ["report", "refused"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"is_active": False}, id="inactive"),
        pytest.param({"email_key": None}, id="an address of two"),
        pytest.param({"permissions": ["facet.marketing"]}, id="other pages"),
    ],
)
def test_who_may_not_have_it_gets_nothing(home: Home, change: dict[str, Any]) -> None:
    home.subscribe(mai_daily=MAI)
    home.grant(lambda person: person.update(change))
    assert send_due(home.settings, now=MORNING) == {"mai-daily": "refused"}
    assert home.box.mails == []


def test_an_address_that_the_shop_does_not_know_gets_nothing(home: Home) -> None:
    home.subscribe(
        stranger={**MAI, "recipient": "somebody@else.example"},
        neighbour={**MAI, "recipient": "11@house.example"},  # of another shop
    )
    assert set(send_due(home.settings, now=MORNING).values()) == {"refused"}
    assert home.box.mails == []


def test_rights_that_are_too_old_send_nothing(home: Home) -> None:
    home.subscribe(mai_daily=MAI)
    settings = replace(home.settings, rights_max_age=timedelta(microseconds=1))
    with pytest.raises(RightsError):
        send_due(settings, now=MORNING)
    assert home.box.mails == []


def test_a_kill_after_the_server_took_it_sends_it_again_as_the_same_mail(home: Home) -> None:
    home.subscribe(mai_daily=MAI)
    running: list[subprocess.Popen[bytes]] = []
    home.box.on_data = lambda: os.kill(running[0].pid, signal.SIGKILL)
    environment = {
        **os.environ,
        "FACET_HOME": str(home.settings.home),
        "FACET_SMTP_URL": f"smtp://127.0.0.1:{home.box.port}",
        "FACET_MAIL_FROM": "Facet <reports@house.example>",
        "FACET_AS_OF": MORNING.isoformat(),
    }
    command = [
        sys.executable,
        "-c",
        "from facet.cli import main; main()",
        "reports",
        "send",
        "--due",
    ]
    running.append(subprocess.Popen(command, env=environment))
    assert running[0].wait(timeout=120) == -signal.SIGKILL
    assert (
        Sendings.of(home.settings).outcome(home.subscription("mai-daily"), date(2026, 3, 18))
        is None
    )
    home.box.on_data = lambda: None
    assert send_due(home.settings, now=MORNING + timedelta(minutes=10)) == {"mai-daily": "sent"}
    assert send_due(home.settings, now=MORNING + timedelta(minutes=20)) == {"mai-daily": "not_due"}
    first, second = home.box.mails
    assert first["message-id"] == second["message-id"]
    assert [event.kind for event in home.events(2)] == ["report", "report"]


def test_two_at_once_do_not_send_twice(home: Home) -> None:
    home.subscribe(mai_daily=MAI)
    with FileLock(home.settings.home / "reports.lock"), pytest.raises(BusyError):
        send_due(home.settings, now=MORNING)
    assert home.box.mails == []


def test_sending_one_now_leaves_its_schedule_alone(home: Home) -> None:
    home.subscribe(mai_daily=MAI)
    subscription = home.subscription("mai-daily")
    before = MORNING - timedelta(hours=1)  # 06:30
    assert send_due(home.settings, now=before) == {"mai-daily": "sent"}  # of the date before
    assert send_now(home.settings, subscription, now=before) == "sent"
    assert send_due(home.settings, now=before) == {"mai-daily": "not_due"}
    assert send_due(home.settings, now=MORNING) == {"mai-daily": "sent"}


def test_the_recipients_clocks_decide_when(home: Home) -> None:
    """07:00 in Berlin is 06:00 UTC; the days are those of the shop in Saigon all the same."""
    home.subscribe(mai_daily={**MAI, "time_zone": "Europe/Berlin"})
    six = datetime(2026, 3, 18, 6, tzinfo=UTC)
    for now in (six - timedelta(seconds=1), six, six + timedelta(seconds=1)):
        send_due(home.settings, now=now)
    days = ["16 thg 3, 2026", "17 thg 3, 2026"]
    assert subjects(home) == [f"Báo cáo ngày: Ngọc Lan, {day}" for day in days]
    [status] = statuses(home.settings, now=six)
    assert status.next_at is not None
    assert status.next_at.isoformat() == "2026-03-19T07:00:00+01:00"
    assert status.last is not None
    assert (status.last.outcome, status.last.local_date) == ("sent", date(2026, 3, 18))
