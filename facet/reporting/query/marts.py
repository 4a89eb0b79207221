"""Marts as they stand, for what no metric can say: rows by the mart's name and its columns.

Names are looked up in the catalogue of the principal's own file before they become part of a
statement; values go beside it as parameters.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Final

from facet.quoting import quoted
from facet.release import Release
from facet.release.tenant_files import MARTS_SCHEMA
from facet.reporting.identity.identity import Principal
from facet.reporting.query.conditions import Between, Conditions, Where
from facet.reporting.query.gateway import Gateway
from facet.reporting.query.table import Cell, Table, in_language
from facet.reporting.query.tenant_file import DATABASE
from facet.reporting.query.unknown_names import unknown

#: Columns that a release made before may lack, each with the one that stands for it there, or None.
Newer = Mapping[str, str | None]
#: The column that says how well a row fits what was searched for, 0 the best.
PLACE: Final = "found_place"


class MartReader:
    """Reads a principal's rows of the marts of one release."""

    def __init__(self, gateway: Gateway, principal: Principal, release: Release) -> None:
        self._gateway = gateway
        self._principal = principal
        self._release = release
        #: The marts that were read, for the audit trail.
        self.queried: set[str] = set()
        #: What a page shows and the release, made before, lacks.
        self.lacking: set[str] = set()

    def has(self, mart: str, *columns: str) -> bool:
        """Whether the release has a mart, and columns of it; one that was made before does not."""
        return self._columns.get(mart, frozenset()).issuperset(columns) and mart in self._columns

    def shows(self, mart: str) -> bool:
        """Whether there is a mart that a page shows; that it is lacking is noted."""
        if not self.has(mart):
            self.lacking.add(mart)
        return self.has(mart)

    def rows(
        self,
        mart: str,
        columns: Sequence[str],
        *,
        newer: Newer | None = None,
        texts: Sequence[str] = (),
        language: str = "",
        where: Where | None = None,
        between: Between | None = None,
        order_by: Sequence[str] = (),
        limit: int | None = None,
    ) -> Table:
        """Rows of a mart.

        Args:
            mart: its name, such as ``rpt_migration_tables``.
            columns: the columns to read.
            newer: further columns, null or another where the release was made before them.
            texts: further columns, such as ``reason``: of ``reason_vi`` where the mart has that.
            language: in which these are read.
            where: for a column, the values to keep; an empty list keeps nothing, None what is null.
            between: for a column, the least and the greatest value to keep.
            order_by: columns of the mart; ``-`` before a name for descending. Nulls come last.
            limit: at most so many rows.

        Raises:
            UnknownNameError: the release has no such mart, or the mart no such column.
        """
        self._require(mart, [*columns, *texts, *(name.removeprefix("-") for name in order_by)])
        chosen = [quoted(name) for name in columns]
        chosen += [self._newer(mart, name, before) for name, before in (newer or {}).items()]
        for name in texts:
            column = in_language(name, language, self._columns[mart])
            chosen.append(f"{quoted(column)} as {quoted(name)}")
        return self._answer(mart, chosen, (), where or {}, between or {}, order_by, limit)

    def find(
        self,
        mart: str,
        columns: Sequence[str],
        *,
        words: Sequence[str],
        among: Sequence[str],
        order_by: Sequence[str] = (),
        limit: int | None = None,
    ) -> Table:
        """Rows in which each of some words is found, the best first, with their `PLACE`.

        Args:
            mart: its name, such as ``rpt_products``.
            columns: the columns to read.
            words: as `folding.folded` makes them.
            among: the columns of text that are searched through.
            order_by: as for `rows`, of those that fit as well.
            limit: as for `rows`.

        Raises:
            UnknownNameError: the release has no such mart, or the mart no such column.
        """
        self._require(mart, [*columns, *among, *(name.removeprefix("-") for name in order_by)])
        conditions = _conditions()
        place = f"{conditions.keep_words(words, among)} as {PLACE}"
        chosen = [*map(quoted, columns), place]
        return self._answer(
            mart, chosen, (), {}, {}, (PLACE, *order_by), limit, conditions=conditions
        )

    def totals(
        self,
        mart: str,
        sums: Sequence[str],
        *,
        by: Sequence[str] = (),
        where: Where | None = None,
        between: Between | None = None,
        order_by: Sequence[str] = (),
    ) -> Table:
        """Sums of a mart's columns, 0 where there is nothing, and the rows as ``row_count``.

        Args:
            mart: its name, such as ``fct_promotion_redemptions``.
            sums: columns to sum; of a flag, the number of rows that have it.
            by: columns whose values make a row each of the result; without any it is one row.
            where: as for `rows`.
            between: as for `rows`.
            order_by: columns of the result; ``-`` before a name for descending. Nulls come last.

        Raises:
            UnknownNameError: the release has no such mart, or the mart or result no such column.
        """
        self._require(mart, [*by, *sums])
        for name in order_by:
            if name.removeprefix("-") not in (*by, *sums, "row_count"):
                raise unknown("column of the answer", name, (*by, *sums, "row_count"))
        chosen = [
            *map(quoted, by),
            *(f"coalesce(sum({quoted(name)}), 0) as {quoted(name)}" for name in sums),
            "count(*) as row_count",
        ]
        return self._answer(mart, chosen, by, where or {}, between or {}, order_by)

    def count(self, mart: str, where: Where | None = None) -> Cell:
        """How many rows a mart has, or those of which something holds; `where` as for `rows`."""
        return self.totals(mart, [], where=where).number("row_count")

    def _answer(
        self,
        mart: str,
        chosen: Sequence[str],
        by: Sequence[str],
        where: Where,
        between: Between,
        order_by: Sequence[str],
        limit: int | None = None,
        *,
        conditions: Conditions | None = None,
    ) -> Table:
        keeps = {**where, "tenant_id": [self._principal.tenant_id]}
        self._require(mart, [*keeps, *between])
        conditions = conditions or _conditions()
        conditions.keep(keeps)
        conditions.keep_between(between)
        statement = [
            f"select {', '.join(chosen)}",
            f"from {DATABASE}.{MARTS_SCHEMA}.{quoted(mart)} as mart",
            f"where {' and '.join(conditions.texts)}",
        ]
        if by:
            statement.append(f"group by {', '.join(map(quoted, by))}")
        if order_by:
            ends = [
                f"{quoted(name.removeprefix('-'))}{' desc' * name.startswith('-')} nulls last"
                for name in order_by
            ]
            statement.append(f"order by {', '.join(ends)}")
        if limit is not None:
            statement.append(f"limit {int(limit)}")
        return self._gateway.query(
            self._principal, self._release, "\n".join(statement), conditions.parameters
        )

    def _newer(self, mart: str, name: str, before: str | None) -> str:
        """A column, or what stands for it in a release that was made before it."""
        if self.has(mart, name):
            return quoted(name)
        self.lacking.add(f"{mart}.{name}")
        if before is not None:
            self._require(mart, [before])
        return f"{'null' if before is None else quoted(before)} as {quoted(name)}"

    def _require(self, mart: str, columns: Collection[str]) -> None:
        if mart not in self._columns:
            raise unknown("mart", mart, self._columns)
        self.queried.add(mart)
        for name in columns:
            if name not in self._columns[mart]:
                raise unknown(f"column of {mart}", name, self._columns[mart])

    @cached_property
    def _columns(self) -> Mapping[str, frozenset[str]]:
        """The columns of each mart of the principal's file."""
        found = self._gateway.query(
            self._principal,
            self._release,
            """
            select table_name, column_name
            from information_schema.columns
            where table_catalog = $database and table_schema = $schema
            """,
            {"database": DATABASE, "schema": MARTS_SCHEMA},
        )
        marts: dict[str, set[str]] = {}
        for mart, column in found.rows:
            marts.setdefault(str(mart), set()).add(str(column))
        return {mart: frozenset(columns) for mart, columns in marts.items()}


def _conditions() -> Conditions:
    return Conditions(lambda name: f"mart.{quoted(name)}")
