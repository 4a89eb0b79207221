"""The audit trail: a file that is only ever added to, shared by every server of a home.

SQLite refuses to change or delete what stands there, and each event carries a digest of the one
before it: whoever changes the file past SQLite breaks the chain, which `facet audit verify` sees.
Where old events are removed, an event says so, with the digest of the last of them: the chain goes
on from there.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal, get_args

from facet.config import Settings
from facet.shared_file import shared_file, transaction

Kind = Literal[
    "page",
    "question",
    "search",
    "export",
    "file",
    "report",
    "refused",
    "unsubscribe",
    "saved",
    "sign_out",
    "token",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_REMAIN: Final = """
create trigger if not exists events_remain before delete on events
begin select raise(abort, 'the audit trail is only added to'); end
"""
_SCHEMA: Final = f"""
create table if not exists events (
    id integer primary key autoincrement,
    at text not null,
    tenant_id integer,
    user_id integer,
    kind text not null,
    page text,
    release_id text,
    details text not null,
    digest text not null
) strict;
create index if not exists events_of_tenant on events (tenant_id, at);
create trigger if not exists events_stay before update on events
begin select raise(abort, 'the audit trail is only added to'); end;
{_REMAIN};
"""
#: The event that says that those before were removed; nobody's, so that no tenant reads it.
_TRIMMED: Final = "trimmed"
_CHECKED_AT_ONCE: Final = 10_000
_COLUMNS: Final = "at, tenant_id, user_id, kind, page, release_id, details"


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that somebody did or was refused.

    `tenant_id` and `user_id` are None where nobody is known. `details` hold what the kind needs:
    of a page its ``filters``, ``metrics`` and ``marts``; of a question its ``metrics``, ``by``,
    ``where``, ``days`` and ``rows``, the ``way`` by which it was asked and ``who`` did; of a search
    how many of each kind were ``found`` and the ids of ``customers`` among them; of an
    export the ``table``, its ``format`` and number of ``rows``; of a file the page or chart that it
    is of, and its ``format``; of a report its name, days and
    ``formats``; of what is saved ``what`` was done and the ``id`` of the thing; of a refusal its
    ``reason``; of a token whose it is, and whether it was ``made`` or ``revoked``.
    """

    at: datetime
    tenant_id: int | None
    user_id: int | None
    kind: Kind
    page: str | None = None
    release_id: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AuditTrail:
    """The trail of one home. Safe for threads and for servers beside each other."""

    path: Path

    @classmethod
    def of(cls, settings: Settings) -> "AuditTrail":
        """The trail of a home."""
        return cls(settings.home / "audit.sqlite")

    def record(self, event: Event) -> None:
        """Add an event; it is on disk when this returns.

        Raises:
            OSError: it cannot be written.
        """
        row = _row(event)
        try:
            with self._file() as file, transaction(file):
                _append(file, row)
        except sqlite3.Error as error:
            raise OSError(f"{self.path} cannot be written: {error}") from error

    def events(
        self, tenant_id: int, *, since: datetime, until: datetime, limit: int = 5000
    ) -> tuple[Event, ...]:
        """A tenant's events of a time, the latest first.

        Args:
            tenant_id: whose; nothing of others is returned.
            since: the first moment.
            until: the first moment after.
            limit: at most so many.
        """
        with self._file() as file:
            rows = file.execute(
                f"select {_COLUMNS} from events"
                " where tenant_id = ? and at >= ? and at < ? order by id desc limit ?",
                [tenant_id, _text(since), _text(until), limit],
            ).fetchall()
        return tuple(map(_event, rows))

    def of_user(
        self, tenant_id: int, user_id: int, *, limit: int
    ) -> tuple[tuple[datetime, str | None], ...]:
        """When a user last opened pages, the latest first, and of which release each was."""
        with self._file() as file:
            rows = file.execute(
                "select at, release_id from events where tenant_id = ? and user_id = ?"
                " and kind = 'page' order by at desc limit ?",
                [tenant_id, user_id, limit],
            ).fetchall()
        return tuple((datetime.fromisoformat(at), release_id) for at, release_id in rows)

    def acts(self, tenant_id: int, *, since: datetime) -> frozenset[tuple[int, Kind, str | None]]:
        """What a tenant's users did where since a moment: user, kind and page, each once."""
        with self._file() as file:
            rows = file.execute(
                "select distinct user_id, kind, page from events"
                " where tenant_id = ? and at >= ? and user_id is not null",
                [tenant_id, _text(since)],
            )
            return frozenset(rows)

    def begins_before(self, moment: datetime, *, tenant_id: int) -> bool:
        """Whether the trail of a tenant goes back to before a moment.

        Of what was removed before that it is not known whose it was: then it does.
        """
        with self._file() as file:
            query = "select exists (select 1 from events where at < ?"
            query += " and (tenant_id = ? or kind = ?))"
            return bool(file.execute(query, [_text(moment), tenant_id, _TRIMMED]).fetchone()[0])

    def first_broken(self) -> int | None:
        """The id of the first event that is not as it was written; None where all are."""
        with self._file() as file:
            last_id, before = _removed(file)
            query = f"select id, digest, {_COLUMNS} from events where id > ? order by id limit ?"
            # a part at a time, so that nobody who adds an event waits for the end
            while rows := file.execute(query, [last_id, _CHECKED_AT_ONCE]).fetchall():
                for event_id, digest, *row in rows:
                    if event_id != last_id + 1 or digest != _digest(before, row):
                        return int(event_id)
                    last_id, before = event_id, digest
        return None

    def trim(self, until: datetime) -> int:
        """Remove the events of before a moment, and record it in the trail.

        Returns:
            How many were removed.

        Raises:
            OSError: it cannot be written.
        """
        if not self.path.exists():
            return 0
        try:
            with self._file() as file:
                file.execute("pragma secure_delete = on")
                with transaction(file):
                    query = "select count(*), max(id) from events where id < coalesce("
                    query += "(select min(id) from events where at >= ?), 9223372036854775807)"
                    count, last = file.execute(query, [_text(until)]).fetchone()
                    if count:
                        _remove(file, count, last)
        except sqlite3.Error as error:
            raise OSError(f"{self.path} cannot be written: {error}") from error
        return int(count)

    @contextmanager
    def _file(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.path.exists():
            self.path.touch(0o600)
        with shared_file(self.path, _SCHEMA) as file:
            yield file


def _append(file: sqlite3.Connection, row: list[Any]) -> None:
    last = file.execute("select digest from events order by id desc limit 1").fetchone()
    file.execute(
        f"insert into events ({_COLUMNS}, digest) values (?, ?, ?, ?, ?, ?, ?, ?)",
        [*row, _digest(last[0] if last else "", row)],
    )


def _remove(file: sqlite3.Connection, count: int, last_id: int) -> None:
    """Remove the first events, to this one, after adding an event that records it."""
    (digest,) = file.execute("select digest from events where id = ?", [last_id]).fetchone()
    details = json.dumps({"count": count, "last_id": last_id, "digest": digest}, sort_keys=True)
    _append(file, [_text(datetime.now(UTC)), None, None, _TRIMMED, None, None, details])
    file.execute("drop trigger events_remain")
    file.execute("delete from events where id <= ?", [last_id])
    file.execute(_REMAIN)


def _removed(file: sqlite3.Connection) -> tuple[int, str]:
    """The id of the last event that was removed, and its digest; 0 and nothing where none was."""
    query = "select details from events where kind = ? order by id desc limit 1"
    said = file.execute(query, [_TRIMMED]).fetchone()
    details = json.loads(said[0]) if said else {"last_id": 0, "digest": ""}
    return int(details["last_id"]), str(details["digest"])


def _row(event: Event) -> list[Any]:
    details = json.dumps(event.details, ensure_ascii=False, sort_keys=True, default=str)
    return [
        _text(event.at),
        event.tenant_id,
        event.user_id,
        event.kind,
        event.page,
        event.release_id,
        details,
    ]


def _event(row: tuple[Any, ...]) -> Event:
    at, tenant_id, user_id, kind, page, release_id, details = row
    return Event(
        at=datetime.fromisoformat(at),
        tenant_id=tenant_id,
        user_id=user_id,
        kind=kind,
        page=page,
        release_id=release_id,
        details=json.loads(details),
    )


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _digest(before: str, row: list[Any]) -> str:
    return hashlib.sha256(json.dumps([before, *row], ensure_ascii=False).encode()).hexdigest()
