"""Changes since the last build: which tenants' rows, of which tables, and by which keys.

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

#: Of tables with declared keys: the values of these that changed rows have and had, null as 0; no
#: key where all of a tenant's rows count as changed.
CHANGED_KEYS: Final = "warehouse.facet_sync.changed_keys"

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
    connection.execute(
        f"create table if not exists {CHANGED_KEYS} ("
        "table_name text not null, tenant_id bigint, key_name text, key_value bigint)"
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


def add_keys(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    rows: str,
    *,
    owner: str,
    keys: Mapping[str, str],
) -> None:
    """Add the keys of changed rows.

    Args:
        connection: the warehouse, in the transaction of the sync.
        table: the operational table.
        rows: a relation with the rows as they are or were.
        owner: its expression for whose a row is.
        keys: columns of it, by the name that the key has in staging.
    """
    for name, column in keys.items():
        connection.execute(
            f"insert into {CHANGED_KEYS} select distinct {literal(table)}, {owner},"
            f" {literal(name)}, coalesce({column}, 0) from {rows}"
        )


def add_all_rows(connection: duckdb.DuckDBPyConnection, table: str, tenants: Tenants) -> None:
    """Add that of a table with keys all rows of some tenants count as changed."""
    if tenants:
        rows = ", ".join(
            f"({literal(table)}, {constant(tenant)}::bigint, null, null)" for tenant in tenants
        )
        connection.execute(f"insert into {CHANGED_KEYS} values {rows}")


def take(execute: Execute, into: str) -> None:
    """Move what waits for a build to a table of node, tenant_id, key_name and key_value.

    ``execute`` runs a statement in the warehouse, in the caller's transaction.
    """
    execute(
        f"insert into {into} select distinct changed_tenants.table_name, changed_tenants.tenant_id,"
        " key_name, key_value from facet_sync.changed_tenants"
        " left join facet_sync.changed_keys on changed_keys.table_name = changed_tenants.table_name"
        " and changed_keys.tenant_id is not distinct from changed_tenants.tenant_id"
    )
    execute("delete from facet_sync.changed_tenants")
    execute("delete from facet_sync.changed_keys")


def _values(changes: Iterable[Change]) -> str:
    rows = ", ".join(
        f"({literal(change.table_name)}, {constant(change.tenant_id)}::bigint,"
        f" {constant(change.snapshot_at)}::timestamptz)"
        for change in changes
    )
    return f"select * from (values {rows}) as changes(table_name, tenant_id, snapshot_at)"
