"""The old database beside the new one: rows and sums of each old table and what took its place."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from psycopg import sql

from facet.errors import OperationalError
from facet.operational.catalogue import TENANT, Catalogue, read_catalogue
from facet.operational.connection import Connection, reading, where

ROWS = "rows"

_NUMBERS = ("smallint", "integer", "bigint", "numeric", "real", "double precision")
_KEY = re.compile(r"(^|_)id$|_by$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One figure on both sides; None where the table does not exist.

    ``what`` is ``rows``, or the column whose values are summed, by its new name. A line of several
    old tables, parted by `` + ``, stands below those of each, where one table took their place.
    """

    legacy_table: str
    new_table: str
    what: str
    legacy: Decimal | None
    new: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """What the new database has more; None where a side lacks the table."""
        return None if self.legacy is None or self.new is None else self.new - self.legacy


@dataclass(frozen=True)
class _Side:
    """One of the two databases."""

    connection: Connection
    schema: str
    catalogue: Catalogue

    def numbers(self, table: str) -> dict[str, str]:
        """Columns that can be summed, by their name without case and punctuation."""
        return {
            re.sub(r"[^a-z0-9]", "", name.lower()): name
            for name, column in self.catalogue[table].columns.items()
            if column.data_type.startswith(_NUMBERS) and not _KEY.search(name)
        }

    def figures(
        self, table: str, columns: list[str], tenant_id: int | None = None
    ) -> list[Decimal | None]:
        """How many rows, and the sum of each of these columns; None where there is no table."""
        if table not in self.catalogue:
            return [None]
        sums = [
            sql.SQL(", coalesce(sum(cast({} as numeric)), 0)").format(sql.Identifier(name))
            for name in columns
        ]
        query = sql.SQL("select cast(count(*) as numeric){} from {}").format(
            sql.Composed(sums), sql.Identifier(self.schema, table)
        )
        if tenant_id is not None and self.catalogue[table].has_tenant:
            query += sql.SQL(" where {} = {}").format(sql.Identifier(TENANT), tenant_id)
        [row] = self.connection.execute(query).fetchall()
        return list(row)


def compare(
    legacy_url: str,
    url: str,
    *,
    mapping: Path,
    legacy_schema: str = "public",
    schema: str = "public",
    tenant_id: int | None = None,
) -> tuple[Line, ...]:
    """Set old and new tables side by side, each database in one read-only transaction.

    Numeric columns that have the same name in both, whatever its case and punctuation, are summed;
    keys are not.

    Args:
        legacy_url: the old database.
        url: the new one.
        mapping: ``seeds/legacy_tables.csv``: which tables took an old one's place.
        legacy_schema, schema: where the tables are.
        tenant_id: count the new rows of one tenant; by default of all.

    Raises:
        OperationalError: one of the two cannot be read, or the old one has none of the tables.
    """
    pairs = _pairs(mapping)
    with reading(legacy_url) as there, reading(url) as here:
        old = _Side(there, legacy_schema, read_catalogue(there, legacy_schema))
        new = _Side(here, schema, read_catalogue(here, schema))
        if not old.catalogue.keys() & {legacy for olds in pairs.values() for legacy in olds}:
            raise OperationalError(
                where(legacy_url),
                why=f"Its schema {legacy_schema!r} has none of the old tables.",
                next_step="Name another: --legacy or FACET_LEGACY_URL, --legacy-schema.",
            )
        return tuple(
            line
            for new_table, legacy_tables in sorted(pairs.items())
            for line in _lines(old, new, legacy_tables, new_table, tenant_id)
        )


def _pairs(mapping: Path) -> Mapping[str, list[str]]:
    """The old tables that each new one stands for."""
    pairs: dict[str, list[str]] = defaultdict(list)
    with mapping.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for new_table in row["new_tables"].lower().split():
                pairs[new_table].append(row["legacy_table"])
    return pairs


def _lines(
    old: _Side, new: _Side, legacy_tables: list[str], new_table: str, tenant_id: int | None
) -> Iterator[Line]:
    together: dict[str, Decimal] = defaultdict(Decimal)
    lines: list[Line] = []
    for legacy_table in legacy_tables:
        shared: list[tuple[str, str]] = []
        if legacy_table in old.catalogue and new_table in new.catalogue:
            theirs, ours = old.numbers(legacy_table), new.numbers(new_table)
            shared = [(theirs[name], ours[name]) for name in theirs if name in ours]
        figures = zip(
            (ROWS, *(name for _, name in shared)),
            old.figures(legacy_table, [name for name, _ in shared]),
            new.figures(new_table, [name for _, name in shared], tenant_id),
            strict=True,
        )
        for what, legacy, value in figures:
            together[what] += legacy or 0
            lines.append(
                Line(
                    legacy_table=legacy_table, new_table=new_table, what=what, legacy=legacy,
                    new=value,
                )
            )  # fmt: skip
    yield from lines
    if len(legacy_tables) > 1:
        values = {line.what: line.new for line in lines}
        for what, legacy in together.items():
            yield Line(
                legacy_table=" + ".join(legacy_tables), new_table=new_table, what=what,
                legacy=legacy, new=values[what],
            )  # fmt: skip
