"""Statistics of the server: sizes, how often an index was used, how full narrow keys are."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg import sql

from facet.operational.catalogue import Catalogue
from facet.operational.connection import Connection

#: The largest value of each type that a key can run out of.
LIMITS = {"smallint": 2**15 - 1, "integer": 2**31 - 1}


@dataclass(frozen=True, kw_only=True)
class IndexUse:
    """An index that no constraint needs, and how often it was read since the server counts."""

    table: str
    name: str
    definition: str
    size_bytes: int
    scans: int


@dataclass(frozen=True, kw_only=True)
class NarrowKey:
    """A numbered key that can run out, and its largest value."""

    table: str
    column: str
    data_type: str
    largest: int

    @property
    def used(self) -> float:
        """The share of its numbers that is used up, 0–1."""
        return self.largest / LIMITS[self.data_type]


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """Of one schema of one server.

    ``memory_bytes`` is what the server believes to have for caching (``effective_cache_size``).
    """

    memory_bytes: int
    counted_since: date | None
    #: By table: all that it takes on disk, with its indexes.
    size_bytes: dict[str, int]
    indexes: tuple[IndexUse, ...]
    narrow_keys: tuple[NarrowKey, ...]


def read_statistics(connection: Connection, schema: str, catalogue: Catalogue) -> Statistics:
    """Read the statistics of a schema's tables; those of a standby are its own."""
    [(memory, since)] = connection.execute(
        "select setting::bigint * 8192, stats_reset::date"
        " from pg_settings, pg_stat_database"
        " where name = 'effective_cache_size' and datname = current_database()"
    ).fetchall()
    return Statistics(
        memory_bytes=memory,
        counted_since=since,
        size_bytes=dict(_rows(connection, _SIZES, schema)),
        indexes=tuple(
            IndexUse(table=table, name=name, definition=definition, size_bytes=size, scans=scans)
            for table, name, definition, size, scans in _rows(connection, _INDEXES, schema)
        ),
        narrow_keys=tuple(_narrow_keys(connection, schema, catalogue)),
    )


def _narrow_keys(connection: Connection, schema: str, catalogue: Catalogue) -> list[NarrowKey]:
    keys = []
    for name, table in catalogue.items():
        column = table.columns.get("id")
        if column and column.data_type in LIMITS:
            largest = sql.SQL("select coalesce(max(id), 0) from {}").format(
                sql.Identifier(schema, name)
            )
            [(value,)] = connection.execute(largest).fetchall()
            keys.append(
                NarrowKey(table=name, column="id", data_type=column.data_type, largest=value)
            )
    return keys


def _rows(connection: Connection, query: str, schema: str) -> list[tuple[Any, ...]]:
    return connection.execute(query.encode(), [schema]).fetchall()


_SIZES = """
    select class.relname::text, sum(pg_total_relation_size(part.relid))::bigint
    from pg_class as class
    cross join lateral (
        select class.oid as relid where class.relkind = 'r'
        union all
        select relid from pg_partition_tree(class.oid) where class.relkind = 'p' and isleaf
    ) as part
    where class.relnamespace = to_regnamespace(quote_ident(%s))
        and class.relkind in ('r', 'p') and not class.relispartition
    group by class.relname
"""

_INDEXES = """
    select usage.relname::text, usage.indexrelname::text,
        substring(pg_get_indexdef(usage.indexrelid) from ' USING (.*)'),
        pg_relation_size(usage.indexrelid), usage.idx_scan
    from pg_stat_user_indexes as usage
    inner join pg_index as index on index.indexrelid = usage.indexrelid
    where usage.schemaname = %s and not index.indisunique
    order by usage.relname, usage.indexrelname
"""
