"""A reader's session in PostgreSQL, and all that it got to see."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from facet.grants.readers import Readers

READERS = Readers()


@dataclass
class Session:
    """A reader's connection, and all that it got to see: rows, notices, errors."""

    connection: psycopg.Connection[tuple[Any, ...]]
    seen: list[str] = field(default_factory=list)

    def run(self, *statements: str) -> list[tuple[Any, ...]]:
        """Run statements; the rows of the last."""
        rows: list[tuple[Any, ...]] = []
        for statement in statements:
            try:
                cursor = self.connection.execute(statement.encode())
            except psycopg.Error as error:
                self.seen.append(f"{error} {error.diag.message_detail} {error.diag.context}")
                raise
            rows = cursor.fetchall() if cursor.description else []
            self.seen += map(str, rows)
        return rows


@contextmanager
def session_of(url: str, role: str) -> Iterator[Session]:
    with psycopg.connect(make_conninfo(url, user=role), autocommit=True) as connection:
        session = Session(connection)
        connection.add_notice_handler(
            lambda notice: session.seen.append(str(notice.message_primary))
        )
        yield session
