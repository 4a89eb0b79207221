"""Tokens by which programs and assistants ask: ``FACET_HOME/tokens.sqlite``.

A token is shown once, when it is made; the file has a digest of it. It is a person's, whose rights
are looked up whenever it is used, or a service's, with permissions of its own.
"""

import hashlib
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from facet.config import Settings
from facet.errors import ConfigurationError, WarehouseError
from facet.shared_file import shared_file, transaction

#: What tokens begin with, so that whoever finds one knows what it is.
PREFIX: Final = "facet_"
DEFAULT_DAYS: Final = 90
MOST_DAYS: Final = 366
_BYTES: Final = 32
#: That a token is used is written down so often, not at each request.
_USE_NOTED: Final = timedelta(hours=1)
#: So long after its end a token is forgotten.
_KEPT: Final = timedelta(days=400)
_SCHEMA: Final = """
create table if not exists tokens (
    id integer primary key autoincrement,
    digest text not null unique,
    tenant_id integer not null,
    user_id integer,
    name text not null,
    permissions text not null,
    created_at text not null,
    expires_at text not null,
    revoked_at text,
    used_at text
) strict;
"""
_COLUMNS: Final = (
    "id, tenant_id, user_id, name, permissions, created_at, expires_at, revoked_at, used_at"
)


@dataclass(frozen=True, kw_only=True)
class Token:
    """What is known of a token: whose it is, and from when to when it is good.

    `user_id` is None of a service, whose `permissions` these are; a person's are the CRM's.
    """

    id: int
    tenant_id: int
    user_id: int | None
    name: str
    permissions: frozenset[str]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None

    def why_not(self, now: datetime) -> str | None:
        """Why it opens nothing any more; None where it still does."""
        if self.revoked_at is not None:
            return f"It was revoked on {self.revoked_at:%Y-%m-%d %H:%M} UTC."
        if self.expires_at <= now:
            return f"It was good until {self.expires_at:%Y-%m-%d %H:%M} UTC."
        return None


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A token that was just made, with its text, which nobody learns again."""

    token: Token
    text: str = field(repr=False)


@dataclass(frozen=True)
class Tokens:
    """The tokens of one home. Safe for threads and for processes beside each other."""

    path: Path

    @classmethod
    def of(cls, settings: Settings) -> "Tokens":
        """The tokens of a home."""
        return cls(settings.home / "tokens.sqlite")

    def issue(
        self,
        *,
        tenant_id: int,
        name: str,
        user_id: int | None = None,
        permissions: frozenset[str] = frozenset(),
        days: int = DEFAULT_DAYS,
        now: datetime | None = None,
    ) -> Issued:
        """Make a token of a person (`user_id`) or of a service (`permissions`).

        Raises:
            ConfigurationError: it would be good for too long, or for no time.
            WarehouseError: it cannot be written.
        """
        if not 1 <= days <= MOST_DAYS:
            raise ConfigurationError(
                f"{days} days",
                why=f"A token is good for 1 to {MOST_DAYS} days.",
                next_step=f"Choose fewer, or leave it out for {DEFAULT_DAYS}.",
            )
        now = now or datetime.now(UTC)
        text = PREFIX + secrets.token_urlsafe(_BYTES)
        ends = now + timedelta(days=days)
        codes = " ".join(sorted(permissions))
        with self._file() as file, transaction(file):
            file.execute("delete from tokens where expires_at < ?", [_text(now - _KEPT)])
            cursor = file.execute(
                "insert into tokens (digest, tenant_id, user_id, name, permissions, created_at,"
                " expires_at) values (?, ?, ?, ?, ?, ?, ?)",
                [_digest(text), tenant_id, user_id, name, codes, _text(now), _text(ends)],
            )
            found = _one(file, "id = ?", cursor.lastrowid)
        assert found is not None
        return Issued(token=found, text=text)

    def find(self, text: str) -> Token | None:
        """The token of a text, good or not any more; None where there is none."""
        if not text.startswith(PREFIX) or not self.path.exists():
            return None
        with self._file() as file:
            return _one(file, "digest = ?", _digest(text))

    def note_use(self, token: Token, now: datetime) -> None:
        """Keep that a token was used, to the hour."""
        if token.used_at is None or now - token.used_at >= _USE_NOTED:
            with self._file() as file:
                file.execute("update tokens set used_at = ? where id = ?", [_text(now), token.id])

    def revoke(self, token_id: int, *, now: datetime | None = None) -> Token | None:
        """End a token; the one it was of, None where there is none or it had ended so before."""
        if not self.path.exists():
            return None
        with self._file() as file, transaction(file):
            changed = file.execute(
                "update tokens set revoked_at = ? where id = ? and revoked_at is null",
                [_text(now or datetime.now(UTC)), token_id],
            )
            return _one(file, "id = ?", token_id) if changed.rowcount else None

    def all(self, tenant_id: int | None = None) -> tuple[Token, ...]:
        """The tokens of a tenant, or of all, those made last first."""
        if not self.path.exists():
            return ()
        with self._file() as file:
            rows = file.execute(
                f"select {_COLUMNS} from tokens where ? is null or tenant_id = ? order by id desc",
                [tenant_id, tenant_id],
            ).fetchall()
        return tuple(map(_token, rows))

    @contextmanager
    def _file(self) -> Iterator[sqlite3.Connection]:
        try:
            if not self.path.exists():
                self.path.touch(0o600)
            with shared_file(self.path, _SCHEMA) as file:
                yield file
        except (sqlite3.Error, OSError) as error:
            raise WarehouseError(
                str(self.path),
                why=f"Tokens cannot be read or written: {error}.",
                next_step="Free some space, or restore the file from a backup.",
            ) from error


def _one(file: sqlite3.Connection, condition: str, value: object) -> Token | None:
    row = file.execute(f"select {_COLUMNS} from tokens where {condition}", [value]).fetchone()
    return None if row is None else _token(row)


def _token(row: tuple[int, int, int | None, str, str, str, str, str | None, str | None]) -> Token:
    token_id, tenant_id, user_id, name, permissions, created, expires, revoked, used = row
    return Token(
        id=token_id,
        tenant_id=tenant_id,
        user_id=user_id,
        name=name,
        permissions=frozenset(permissions.split()),
        created_at=datetime.fromisoformat(created),
        expires_at=datetime.fromisoformat(expires),
        revoked_at=datetime.fromisoformat(revoked) if revoked else None,
        used_at=datetime.fromisoformat(used) if used else None,
    )


def _digest(text: str) -> str:
    """A token is as long as a key: nobody finds it from its digest by trying."""
    return hashlib.sha256(text.encode()).hexdigest()


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
