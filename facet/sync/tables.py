"""Brings one table of the copy to the snapshot: unchanged, by its changed rows, or as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import duckdb

from facet.quoting import literal, quoted
from facet.staging import Column, Table
from facet.staging.postgres_types import WHOLE, normal_type, numeric_size, staging_type
from facet.sync import changes
from facet.sync.changes import Tenants
from facet.sync.preflight import Found
from facet.sync.scan import scan
from facet.sync.snapshot import Window
from facet.sync.source import Source

WAREHOUSE = "warehouse"

#: Above this share of changed rows, reading the whole table is quicker than replacing them.
_RELOAD_ABOVE = 0.3

#: Of a table of so many rows that is read anew, those are found that changed; else all did.
_COMPARED_UP_TO = 100_000

#: Moments from here on are beyond DuckDB's, whose arithmetic would make them moments of long ago.
_NO_MOMENT: Final = "294247-01-01"

#: Names and types of a table's columns, in order.
Shape = Sequence[tuple[str, str]]
Way = Literal["unchanged", "changes", "whole"]


@dataclass(frozen=True, kw_only=True)
class Copied:
    """How a table was brought up to date: rows in it now, rows written or deleted, and whose."""

    way: Way
    rows: int
    changed_rows: int
    tenants: Tenants = frozenset()


class TableCopy:
    """One table of the copy, within the transaction of its connection."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        source: Source,
        *,
        schema: str,
        table: Table,
        found: Found,
        shape: Shape | None,
    ) -> None:
        self._connection, self._source, self._table = connection, source, table
        self._schema, self._shape = schema, shape
        self._found = found
        self._key = () if table.sync == "whole" else found.key
        self._there = f"{quoted(schema)}.{quoted(table.name)}"
        self._here = f"{WAREHOUSE}.{quoted(schema)}.{quoted(table.name)}"

    def update(self, window: Window) -> Copied:
        """Bring a copy that equalled the source at the window's start to the present snapshot."""
        if window.width == 0:
            return Copied(way="unchanged", rows=self._count(self._here), changed_rows=0)
        before = self._count(self._here)
        found = scan(
            self._source, self._there, window, rows_before=before, parts=len(self._found.relations)
        )
        rows, changed = found.rows, found.changed
        if not changed and rows == before:
            return Copied(way="unchanged", rows=rows, changed_rows=0)
        if not self._key or changed > _RELOAD_ABOVE * rows:
            return self.reload()
        tenants = self._replace_rows(found.condition) if changed else frozenset()
        deleted = 0
        if self._count(self._here) != rows:
            deleted, of = self._delete_vanished()
            tenants = tenants.union(of)
        if self._count(self._here) != rows:
            return self.reload(tenants=tenants)
        return Copied(way="changes", rows=rows, changed_rows=changed + deleted, tenants=tenants)

    def replace(self, keys: frozenset[int]) -> Copied:
        """Replace the rows of these keys, whatever there is of them here and there."""
        before = self._count(self._here)
        if not keys:
            return Copied(way="unchanged", rows=before, changed_rows=0)
        if len(keys) > _RELOAD_ABOVE * before:
            return self.reload()
        (key,) = map(quoted, self._key)
        listed = ",".join(map(str, keys))
        self._connection.execute(
            "create or replace temporary table keys as"
            f" select unnest('[{listed}]'::bigint[]) as {key}"
        )
        tenants = self._replace_rows(f"{key} = any('{{{listed}}}'::bigint[])", among="keys")
        rows = self._count(self._here)
        vanished = f"select {key} from old_rows except select {key} from changed_rows"
        changed = self._count("changed_rows") + self._count(f"({vanished})")
        way: Way = "changes" if changed else "unchanged"
        return Copied(way=way, rows=rows, changed_rows=changed, tenants=tenants)

    def reload(self, *, everything: bool = False, tenants: Tenants = frozenset()) -> Copied:
        """Read the whole table anew.

        With ``everything``, all its tenants count as changed, else those of small tables whose
        rows did; ``tenants`` in any case.
        """
        columns = ", ".join(
            f"{quoted(column.name)} {staging_type(column.data_type)}"
            for column in self._table.columns
        )
        compared = not everything and self.is_as_declared() and self._is_small()
        if compared:
            self._connection.execute(
                f"create or replace temporary table rows_before as from {self._here}"
            )
        elif self._shape is not None:
            tenants = tenants.union(self._tenants_in(self._here, self._shape))
        self._connection.execute(f"create or replace table {self._here} ({columns})")
        rows = self._changed_by(f"insert into {self._here} select * from {self._rows_there()}")
        changed = self._here
        if compared:
            changed = (
                f"((from {self._here} except all from rows_before)"
                f" union all (from rows_before except all from {self._here}))"
            )
        tenants = tenants.union(self._tenants_in(changed, self.declared_shape()))
        if compared:
            self._tell_keys(changed)
        elif self._table.keys:
            changes.add_all_rows(self._connection, self._table.name, tenants)
        return Copied(way="whole", rows=rows, changed_rows=rows, tenants=tenants)

    def is_as_declared(self) -> bool:
        """Whether the copy has the declared columns."""
        return self._shape == self.declared_shape()

    def declared_shape(self) -> Shape:
        """The columns that the copy has to have, with DuckDB's names of their types."""
        return [
            (column.name, _duckdb_type(staging_type(column.data_type)))
            for column in self._table.columns
        ]

    def tenants(self) -> Tenants:
        """All tenants that the copy has rows of."""
        return self._tenants_in(self._here, self.declared_shape())

    def _replace_rows(self, condition: str, *, among: str = "changed_rows") -> Tenants:
        """Replace the rows that a condition finds there; return whose they are and were.

        Those here are found ``among`` the keys of a table.
        """
        self._connection.execute(
            "create or replace temporary table changed_rows as"
            f" select * from {self._rows_there(condition)}"
        )
        tenants = self._delete(f"exists (select 1 from {among} as new where {self._same_key()})")
        self._connection.execute(f"insert into {self._here} select * from changed_rows")
        self._tell_keys("changed_rows")
        return tenants.union(self._tenants_in("changed_rows", self.declared_shape()))

    def _delete_vanished(self) -> tuple[int, Tenants]:
        """Delete rows whose key the source no longer has; return how many, and whose."""
        keys = ", ".join(map(quoted, self._key))
        present = self._source.query(f"select {keys} from {self._there}")
        tenants = self._delete(
            f"not exists (select 1 from {present} as new where {self._same_key()})"
        )
        return self._count("old_rows"), tenants

    def _delete(self, condition: str) -> Tenants:
        """Delete rows, whose numbers and keys are ``old_rows`` then; return whose they were.

        DuckDB fetches each row by itself for `delete … returning`, so that 40,000 take half a
        minute.
        """
        names = dict.fromkeys((*self._key, *self._table.keys))
        keys = ", ".join(f"old.{quoted(name)}" for name in names)
        owner = self._owner(self.declared_shape())
        self._connection.execute(
            "create or replace temporary table old_rows as"
            f" select old.rowid as row_number, {keys}, {owner} as owner"
            f" from {self._here} as old where {condition}"
        )
        self._connection.execute(
            f"delete from {self._here} where rowid in (select row_number from old_rows)"
        )
        self._tell_keys("old_rows", owner="owner")
        rows = self._connection.execute("select distinct owner from old_rows").fetchall()
        return frozenset(tenant for (tenant,) in rows)

    def _tell_keys(self, rows: str, *, owner: str | None = None) -> None:
        """Record the keys of rows that are new, other or gone."""
        changes.add_keys(
            self._connection,
            self._table.name,
            rows,
            owner=owner or self._owner(self.declared_shape()),
            keys={self._table.staged(name): quoted(name) for name in self._table.keys},
        )

    def _tenants_in(self, relation: str, shape: Shape) -> Tenants:
        rows = self._connection.execute(
            f"select distinct {self._owner(shape)} from {relation}"
        ).fetchall()
        return frozenset(tenant for (tenant,) in rows)

    def _owner(self, shape: Shape) -> str:
        """Whose a row is: its tenant; of the table of tenants, itself; else nobody's."""
        column = "id" if self._table.name == "sys_tenants" else "tenant_id"
        return quoted(column) if column in dict(shape) else "null::bigint"

    def _is_small(self) -> bool:
        return self._count(self._here) <= _COMPARED_UP_TO

    def _same_key(self) -> str:
        return " and ".join(f"old.{quoted(name)} = new.{quoted(name)}" for name in self._key)

    def _rows_there(self, predicate: str = "true") -> str:
        """The declared columns of the source's rows, types as the copy has them."""
        columns = ", ".join(
            f"{_read(column, self._found.types[column.name])} as {quoted(column.name)}"
            for column in self._table.columns
        )
        return self._source.query(f"select {columns} from {self._there} where {predicate}")

    def _count(self, relation: str) -> int:
        return self._changed_by(f"select count(*) from {relation}")

    def _changed_by(self, sql: str) -> int:
        """The one number that a count, insert or delete answers with."""
        answer = self._connection.execute(sql).fetchone()
        return int(answer[0]) if answer else 0


@cache
def _duckdb_type(name: str) -> str:
    return str(duckdb.type(name))


def shapes(connection: duckdb.DuckDBPyConnection, schema: str) -> Mapping[str, Shape]:
    """The columns of each table that the copy has."""
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column, data_type in connection.execute(
        "select table_name, column_name, data_type from duckdb_columns()"
        f" where database_name = {literal(WAREHOUSE)} and schema_name = {literal(schema)}"
        " order by table_name, column_index"
    ).fetchall():
        found.setdefault(table, []).append((column, data_type))
    return found


def _read(column: Column, found: str) -> str:
    """How PostgreSQL hands over a column whose type there is ``found``.

    NaN, which ``numeric`` admits and DuckDB's decimal does not, is no number: null. It would arrive
    as 0. What is beyond a type's range arrives as its limit, a moment as infinity: of one row, and
    such that nobody takes it for what it should be.
    """
    name, declared = quoted(column.name), normal_type(column.data_type)
    wanted = staging_type(declared)
    if size := numeric_size(declared):
        name = f"nullif({name}, 'NaN')" if found.startswith("numeric") else name
        if normal_type(found) != declared:
            digits, places = size
            largest = f"{10 ** (digits - places) - 1}.{'9' * places}".rstrip(".")
            name = _within(name, f"-{largest}", largest, otherwise=f"round({name}, {places})")
    elif declared in WHOLE and found != declared:
        name = _within(name, *map(str, WHOLE[declared]), otherwise=name)
    elif wanted.startswith("timestamp"):
        name = f"case when {name} >= '{_NO_MOMENT}' then 'infinity' else {name} end"
    return f"cast({name} as {wanted})"


def _within(value: str, smallest: str, largest: str, *, otherwise: str) -> str:
    return (
        f"case when {value} > {largest} then {largest} when {value} < {smallest} then {smallest}"
        f" else {otherwise} end"
    )
