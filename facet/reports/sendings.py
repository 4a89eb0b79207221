"""What was sent, told and unsubscribed: ``FACET_HOME/reports.sqlite``.

A report of a local date is sent once: its key is tenant, name and that date.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from facet.config import Settings
from facet.errors import WarehouseError
from facet.reports.subscriptions import Subscription
from facet.shared_file import shared_file, transaction

#: `sent`; `notice`: the recipient was told that it is late; `refused`: they may not have it.
Outcome = Literal["sent", "notice", "refused"]

_KEPT: Final = timedelta(days=400)
_SCHEMA: Final = """
create table if not exists sendings (
    tenant_id integer not null,
    name text not null,
    local_date text not null,
    outcome text not null,
    at text not null,
    primary key (tenant_id, name, local_date)
) strict;
create table if not exists unsubscribed (
    tenant_id integer not null,
    name text not null,
    recipient text not null,
    at text not null,
    primary key (tenant_id, name, recipient)
) strict;
"""


@dataclass(frozen=True, kw_only=True)
class Sending:
    """What came of the report of a local date, and when."""

    local_date: date
    outcome: Outcome
    at: datetime


@dataclass(frozen=True)
class Sendings:
    """The sendings of one home. Safe for processes beside each other."""

    path: Path

    @classmethod
    def of(cls, settings: Settings) -> "Sendings":
        """The sendings of a home."""
        return cls(settings.home / "reports.sqlite")

    def last(self, subscription: Subscription) -> Sending | None:
        """The latest by date; None where there never was one."""
        with self._file() as file:
            row = file.execute(
                "select local_date, outcome, at from sendings where tenant_id = ? and name = ?"
                " order by local_date desc limit 1",
                [subscription.tenant_id, subscription.name],
            ).fetchone()
        if row is None:
            return None
        day, outcome, at = row
        return Sending(
            local_date=date.fromisoformat(day), outcome=outcome, at=datetime.fromisoformat(at)
        )

    def outcome(self, subscription: Subscription, day: date) -> Outcome | None:
        """What came of the report of a local date so far."""
        with self._file() as file:
            row = file.execute(
                "select outcome from sendings where tenant_id = ? and name = ? and local_date = ?",
                [subscription.tenant_id, subscription.name, day.isoformat()],
            ).fetchone()
        return None if row is None else row[0]

    def record(self, subscription: Subscription, day: date, outcome: Outcome) -> None:
        """Keep what came of it; on disk when this returns."""
        with self._file() as file:
            file.execute("delete from sendings where at < ?", [_now(-_KEPT)])
            file.execute(
                "insert or replace into sendings values (?, ?, ?, ?, ?)",
                [subscription.tenant_id, subscription.name, day.isoformat(), outcome, _now()],
            )

    def is_unsubscribed(self, subscription: Subscription, recipient_key: str) -> bool:
        """Whether the recipient wants no more of it."""
        with self._file() as file:
            return bool(
                file.execute(
                    "select 1 from unsubscribed where tenant_id = ? and name = ? and recipient = ?",
                    [subscription.tenant_id, subscription.name, recipient_key],
                ).fetchone()
            )

    def unsubscribe(self, subscription: Subscription, recipient_key: str) -> bool:
        """Keep that the recipient wants no more of it; False where that was known."""
        with self._file() as file:
            cursor = file.execute(
                "insert or ignore into unsubscribed values (?, ?, ?, ?)",
                [subscription.tenant_id, subscription.name, recipient_key, _now()],
            )
            return cursor.rowcount == 1

    def resubscribe(self, subscription: Subscription, recipient_key: str) -> bool:
        """Forget that the recipient wanted no more of it; False where they never said so."""
        with self._file() as file:
            cursor = file.execute(
                "delete from unsubscribed where tenant_id = ? and name = ? and recipient = ?",
                [subscription.tenant_id, subscription.name, recipient_key],
            )
            return cursor.rowcount == 1

    @contextmanager
    def _file(self) -> Iterator[sqlite3.Connection]:
        try:
            with shared_file(self.path, _SCHEMA) as file, transaction(file):
                yield file
        except sqlite3.Error as error:
            raise WarehouseError(
                str(self.path),
                why=f"What was sent cannot be read or written: {error}.",
                next_step="Free some space, or restore the file from a backup; without it reports"
                " of today may be sent again.",
            ) from error


def _now(after: timedelta = timedelta()) -> str:
    return (datetime.now(UTC) + after).isoformat(timespec="seconds")
