"""The file of what people keep: ``saved.sqlite``, shared by every server of a home.

Every key begins with the tenant: nothing is ever looked for without it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal, Self

from facet.config import Settings
from facet.errors import FacetError
from facet.shared_file import shared_file, transaction

FILE_NAME: Final = "saved.sqlite"
#: By the version that they lead to, from 1 on; whoever opens the file brings it up to date.
_STEPS: Final = (
    """
    create table views (
        tenant_id integer not null,
        view_id text not null,
        user_id integer not null,
        name text not null,
        name_key text not null,
        page text not null,
        address text not null,
        is_shared integer not null,
        changed_at text not null,
        primary key (tenant_id, view_id),
        unique (tenant_id, user_id, name_key)
    ) strict;
    create table starts (
        tenant_id integer not null,
        user_id integer not null,
        page text,
        view_id text,
        primary key (tenant_id, user_id),
        check ((page is null) <> (view_id is null))
    ) strict;
    create table notes (
        tenant_id integer not null,
        note_id text not null,
        user_id integer,
        start_date text not null,
        end_date text not null,
        text text not null,
        changed_at text not null,
        primary key (tenant_id, note_id),
        check (start_date <= end_date)
    ) strict;
    """,
    """
    create table tours (
        tenant_id integer not null,
        user_id integer not null,
        ended_at text not null,
        primary key (tenant_id, user_id)
    ) strict;
    """,
    """
    create table subscriptions (
        tenant_id integer not null,
        subscription_id text not null,
        user_id integer not null,
        recipient text not null,
        name text,
        page text not null,
        address text not null,
        every text not null,
        weekday integer not null,
        file_format text not null,
        language text not null,
        time_zone text,
        changed_at text not null,
        primary key (tenant_id, subscription_id),
        unique (tenant_id, user_id, page, address, every, weekday, file_format)
    ) strict;
    """,
    """
    create table alert_readers (
        tenant_id integer not null,
        user_id integer not null,
        recipient text not null,
        rules text not null,
        language text not null,
        time_zone text,
        changed_at text not null,
        primary key (tenant_id, user_id)
    ) strict;
    """,
)
VERSION: Final = len(_STEPS)

#: What people can mend themselves, each with a sentence in every language (``saved.<reason>``).
Refusal = Literal[
    "no_name", "long_name", "taken", "many", "gone", "no_text", "long_text", "days", "same"
]


class SavedError(FacetError):
    """The file of what people keep cannot be read or written."""

    exit_code = 8


class NotSavedError(Exception):
    """What somebody wanted to keep cannot be kept; `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason: Refusal = reason


def path_of(settings: Settings) -> Path:
    """The file of a home."""
    return settings.home / FILE_NAME


def now() -> str:
    """This moment as the file has moments."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True)
class OfUser:
    """What one user of a tenant keeps in the file."""

    path: Path
    tenant_id: int
    user_id: int

    @classmethod
    def of(cls, settings: Settings, *, tenant_id: int, user_id: int) -> Self:
        """That of a home."""
        return cls(path_of(settings), tenant_id, user_id)


@contextmanager
def saved_file(path: Path) -> Iterator[sqlite3.Connection]:
    """The open file within one transaction; all that is done with it happens, or none of it.

    Raises:
        SavedError: it is damaged, of a newer Facet, or cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(0o600)
        with shared_file(path, "") as file, transaction(file):
            _bring_up_to_date(path, file)
            yield file
    except (sqlite3.Error, OSError) as error:
        raise SavedError(
            str(path),
            why=f"What people keep cannot be read or written: {error}.",
            next_step="Check the disk and the owner of the file. Where it is damaged, put the one"
            " of a backup in its place, or move it aside: an empty one is made.",
        ) from error


def require_found(changed: sqlite3.Cursor) -> None:
    """Fail where a statement that changes or deletes something found nothing.

    Raises:
        NotSavedError: it is gone.
    """
    if not changed.rowcount:
        raise NotSavedError("gone")


def _bring_up_to_date(path: Path, file: sqlite3.Connection) -> None:
    (version,) = file.execute("pragma user_version").fetchone()
    if version > VERSION:
        raise SavedError(
            f"{path} is of a newer Facet",
            why=f"It has version {version}; this Facet knows {VERSION}.",
            next_step="Use the newer Facet.",
        )
    for step in _STEPS[version:]:
        for statement in step.split(";"):
            file.execute(statement)
    if version < VERSION:
        file.execute(f"pragma user_version = {VERSION}")
