"""A real mail server that keeps what it is given."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


@dataclass
class Mailbox:
    """What a server took. `refused` are addresses that it does not take; `on_data` is called with
    each mail before the server says that it took it.
    """

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    on_data: Callable[[], None] = lambda: None

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refused:
            return "550 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.raw.append(envelope.content)
        self.recipients.append(list(envelope.rcpt_tos))
        self.on_data()
        return "250 OK"


@contextmanager
def mailbox(
    *, tls: ssl.SSLContext | None = None, login: tuple[str, str] | None = None
) -> Iterator[Mailbox]:
    """Serve while the block runs; with `tls` only after STARTTLS, with `login` only to that one."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        box = Mailbox(free.getsockname()[1])

    def authenticator(*arguments: Any) -> AuthResult:
        given = arguments[-1]
        assert isinstance(given, LoginPassword)
        box.logins.append((given.login, given.password))
        assert login is not None
        is_good = (given.login.decode(), given.password.decode()) == login
        return AuthResult(success=is_good, handled=is_good)

    secured: dict[str, Any] = {"tls_context": tls, "require_starttls": True} if tls else {}
    if login:
        secured |= {"auth_required": True, "authenticator": authenticator}
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **secured)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
