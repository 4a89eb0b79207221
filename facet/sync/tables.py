"""Brings one table of the copy to the snapshot: unchanged, by its changed rows, or as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import duckdb

from facet.quoting import literal, quoted
from facet.staging import Column, Table
from facet.staging.postgres_types import WHOLE, normal_type, numeric_size, staging_type
from facet.sync.preflight import Found
from facet.sync.snapshot import Window
from facet.sync.source import Source

WAREHOUSE = "warehouse"

#: Above this share of changed rows, reading the whole table is quicker than replacing them.
_RELOAD_ABOVE = 0.3

#: Moments from here on are beyond DuckDB's, whose arithmetic would make them moments of long ago.
_NO_MOMENT: Final = "294247-01-01"

#: Names and types of a table's columns, in order.
Shape = Sequence[tuple[str, str]]
Way = Literal["unchanged", "changes", "whole"]


@dataclass(frozen=True, kw_only=True)
class Copied:
    """How a table was brought up to date: rows in it now, rows written or deleted."""

    way: Way
    rows: int
    changed_rows: int


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
    ) -> None:
        self._connection, self._source, self._table = connection, source, table
        self._schema = schema
        self._types = found.types
        self._key = () if table.sync == "whole" else found.key
        self._there = f"{quoted(schema)}.{quoted(table.name)}"
        self._here = f"{WAREHOUSE}.{quoted(schema)}.{quoted(table.name)}"

    def update(self, window: Window) -> Copied:
        """Bring a copy that equalled the source at the window's start to the present snapshot."""
        if window.width == 0:
            return Copied(way="unchanged", rows=self._count(self._here), changed_rows=0)
        rows, changed = self._counts_there(window)
        before = self._count(self._here)
        if not changed and rows == before:
            return Copied(way="unchanged", rows=rows, changed_rows=0)
        if not self._key or changed > _RELOAD_ABOVE * rows:
            return self.reload()
        if changed:
            self._replace_rows_of(window)
        deleted = self._delete_vanished() if self._count(self._here) != rows else 0
        if self._count(self._here) != rows:
            return self.reload()
        return Copied(way="changes", rows=rows, changed_rows=changed + deleted)

    def reload(self) -> Copied:
        """Read the whole table anew."""
        columns = ", ".join(
            f"{quoted(column.name)} {staging_type(column.data_type)}"
            for column in self._table.columns
        )
        self._connection.execute(f"create or replace table {self._here} ({columns})")
        rows = self._changed_by(f"insert into {self._here} select * from {self._rows_there()}")
        return Copied(way="whole", rows=rows, changed_rows=rows)

    def declared_shape(self) -> Shape:
        """The columns that the copy has to have, with DuckDB's names of their types."""
        return [
            (column.name, str(duckdb.type(staging_type(column.data_type))))
            for column in self._table.columns
        ]

    def _replace_rows_of(self, window: Window) -> None:
        self._connection.execute(
            "create or replace temporary table changed_rows as"
            f" select * from {self._rows_there(window.predicate())}"
        )
        self._connection.execute(
            f"delete from {self._here} as old using changed_rows as new where {self._same_key()}"
        )
        self._connection.execute(f"insert into {self._here} select * from changed_rows")
        self._connection.execute("drop table changed_rows")

    def _delete_vanished(self) -> int:
        """Delete rows whose key the source no longer has; return how many."""
        keys = ", ".join(map(quoted, self._key))
        present = self._source.query(f"select {keys} from {self._there}")
        return self._changed_by(
            f"delete from {self._here} as old"
            f" where not exists (select 1 from {present} as new where {self._same_key()})"
        )

    def _same_key(self) -> str:
        return " and ".join(f"old.{quoted(name)} = new.{quoted(name)}" for name in self._key)

    def _rows_there(self, predicate: str = "true") -> str:
        """The declared columns of the source's rows, types as the copy has them."""
        columns = ", ".join(
            f"{_read(column, self._types[column.name])} as {quoted(column.name)}"
            for column in self._table.columns
        )
        return self._source.query(f"select {columns} from {self._there} where {predicate}")

    def _counts_there(self, window: Window) -> tuple[int, int]:
        row = self._source.rows(
            f"select count(*) as rows, count(*) filter (where {window.predicate()}) as changed"
            f" from {self._there}"
        )[0]
        return row["rows"], row["changed"]

    def _count(self, relation: str) -> int:
        return self._changed_by(f"select count(*) from {relation}")

    def _changed_by(self, sql: str) -> int:
        """The one number that a count, insert or delete answers with."""
        answer = self._connection.execute(sql).fetchone()
        return int(answer[0]) if answer else 0


def shapes(connection: duckdb.DuckDBPyConnection, schema: str) -> Mapping[str, Shape]:
    """The columns of each table that the copy has; asked once, for DuckDB lists PostgreSQL too."""
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
