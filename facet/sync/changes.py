"""Changes since the last build: which tenants' rows, of which tables.

Each sync adds to it within its own transaction; what builds takes it over, so that what several
syncs found waits for one build.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import duckdb

from facet.operational.findings import Execute
from facet.quoting import constant, literal

#: A table with a row for each pair of table and tenant; dbt reads it as ``facet_sync`` too.
CHANGED_TENANTS: Final = "warehouse.facet_sync.changed_tenants"

#: Tenants whose rows changed. None stands for rows of no tenant, or of a table without tenants:
#: whoever reads the table is concerned.
Tenants = frozenset[int | None]


@dataclass(frozen=True, kw_only=True)
class Change:
    """Rows of a tenant in a table changed, last by the sync that shows ``snapshot_at``."""

    table_name: str
    tenant_id: int | None
    snapshot_at: datetime


def prepare(connection: duckdb.DuckDBPyConnection) -> bool:
    """Create the table where it is missing; its schema is there. Return whether it was there."""
    there = connection.execute(
        "select 1 from duckdb_tables() where database_name = 'warehouse'"
        " and schema_name = 'facet_sync' and table_name = 'changed_tenants'"
    ).fetchone()
    connection.execute(
        f"create table if not exists {CHANGED_TENANTS} ("
        "table_name text not null, tenant_id bigint, snapshot_at timestamp with time zone not null)"
    )
    return there is not None


def add(
    connection: duckdb.DuckDBPyConnection,
    tenants: Mapping[str, Tenants],
    *,
    snapshot_at: datetime,
) -> None:
    """Add what a sync changed, by table, to what waits for a build already."""
    changes = [
        Change(table_name=table, tenant_id=tenant, snapshot_at=snapshot_at)
        for table, changed in tenants.items()
        for tenant in changed
    ]
    if not changes:
        return
    connection.execute(
        f"delete from {CHANGED_TENANTS} as changed using ({_values(changes)}) as new"
        " where changed.table_name = new.table_name"
        " and changed.tenant_id is not distinct from new.tenant_id"
    )
    connection.execute(f"insert into {CHANGED_TENANTS} from ({_values(changes)})")


def take(execute: Execute) -> list[tuple[str, int | None]]:
    """Table and tenant of what waits for a build, which is then the caller's to remember.

    ``execute`` runs a statement in the warehouse, in the caller's transaction.
    """
    found = execute("select table_name, tenant_id from facet_sync.changed_tenants order by all")
    execute("delete from facet_sync.changed_tenants")
    return [(str(table), tenant) for table, tenant in found]


def _values(changes: Iterable[Change]) -> str:
    rows = ", ".join(
        f"({literal(change.table_name)}, {constant(change.tenant_id)}::bigint,"
        f" {constant(change.snapshot_at)}::timestamptz)"
        for change in changes
    )
    return f"select * from (values {rows}) as changes(table_name, tenant_id, snapshot_at)"
