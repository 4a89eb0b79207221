"""Marts as readers in PostgreSQL have them: what was published last, switched in one transaction.

dbt builds in ``facet_marts``, table by table. Readers read ``facet_served``, a copy that changes
once a release is there, whole: of the tenants whose rows changed, and not of one of whom a test
failed. Who reads meanwhile has what there was before and waits for nobody, unless a mart's columns
changed (docs/decisions/0054).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import psycopg

from facet.config import Settings
from facet.errors import ReleaseError
from facet.grants.applying import SCHEMA
from facet.grants.change import Change
from facet.grants.protection import protection_changes, read_marts
from facet.grants.readers import Readers
from facet.grants.rights import granting, reading
from facet.grants.shown import shown_without_people
from facet.operational.connection import Connection, connect
from facet.pipeline.changes import SCHEMA as BUILD
from facet.pipeline.warehouse import create_tables
from facet.quoting import literal, quoted
from facet.release import Mart, Release

#: PostgreSQL has constraints since 18 that are told to tools and not checked.
_NOT_ENFORCED_SINCE: Final = 180_000
#: Where a mart is laid out, within the transaction that moves it to those that are served.
_NEXT: Final = "facet_next"
#: Longer names PostgreSQL cuts off.
_NAME_LENGTH: Final = 63
#: How long a reader's transaction is waited for.
_PATIENCE: Final = "30s"
#: What is served: how each mart is laid out, and the digest of each tenant's rows.
_RECORDED: Final = {
    "served_marts": ("mart text", "layout text"),
    "served_tenants": ("id bigint", "digest text"),
}
_MARTS: Final = f"{BUILD}.served_marts"
_TENANTS: Final = f"{BUILD}.served_tenants"
_COLUMNS: Final = """
    select
        relname, attname, format_type(atttypid, atttypmod),
        coalesce(col_description(attrelid, attnum), ''),
        coalesce(obj_description(attrelid, 'pg_class'), '')
    from pg_attribute
    inner join pg_class on pg_class.oid = attrelid
    inner join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = %s and relkind = 'r' and attnum > 0 and not attisdropped
    order by relname, attnum
"""


@dataclass(frozen=True, kw_only=True)
class _Table:
    """A table of PostgreSQL: the types of its columns, and what is said of it and them."""

    types: Mapping[str, str]
    comments: Sequence[str]


def serve(settings: Settings, url: str, marts: Sequence[Mart], release: Release) -> None:
    """Serve the marts of a release to readers. The caller holds the lock.

    Raises:
        ReleaseError: a reader's transaction is in the way, or PostgreSQL refuses.
    """
    try:
        with connect(url) as connection:
            connection.execute(f"set local lock_timeout = {literal(_PATIENCE)}".encode())
            _Serving(connection, settings, marts, release).switch()
    except psycopg.Error as error:
        raise ReleaseError(
            f"Release {release.id} is served, but not to readers in PostgreSQL",
            why=f"They go on reading the one before. PostgreSQL says: {error}.",
            next_step="If a reader's open transaction holds a table, end it"
            " (pg_stat_activity); the next `facet run` serves them.",
        ) from error


class _Serving:
    """One switch: which marts are laid out anew, and whose rows are replaced in the others."""

    def __init__(
        self, connection: Connection, settings: Settings, marts: Sequence[Mart], release: Release
    ) -> None:
        self._connection = connection
        self._settings = settings
        self._marts = {mart.name: mart for mart in marts}
        schemas = {mart.schema for mart in marts}
        self._built = {schema: _tables(connection, schema) for schema in schemas}
        self._there = _tables(connection, SCHEMA)
        self._digests = {
            tenant.tenant_id: tenant.digest
            for tenant in release.tenants
            if tenant.status == "fresh"
        }
        self._kept = {tenant.tenant_id for tenant in release.tenants if tenant.status == "kept"}

    def switch(self) -> None:
        """Bring every mart up to date; what takes a lock that readers wait for comes last."""
        create_tables(self._run, SCHEMA, {})
        create_tables(self._run, BUILD, _RECORDED)
        self._run(f"create schema {_NEXT}")
        layouts = {name: self._layout(mart) for name, mart in self._marts.items()}
        recorded = dict(self._run(f"select mart, layout from {_MARTS}"))
        anew = [
            mart
            for name, mart in self._marts.items()
            if name not in self._there or recorded.get(name) != layouts[name]
        ]
        served = dict(self._run(f"select id, digest from {_TENANTS}"))
        stale = {tenant for tenant, digest in self._digests.items() if served.get(tenant) != digest}
        gone = served.keys() - self._digests.keys() - self._kept
        for mart in self._marts.values():
            if mart in anew:
                self._lay_out(mart)
            elif stale | gone:
                self._replace(mart, stale, stale | gone)
        for name in [*(recorded.keys() - self._marts.keys()), *(mart.name for mart in anew)]:
            self._run(f"drop table if exists {_served(name)} cascade")
        for mart in anew:
            self._run(f"alter table {_next(mart.name)} set schema {SCHEMA}")
        self._run(f"drop schema {_NEXT}")
        self._relate()
        if anew:
            self._protect({mart.name for mart in anew})
        self._record(layouts)

    def _run(self, statement: str) -> list[tuple[Any, ...]]:
        done = self._connection.execute(statement.encode())
        return done.fetchall() if done.description else []

    def _source(self, mart: Mart) -> _Table:
        return self._built[mart.schema][mart.name]

    def _layout(self, mart: Mart) -> str:
        """A digest of everything but the rows."""
        table = self._source(mart)
        key = (mart.grain, sorted(mart.nullable), mart.sort_key)
        content = json.dumps([list(table.types.items()), *table.comments, key])
        return hashlib.sha256(content.encode()).hexdigest()

    def _lay_out(self, mart: Mart) -> None:
        """Make a mart anew beside the one that is read, with the rows of all tenants."""
        new, table = _next(mart.name), self._source(mart)
        self._run(f"create table {new} (like {_built(mart)} including comments)")
        if comment := table.comments[0]:
            self._run(f"comment on table {new} is {literal(comment)}")
        self._insert(mart, new, self._digests)
        shared = [
            column
            for column, kind in table.types.items()
            if mart.name in self._there and self._there[mart.name].types.get(column) == kind
        ]
        if {"tenant_id", *mart.grain} <= {*shared}:
            columns = ", ".join(map(quoted, shared))
            self._run(
                f"insert into {new} ({columns}) select {columns} from {_served(mart.name)}"
                f" where tenant_id in ({_listed(self._kept)})"
            )
        if mart.grain:
            self._run(_key(mart, new))

    def _replace(self, mart: Mart, stale: set[int], without: set[int]) -> None:
        table = _served(mart.name)
        self._run(f"delete from {table} where tenant_id in ({_listed(without)})")
        self._insert(mart, table, stale)

    def _insert(self, mart: Mart, table: str, tenants: Mapping[int, object] | set[int]) -> None:
        order = ", ".join(map(quoted, dict.fromkeys(("tenant_id", *mart.sort_key))))
        self._run(
            f"insert into {table} select * from {_built(mart)}"
            f" where tenant_id in ({_listed(tenants)}) order by {order}"
        )

    def _relate(self) -> None:
        """Tell tools which columns name rows of another mart; nothing is checked here."""
        if self._connection.info.server_version < _NOT_ENFORCED_SINCE:
            return
        wanted = dict(self._foreign_keys())
        found = self._run(
            "select cast(conrelid as regclass), conname from pg_constraint"
            f" where contype = 'f' and connamespace = {literal(SCHEMA)}::regnamespace"
        )
        for table, name in found:
            if wanted.pop(name, None) is None:
                self._run(f"alter table {table} drop constraint {quoted(name)}")
        for statement in wanted.values():
            self._run(statement)

    def _foreign_keys(self) -> Iterator[tuple[str, str]]:
        for mart in self._marts.values():
            types = self._source(mart).types
            for column, other, field in mart.references:
                parent = self._marts.get(other)
                if parent is None or parent.grain != ("tenant_id", field):
                    continue
                if types[column] == self._source(parent).types[field]:
                    name = f"{mart.name}_{column}_fkey"[:_NAME_LENGTH]
                    key = f"foreign key (tenant_id, {quoted(column)})"
                    of = f"{_served(other)} (tenant_id, {quoted(field)})"
                    yield (
                        name,
                        (
                            f"alter table {_served(mart.name)} add constraint {quoted(name)}"
                            f" {key} references {of} not enforced"
                        ),
                    )

    def _protect(self, anew: set[str]) -> None:
        """Let each reader read its own tenant's rows of new marts, if there are readers."""
        readers = Readers(group=self._settings.reader_role)
        shown = shown_without_people(self._settings.project_dir)
        roles = self._run(
            f"select rolname, has_schema_privilege(oid, {literal(SCHEMA)}, 'usage') from pg_roles"
            f" where rolname in ({literal(readers.group)}, {literal(readers.unnamed.group)})"
        )
        if len(roles) < len((readers.group, readers.unnamed.group)):
            return
        self._connection.execute("set local search_path = pg_catalog")
        marts = [
            mart
            for mart in read_marts(self._connection, SCHEMA)
            if mart.name.rpartition(".")[2].strip('"') in anew
        ]
        changes: list[Change] = [*protection_changes(self._connection, readers, marts)]
        let_in = {name for name, may in roles if may}
        for group, columns in ((readers, None), (readers.unnamed, shown)):
            if group.group in let_in:
                changes += [granting(right) for right in reading(group, marts, columns)]
        for change in changes:
            self._run(change.statement)

    def _record(self, layouts: Mapping[str, str]) -> None:
        self._run(f"delete from {_MARTS}")
        self._run(f"delete from {_TENANTS} where id not in ({_listed(self._kept)})")
        with self._connection.cursor() as cursor:
            cursor.executemany(f"insert into {_MARTS} values (%s, %s)".encode(), layouts.items())
            cursor.executemany(
                f"insert into {_TENANTS} values (%s, %s)".encode(), self._digests.items()
            )


def _tables(connection: Connection, schema: str) -> Mapping[str, _Table]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for name, *column in connection.execute(_COLUMNS.encode(), [schema]):
        found.setdefault(name, []).append(tuple(column))
    return {
        name: _Table(
            types={column: kind for column, kind, *_ in columns},
            comments=[columns[0][3], *(said for _, _, said, _ in columns)],
        )
        for name, columns in found.items()
    }


def _key(mart: Mart, table: str) -> str:
    """What makes a tenant's rows quick to find; no two are alike, as the test of the grain says."""
    columns = ", ".join(map(quoted, mart.grain))
    if mart.nullable:
        return f"create index on {table} ({columns})"
    return f"alter table {table} add primary key ({columns})"


def _built(mart: Mart) -> str:
    return f"{quoted(mart.schema)}.{quoted(mart.name)}"


def _served(name: str) -> str:
    return f"{SCHEMA}.{quoted(name)}"


def _next(name: str) -> str:
    return f"{_NEXT}.{quoted(name)}"


def _listed(tenants: Mapping[int, object] | set[int]) -> str:
    """Tenants in a list; one that nobody has where there are none."""
    return ", ".join(str(int(tenant)) for tenant in tenants) or "null"
