"""Who chose alerts on a page: told by mail of their own shop's, while they may know of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from facet.alerts.checking import check
from facet.config import Settings
from facet.mail_server import Smtp
from facet.release import Release
from facet.saved.alert_readers import ChosenAlerts
from facet.saved.file import path_of
from tests.facet.alerts.conftest import AS_OF, NEW_YORK, SAIGON, Mailbox
from tests.facet.alerts.test_checking import near_limit
from tests.facet.reporting.house_people import STAFF, write_rights

HOUR = timedelta(hours=1)
ADA, BEN, CY, MAI = 11, 12, 13, 21
NEAR = {"rpt_promotions": [near_limit(NEW_YORK), near_limit(SAIGON)]}


@pytest.fixture
def sending(settings: Settings, mailbox: Mailbox) -> Settings:
    """The home with a mail server, and with its people's rights."""
    settings.create_home()
    write_rights(settings, STAFF)
    smtp = Smtp(host="127.0.0.1", port=mailbox.port, security="none")
    return replace(settings, smtp=smtp, mail_from="Facet <facet@house.example>")


def _choose(
    settings: Settings, tenant: int, user: int, language: str, of: int | None = None
) -> None:
    ChosenAlerts.of(settings, tenant_id=tenant, user_id=user).choose(
        {"usage_limit_near", "run_failed"},
        recipient=f"{of or user}@house.example",
        language=language,
        time_zone=None,
    )


def _subjects(mailbox: Mailbox) -> list[tuple[str, str]]:
    told = [(to, str(mail["Subject"])) for to, mail in mailbox.mails]
    mailbox.mails.clear()
    return sorted(told)


def test_each_is_told_of_their_own_shop_while_they_may_know(
    sending: Settings, mailbox: Mailbox, publish_marts: Callable[..., Release]
) -> None:
    """Ben sells, and sees no promotions; Cy has left; Ada's second shop knows her by no address."""
    publish_marts(NEAR)
    _choose(sending, NEW_YORK, ADA, "en")
    _choose(sending, NEW_YORK, BEN, "en")
    _choose(sending, NEW_YORK, CY, "en")
    _choose(sending, SAIGON, MAI, "vi")
    _choose(sending, SAIGON, ADA, "en")
    _choose(sending, SAIGON, BEN, "en", of=MAI)  # an address that is somebody else's there

    assert check(sending, now=AS_OF).unsent == ()
    bodies = {to: mail.get_content() for to, mail in mailbox.mails}  # type: ignore[attr-defined]
    assert _subjects(mailbox) == [
        ("11@house.example", "Hart & Vale: Spring is nearly used up"),
        ("21@house.example", "Ngọc Lan: Spring sắp hết lượt dùng"),
    ]
    assert "there you end them" in bodies["11@house.example"]
    assert "cũng tại đó bạn ngừng nhận" in bodies["21@house.example"]
    assert "Ngọc Lan" not in bodies["11@house.example"]

    check(sending, now=AS_OF + HOUR)
    assert _subjects(mailbox) == []

    write_rights(sending, [person for person in STAFF if person[1] != ADA])
    publish_marts({})
    check(sending, now=AS_OF + 2 * HOUR)
    assert _subjects(mailbox) == [
        ("21@house.example", "Đã hết: Ngọc Lan: Spring sắp hết lượt dùng")
    ]


def test_what_no_server_took_is_sent_with_the_next_check(
    sending: Settings, mailbox: Mailbox, publish_marts: Callable[..., Release]
) -> None:
    publish_marts(NEAR)
    _choose(sending, NEW_YORK, ADA, "en")

    gone = replace(sending, smtp=Smtp(host="127.0.0.1", port=1, security="none"))
    (unsent,) = check(gone, now=AS_OF).unsent
    assert (unsent.recipient, unsent.error) == (
        "user 11 of tenant 1",
        "It did not take the mail: ConnectionRefusedError.",
    )
    (unset,) = check(replace(sending, smtp=None), now=AS_OF).unsent
    assert "FACET_SMTP_URL" in str(unset.error)
    assert check(sending, now=AS_OF).unsent == ()
    assert [to for to, _ in _subjects(mailbox)] == ["11@house.example"]


def test_a_file_of_choices_that_cannot_be_read_is_told_beside_what_is_sent(
    sending: Settings, publish_marts: Callable[..., Release]
) -> None:
    publish_marts(NEAR)
    path_of(sending).write_text("this is no database, however long it is " * 30, "utf-8")

    (unread,) = check(sending, now=AS_OF).unsent
    assert unread.recipient == "those who chose alerts on a page"
    assert "saved.sqlite" in str(unread.error)


def test_nothing_is_left_of_who_chooses_none(settings: Settings) -> None:
    _choose(settings, NEW_YORK, ADA, "en")
    _choose(settings, SAIGON, MAI, "vi")
    own = ChosenAlerts.of(settings, tenant_id=NEW_YORK, user_id=ADA)
    assert own.rules() == {"usage_limit_near", "run_failed"}
    own.choose((), recipient="11@house.example", language="en", time_zone=None)
    assert own.rules() == frozenset()
    assert ChosenAlerts.of(settings, tenant_id=SAIGON, user_id=MAI).rules()
