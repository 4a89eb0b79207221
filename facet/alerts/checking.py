"""One look at a home: what begins and ends, and who is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from filelock import FileLock, Timeout

from facet.alerts.finding import Unknown
from facet.alerts.messages import Message, message_of, reachable_message
from facet.alerts.record import Alert, AlertRecord, Kind, Sending
from facet.alerts.settings import AlertSettings, Recipient, Rule, alert_settings
from facet.alerts.watching import watch
from facet.config import Settings
from facet.errors import BusyError


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What came of a look: all that goes on, who was told (or could not be), what was not seen."""

    going_on: tuple[Alert, ...]
    sendings: tuple[Sending, ...]
    unknown: tuple[Unknown, ...]

    @property
    def unsent(self) -> tuple[Sending, ...]:
        """What was not accepted; the next look sends it again."""
        return tuple(one for one in self.sendings if one.error is not None)


def check(settings: Settings, *, now: datetime | None = None) -> Checked:
    """Look at a home by every rule, and tell recipients what they have not been told.

    Raises:
        ConfigurationError: ``alerts.yml`` says something that cannot be.
        BusyError: somebody else is just looking.
    """
    moment = now or datetime.now(UTC)
    rules = alert_settings(settings)
    with _alone(settings), AlertRecord.of(settings) as record:
        found, unknown = watch(settings, rules, record, now=moment)
        record.update(found, unknown, now=moment)
        record.forget(before=moment - rules.keep)
        sendings = tuple(_tell(rules, record, now=moment))
        going_on = tuple(alert for alert in record.alerts() if alert.ended_at is None)
    return Checked(going_on=going_on, sendings=sendings, unknown=unknown)


def send_test(
    settings: Settings, *, only: str | None = None, now: datetime | None = None
) -> tuple[Sending, ...]:
    """Send every recipient, or one, a message that says that they can be reached.

    Raises:
        ConfigurationError: ``alerts.yml`` says something that cannot be.
    """
    moment = now or datetime.now(UTC)
    sendings = []
    with AlertRecord.of(settings) as record:
        for recipient in alert_settings(settings).recipients:
            if only in (None, recipient.name):
                message = reachable_message(recipient, now=moment)
                error = recipient.channel.send(
                    title=message.title, body=message.body, severity="info"
                )
                sending = Sending(
                    alert_id=None, recipient=recipient.name, kind="test", at=moment, error=error
                )
                record.sent([sending])
                sendings.append(sending)
    return tuple(sendings)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    settings.create_home()
    lock = FileLock(settings.home / "alerts.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise BusyError(
            "Alerts are being checked",
            why="Another process is doing so.",
            next_step="Wait until it has ended; it tells what there is to tell.",
        ) from None
    try:
        yield
    finally:
        lock.release()


def _tell(rules: AlertSettings, record: AlertRecord, *, now: datetime) -> Iterator[Sending]:
    """Send what is due, and write each message down before the next one."""
    for recipient in rules.recipients:
        told = record.told(recipient.name)
        due = [
            (rule, kind, alert)
            for alert in record.alerts()
            if (rule := rules.rules.get(alert.rule)) is not None
            and recipient.gets(rule, alert.tenant_id)
            and (kind := _due(rules, recipient, rule, alert, told.get(alert.id), now)) is not None
        ]
        due.sort(key=lambda one: (one[0].name, one[1], one[2].id))
        for (rule_name, kind), group in groupby(due, key=lambda one: (one[0].name, one[1])):
            rule, alerts = rules.rules[rule_name], [alert for _, _, alert in group]
            error = _send(recipient, rule, kind, message_of(recipient, rule, kind, alerts))
            sendings = [
                Sending(alert_id=alert.id, recipient=recipient.name, kind=kind, at=now, error=error)
                for alert in alerts
            ]
            record.sent(sendings)
            yield from sendings


def _send(recipient: Recipient, rule: Rule, kind: Kind, message: Message) -> str | None:
    return recipient.channel.send(
        title=message.title, body=message.body, severity=rule.severity, is_over=kind == "over"
    )


def _due(
    rules: AlertSettings,
    recipient: Recipient,
    rule: Rule,
    alert: Alert,
    told: Sending | None,
    now: datetime,
) -> Kind | None:
    """Why a recipient is to be told of an alert now; None where they are not.

    `told` is the last message about it that was accepted.
    """
    if rule.severity != "critical" and recipient.is_quiet(now):
        return None
    if alert.ended_at is not None:
        is_news = told is not None and told.kind != "over"
        return "over" if is_news and now - alert.ended_at <= rules.resend_after else None
    if told is None:
        return "begun"
    return "again" if now - told.at >= rules.resend_after else None
