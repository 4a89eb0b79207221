"""The server that reports go over: addresses, TLS, and one that refuses or is gone."""

import ssl
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from facet.config import Settings
from facet.errors import ConfigurationError, DeliveryError
from facet.mail_delivery import UnreachableError
from facet.mail_server import Smtp
from facet.reports.sending import send_due, send_now
from tests.facet.reports.conftest import MAI, MORNING, Home
from tests.facet.reports.mailbox import mailbox
from tests.facet.reports.test_sending import EVENING
from tests.proxy.site import write_certificate


def test_an_address_that_the_server_refuses_stops_nobody_else(home: Home) -> None:
    home.subscribe(mai_daily=MAI, ada_daily=EVENING)
    home.box.refused.add("11@house.example")
    with pytest.raises(DeliveryError, match="ada-daily") as caught:
        send_due(home.settings, now=MORNING)
    assert "11@house.example" not in str(caught.value)
    assert home.box.recipients == [["21@house.example"]]
    assert [event.kind for event in home.events(1)] == ["report", "refused"]
    home.box.refused.clear()
    assert send_due(home.settings, now=MORNING + timedelta(hours=1))["ada-daily"] == "sent"


def test_a_server_that_does_not_answer_is_named_and_nothing_is_written_down(home: Home) -> None:
    home.subscribe(mai_daily=MAI)
    nowhere = Smtp(host="127.0.0.1", port=1, security="none", user="u", password="s3cret")
    with pytest.raises(UnreachableError, match=r"127\.0\.0\.1:1:") as caught:
        send_due(replace(home.settings, smtp=nowhere), now=MORNING)
    assert "s3cret" not in f"{caught.value}{nowhere}"
    assert home.events(2) == ()
    assert send_due(home.settings, now=MORNING) == {"mai-daily": "sent"}
    with pytest.raises(ConfigurationError, match="FACET_SMTP_URL"):
        send_now(replace(home.settings, smtp=None), home.subscription("mai-daily"), now=MORNING)


def test_over_the_network_it_takes_tls_and_a_login(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.subscribe(mai_daily=MAI)
    chain, key = write_certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(chain, key)
    with mailbox(tls=context, login=("reports", "p%ssword:@/")) as box:
        smtp = Smtp(
            host="localhost", port=box.port, security="starttls", user="reports",
            password="p%ssword:@/",
        )  # fmt: skip
        settings = replace(home.settings, smtp=smtp)
        with pytest.raises(UnreachableError, match="SSLCertVerificationError"):
            send_due(settings, now=MORNING)
        monkeypatch.setenv("SSL_CERT_FILE", str(chain))
        wrong = replace(settings, smtp=replace(smtp, password="wr0ng"))
        with pytest.raises(UnreachableError, match="535") as caught:
            send_due(wrong, now=MORNING)
        assert "wr0ng" not in str(caught.value)
        assert send_due(settings, now=MORNING) == {"mai-daily": "sent"}
        assert len(box.mails) == 1
    with mailbox() as plain:  # a server that offers no TLS is not told a password
        settings = replace(settings, smtp=replace(smtp, port=plain.port))
        with pytest.raises(UnreachableError):
            send_now(settings, home.subscription("mai-daily"), now=MORNING)
        assert plain.logins == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtps://mail.example", ("mail.example", 465, "tls", None)),
        ("smtp://r%40x:p%2Fw@mail.example", ("mail.example", 587, "starttls", "r@x")),
        ("smtp://localhost:2525", ("localhost", 2525, "none", None)),
    ],
)
def test_the_mail_server_is_a_setting(url: str, expected: tuple[object, ...]) -> None:
    smtp = Settings.from_environment({"FACET_SMTP_URL": url}).smtp
    assert smtp is not None
    assert (smtp.host, smtp.port, smtp.security, smtp.user) == expected


@pytest.mark.parametrize(
    "url",
    ["http://u:s3cret@mail.example", "smtp://u:s3cret@:25", "s3cret", "smtp://u:s3crét@a.example"],
)
def test_another_address_is_refused_and_not_told(url: str) -> None:
    with pytest.raises(ConfigurationError, match="FACET_SMTP_URL") as caught:
        Settings.from_environment({"FACET_SMTP_URL": url})
    assert "s3cr" not in str(caught.value)
