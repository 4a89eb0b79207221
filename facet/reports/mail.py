"""Mails and the server that takes them. What signs in there is never shown."""

import hashlib
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime, parseaddr
from typing import Final

from facet.config import Settings
from facet.errors import ConfigurationError, DeliveryError
from facet.mail_server import Smtp
from facet.reporting.present.export import MIME
from facet.reports.report import Order
from facet.reports.subscriptions import FileFormat
from facet.reports.unsubscribing import token_of, url_of

_SECONDS: Final = 30
#: Lines as long as SMTP lets them be: Python encodes an address that it would have to break, and
#: other programs do not read one so in List-Unsubscribe.
_POLICY: Final = default.clone(max_line_length=998)
_TYPES: Final[Mapping[FileFormat, str]] = {"pdf": "application/pdf", "xlsx": MIME["xlsx"]}


class UnreachableError(DeliveryError):
    """The mail server does not answer, or does not let in: nothing can be sent."""


def report_mail(
    settings: Settings, order: Order, files: Mapping[FileFormat, bytes]
) -> EmailMessage:
    """The mail of a report with its files."""
    message = _mail(settings, order, "report")
    end = f"{order.subscription.name.partition('.')[0]}_{order.day.isoformat()}"
    for kind, content in files.items():
        maintype, subtype = _TYPES[kind].split("/")
        message.add_attachment(
            content, maintype=maintype, subtype=subtype, filename=f"{end}.{kind}"
        )
    return message


def notice_mail(settings: Settings, order: Order, reason: str, until: str) -> EmailMessage:
    """The mail that says that a report is late, and no number."""
    return _mail(settings, order, "notice", reason=reason, until=until)


@contextmanager
def mail_server(settings: Settings) -> Iterator[smtplib.SMTP]:
    """A connection to the mail server, signed in, over TLS unless it is this machine.

    Raises:
        ConfigurationError: no server or sender is set up.
        DeliveryError: it cannot be reached, or does not let in.
    """
    smtp = settings.smtp
    if smtp is None or settings.mail_from is None:
        raise ConfigurationError(
            "FACET_SMTP_URL" if smtp is None else "FACET_MAIL_FROM",
            why="Reports are sent by mail, and it is not set.",
            next_step="Set both, as docs/reports.md says.",
        )
    try:
        server = _connected(smtp)
    except OSError as error:  # smtplib's own are of this kind
        raise not_delivered(smtp, error, UnreachableError) from error
    try:
        yield server
    finally:
        with suppress(OSError):
            server.quit()
        server.close()


def not_delivered(
    smtp: Smtp, error: Exception, kind: type[DeliveryError] = DeliveryError
) -> DeliveryError:
    """The error for what a mail server did not do; of it, only the code and the class are told.

    Its answer may quote an address.
    """
    code = getattr(error, "smtp_code", None)
    said = f" with code {code}" if code else ""
    return kind(
        f"The mail server {smtp.host}:{smtp.port}",
        why=f"It did not take the mail{said}: {type(error).__name__}.",
        next_step="See FACET_SMTP_URL and the server's log; what was not sent is tried again.",
    )


def _connected(smtp: Smtp) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if smtp.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            smtp.host, smtp.port, timeout=_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(smtp.host, smtp.port, timeout=_SECONDS)
    try:
        if smtp.security == "starttls":
            server.starttls(context=context)
        if smtp.user is not None:
            server.login(smtp.user, smtp.password or "")
    except BaseException:
        server.close()
        raise
    return server


def _mail(settings: Settings, order: Order, kind: str, **more: str) -> EmailMessage:
    """A mail to the one recipient, in their language, with how to end the report."""
    view, subscription = order.view, order.subscription
    sender = settings.mail_from or ""
    token = token_of(settings, subscription)
    url, address = url_of(settings, token, view.language), parseaddr(sender)[1]
    ending = (
        view.text("report.unsubscribe_mail", address=address, token=token)
        if url is None
        else view.text("report.unsubscribe_url", url=url)
    )
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender
    name = _in_a_line(view.principal.full_name)
    message["To"] = Address(name, addr_spec=subscription.recipient)
    subject = "report.subject" if kind == "report" else f"report.{kind}_subject"
    message["Subject"] = _in_a_line(view.text(subject, **order.document.about))
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = _message_id(order, kind, address)
    message["Auto-Submitted"] = "auto-generated"
    by_mail = f"<mailto:{address}?subject=unsubscribe%20{token}>"
    message["List-Unsubscribe"] = by_mail if url is None else f"<{url}>, {by_mail}"
    if url is not None and url.startswith("https://"):
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    greeting = view.text("report.greeting", name=name)
    message.set_content(
        view.text(
            "report.body" if kind == "report" else f"report.{kind}",
            greeting=greeting,
            unsubscribe=ending,
            as_of=order.document.as_of,
            **order.document.about,
            **more,
        )
    )
    return message


def _in_a_line(text: str) -> str:
    """A text as a header may have it: names in a CRM have line breaks and tabs in them."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _message_id(order: Order, kind: str, address: str) -> str:
    """The same for the same report of the same day, so that a mail sent twice is known as one."""
    own = order.subscription
    key = f"{own.tenant_id}\n{own.name}\n{own.recipient}\n{order.day.isoformat()}\n{kind}"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{address.rpartition('@')[2]}>"
