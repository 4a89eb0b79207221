"""The database that dbt builds in, for what a run writes there beside dbt."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

import duckdb

from facet.config import Settings
from facet.operational.connection import connect
from facet.operational.findings import Execute
from facet.quoting import constant

Value = str | int | float | bool | date | datetime | None


@contextmanager
def writing(settings: Settings, url: str) -> Iterator[Execute]:
    """One transaction in it; statements return their rows."""
    if settings.engine == "duckdb":
        with duckdb.connect(str(settings.warehouse_path)) as warehouse:
            warehouse.execute("set timezone = 'UTC'")
            warehouse.begin()
            yield lambda statement: warehouse.execute(statement).fetchall()
            warehouse.commit()
    else:
        with connect(url) as postgres:

            def execute(statement: str) -> list[tuple[object, ...]]:
                done = postgres.execute(statement.encode())
                return done.fetchall() if done.description else []

            yield execute


def insert(execute: Execute, table: str, rows: Iterable[Sequence[Value]]) -> None:
    """Insert rows into a table, which is named with its schema, in one statement."""
    values = ", ".join(f"({', '.join(map(constant, row))})" for row in rows)
    if values:
        execute(f"insert into {table} values {values}")
