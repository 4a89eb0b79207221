"""The mails of reports."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Final

from facet.config import Settings
from facet.mail_delivery import POLICY
from facet.one_line import in_a_line
from facet.reporting.present.export import MIME
from facet.reports.report import Order
from facet.reports.subscriptions import FileFormat
from facet.reports.unsubscribing import token_of, url_of

_TYPES: Final[Mapping[FileFormat, str]] = {"pdf": "application/pdf", "xlsx": MIME["xlsx"]}


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
    message = EmailMessage(policy=POLICY)
    message["From"] = sender
    name = in_a_line(view.principal.full_name)
    message["To"] = Address(name, addr_spec=subscription.recipient)
    subject = "report.subject" if kind == "report" else f"report.{kind}_subject"
    message["Subject"] = in_a_line(view.text(subject, **order.document.about))
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


def _message_id(order: Order, kind: str, address: str) -> str:
    """The same for the same report of the same day, so that a mail sent twice is known as one."""
    own = order.subscription
    key = f"{own.tenant_id}\n{own.name}\n{own.recipient}\n{order.day.isoformat()}\n{kind}"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{address.rpartition('@')[2]}>"
