"""Sending to one address: e-mail, webhook or chat, by apprise. Addresses are secret."""

import logging
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import unquote

if TYPE_CHECKING:
    from facet.alerts.settings import Severity

#: Shorter parts of an address are no secrets, and would tear holes into any sentence.
_SHORTEST_SECRET: Final = 4
_NOWHERE: Final = logging.NullHandler()
_KINDS: Final = {"critical": "failure", "warning": "warning", "info": "info"}


class Sender(Protocol):
    """What a message is sent by; `scheme` is all that is shown of where it leads."""

    @property
    def scheme(self) -> str:
        """The kind of address, such as ``mailto``."""

    def send(
        self, *, title: str, body: str, severity: "Severity", is_resolved: bool = False
    ) -> str | None:
        """Send a message; returns None where it was accepted, else why not, without secrets."""


class ChannelError(ValueError):
    """An address cannot be sent to; the text says what it must be."""


@dataclass(frozen=True)
class Channel:
    """One address, which holds secrets: nothing but its scheme is shown."""

    scheme: str
    _url: str = field(repr=False)

    @classmethod
    def of(cls, url: str) -> "Channel":
        """The channel of an address as apprise writes them, such as ``mailto://…``.

        Raises:
            ChannelError: nothing can be sent to it, or it would reach several at once: where one
                of them fails, the others would be sent the same again.
        """
        from apprise.plugins.email import NotifyEmail

        plugin = _plugin(url)
        if plugin is None:
            raise ChannelError(
                "an address that apprise can send to, such as mailto://… or json://…"
            )
        targets = list(getattr(plugin, "targets", None) or ())
        if isinstance(plugin, NotifyEmail):
            targets = [*plugin.targets, *plugin.cc, *plugin.bcc]
            if not targets:
                raise ChannelError("an address of e-mail with one recipient (to=…)")
        if len(targets) > 1:
            raise ChannelError("an address of one recipient; others are recipients of their own")
        return cls(url.partition(":")[0].lower(), url)

    def send(
        self, *, title: str, body: str, severity: "Severity", is_resolved: bool = False
    ) -> str | None:
        """Send a message.

        Returns:
            None where it was accepted; else why not, in a sentence without secrets.
        """
        from apprise import Apprise, NotifyFormat, NotifyType

        sender = Apprise()
        sender.add(_plugin(self._url))
        kind = "success" if is_resolved else _KINDS[severity]
        result = sender.notify(
            title=title, body=body, notify_type=NotifyType(kind), body_format=NotifyFormat.TEXT
        )
        if result:
            return None
        logs = [entry for sent in getattr(result, "results", ()) for entry in sent.logs()]
        reasons = [str(entry.message) for entry in logs if entry.level in ("WARNING", "ERROR")]
        return self._without_secrets(reasons[-1] if reasons else "It was not accepted.")

    def _without_secrets(self, text: str) -> str:
        """A sentence in which nothing of the address is left but its host."""
        address = self._url.partition("://")[2]
        host = re.split(r"[/?]", address)[0].rpartition("@")[2].partition(":")[0]
        for part in re.split(r"[/?&=:@,]", address):
            for secret in (part, unquote(part)):
                if len(secret) >= _SHORTEST_SECRET and secret != host:
                    text = text.replace(secret, "***")
        return " ".join(text.split())


def _plugin(url: str) -> Any:
    from apprise import Apprise

    for name in ("apprise", "urllib3"):  # on lower levels they write out addresses, secrets and all
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("apprise").addHandler(_NOWHERE)  # else warnings are printed, too
    return Apprise.instantiate(url, suppress_exceptions=True)
