"""Marts as of one moment: first the digests of all tenants, then the rows of those to write.

Where many tenants' files are to be written, their rows are copied once, sorted by tenant, to a work
area in memory that DuckDB moves to disk where it has to; each file then takes its neighbours. Few
tenants' rows go from DuckDB's warehouse straight into their files: each is searched for in all of
a mart, but nothing is written twice. PostgreSQL has the moment in one transaction, and is copied.
"""

import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from facet.config import Settings
from facet.errors import ReleaseError
from facet.quoting import literal, quoted
from facet.release import tenant_files
from facet.release.digests import columns_of, digest, layout, sums_of, writer
from facet.release.tenant_files import Mart
from facet.sync.source import CATALOG, Source

#: The mart that says which tenants there are.
TENANTS_MART = "dim_tenants"
_WORK = "work.main"
#: So many tenants are few.
_FEW = 8


@dataclass(frozen=True, kw_only=True)
class Tenant:
    """A row of dim_tenants, as far as a release needs it."""

    tenant_id: int
    tenant_name: str
    is_demo: bool


class Marts:
    """All marts where they were built, and copies of their rows in files."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, source: str, engine: str, marts: Sequence[Mart]
    ) -> None:
        self._connection = connection
        self._source = source
        self._marts = marts
        self._is_copied = False
        self._relations = {mart.name: _relation(source, mart) for mart in marts}
        columns = {
            mart.name: columns_of(connection, self._relations[mart.name], mart) for mart in marts
        }
        #: Sums of each tenant's (None: nobody's) rows in each mart.
        self._sums = {
            mart.name: sums_of(
                connection, engine, self._relations[mart.name], mart, columns[mart.name]
            )
            for mart in marts
        }
        self._form = [writer(engine), [layout(mart, columns[mart.name]) for mart in marts]]

    def tenants(self) -> tuple[Tenant, ...]:
        """Every tenant of dim_tenants, by id."""
        rows = self._connection.execute(
            "select tenant_id, tenant_name, is_demo"
            f" from {self._relations[TENANTS_MART]} order by tenant_id"
        ).fetchall()
        return tuple(
            Tenant(tenant_id=tenant_id, tenant_name=tenant_name, is_demo=is_demo)
            for tenant_id, tenant_name, is_demo in rows
        )

    def rows(self, tenant_id: int) -> dict[str, int]:
        """How many rows a tenant has in each mart."""
        return {
            mart: sums[tenant_id].count if tenant_id in sums else 0
            for mart, sums in self._sums.items()
        }

    def rows_without_tenant(self, tenants: Sequence[Tenant]) -> dict[str, int]:
        """How many rows belong to no known tenant, by mart; marts that have none are left out."""
        known = {tenant.tenant_id for tenant in tenants}
        strays = {
            mart: sum(found.count for tenant_id, found in sums.items() if tenant_id not in known)
            for mart, sums in self._sums.items()
        }
        return {mart: count for mart, count in strays.items() if count}

    def digest(self, tenant_id: int) -> str:
        """The digest of a tenant's file: the same for the same content but for columns per run."""
        found = {mart: sums.get(tenant_id) for mart, sums in self._sums.items()}
        rows = {
            mart: (sums.count, sums.hashes) for mart, sums in found.items() if sums and sums.hashes
        }
        return digest([self._form, tenant_id, rows])

    def load(self, tenant_ids: Collection[int]) -> None:
        """Prepare to write tenants' files; what is read then is of the same moment."""
        self._is_copied = self._source == CATALOG or len(tenant_ids) > _FEW
        if self._is_copied:
            for mart in self._marts if tenant_ids else ():
                _copy(self._connection, self._source, mart, tenant_ids)
        self._connection.execute("commit")
        if self._is_copied:
            self._connection.execute(f"detach {self._source}")
        if len(tenant_ids) > 1:
            # a small table takes two threads of DuckDB's twice the time of one: who writes are many
            self._connection.execute("set threads = 1")

    def write(self, tenant_id: int, path: Path) -> None:
        """Write a loaded tenant's file and check its row counts; several threads may at once."""
        rows = {mart: self._rows_of(tenant_id, mart) for mart in self._marts}
        with self._connection.cursor() as cursor:
            tenant_files.write(cursor, path, rows)
            tenant_files.check(cursor, path, self.rows(tenant_id))

    def _rows_of(self, tenant_id: int, mart: Mart) -> str:
        """A query of a tenant's rows of a mart in the order that they are to have in a file."""
        condition = f"tenant_id = {int(tenant_id)}"
        if self._is_copied:
            return f"select * from {_WORK}.{quoted(mart.name)} where {condition}"
        return f"select * from {_relation(self._source, mart, condition)} order by {_order(mart)}"


@contextmanager
def gather(settings: Settings, *, url: str, marts: Sequence[Mart], folder: Path) -> Iterator[Marts]:
    """Open the marts, as they are at one moment.

    Args:
        settings: their engine says where the marts are: the warehouse's file, or PostgreSQL.
        url: the PostgreSQL database; not used for the DuckDB engine.
        marts: what to read.
        folder: an existing folder on the disk of the releases, for what memory has no room for.

    Raises:
        ReleaseError: a mart lacks a column that it should have, or there is no dim_tenants.
    """
    if TENANTS_MART not in {mart.name for mart in marts}:
        raise ReleaseError(
            "Nothing was published",
            why=f"There is no mart {TENANTS_MART}, which says which tenants there are.",
            next_step=f"Build {TENANTS_MART} as a table under models/marts.",
        )
    spilled = folder / "work.tmp"
    connection = duckdb.connect(
        config={
            "memory_limit": settings.memory_limit,
            "threads": settings.threads,
            "temp_directory": str(spilled),
            "autoinstall_known_extensions": False,
        }
    )
    try:
        connection.execute("set TimeZone = 'UTC'")
        source = _attach_source(connection, settings, url)
        connection.execute("attach ':memory:' as work")
        connection.execute("begin")
        yield Marts(connection, source, settings.engine, marts)
    finally:
        connection.close()
        shutil.rmtree(spilled, ignore_errors=True)


def _attach_source(connection: duckdb.DuckDBPyConnection, settings: Settings, url: str) -> str:
    """Attach the database that the marts were built in; return the name it is attached as."""
    if settings.engine == "postgres":
        Source(connection, url).attach()
        return CATALOG
    path = literal(str(settings.warehouse_path))
    connection.execute(f"attach {path} as built (read_only)")
    return "built"


def _relation(source: str, mart: Mart, condition: str = "true") -> str:
    """The rows of a mart; PostgreSQL itself reads them, in the snapshot of the transaction."""
    table = f"{quoted(mart.schema)}.{quoted(mart.name)}"
    if source == CATALOG:
        query = f"select * from {table} where {condition}"
        return f"postgres_query({literal(CATALOG)}, {literal(query)})"
    return f"(select * from {source}.{table} where {condition})"


def _copy(
    connection: duckdb.DuckDBPyConnection, source: str, mart: Mart, tenant_ids: Collection[int]
) -> None:
    listed = ", ".join(str(int(tenant_id)) for tenant_id in tenant_ids)
    rows = _relation(source, mart, f"tenant_id in ({listed})")
    connection.execute(
        f"create table {_WORK}.{quoted(mart.name)} as select * from {rows} order by {_order(mart)}"
    )


def _order(mart: Mart) -> str:
    return ", ".join(quoted(column) for column in dict.fromkeys(("tenant_id", *mart.sort_key)))
