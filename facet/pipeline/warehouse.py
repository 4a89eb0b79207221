"""The database that dbt builds in, for what a run writes there beside dbt."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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


def create_tables(execute: Execute, schema: str, tables: Mapping[str, Sequence[str]]) -> None:
    """Create what is missing of tables, each with the definitions of its columns."""
    execute(f"create schema if not exists {schema}")
    for name, columns in tables.items():
        execute(f"create table if not exists {schema}.{name} ({', '.join(columns)})")


def add_columns(execute: Execute, schema: str, tables: Mapping[str, Sequence[str]]) -> None:
    """Add what tables that an older Facet created lack of their columns."""
    for name, columns in tables.items():
        for column in columns:
            execute(f"alter table {schema}.{name} add column if not exists {column}")


def empty_tables(execute: Execute, schema: str, tables: Collection[str]) -> bool:
    """Empty tables; whether one held a row."""
    had = any(execute(f"select 1 from {schema}.{name} limit 1") for name in tables)
    for name in tables:
        execute(f"delete from {schema}.{name}")
    return had


def insert(execute: Execute, table: str, rows: Iterable[Sequence[Value]]) -> None:
    """Insert rows into a table, which is named with its schema, in one statement."""
    values = ", ".join(f"({', '.join(map(constant, row))})" for row in rows)
    if values:
        execute(f"insert into {table} values {values}")
