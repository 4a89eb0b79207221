"""The record of alerts and of messages about them: ``alerts.sqlite`` in the home.

Each change is one transaction: whenever the process dies, what stands there is what was done. A
message that was sent, but died before that was written, is sent a second time.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from facet.alerts.finding import Finding, Unevaluated, Value
from facet.config import Settings
from facet.shared_file import shared_file, transaction

#: What a message says: an alert began, is still open, has ended; or nothing, in a test.
Kind = Literal["firing", "reminder", "resolved", "test"]

FILE_NAME: Final = "alerts.sqlite"
_SCHEMA: Final = """
create table if not exists alerts (
    id integer primary key autoincrement,
    rule text not null,
    tenant_id integer,
    subject text not null,
    content text not null,
    began_at text not null,
    ended_at text
) strict;
create unique index if not exists open_alerts
    on alerts (rule, coalesce(tenant_id, -1), subject) where ended_at is null;
create table if not exists sendings (
    id integer primary key autoincrement,
    alert_id integer references alerts (id) on delete cascade,
    recipient text not null,
    kind text not null,
    at text not null,
    error text
) strict;
create index if not exists sendings_of_alert on sendings (alert_id, recipient);
create table if not exists samples (
    name text not null,
    tenant_id integer not null,
    at text not null,
    value integer not null,
    primary key (name, tenant_id, at)
) strict;
"""


@dataclass(frozen=True, kw_only=True)
class Alert:
    """A state that a rule found: open, or ended (`ended_at`)."""

    id: int
    rule: str
    tenant_id: int | None
    subject: str
    values: Mapping[str, Value]
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Sending:
    """A message to a recipient about an alert (None: a test); `error`: why it was refused."""

    alert_id: int | None
    recipient: str
    kind: Kind
    at: datetime
    error: str | None = None


class AlertRecord:
    """The record of a home. Moments are in UTC."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def of(cls, settings: Settings) -> Iterator["AlertRecord"]:
        """The record, while the block runs; made where it is missing.

        Raises:
            ConfigurationError: the home cannot be created.
            sqlite3.Error: the file cannot be read or written.
        """
        settings.create_home()
        with shared_file(settings.home / FILE_NAME, _SCHEMA) as connection:
            connection.execute("pragma foreign_keys = on")
            yield cls(connection)

    def update(
        self, found: Iterable[Finding], unevaluated: Iterable[Unevaluated], *, now: datetime
    ) -> None:
        """Open an alert for each new finding, update the others, end those without a finding.

        Alerts of rules that could not be evaluated stay as they are.
        """
        unseen = {(one.rule, one.tenant_id) for one in unevaluated}
        open_alerts = {_key(alert): alert.id for alert in self.alerts() if alert.ended_at is None}
        with transaction(self._connection):
            for one in found:
                content = json.dumps(dict(one.values), ensure_ascii=False)
                known = open_alerts.pop(_key(one), None)
                if known is None:
                    self._connection.execute(
                        "insert into alerts (rule, tenant_id, subject, content, began_at)"
                        " values (?, ?, ?, ?, ?)",
                        (one.rule, one.tenant_id, one.subject, content, now.isoformat()),
                    )
                else:
                    self._connection.execute(
                        "update alerts set content = ? where id = ?", (content, known)
                    )
            for (rule, tenant_id, _), alert_id in open_alerts.items():
                if (rule, None) not in unseen and (rule, tenant_id) not in unseen:
                    self._connection.execute(
                        "update alerts set ended_at = ? where id = ?", (now.isoformat(), alert_id)
                    )

    def alerts(self) -> tuple[Alert, ...]:
        """All alerts on record, in the order in which they began."""
        rows = self._connection.execute(
            "select id, rule, tenant_id, subject, content, began_at, ended_at"
            " from alerts order by id"
        )
        return tuple(
            Alert(
                id=alert_id,
                rule=rule,
                tenant_id=tenant_id,
                subject=subject,
                values=json.loads(content),
                began_at=datetime.fromisoformat(began_at),
                ended_at=None if ended_at is None else datetime.fromisoformat(ended_at),
            )
            for alert_id, rule, tenant_id, subject, content, began_at, ended_at in rows
        )

    def sent(self, sendings: Iterable[Sending]) -> None:
        """Add messages, accepted or refused."""
        with transaction(self._connection):
            self._connection.executemany(
                "insert into sendings (alert_id, recipient, kind, at, error)"
                " values (?, ?, ?, ?, ?)",
                [
                    (one.alert_id, one.recipient, one.kind, one.at.isoformat(), one.error)
                    for one in sendings
                ],
            )

    def last_sent(self, recipient: str) -> Mapping[int, Sending]:
        """A recipient's last accepted message about each alert, by the alert's id."""
        accepted = (
            one for one in self.sendings() if one.recipient == recipient and one.error is None
        )
        return {one.alert_id: one for one in accepted if one.alert_id is not None}

    def sendings(self) -> tuple[Sending, ...]:
        """All messages in the order of sending."""
        rows = self._connection.execute(
            "select alert_id, recipient, kind, at, error from sendings order by id"
        )
        return tuple(
            Sending(
                alert_id=alert_id,
                recipient=recipient,
                kind=kind,
                at=datetime.fromisoformat(at),
                error=error,
            )
            for alert_id, recipient, kind, at, error in rows
        )

    def sampled(
        self, name: str, tenant_id: int, value: int, *, at: datetime, since: datetime
    ) -> tuple[int, ...]:
        """Keep how large something is, and answer how large it was since a moment, now included."""
        rows = self._connection.execute(
            "select at, value from samples where name = ? and tenant_id = ? order by at",
            (name, tenant_id),
        ).fetchall()
        moments = [datetime.fromisoformat(moment) for moment, _ in rows]
        # the last one before the span is what held when it began
        first = max((i for i, moment in enumerate(moments) if moment <= since), default=0)
        if not rows or rows[-1][1] != value:
            with transaction(self._connection):
                self._connection.execute(
                    "insert or replace into samples values (?, ?, ?, ?)",
                    (name, tenant_id, at.isoformat(), value),
                )
                self._connection.execute(
                    "delete from samples where name = ? and tenant_id = ? and at < ?",
                    (name, tenant_id, rows[first][0] if rows else ""),
                )
        return (*(known for _, known in rows[first:]), value)

    def forget(self, *, before: datetime) -> None:
        """Delete alerts that ended before a moment, with their sendings."""
        limit = before.isoformat()
        with transaction(self._connection):
            self._connection.execute("delete from alerts where ended_at < ?", (limit,))
            self._connection.execute(
                "delete from sendings where at < ? and alert_id is null", (limit,)
            )


def _key(one: Finding | Alert) -> tuple[str, int | None, str]:
    return one.rule, one.tenant_id, one.subject
