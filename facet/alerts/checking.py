"""One check of a home: which alerts begin and end, and the messages that are due."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from facet.alerts import unrecorded
from facet.alerts.evaluation import evaluate
from facet.alerts.finding import Unevaluated
from facet.alerts.messages import connection_test, send
from facet.alerts.readers import readers
from facet.alerts.record import FILE_NAME, Alert, AlertRecord, Kind, Sending
from facet.alerts.settings import AlertSettings, Recipient, Rule, alert_settings
from facet.config import Settings
from facet.errors import AlertError, BusyError, FacetError
from facet.lock import exclusive


@dataclass(frozen=True, kw_only=True)
class Checked:
    """The result of a check: open alerts, messages (also refused ones), rules not evaluated."""

    open_alerts: tuple[Alert, ...]
    sendings: tuple[Sending, ...]
    unevaluated: tuple[Unevaluated, ...]

    @property
    def unsent(self) -> tuple[Sending, ...]:
        """What was not accepted; the next look sends it again."""
        return tuple(one for one in self.sendings if one.error is not None)


def check(settings: Settings, *, now: datetime | None = None) -> Checked:
    """Evaluate every rule on a home, and send recipients the messages that are due.

    Raises:
        ConfigurationError: ``alerts.yml`` says something that cannot be.
        BusyError: somebody else is just looking.
        AlertError: the record cannot be written, of which recipients are told.
    """
    moment = now or settings.as_of or datetime.now(UTC)
    rules = alert_settings(settings)
    with _exclusive(settings):
        try:
            with AlertRecord.of(settings) as record:
                checked = _check(settings, rules, record, now=moment)
        except sqlite3.Error as error:
            unrecorded.tell(settings, rules, error, now=moment)
            raise AlertError(
                str(settings.home / FILE_NAME),
                why=f"It cannot be read or written: {error}.",
                next_step="Free some space, or see whose file it is; alerts are sent again then.",
            ) from error
        unrecorded.forget(settings)
    return checked


def _check(
    settings: Settings, rules: AlertSettings, record: AlertRecord, *, now: datetime
) -> Checked:
    found, unevaluated = evaluate(settings, rules, record, now=now)
    record.update(found, unevaluated, now=now)
    record.forget(before=now - rules.keep)
    try:
        people, unknown = readers(settings, rules), []
    except FacetError as error:  # what alerts.yml names is sent for all that
        people, unknown = (), [_unsent("those who chose alerts on a page", error, now)]
    sendings = (
        *_send_due(rules, (*rules.recipients, *people), record, now=now),
        *unknown,
    )
    open_alerts = tuple(alert for alert in record.alerts() if alert.ended_at is None)
    return Checked(open_alerts=open_alerts, sendings=sendings, unevaluated=unevaluated)


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
                message = connection_test(recipient, now=moment)
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
def _exclusive(settings: Settings) -> Iterator[None]:
    settings.create_home()
    with exclusive(
        settings.home / "alerts.lock",
        lambda: BusyError(
            "Alerts are being checked",
            why="Another process is doing so.",
            next_step="Wait until it has ended; it sends what is due.",
        ),
    ):
        yield


def _unsent(recipient: str, error: FacetError, now: datetime) -> Sending:
    return Sending(alert_id=None, recipient=recipient, kind="firing", at=now, error=str(error))


def _send_due(
    rules: AlertSettings, recipients: Iterable[Recipient], record: AlertRecord, *, now: datetime
) -> Iterator[Sending]:
    """Send what is due, and write each message down before the next one."""
    for recipient in recipients:
        last_sent = record.last_sent(recipient.name)
        due = [
            (rule, kind, alert)
            for alert in record.alerts()
            if (rule := rules.rules.get(alert.rule)) is not None
            and recipient.receives(rule, alert.tenant_id)
            and (kind := _due(rules, recipient, rule, alert, last_sent.get(alert.id), now))
            is not None
        ]
        due.sort(key=lambda one: (one[0].name, one[1], one[2].id))
        for (rule_name, kind), group in groupby(due, key=lambda one: (one[0].name, one[1])):
            rule, alerts = rules.rules[rule_name], [alert for _, _, alert in group]
            error = send(recipient, rule, kind, alerts)
            sendings = [
                Sending(alert_id=alert.id, recipient=recipient.name, kind=kind, at=now, error=error)
                for alert in alerts
            ]
            record.sent(sendings)
            yield from sendings


def _due(
    rules: AlertSettings,
    recipient: Recipient,
    rule: Rule,
    alert: Alert,
    last: Sending | None,
    now: datetime,
) -> Kind | None:
    """The kind of message about an alert that is due to a recipient; None where none is.

    `last` is the last message about it that was accepted.
    """
    if rule.severity != "critical" and recipient.is_quiet(now):
        return None
    if alert.ended_at is not None:
        is_news = last is not None and last.kind != "resolved"
        return "resolved" if is_news and now - alert.ended_at <= rules.resend_after else None
    if last is None:
        return "firing"
    return "reminder" if now - last.at >= rules.resend_after else None
