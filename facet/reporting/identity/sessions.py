"""Sessions of people who signed in: how long they may last, and that they have ended.

The cookie that a browser holds lives for weeks and cannot be taken back. What ends a session is
therefore kept here, in a file that every server on this home shares and no restart forgets.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from facet.reporting.identity.claims import Claims
from facet.shared_file import shared_file, transaction

State = Literal["open", "expired", "idle", "over", "ended"]

_SCHEMA: Final = """
create table if not exists sessions (
    key text primary key,
    last_seen real not null,
    has_ended integer not null
)
"""
#: A click within so many seconds of the one before is not recorded.
_GRAIN_SECONDS: Final = 5
#: Clocks of the provider and of this machine may differ by so much.
LEEWAY: Final = timedelta(seconds=60)


@dataclass(frozen=True)
class Sessions:
    """The sessions of one home. Safe for threads and for servers beside each other."""

    path: Path
    idle: timedelta
    longest: timedelta

    def state(self, claims: Claims, now: datetime) -> State:
        """Whether a session is open at this click; an open one begins to be idle anew.

        ``expired``: its token was too old, or from the future, when it was first used. ``idle``:
        nobody clicked for too long. ``over``: it has lasted as long as any may. ``ended``: somebody
        signed out, or it was found to be one of those before.
        """
        with self._file() as file:
            row = file.execute(
                "select last_seen, has_ended from sessions where key = ?", [_key(claims)]
            ).fetchone()
            state = _state(self, claims, now, row)
            if state == "open":
                if row is None or now.timestamp() - row[0] >= _GRAIN_SECONDS:
                    file.execute(
                        "insert into sessions (key, last_seen, has_ended) values (?, ?, 0)"
                        " on conflict (key) do update set"
                        " last_seen = max(last_seen, excluded.last_seen)",
                        [_key(claims), now.timestamp()],
                    )
            elif state != "ended":
                self._end(file, claims, now)
        return state

    def end(self, claims: Claims, now: datetime) -> None:
        """Sign out: the session is not opened again, whoever holds its cookie."""
        with self._file() as file:
            self._end(file, claims, now)

    def _end(self, file: sqlite3.Connection, claims: Claims, now: datetime) -> None:
        file.execute(
            "insert into sessions (key, last_seen, has_ended) values (?, ?, 1)"
            " on conflict (key) do update set has_ended = 1",
            [_key(claims), now.timestamp()],
        )

    @contextmanager
    def _file(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with shared_file(self.path, _SCHEMA) as file, transaction(file):
            yield file


def _state(
    sessions: Sessions, claims: Claims, now: datetime, row: tuple[float, int] | None
) -> State:
    if row is None and (now > claims.expires_at + LEEWAY or claims.issued_at > now + LEEWAY):
        return "expired"
    if row is not None and row[1]:
        return "ended"
    if now - claims.issued_at > sessions.longest:
        return "over"
    if row is not None and now.timestamp() - row[0] > sessions.idle.total_seconds():
        return "idle"
    return "open"


def _key(claims: Claims) -> str:
    """One sign-in at the provider; who it was cannot be read from it."""
    parts = (claims.issuer, claims.subject, str(claims.issued_at.timestamp()), claims.nonce)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
