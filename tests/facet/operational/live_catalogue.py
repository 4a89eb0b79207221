"""What a live database's catalogue says of its columns and foreign keys."""

from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True)
class ForeignKey:
    table: str
    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]
    on_delete: str
    has_index: bool
    is_unique: bool
    same_types: bool


@pytest.fixture(scope="module")
def columns(database: Connection) -> dict[tuple[str, str], tuple[str, bool, str | None]]:
    """(table, column) → type, not null, comment."""
    return {
        (table, column): (data_type, not_null, comment)
        for table, column, data_type, not_null, comment in database.execute(
            """
            select relname, attname, format_type(atttypid, atttypmod), attnotnull,
                col_description(class.oid, attnum)
            from pg_attribute as attribute
            inner join pg_class as class on class.oid = attrelid
            where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0
            """
        )
    }


@pytest.fixture(scope="module")
def foreign_keys(database: Connection) -> list[ForeignKey]:
    return [
        ForeignKey(table, tuple(source), target, tuple(target_columns), *rest)
        for table, source, target, target_columns, *rest in database.execute(
            f"""
            select conrelid::regclass::text, {names_of("conrelid", "conkey")},
                confrelid::regclass::text, {names_of("confrelid", "confkey")}, confdeltype::text,
                exists (
                    select from pg_index
                    where indrelid = conrelid and indisvalid and indpred is null
                        and (indkey::smallint[])[0:cardinality(conkey) - 1] @> conkey
                ),
                exists (
                    select from pg_index
                    where indrelid = conrelid and indisunique and indpred is null
                        and indkey::smallint[] <@ conkey
                ),
                {types_of("conrelid", "conkey")} = {types_of("confrelid", "confkey")}
            from pg_constraint
            where contype = 'f' and connamespace = 'public'::regnamespace
            """
        )
    ]


def names_of(table: str, numbers: str) -> str:
    return (
        f"(select array_agg(attname::text order by position) from unnest({numbers})"
        f" with ordinality as listed (number, position)"
        f" inner join pg_attribute on attrelid = {table} and attnum = number)"
    )


def types_of(table: str, numbers: str) -> str:
    return (
        f"(select array_agg(atttypid order by position) from unnest({numbers})"
        f" with ordinality as listed (number, position)"
        f" inner join pg_attribute on attrelid = {table} and attnum = number)"
    )
