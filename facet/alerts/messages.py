"""Messages to a recipient, in their language and on their clocks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any, Final

from facet.alerts.record import Alert, Kind
from facet.alerts.settings import Recipient, Rule
from facet.reporting.present.formats import Formats
from facet.reporting.present.languages import DEFAULT, Language
from facet.yaml_file import read_yaml
from facet.zones import clock

_TITLE_LENGTH: Final = 150
#: More alerts of a rule than this are counted, not listed.
_LINES: Final = 20


@dataclass(frozen=True)
class Message:
    """A title of one line, and a text."""

    title: str
    body: str


def send(recipient: Recipient, rule: Rule, kind: Kind, alerts: Sequence[Alert]) -> str | None:
    """Send a recipient the message about alerts of a rule; returns why it could not be sent."""
    message = message_of(recipient, rule, kind, alerts)
    return recipient.channel.send(
        title=message.title,
        body=message.body,
        severity=rule.severity,
        is_resolved=kind == "resolved",
    )


def message_of(recipient: Recipient, rule: Rule, kind: Kind, alerts: Sequence[Alert]) -> Message:
    """The message about alerts of one rule: a line for each, and what to do."""
    words = _Words(recipient)
    lines = [_line(words, rule, kind, alert) for alert in alerts[:_LINES]]
    if left := len(alerts) - len(lines):
        lines.append(f"… + {left}")
    if kind != "resolved":
        lines.append(words.text(f"{rule.name}.next"))
    severity = words.text(f"severity.{rule.severity}")
    lines.append(words.text("footer", severity=severity, rule=rule.name))
    if recipient.rules is not None:
        lines.append(words.text("chosen"))
    title = words.text(f"kind.{kind}", title=_title(words, rule, alerts))
    return Message(_cut(title), "\n\n".join(lines))


def connection_test(recipient: Recipient, *, now: datetime) -> Message:
    """The message that proves that a recipient can be reached."""
    words = _Words(recipient)
    line = words.text("test.line", at=now.isoformat(), recipient=recipient.name)
    return Message(words.text("test.title"), line)


@lru_cache(maxsize=1)
def texts() -> dict[str, dict[Language, str]]:
    """All texts by key and language."""
    loaded: dict[str, dict[Language, str]] = read_yaml(Path(__file__).with_name("texts.yml"))
    return loaded


class _Words(Formatter):
    """Fills the gaps of texts as one recipient reads them."""

    def __init__(self, recipient: Recipient) -> None:
        self._language = recipient.language
        self._zone = clock(recipient.time_zone)
        self._formats = Formats.of(recipient.language, tenant_locale="", currency="USD")

    def text(self, key: str, **values: object) -> str:
        entry = texts()[key]
        return self.vformat(entry.get(self._language, entry[DEFAULT]), (), values)

    def format_field(self, value: Any, format_spec: str) -> str:
        """A value, written as what its gap asks for; a text on one line."""
        match format_spec:
            case "moment":
                moment = datetime.fromisoformat(value).astimezone(self._zone)
                return f"{self._formats.moment(moment)} ({self._zone.key})"
            case "day":
                return self._formats.day(date.fromisoformat(value))
            case "count" | "minutes":
                return self._formats.exact(
                    Decimal(value), "count" if format_spec == "count" else "minutes"
                )
            case "share":
                return self._formats.exact(Decimal(value), "rate")
        return " ".join(str(value).split())


def _title(words: _Words, rule: Rule, alerts: Sequence[Alert]) -> str:
    many = f"{rule.name}.many"
    if len(alerts) > 1 and many in texts():
        return words.text(many, count=len(alerts))
    return words.text(f"{rule.name}.title", **alerts[0].values)


def _line(words: _Words, rule: Rule, kind: Kind, alert: Alert) -> str:
    times: Mapping[str, Any] = {"began": alert.began_at.isoformat()}
    if alert.ended_at is not None:
        times = {**times, "ended": alert.ended_at.isoformat()}
    when = words.text("lasted" if "ended" in times else "since", **times)
    if kind == "resolved":
        return f"{words.text(f'{rule.name}.title', **alert.values)}. {when}"
    variant = alert.values.get("variant")
    key = f"{rule.name}.line" + (f".{variant}" if variant else "")
    return f"{words.text(key, **alert.values)} {when}"


def _cut(title: str) -> str:
    return title if len(title) <= _TITLE_LENGTH else f"{title[: _TITLE_LENGTH - 1]}…"
