"""The warehouse's record of its copies: schema ``facet_sync``.

``snapshots`` has a row for each sync, the latest being what the copy shows; ``tables`` what each
table was copied from; ``slots`` from where on a replication slot has what the copy lacks.
"""

from dataclasses import astuple, fields

import duckdb

from facet.quoting import constant, literal
from facet.sync.log import LogState
from facet.sync.slot import Mark
from facet.sync.snapshot import Snapshot
from facet.sync.tables import WAREHOUSE

_SCHEMA = f"{WAREHOUSE}.facet_sync"

_CREATE = f"""
create schema if not exists {_SCHEMA};
create table if not exists {_SCHEMA}.snapshots (
    snapshot_at timestamp with time zone not null,
    server text not null,
    database_name text not null,
    server_version text not null,
    is_standby boolean not null,
    lsn text,
    log_position bigint,
    oldest_transaction bigint not null,
    next_transaction bigint not null,
    operational_schema text not null,
    recorded_at timestamp with time zone not null
);
create table if not exists {_SCHEMA}.tables (
    table_name text not null,
    identity text not null
);
create table if not exists {_SCHEMA}.slots (
    slot_name text not null,
    log_position bigint not null,
    usable_from bigint not null
);
alter table {_SCHEMA}.snapshots add column if not exists found_by text;
alter table {_SCHEMA}.tables add column if not exists published text;
"""


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the schema where it is missing."""
    connection.execute(_CREATE)


def latest(connection: duckdb.DuckDBPyConnection, schema: str) -> Snapshot | None:
    """The snapshot that the copy of this operational schema shows."""
    row = connection.execute(
        "select * exclude (operational_schema, recorded_at, found_by)"
        f" from {_SCHEMA}.snapshots where operational_schema = {literal(schema)}"
        " order by rowid desc limit 1"  # a clock may go back
    ).fetchone()
    if row is None:
        return None
    return Snapshot(**dict(zip((field.name for field in fields(Snapshot)), row, strict=True)))


def identities(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What each table was copied from."""
    rows = connection.execute(f"select table_name, identity from {_SCHEMA}.tables").fetchall()
    return dict(rows)


def log_state(connection: duckdb.DuckDBPyConnection) -> LogState:
    """What the copy has to know to be brought up to date by the log."""
    mark = connection.execute(
        f"select slot_name, log_position, usable_from from {_SCHEMA}.slots"
    ).fetchone()
    rows = connection.execute(
        f"select table_name, published from {_SCHEMA}.tables where published is not null"
    ).fetchall()
    return LogState(
        mark=Mark(slot=mark[0], position=mark[1], usable_from=mark[2]) if mark else None,
        identities=dict(rows),
    )


def write(
    connection: duckdb.DuckDBPyConnection,
    snapshot: Snapshot,
    *,
    schema: str,
    identities: dict[str, str],
    log: LogState,
    found_by: str,
    kept: int,
) -> None:
    """Record that the copy now shows this snapshot, and how it came by it; so many are kept."""
    connection.execute(  # before the new one, whose number is not its own until the commit
        f"delete from {_SCHEMA}.snapshots"
        f" where rowid <= (select max(rowid) from {_SCHEMA}.snapshots) - {kept - 1}"
    )
    values = ", ".join(map(constant, (*astuple(snapshot), schema)))
    connection.execute(
        f"insert into {_SCHEMA}.snapshots values ({values}, now(), {literal(found_by)})"
    )
    connection.execute(f"delete from {_SCHEMA}.tables")
    rows = ", ".join(
        f"({literal(name)}, {literal(of)}, {constant(log.identities.get(name))})"
        for name, of in identities.items()
    )
    connection.execute(f"insert into {_SCHEMA}.tables values {rows}")
    connection.execute(f"delete from {_SCHEMA}.slots")
    if log.mark is not None:
        values = ", ".join(map(constant, astuple(log.mark)))
        connection.execute(f"insert into {_SCHEMA}.slots values ({values})")
