"""Finds the rows of a table that were written within a window: PostgreSQL passes over it once."""

from dataclasses import dataclass
from typing import Final

from facet.quoting import literal
from facet.sync.snapshot import Window
from facet.sync.source import Source

#: Of a table of so many rows the places of those that changed are listed while they are counted,
#: which takes the server 32 bytes each; a larger one is passed over twice, as is one of several
#: parts (partitions, children), whose rows share places.
_LISTED_UP_TO: Final = 10_000_000
#: So many places fit into a statement.
_READ_BY_PLACE_UP_TO: Final = 200_000


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """How many rows there are, how many of them changed, and the condition that finds these."""

    rows: int
    changed: int
    condition: str


def scan(source: Source, relation: str, window: Window, *, rows_before: int, parts: int) -> Scanned:
    """Count the rows of a table, and find those that were written within a window."""
    within = window.predicate()
    if parts > 1 or rows_before > _LISTED_UP_TO:
        row = source.rows(
            f"select count(*) as rows, count(*) filter (where {within}) as changed from {relation}"
        )[0]
        return Scanned(rows=row["rows"], changed=row["changed"], condition=within)
    row = source.rows(
        "select rows, coalesce(cardinality(places), 0) as changed,"
        f" case when cardinality(places) <= {_READ_BY_PLACE_UP_TO} then places::text end as places"
        f" from (select count(*) as rows, array_agg(ctid) filter (where {within}) as places"
        f" from {relation}) as counted"
    )[0]
    if row["places"] is None:
        return Scanned(rows=row["rows"], changed=row["changed"], condition=within)
    places = f"ctid = any({literal(row['places'])}::tid[])"
    return Scanned(rows=row["rows"], changed=row["changed"], condition=places)
