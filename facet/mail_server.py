"""The server that mail goes through and the sender, as settings name them."""

import re
from dataclasses import dataclass, field
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from facet.errors import ConfigurationError

_URL: Final = "smtp://user:password@host:587 or smtps://user:password@host:465"
_ADDRESS: Final = r"[^@\s<>]+@[^@\s<>]+"
_HERE: Final = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, kw_only=True)
class Smtp:
    """The server that mail goes through; without TLS only on this machine."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def smtp_of(name: str, url: str | None) -> Smtp | None:
    """The server that an address names; STARTTLS is demanded of any but this machine.

    Raises:
        ConfigurationError: it is no such address. The value, with its password, is not told.
    """
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port or (465 if parts.scheme == "smtps" else 587)
    except ValueError:
        parts, port = urlsplit(""), 0
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path not in ("", "/"):
        raise ConfigurationError(
            name,
            why=f"It must be {_URL}.",
            next_step="Set it so; what a URL cannot hold is percent-encoded.",
        )
    user = unquote(parts.username) if parts.username else None
    password = unquote(parts.password) if parts.password else None
    if not f"{user}{password}".isascii():
        raise ConfigurationError(
            name,
            why="Its user or password has letters that are not ASCII, with which nobody signs in.",
            next_step="Give the account there another password.",
        )
    is_here = parts.hostname in _HERE
    return Smtp(
        host=parts.hostname,
        port=port,
        security="tls" if parts.scheme == "smtps" else "none" if is_here else "starttls",
        user=user,
        password=password,
    )


def sender_of(name: str, text: str | None) -> str | None:
    """The sender of mails, with a name before the address or without.

    Raises:
        ConfigurationError: it is no address.
    """
    if text is None or re.fullmatch(rf"[^<>@\r\n]*<{_ADDRESS}>|{_ADDRESS}", text):
        return text
    raise ConfigurationError(
        f"{name}={text!r}",
        why="It must be an address such as Facet <reports@shop.example>.",
        next_step=f"Set {name} to one.",
    )
