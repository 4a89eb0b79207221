"""Ending a report without signing in: by the token of its mails, and by nothing else."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from threading import Thread

import pytest

from facet.errors import ConfigurationError
from facet.reports.sending import send_due, send_now
from facet.reports.server import UnsubscribeServer
from facet.reports.unsubscribing import resubscribe, token_of, unsubscribe
from tests.facet.reports.conftest import MAI, MORNING, Home

TWO = {"mai_daily": MAI, "mai_late": {**MAI, "recipient": "21@house.example", "at": "07:10"}}


def test_who_unsubscribed_gets_nothing_more_of_it(home: Home) -> None:
    home.subscribe(**TWO)
    token = token_of(home.settings, home.subscription("mai-daily"))
    for _ in range(2):
        assert unsubscribe(home.settings, token).name == "mai-daily"
    assert send_due(home.settings, now=MORNING) == {"mai-daily": "unsubscribed", "mai-late": "sent"}
    assert send_now(home.settings, home.subscription("mai-daily"), now=MORNING) == "unsubscribed"
    assert len(home.box.mails) == 1
    assert [event.kind for event in home.events(2)] == ["unsubscribe", "report"]
    assert resubscribe(home.settings, home.subscription("mai-daily"))
    assert send_due(home.settings, now=MORNING)["mai-daily"] == "sent"


def test_a_token_ends_one_report_of_one_address(home: Home) -> None:
    home.subscribe(**TWO)
    daily, late = (token_of(home.settings, home.subscription(n)) for n in ("mai-daily", "mai-late"))
    swapped = daily.replace("mai-daily", "mai-late")
    for wrong in ("", "2.mai-daily.", daily[:-1], daily.upper(), swapped, f"1{daily[1:]}", "ữ"):
        with pytest.raises(ConfigurationError, match="of no report"):
            unsubscribe(home.settings, wrong)
    home.subscribe(mai_daily={**MAI, "recipient": "22@house.example"}, mai_late=TWO["mai_late"])
    with pytest.raises(ConfigurationError, match="of no report"):
        unsubscribe(home.settings, daily)
    assert unsubscribe(home.settings, late).name == "mai-late"


def test_a_mail_says_how_to_end_it(home: Home) -> None:
    home.subscribe(mai_daily=MAI)
    token = token_of(home.settings, home.subscription("mai-daily"))
    subscription = home.subscription("mai-daily")
    send_now(home.settings, subscription, now=MORNING)
    one_click = replace(home.settings, unsubscribe_url="https://facet.shop.example/mail")
    send_now(one_click, subscription, now=MORNING)
    by_mail, by_click = home.box.mails
    mailto = f"<mailto:reports@house.example?subject=unsubscribe%20{token}>"
    assert by_mail["list-unsubscribe"] == mailto
    assert by_mail["list-unsubscribe-post"] is None
    url = f"https://facet.shop.example/mail/unsubscribe?lang=vi&token={token}"
    assert by_click["list-unsubscribe"] == f"<{url}>, {mailto}"
    assert by_click["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    assert url.encode() in re.sub(
        rb"\r?\n[ \t]", b" ", home.box.raw[1]
    )  # as other programs read it
    body = by_click.get_body(("plain",))
    assert body is not None
    assert url in body.get_content()


@pytest.fixture
def address(home: Home) -> Iterator[str]:
    with UnsubscribeServer(home.settings, ("127.0.0.1", 0)) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/unsubscribe?lang=vi&token="
        server.shutdown()
        thread.join()


def test_looking_at_the_page_ends_nothing_and_a_click_does(home: Home, address: str) -> None:
    home.subscribe(mai_daily=MAI)
    url = address + token_of(home.settings, home.subscription("mai-daily"))
    with urllib.request.urlopen(url) as answer:
        assert "Bạn muốn ngừng nhận báo cáo “mai-daily” của Ngọc Lan?" in answer.read().decode()
    assert send_due(home.settings, now=MORNING) == {"mai-daily": "sent"}
    with urllib.request.urlopen(url, data=b"List-Unsubscribe=One-Click") as answer:
        assert "Bạn sẽ không nhận thêm thư nào" in answer.read().decode()
    assert send_due(home.settings, now=MORNING) == {"mai-daily": "unsubscribed"}


@pytest.mark.parametrize("token", ["", "2.mai-daily.00000000000000000000000000000000", "%00"])
@pytest.mark.parametrize("data", [None, b"List-Unsubscribe=One-Click"], ids=["GET", "POST"])
def test_what_is_no_token_is_not_known(
    home: Home, address: str, token: str, data: bytes | None
) -> None:
    home.subscribe(mai_daily=MAI)
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(address + token, data=data)
    assert caught.value.code == 404
    assert send_due(home.settings, now=MORNING) == {"mai-daily": "sent"}
