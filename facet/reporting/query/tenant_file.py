"""Opening one tenant's file so that nothing else can be reached from it.

A reader sees views of the file, made for what they may see: the rows of other people's performance
are not in them, and personal data are empty. The file itself has a name that no statement knows.
"""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb

from facet.errors import ReleaseError
from facet.quoting import literal, quoted
from facet.release.tenant_files import MARTS_SCHEMA, Privacy
from facet.reporting.identity.scope import DataScope

#: The name the views are under; the release's semantic manifest speaks of it.
DATABASE: Final = "warehouse"

_CONFIG: Final[dict[str, str | int | float | list[str]]] = {
    "memory_limit": "512MB",
    "threads": 2,
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}


def open_tenant_file(path: Path, sight: DataScope) -> duckdb.DuckDBPyConnection:
    """Open a tenant's file, read-only, in a connection of its own.

    No other file, no network and no extension can be reached from the connection, and no setting
    of it can be changed. Its time zone is UTC.

    Raises:
        ReleaseError: the file is missing or damaged.
    """
    connection = duckdb.connect(":memory:", config=_CONFIG)
    try:
        connection.execute("set global TimeZone = 'UTC'")
        file = f"file_{secrets.token_hex(8)}"
        connection.execute(f"attach {literal(str(path))} as {file} (read_only)")
        connection.execute(f"attach ':memory:' as {DATABASE}")
        connection.execute(f"create schema {DATABASE}.{MARTS_SCHEMA}")
        connection.execute(f"use {DATABASE}.{MARTS_SCHEMA}")  # where functions find their tables
        for statement in _views(connection, file, sight):
            connection.execute(statement)
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
    except duckdb.Error as error:
        connection.close()
        raise unreadable(path, error) from error
    return connection


def unreadable(path: Path, error: duckdb.Error) -> ReleaseError:
    """The error for a tenant's file that DuckDB cannot read."""
    return ReleaseError(
        f"{path.name} of release {path.parent.name} cannot be read",
        why=f"{error}.",
        next_step="Roll back with `facet release rollback`, or run `facet run`.",
    )


def _views(connection: duckdb.DuckDBPyConnection, file: str, sight: DataScope) -> Iterator[str]:
    """A view for each table of a file, and its functions, under the name that statements know."""
    here = f"{DATABASE}.{MARTS_SCHEMA}"
    tables = connection.execute(
        "select table_name, comment from duckdb_tables()"
        " where database_name = $file and schema_name = $schema",
        {"file": file, "schema": MARTS_SCHEMA},
    ).fetchall()
    for table, comment in tables:
        source = f"{file}.{MARTS_SCHEMA}.{quoted(table)}"
        seen = _seen(source, Privacy.parse(comment), sight)
        yield f"create view {here}.{quoted(table)} as {seen}"
    functions = connection.execute(
        "select function_name, array_to_string(parameters, ', '), macro_definition"
        " from duckdb_functions() where database_name = $file and function_type = 'macro'",
        {"file": file},
    ).fetchall()
    for name, parameters, definition in functions:
        yield f"create macro {here}.{quoted(name)}({parameters}) as {definition}"


def _seen(source: str, privacy: Privacy, sight: DataScope) -> str:
    """The visible rows and columns of a table."""
    hidden = {
        column: f"case when false then {quoted(column)} end"
        for column in (() if sight.has_personal_data else privacy.personal)
    }
    kept = []
    if sight.people is not None:
        people = ", ".join(str(int(user_id)) for user_id in sorted(sight.people)) or "null"
        kept = [f"{quoted(column)} in ({people})" for column in privacy.rows_of]
        hidden |= {
            column: f"case when {quoted(user_id)} in ({people}) then {quoted(column)} end"
            for column, user_id in (*zip(privacy.hides, privacy.hides, strict=True), *privacy.names)
        }
    replaced = ", ".join(f"{value} as {quoted(column)}" for column, value in hidden.items())
    columns = f"* replace ({replaced})" if replaced else "*"
    return f"select {columns} from {source}" + (f" where {' and '.join(kept)}" if kept else "")
