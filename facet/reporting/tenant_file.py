"""Opening one tenant's file so that nothing else can be reached from it."""

from pathlib import Path
from typing import Final

import duckdb

from facet.errors import ReleaseError

#: The name the file is attached as; the release's semantic manifest speaks of it.
DATABASE: Final = "warehouse"

_CONFIG: Final[dict[str, str | int | float | list[str]]] = {
    "memory_limit": "512MB",
    "threads": 2,
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}


def open_tenant_file(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a tenant's file, read-only, in a connection of its own.

    No other file, no network and no extension can be reached from the connection, and no setting
    of it can be changed. Its time zone is UTC.

    Raises:
        ReleaseError: the file is missing or damaged.
    """
    connection = duckdb.connect(":memory:", config=_CONFIG)
    try:
        connection.execute("set global TimeZone = 'UTC'")
        quoted = str(path).replace("'", "''")
        connection.execute(f"attach '{quoted}' as {DATABASE} (read_only)")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
    except duckdb.Error as error:
        connection.close()
        raise unreadable(path, error) from error
    return connection


def unreadable(path: Path, error: duckdb.Error) -> ReleaseError:
    """What to say of a tenant's file that DuckDB cannot read, and why."""
    return ReleaseError(
        f"{path.name} of release {path.parent.name} cannot be read",
        why=f"{error}.",
        next_step="Roll back with `facet release rollback`, or run `facet run`.",
    )
