"""Notes on days of a tenant: what the numbers of a day cannot say, as that the shop was closed."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from facet.config import Settings
from facet.one_line import in_a_line
from facet.saved.file import NotSavedError, now, path_of, require_found, saved_file

TEXT_LENGTH: Final = 120
#: So many notes may a tenant have.
MOST: Final = 2000
_COLUMNS: Final = "note_id, user_id, start_date, end_date, text"


@dataclass(frozen=True, kw_only=True)
class Note:
    """What somebody wrote on a day, or on all days from one to another.

    `user_id` is who wrote it last; None where that is not kept any more.
    """

    note_id: str
    user_id: int | None
    start: date
    end: date
    text: str


@dataclass(frozen=True)
class Notes:
    """The notes of one tenant. Who may write is for the caller to know."""

    path: Path
    tenant_id: int

    @classmethod
    def of(cls, settings: Settings, *, tenant_id: int) -> "Notes":
        """Those of a home."""
        return cls(path_of(settings), tenant_id)

    def between(self, start: date, end: date) -> tuple[Note, ...]:
        """The notes on any of some days, the earliest first.

        Raises:
            SavedError: the file cannot be read.
        """
        if not self.path.exists():
            return ()
        with saved_file(self.path) as file:
            rows = file.execute(
                f"select {_COLUMNS} from notes"
                " where tenant_id = ? and start_date <= ? and end_date >= ?"
                " order by start_date, end_date, note_id",
                [self.tenant_id, end.isoformat(), start.isoformat()],
            ).fetchall()
        return tuple(map(_note, rows))

    def add(self, text: str, days: Sequence[date], *, user_id: int) -> Note:
        """Write a note on a day, or on the first to the last of two.

        Raises:
            NotSavedError: there is no text or day, the text is too long, or there are too many.
            SavedError: the file cannot be written.
        """
        text, start, end = _checked(text, days)
        note = Note(note_id=secrets.token_hex(8), user_id=user_id, start=start, end=end, text=text)
        with saved_file(self.path) as file:
            count = "select count(*) from notes where tenant_id = ?"
            if file.execute(count, [self.tenant_id]).fetchone()[0] >= MOST:
                raise NotSavedError("many")
            file.execute(
                f"insert into notes (tenant_id, {_COLUMNS}, changed_at)"
                " values (?, ?, ?, ?, ?, ?, ?)",
                [
                    *(self.tenant_id, note.note_id, user_id),
                    *(start.isoformat(), end.isoformat(), text, now()),
                ],
            )
        return note

    def change(self, note_id: str, text: str, days: Sequence[date], *, user_id: int) -> None:
        """Write another text or other days in a note.

        Raises:
            NotSavedError: as of `add`, or there is no such note.
            SavedError: the file cannot be written.
        """
        text, start, end = _checked(text, days)
        with saved_file(self.path) as file:
            changed = file.execute(
                "update notes set text = ?, start_date = ?, end_date = ?, user_id = ?,"
                " changed_at = ? where tenant_id = ? and note_id = ?",
                [
                    *(text, start.isoformat(), end.isoformat(), user_id, now()),
                    *(self.tenant_id, note_id),
                ],
            )
            require_found(changed)

    def delete(self, note_id: str) -> None:
        """Delete a note.

        Raises:
            NotSavedError: there is no such note.
            SavedError: the file cannot be written.
        """
        with saved_file(self.path) as file:
            gone = file.execute(
                "delete from notes where tenant_id = ? and note_id = ?", [self.tenant_id, note_id]
            )
            require_found(gone)


def _checked(text: str, days: Sequence[date]) -> tuple[str, date, date]:
    cleaned = in_a_line(text)
    if not cleaned:
        raise NotSavedError("no_text")
    if len(cleaned) > TEXT_LENGTH:
        raise NotSavedError("long_text")
    if not days:
        raise NotSavedError("days")
    return cleaned, min(days), max(days)


def _note(row: tuple[Any, ...]) -> Note:
    note_id, user_id, start, end, text = row
    return Note(
        note_id=note_id,
        user_id=user_id,
        start=date.fromisoformat(start),
        end=date.fromisoformat(end),
        text=text,
    )
