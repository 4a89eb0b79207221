"""Connections to the operational database, and the errors where there is none."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from facet.errors import ConfigurationError, OperationalError

#: Oldest PostgreSQL that everything here works on.
MINIMUM_VERSION = 14

#: Lets a transaction that only reads take its time, whatever limits its role has; which there are
#: depends on the version. How long it waits for a lock stays as it is: who holds it has to
#: be seen to.
NO_TIMEOUTS = (
    "select count(set_config(name, '0', true)) from pg_settings where name in"
    " ('statement_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')"
)

#: A password where it stands as one: of an address, or of a connection string.
_PASSWORDS = (
    (re.compile(r"(://[^\s:/@]*:)[^\s@]+(?=@)"), r"\1***"),
    (re.compile(r"(\bpassword\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s'&]+)", re.IGNORECASE), r"\1***"),
)

Connection = psycopg.Connection[tuple[Any, ...]]


@contextmanager
def connect(url: str, *, autocommit: bool = False) -> Iterator[Connection]:
    """Connect to PostgreSQL; commit at the end, roll back on an error, always close.

    Args:
        url: ``postgresql://user:password@host:port/database`` or ``…/database?host=/socket/dir``.
        autocommit: commit each statement by itself.

    Raises:
        ConfigurationError: the URL is malformed.
        OperationalError: nobody answers, or PostgreSQL is older than 14.
    """
    parameters_of(url)
    try:
        connection = psycopg.connect(url, autocommit=autocommit, connect_timeout=10)
    except psycopg.Error as error:
        raise OperationalError(
            f"Cannot connect to {where(url)}",
            why=_sentence(error),
            next_step="Check that the server runs and that FACET_OPERATIONAL_URL names it.",
        ) from error
    with connection:
        major = connection.info.server_version // 10_000
        if major < MINIMUM_VERSION:
            raise OperationalError(
                where(url),
                why=f"It is PostgreSQL {major}; Facet needs {MINIMUM_VERSION} or later.",
                next_step="Upgrade the server, or name another one in FACET_OPERATIONAL_URL.",
            )
        yield connection


@contextmanager
def reading(url: str) -> Iterator[Connection]:
    """Connect for one transaction that only reads, sees one moment, and all rows of it or fails.

    Raises:
        OperationalError: as ``connect``; or what is read in the block cannot be read.
    """
    with connect(url) as connection:
        connection.read_only = True
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        try:
            connection.execute(NO_TIMEOUTS)
            connection.execute("set local row_security = off")
            yield connection
        except psycopg.Error as error:
            raise OperationalError(
                where(url),
                why=f"It cannot be read: {error.diag.message_primary or _sentence(error)}.",
                next_step=_what_helps(error, connection.info.user),
            ) from error


def reader(connection: Connection) -> Callable[[str], list[tuple[Any, ...]]]:
    """Run statements without parameters, and return their rows."""
    return lambda statement: connection.execute(statement.encode()).fetchall()


def parameters_of(url: str) -> dict[str, Any]:
    """The parameters of an address, by libpq's names.

    Raises:
        ConfigurationError: it is none; the error does not repeat it, as it may hold a password.
    """
    try:
        return dict(conninfo_to_dict(url))
    except psycopg.ProgrammingError:
        raise ConfigurationError(
            "The database's address: FACET_OPERATIONAL_URL, FACET_LEGACY_URL or --url",
            why="It is not the address of a PostgreSQL database.",
            next_step="Write it as postgresql://user:password@host:5432/database; what is neither"
            " a letter nor a digit in user or password is percent-encoded.",
        ) from None


def redacted(message: str) -> str:
    """A message in one line, without the passwords of addresses and connection strings in it."""
    for pattern, instead in _PASSWORDS:
        message = pattern.sub(instead, message)
    return " ".join(message.split())


def where(url: str) -> str:
    """Name the database of a URL, without its password."""
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        return "the operational database"
    return f"database {parts.get('dbname', '(default)')} on {parts.get('host', 'localhost')}"


def _what_helps(error: psycopg.Error, user: str) -> str:
    if isinstance(error, psycopg.errors.LockNotAvailable):
        return (
            "Somebody changes a table, as a migration does, for longer than the role's"
            " lock_timeout: wait until that has ended, then run it again."
        )
    if isinstance(error, psycopg.errors.UndefinedTable | psycopg.errors.UndefinedColumn):
        return "Have it be as the sources' YAML declares it: `facet sync` tells all that differs."
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return f"Give {user} SELECT on all operational tables."
    return "See the server's log, put that right, then run it again."


def _sentence(error: psycopg.Error) -> str:
    text = redacted(str(error)) or type(error).__name__
    return text if text.endswith((".", "?", "!")) else f"{text}."
