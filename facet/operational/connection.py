"""Connections to the operational database, and what to say when there is none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from facet.errors import OperationalError

#: Oldest PostgreSQL that everything here works on.
MINIMUM_VERSION = 14

Connection = psycopg.Connection[tuple[Any, ...]]


@contextmanager
def connect(url: str, *, autocommit: bool = False) -> Iterator[Connection]:
    """Connect to PostgreSQL; commit at the end, roll back on an error, always close.

    Args:
        url: ``postgresql://user:password@host:port/database`` or ``…/database?host=/socket/dir``.
        autocommit: commit each statement by itself.

    Raises:
        OperationalError: the URL is malformed, nobody answers, or PostgreSQL is older than 14.
    """
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
            connection.execute("set local statement_timeout = 0")
            connection.execute("set local row_security = off")
            yield connection
        except psycopg.Error as error:
            raise OperationalError(
                where(url),
                why=f"It cannot be read: {error.diag.message_primary or _sentence(error)}.",
                next_step=f"Give {connection.info.user} SELECT on all operational tables.",
            ) from error


def reader(connection: Connection) -> Callable[[str], list[tuple[Any, ...]]]:
    """Run statements without parameters, and return their rows."""
    return lambda statement: connection.execute(statement.encode()).fetchall()


def where(url: str) -> str:
    """Name the database of a URL, without its password."""
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        return "the operational database"
    return f"database {parts.get('dbname', '(default)')} on {parts.get('host', 'localhost')}"


def _sentence(error: psycopg.Error) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text if text.endswith((".", "?", "!")) else f"{text}."
