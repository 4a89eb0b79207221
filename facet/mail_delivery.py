"""Handing mails to the server. What signs in there is never shown."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import default
from typing import Final

from facet.config import Settings
from facet.errors import ConfigurationError, DeliveryError
from facet.mail_server import Smtp

_SECONDS: Final = 30
#: Lines as long as SMTP lets them be: Python encodes an address that it would have to break, and
#: other programs do not read one so in List-Unsubscribe.
POLICY: Final = default.clone(max_line_length=998)


class UnreachableError(DeliveryError):
    """The mail server does not answer, or does not let in: nothing can be sent."""


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
        raise _not_delivered(smtp, error, UnreachableError) from error
    try:
        yield server
    finally:
        with suppress(OSError):
            server.quit()
        server.close()


def deliver(settings: Settings, server: smtplib.SMTP, message: EmailMessage) -> None:
    """Hand a mail to the server of `mail_server`.

    Raises:
        DeliveryError: it did not take it.
    """
    try:
        server.send_message(message)
    except OSError as error:
        assert settings.smtp is not None
        raise _not_delivered(settings.smtp, error, DeliveryError) from error


def _not_delivered(smtp: Smtp, error: Exception, kind: type[DeliveryError]) -> DeliveryError:
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
