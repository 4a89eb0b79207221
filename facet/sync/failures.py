"""Errors for failures to read PostgreSQL or to write the warehouse."""

import re
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
    duckdb.SerializationException,
)

_AGAIN = "then run it again; the copy is as it was."
#: A part of PostgreSQL's message, and what helps then.
_ADVICE = {
    "conflict with recovery": "Set hot_standby_feedback on the standby, or raise its"
    f" max_standby_streaming_delay, {_AGAIN}",
    "row-level security": "Read with a role that has BYPASSRLS.",
    "lock timeout": "Somebody changes the table, as a migration does, for longer than the role's"
    f" lock_timeout: wait until that has ended (pg_stat_activity names it), {_AGAIN}",
    "permission denied": f"Grant the role select on it, {_AGAIN}",
    "server closed the connection": "The server ended it: by a timeout of the role or the database"
    f" (transaction_timeout), a restart, or for want of memory. See its log, {_AGAIN}",
    "terminating connection": f"The server ended it: see its log, {_AGAIN}",
    "no space left on device": f"The server's disk is full: make room there, {_AGAIN}",
}
#: What DuckDB says of a file that it cannot make out, or not with this version.
_NO_DATABASE = re.compile(
    r"not a valid DuckDB database|[Cc]orrupt|checksum|database file with version number"
    r"|could not be deserialized|[Ss]erialization Error"
)


def broken(reason: str) -> bool:
    """Whether DuckDB finds a file damaged, or of a version that it does not read."""
    return _NO_DATABASE.search(reason) is not None


def restored(path: Path) -> str:
    """What to do about a warehouse that is damaged."""
    return (
        f"Put {path.name} of the last backup in its place. Without one, move it away and run"
        " `facet run`: everything is copied anew, but for the history that only the file had (the"
        " targets of goals), which begins again."
    )


@contextmanager
def translate_errors(what: str, *, source: Source, path: Path) -> Iterator[None]:
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
    advice = [step for part, step in _ADVICE.items() if part in reason.lower()]
    usual = f"Put that right, {_AGAIN}"
    return OperationalError(
        what,
        why=f"PostgreSQL could not be read. {reason.rstrip('.')}.",
        next_step=advice[0] if advice else usual,
    )


def _writing_failed(path: Path, error: Exception, reason: str) -> FacetError:
    if "Could not set lock" in reason:
        return BusyError(
            str(path),
            why=f"Another process has it open. {reason}",
            next_step="Wait for that process, or end it, then run it again.",
        )
    if broken(reason):
        return WarehouseError(
            str(path), why=f"It cannot be read. {reason.rstrip('.')}.", next_step=restored(path)
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
