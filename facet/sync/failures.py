"""What to say when reading PostgreSQL or writing the warehouse fails."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from facet.errors import BusyError, FacetError, OperationalError, WarehouseError
from facet.sync.source import Source

#: Marks of a message that comes from PostgreSQL, or from the way to it, and not from DuckDB.
_FROM_POSTGRES = (
    "ERROR:",
    "FATAL:",
    "Failed to prepare query",
    "Failed to execute query",
    "Failed to fetch",
    "connection to server",
    "server closed the connection",
    "could not receive data",
)
_ABOUT_THE_FILE = (
    duckdb.IOException,
    duckdb.OutOfMemoryException,
    duckdb.TransactionException,
    duckdb.FatalException,
)

#: A part of PostgreSQL's message, and what helps then.
_ADVICE = {
    "conflict with recovery": "Set hot_standby_feedback on the standby, or raise its"
    " max_standby_streaming_delay, then run it again.",
    "row-level security": "Read with a role that has BYPASSRLS.",
}


@contextmanager
def explained(what: str, *, source: Source, path: Path) -> Iterator[None]:
    """Raise what a person can act on for DuckDB's errors while ``what`` is read or written.

    Any other error of DuckDB is a defect of ours and passes as it is.

    Raises:
        OperationalError: PostgreSQL, or the way to it, failed.
        WarehouseError: the file at ``path`` could not be written, or memory ran out.
        BusyError: another process has that file open.
    """
    try:
        yield
    except duckdb.Error as error:
        reason = source.redacted(error)
        if any(mark in reason for mark in _FROM_POSTGRES):
            raise _reading_failed(what, reason) from None
        if isinstance(error, _ABOUT_THE_FILE):
            raise _writing_failed(path, error, reason) from None
        raise
    except OSError as error:
        raise _writing_failed(path, error, str(error)) from None


def _reading_failed(what: str, reason: str) -> OperationalError:
    advice = [step for part, step in _ADVICE.items() if part in reason]
    usual = "Put that right, then run it again; the copy is as it was."
    return OperationalError(
        what,
        why=f"PostgreSQL could not be read. {reason}",
        next_step=advice[0] if advice else usual,
    )


def _writing_failed(path: Path, error: Exception, reason: str) -> FacetError:
    if "Could not set lock" in reason:
        return BusyError(
            str(path),
            why=f"Another process has it open. {reason}",
            next_step="Wait for that process, or end it, then run it again.",
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        step = "Raise FACET_MEMORY_LIMIT, or make room, then run it again; the copy is as it was."
    else:
        step = "Make room or move FACET_HOME, then run it again; the copy is as it was."
    folder = next(folder for folder in path.parents if folder.exists())
    free = shutil.disk_usage(folder).free / 1e6
    return WarehouseError(
        str(path),
        why=f"It could not be written, with {free:,.0f} MB free in {folder}. {reason}",
        next_step=step,
    )
