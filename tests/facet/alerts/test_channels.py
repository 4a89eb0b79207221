"""Messages arrive where they are sent, and what is secret in an address stays there."""

import logging
import subprocess
import sys
from collections.abc import Callable, Mapping
from os import environ
from pathlib import Path
from typing import Any

import pytest

from facet.alerts.channels import Channel, ChannelError
from facet.config import Settings
from tests.facet.alerts.conftest import AS_OF, Mailbox
from tests.facet.alerts.webhook import Webhook

Configure = Callable[[Mapping[str, Any]], None]


def mailto(box: Mailbox, address: str, login: str = "") -> str:
    return (
        f"mailto://{login}127.0.0.1:{box.port}/?from=facet@example.com&to={address}&mode=insecure"
    )


def test_a_mail_arrives_as_it_was_written(mailbox: Mailbox) -> None:
    channel = Channel.of(mailto(mailbox, "chi@example.com"))
    title, body = "Tiêu đề: ễ ₫ & <b>", "Dòng một, ữ ệ.\n\n<script> & dòng hai"
    assert channel.send(title=title, body=body, severity="warning") is None
    [(address, mail)] = mailbox.mails
    assert (address, mail["to"]) == ("chi@example.com", "chi@example.com")
    assert mail["subject"] == title
    assert mail.get_content_type() == "text/plain"
    text = mail.get_content()  # type: ignore[attr-defined]
    assert text.replace("\r\n", "\n").strip() == body


def test_a_webhook_gets_title_text_and_kind(webhook: Webhook) -> None:
    channel = Channel.of(webhook.url("hook"))
    assert channel.send(title="Đ", body="ổ", severity="critical") is None
    assert channel.send(title="Đ", body="ổ", severity="critical", is_resolved=True) is None
    kinds = [(body["title"], body["message"], body["type"]) for _, body in webhook.received]
    assert kinds == [("Đ", "ổ", "failure"), ("Đ", "ổ", "success")]


@pytest.mark.parametrize(
    "url",
    [
        "nosuch://somewhere",
        "chi@example.com",
        "https://example.com/hook",
        "slack://token",
        "mailto://mail.example.com/?from=facet@example.com&to=nobody",
        "mailto://mail.example.com/?from=facet@example.com&to=a@example.com,b@example.com",
        "mailto://mail.example.com/?from=facet@example.com&to=a@example.com&bcc=b@example.com",
    ],
)
def test_what_reaches_nobody_or_several_is_no_channel(url: str) -> None:
    with pytest.raises(ChannelError):
        Channel.of(url)


def test_why_it_was_not_accepted_is_told_without_what_is_secret(
    webhook: Webhook, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    webhook.refusing.add("T0psecret")
    hook = Channel.of(webhook.url("T0psecret?+X-Key=k3ysecret").replace("//", "//u:pw-secret@"))
    mail = Channel.of(mailto(mailbox, "a@example.com", "user:pw-secret@"))  # no login there

    refused, unevaluated = (
        str(channel.send(title="t", body="b", severity="info")) for channel in (hook, mail)
    )

    assert "error=503" in refused
    assert 'submitting email to "127.0.0.1"' in unevaluated
    shown = f"{caplog.text} {hook!r} {mail!r}"
    assert "secret" not in shown
    assert repr(hook) == "Channel(scheme='json')"


def facet(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("facet"), "alerts", *arguments],
        env=environ | {"FACET_HOME": str(settings.home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_commands_tell_who_was_told_and_end_with_a_code_of_their_own(
    settings: Settings, webhook: Webhook, configure: Configure, record_run: Callable[..., None]
) -> None:
    record_run(AS_OF, "out of memory")
    login = webhook.url("ops").replace("//", "//u:pw-secret@")
    configure({"recipients": {"ops": {"url": login, "language": "vi"}}})
    tested = facet(settings, "test")
    assert (tested.returncode, tested.stdout) == (0, "  ops: 1 test, sent\n")
    assert webhook.titles("ops") == ["Facet liên lạc được với bạn"]

    webhook.refusing.add("ops")
    checked = facet(settings, "check")
    assert checked.returncode == 12
    assert checked.stderr.startswith("ops was not notified\nFailed to send JSON POST")
    webhook.refusing.clear()
    checked = facet(settings, "check")
    assert (checked.returncode, checked.stdout.splitlines()[-1]) == (0, "  ops: 2 firing, sent")

    listed = facet(settings, "list")
    assert listed.returncode == 0
    assert "run_failed           critical operations runs 1\n" in listed.stdout
    assert "ops: json, vi, business, operations, all tenants, from info\n" in listed.stdout
    assert "secret" not in listed.stdout + checked.stdout + checked.stderr
    assert "secret" not in (settings.home / "alerts.sqlite").read_bytes().decode("latin-1")
