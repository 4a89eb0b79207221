"""Create the operational schema where it is missing, and refuse a database that has another one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from facet.errors import OperationalError
from facet.operational.catalogue import Catalogue, read_catalogue
from facet.operational.connection import Connection, connect, where

SQL_DIR = Path(__file__).parent / "sql"

_TABLE = re.compile(r"^create table if not exists (\w+)", re.MULTILINE)
_SCRATCH = "facet_expected"
_DIFFERENCES_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class CreateReport:
    """What ``create`` found and did; table names in the order of their files."""

    schema: str
    created: tuple[str, ...]
    stood: tuple[str, ...]


def create(url: str, *, schema: str = "public") -> CreateReport:
    """Create every table that is missing, with its constraints, indexes, triggers and comments.

    All of it happens in one transaction, one process at a time. What stands already is left alone,
    so that a second call changes nothing.

    Args:
        url: libpq URL of the database.
        schema: the schema that holds the tables; created if there is none.

    Raises:
        OperationalError: no server answers, it is too old, a privilege is missing, or a table of
            the same name lacks a column or has one of another type.
    """
    with connect(url) as connection:
        try:
            return _create(connection, schema)
        except psycopg.errors.InsufficientPrivilege as error:
            raise OperationalError(
                f"Schema {schema} of {where(url)}",
                why=f"{connection.info.user} may not create it: {error.diag.message_primary}.",
                next_step=f"Grant CREATE on the database and the schema to {connection.info.user}, "
                "or connect as the owner.",
            ) from error


def table_names() -> tuple[str, ...]:
    """Name every table that the SQL files create, in their order."""
    return tuple(name for _, text in _files() for name in _TABLE.findall(text))


def catalogue_of_files(url: str) -> Catalogue:
    """What the SQL files create, learnt by creating it in a schema that is then undone."""
    with connect(url) as connection, connection.transaction(force_rollback=True):
        _apply(connection, _SCRATCH)
        return read_catalogue(connection, _SCRATCH)


def _create(connection: Connection, schema: str) -> CreateReport:
    connection.execute("select pg_advisory_xact_lock(hashtext('facet.operational.create'))")
    stood = _standing(connection, schema)
    if stood:
        _require_expected_columns(connection, schema, stood)
    _apply(connection, schema)
    names = table_names()
    return CreateReport(
        schema=schema,
        created=tuple(name for name in names if name not in stood),
        stood=tuple(name for name in names if name in stood),
    )


def _files() -> Iterator[tuple[str, str]]:
    for path in sorted(SQL_DIR.glob("*.sql")):
        yield path.name, path.read_text(encoding="utf-8")


def _apply(connection: Connection, schema: str) -> None:
    exists = connection.execute("select from pg_namespace where nspname = %s", [schema]).rowcount
    if not exists:  # "if not exists" would ask for a privilege that is not needed
        connection.execute(sql.SQL("create schema {}").format(sql.Identifier(schema)))
    connection.execute(
        sql.SQL("set local search_path to {}").format(sql.Identifier(schema)),
    )
    for _, text in _files():
        connection.execute(text.encode())


def _standing(connection: Connection, schema: str) -> frozenset[str]:
    rows = connection.execute(
        "select relname from pg_class"
        " where relnamespace = to_regnamespace(quote_ident(%s)) and relname = any(%s)",
        [schema, list(table_names())],
    )
    return frozenset(name for (name,) in rows)


def _require_expected_columns(connection: Connection, schema: str, tables: frozenset[str]) -> None:
    """Compare what stands with the same tables created in a schema that is then undone."""
    with connection.transaction(force_rollback=True):
        _apply(connection, _SCRATCH)
        expected = _columns(connection, _SCRATCH)
    actual = _columns(connection, schema)
    differences = [
        f"{schema}.{table}.{column} is {actual.get((table, column), 'missing')} (needed: {needed})"
        for (table, column), needed in expected.items()
        if table in tables and actual.get((table, column)) != needed
    ]
    if differences:
        named = "; ".join(differences[:_DIFFERENCES_NAMED])
        more = len(differences) - _DIFFERENCES_NAMED
        raise OperationalError(
            f"Schema {schema} holds tables that are not Facet's",
            why=f"{named}{f'; and {more} more' if more > 0 else ''}.",
            next_step="Alter these columns, or create the schema elsewhere: --schema NAME.",
        )


def _columns(connection: Connection, schema: str) -> dict[tuple[str, str], str]:
    rows = connection.execute(
        """
        select class.relname, attribute.attname,
            format_type(attribute.atttypid, attribute.atttypmod)
        from pg_attribute as attribute
        inner join pg_class as class on class.oid = attribute.attrelid
        where class.relnamespace = to_regnamespace(quote_ident(%s))
            and class.relkind in ('r', 'p')
            and attribute.attnum > 0
            and not attribute.attisdropped
        order by class.relname, attribute.attnum
        """,
        [schema],
    )
    return {(table, column): data_type for table, column, data_type in rows}
