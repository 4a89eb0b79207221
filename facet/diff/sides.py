"""Both sides of a comparison in one connection: the build, and a release's files, read-only."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from facet.config import Settings
from facet.errors import WarehouseError
from facet.quoting import literal, quoted
from facet.release import Release
from facet.release.tenant_files import MARTS_SCHEMA

_BUILT: Final = "built"


class Sides:
    """Where each mart is before, in the release's files, and after, in the build."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        tenant_ids: Sequence[int],
        only: int | None = None,
    ) -> None:
        self.connection = connection
        #: The tenants with a file in the release.
        self.tenant_ids = tenant_ids
        self._only = "true" if only is None else f"tenant_id = {int(only)}"
        found = connection.execute(
            "select database_name, table_name, column_name, data_type from duckdb_columns()"
            " where schema_name = $schema order by column_index",
            {"schema": MARTS_SCHEMA},
        ).fetchall()
        #: The columns of each table, with their types, by database.
        self._tables: dict[str, dict[str, dict[str, str]]] = {}
        for database, table, column, kind in found:
            self._tables.setdefault(database, {}).setdefault(table, {})[column] = kind

    def before(self, mart: str) -> Mapping[str, str]:
        """The columns of a mart in the release, with their types; empty where it has none."""
        columns: dict[str, str] = {}
        for tenant_id in self.tenant_ids:
            columns |= self._tables.get(_file(tenant_id), {}).get(mart, {})
        return columns

    def after(self, mart: str) -> Mapping[str, str]:
        """The columns of a mart in the build, with their types; empty where it has none."""
        return self._tables.get(_BUILT, {}).get(mart, {})

    def marts_before(self) -> set[str]:
        """The marts of the release."""
        return {mart for of in self.tenant_ids for mart in self._tables.get(_file(of), {})}

    def rows_before(self, mart: str) -> str:
        """The rows of a mart in all files of the release."""
        there = [of for of in self.tenant_ids if mart in self._tables.get(_file(of), {})]
        return " union all by name ".join(f"select * from {file_table(of, mart)}" for of in there)

    def rows_after(self, mart: str) -> str:
        """The rows of a mart in the build."""
        return f"select * from {_BUILT}.{MARTS_SCHEMA}.{quoted(mart)} where {self._only}"

    def seen_before(self, tenant_id: int) -> Mapping[str, str]:
        """The statements that read each mart of a tenant as it is served."""
        there = self._tables.get(_file(tenant_id), {})
        return {mart: f"select * from {file_table(tenant_id, mart)}" for mart in there}

    def seen_after(self, tenant_id: int) -> Mapping[str, str]:
        """The same as built; what was not built is as it is served."""
        built = {
            mart: f"select * from {_BUILT}.{MARTS_SCHEMA}.{quoted(mart)}"
            f" where tenant_id = {int(tenant_id)}"
            for mart in self._tables.get(_BUILT, {})
        }
        return {**self.seen_before(tenant_id), **built}


def file_table(tenant_id: int, mart: str) -> str:
    """A mart in a tenant's file."""
    return f"{_file(tenant_id)}.{MARTS_SCHEMA}.{quoted(mart)}"


@contextmanager
def opened(
    settings: Settings, release: Release, build: Path, *, only: int | None = None
) -> Iterator[Sides]:
    """Open a build and a release's files, which nothing can write through the connection.

    Args:
        settings: memory and threads; the folder for what memory has no room for.
        release: what the build is compared with.
        build: a DuckDB file with marts.
        only: one tenant; None: all.

    Raises:
        WarehouseError: the build is not there, or something writes it.
    """
    there = [
        tenant
        for tenant in release.tenants
        if tenant.status != "missing" and only in (None, tenant.tenant_id)
    ]
    connection = duckdb.connect(
        config={
            "memory_limit": settings.memory_limit,
            "threads": settings.threads,
            "autoinstall_known_extensions": False,
        }
    )
    try:
        connection.execute("set TimeZone = 'UTC'")
        for tenant in there:
            path = literal(str(release.directory / tenant.file_name))
            connection.execute(f"attach {path} as {_file(tenant.tenant_id)} (read_only)")
        _attach_build(connection, build)
        yield Sides(connection, [tenant.tenant_id for tenant in there], only)
    finally:
        connection.close()


def _attach_build(connection: duckdb.DuckDBPyConnection, build: Path) -> None:
    try:
        connection.execute(f"attach {literal(str(build))} as {_BUILT} (read_only)")
    except duckdb.Error as error:
        raise WarehouseError(
            f"The build {build} cannot be read",
            why=f"{str(error).splitlines()[0]}.",
            next_step="Build with `dbt build` or `facet run`, and compare once that has ended.",
        ) from error


def _file(tenant_id: int) -> str:
    return f"tenant_{int(tenant_id)}"
