"""The warehouse's record of its copies: schema ``facet_sync``.

``snapshots`` has a row for each sync, the latest being what the copy shows; ``tables`` what each
table was copied from.
"""

from dataclasses import astuple, fields

import duckdb

from facet.quoting import constant, literal
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
"""


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the schema where it is missing."""
    connection.execute(_CREATE)


def latest(connection: duckdb.DuckDBPyConnection, schema: str) -> Snapshot | None:
    """The snapshot that the copy of this operational schema shows."""
    row = connection.execute(
        "select * exclude (operational_schema, recorded_at)"
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


def write(
    connection: duckdb.DuckDBPyConnection,
    snapshot: Snapshot,
    *,
    schema: str,
    identities: dict[str, str],
    kept: int,
) -> None:
    """Record that the copy now shows this snapshot; so many are kept."""
    connection.execute(  # before the new one, whose number is not its own until the commit
        f"delete from {_SCHEMA}.snapshots"
        f" where rowid <= (select max(rowid) from {_SCHEMA}.snapshots) - {kept - 1}"
    )
    values = ", ".join(map(constant, (*astuple(snapshot), schema)))
    connection.execute(f"insert into {_SCHEMA}.snapshots values ({values}, now())")
    connection.execute(f"delete from {_SCHEMA}.tables")
    rows = ", ".join(f"({literal(name)}, {literal(of)})" for name, of in identities.items())
    connection.execute(f"insert into {_SCHEMA}.tables values {rows}")
