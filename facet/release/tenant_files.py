"""From marts to one DuckDB file per tenant.

Two steps: every mart is read once, in one transaction, sorted by tenant into a work file; then each
tenant's rows, which are neighbours there, are copied to a file of its own in the same order.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from importlib.resources import files
from pathlib import Path

import duckdb

from facet.config import Settings
from facet.errors import ReleaseError
from facet.quoting import literal, quoted
from facet.sync.source import CATALOG, Source

#: The schema of the marts in every tenant's file, whatever it was called where they were built.
MARTS_SCHEMA = "facet_marts"
#: The mart that says which tenants there are.
TENANTS_MART = "dim_tenants"


@dataclass(frozen=True, kw_only=True)
class Privacy:
    """What of a mart not everybody of its tenant may see; it goes with the table, as its comment.

    `rows_of`: columns of user ids; a row is of those people, and only for who may see them all.
    `hides`: columns of user ids that are empty for who may not see that person; `names`: names of
    people, each with the column of its user id, empty where that is. `personal`: columns that are
    empty for who may not see personal data.
    """

    rows_of: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    personal: tuple[str, ...] = ()

    @classmethod
    def parse(cls, comment: str | None) -> "Privacy":
        """Read the comment of a table; one without a comment hides nothing.

        Raises:
            ReleaseError: it hides something in a way that only another version of Facet knows.
        """
        content = json.loads(comment) if comment else {}
        if unknown := content.keys() - {of.name for of in fields(cls)}:
            raise ReleaseError(
                "What is to be hidden from whom",
                why=f"Another version of Facet wrote it: {', '.join(sorted(unknown))} is not known"
                " here, so nothing of it is shown.",
                next_step="Run `facet run`, or use that version.",
            )
        names = tuple((name, user_id) for name, user_id in content.pop("names", ()))
        return cls(names=names, **{key: tuple(columns) for key, columns in content.items()})

    def comment(self) -> str:
        """The comment that records it."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, kw_only=True)
class Mart:
    """A table to publish: where it is, and what its rows are sorted by within a tenant."""

    name: str
    schema: str = MARTS_SCHEMA
    sort_key: tuple[str, ...] = ()
    privacy: Privacy = Privacy()


@dataclass(frozen=True, kw_only=True)
class Tenant:
    """A row of dim_tenants, as far as a release needs it."""

    tenant_id: int
    tenant_name: str
    is_demo: bool


class Marts:
    """All marts in the work file, sorted by tenant."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, marts: Sequence[Mart]) -> None:
        self._connection = connection
        self._marts = marts
        #: Rows of each tenant (None: without one) in each mart.
        self._rows = {mart.name: self._count(mart) for mart in marts}

    def tenants(self) -> tuple[Tenant, ...]:
        """Every tenant of dim_tenants, by id."""
        rows = self._connection.execute(
            f"select tenant_id, tenant_name, is_demo from {_work(TENANTS_MART)} order by tenant_id"
        ).fetchall()
        return tuple(
            Tenant(tenant_id=tenant_id, tenant_name=tenant_name, is_demo=is_demo)
            for tenant_id, tenant_name, is_demo in rows
        )

    def rows(self, tenant_id: int) -> dict[str, int]:
        """How many rows a tenant has in each mart."""
        return {mart: counts.get(tenant_id, 0) for mart, counts in self._rows.items()}

    def rows_without_tenant(self, tenants: Sequence[Tenant]) -> dict[str, int]:
        """How many rows belong to no known tenant, by mart; marts that have none are left out."""
        known = {tenant.tenant_id for tenant in tenants}
        strays = {
            mart: sum(count for tenant_id, count in counts.items() if tenant_id not in known)
            for mart, counts in self._rows.items()
        }
        return {mart: count for mart, count in strays.items() if count}

    def write(self, tenant_id: int, path: Path) -> None:
        """Write a tenant's file, and check that it opens and has the rows it should have."""
        connection = self._connection
        connection.execute(f"attach {literal(str(path))} as tenant")
        connection.execute(f"create schema tenant.{MARTS_SCHEMA}")
        connection.execute(f"use tenant.{MARTS_SCHEMA}")
        connection.execute("begin")
        for mart in self._marts:
            connection.execute(
                f"create table {quoted(mart.name)} as "
                f"select * from {_work(mart.name)} where tenant_id = {int(tenant_id)}"
            )
            if mart.privacy != Privacy():
                connection.execute(
                    f"comment on table {quoted(mart.name)} is {literal(mart.privacy.comment())}"
                )
        connection.execute(files("facet.release").joinpath("functions.sql").read_text())
        connection.execute("commit")
        connection.execute("checkpoint tenant")
        connection.execute("use memory.main")
        connection.execute("detach tenant")
        check(path, self.rows(tenant_id))

    def _count(self, mart: Mart) -> dict[int | None, int]:
        query = f"select tenant_id, count(*) from {_work(mart.name)} group by 1"
        return dict(self._connection.execute(query).fetchall())


@contextmanager
def gather(settings: Settings, *, url: str, marts: Sequence[Mart], folder: Path) -> Iterator[Marts]:
    """Read every mart once, as of one moment, into a work file in `folder`, removed at the end.

    Args:
        settings: their engine says where the marts are: the warehouse's file, or PostgreSQL.
        url: the PostgreSQL database; not used for the DuckDB engine.
        marts: what to read.
        folder: an existing folder on the disk of the releases.

    Raises:
        ReleaseError: a mart lacks a column that it should have, or there is no dim_tenants.
    """
    if TENANTS_MART not in {mart.name for mart in marts}:
        raise ReleaseError(
            "Nothing was published",
            why=f"There is no mart {TENANTS_MART}, which says which tenants there are.",
            next_step=f"Build {TENANTS_MART} as a table under models/marts.",
        )
    work = folder / "work.duckdb"
    connection = duckdb.connect(
        config={
            "memory_limit": settings.memory_limit,
            "threads": settings.threads,
            "temp_directory": str(folder / "work.tmp"),
            "autoinstall_known_extensions": False,
        }
    )
    try:
        connection.execute("set TimeZone = 'UTC'")
        source = _attach_source(connection, settings, url)
        connection.execute(f"attach {literal(str(work))} as work")
        connection.execute(f"create schema work.{MARTS_SCHEMA}")
        connection.execute("begin")
        for mart in marts:
            _copy(connection, source, mart)
        connection.execute("commit")
        connection.execute(f"detach {source}")
        yield Marts(connection, marts)
    finally:
        connection.close()
        for leftover in folder.glob("work.*"):
            leftover.unlink()


def check(path: Path, rows: Mapping[str, int]) -> None:
    """Open a tenant's file as its readers will, and compare its row counts.

    Raises:
        ReleaseError: a mart in it does not have as many rows as it should.
    """
    with duckdb.connect(str(path), read_only=True) as connection:
        for mart, expected in rows.items():
            query = f"select count(*) from {MARTS_SCHEMA}.{quoted(mart)}"
            (found,) = connection.execute(query).fetchone() or (None,)
            if found != expected:
                raise ReleaseError(
                    f"{path.name} is not complete",
                    why=f"{mart} has {found} rows in it instead of {expected}.",
                    next_step="Check the disk, and run `facet run` again.",
                )


def _attach_source(connection: duckdb.DuckDBPyConnection, settings: Settings, url: str) -> str:
    """Attach the database that the marts were built in; return the name it is attached as."""
    if settings.engine == "postgres":
        Source(connection, url).attach()
        return CATALOG
    path = literal(str(settings.warehouse_path))
    connection.execute(f"attach {path} as built (read_only)")
    return "built"


def _copy(connection: duckdb.DuckDBPyConnection, source: str, mart: Mart) -> None:
    order = ", ".join(quoted(column) for column in dict.fromkeys(("tenant_id", *mart.sort_key)))
    try:
        connection.execute(
            f"create table {_work(mart.name)} as "
            f"select * from {source}.{quoted(mart.schema)}.{quoted(mart.name)} order by {order}"
        )
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        reason = str(error).splitlines()[0]
        raise ReleaseError(
            f"Mart {mart.name} cannot be published",
            why=f"{reason}.",
            next_step="It needs the column tenant_id and those of its config.meta.sort_key.",
        ) from error


def _work(mart: str) -> str:
    return f"work.{MARTS_SCHEMA}.{quoted(mart)}"
