"""Faults of a schema that its rows show: references to nothing or to another tenant, lists in text.

The statements run on PostgreSQL and, word for word, on a copy in DuckDB; they only read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from facet.operational.catalogue import TENANT, Catalogue, ForeignKey, Table
from facet.operational.comparison import TEXTS, MeasureName
from facet.operational.problems import Problem, ProblemName
from facet.quoting import literal, quoted

#: Runs a statement and returns its rows.
Execute = Callable[[str], list[tuple[Any, ...]]]

#: One part of a list: no space, and nothing that addresses, mark-up, JSON or sentences are made of.
_PART = r'[^\s,;:/{}()\[\]<>"=&?!|*%$]+'
#: `a,b,c` is a list wherever it stands.
_LIST = f"'^{_PART}(,{_PART}){{2,}}$'"
#: `a,b` and `a, b, c` are lists too in a column that holds no text of several words.
_LIST_OF_WORDS = f"'^({_PART}(,{_PART})+|{_PART}(, {_PART}){{2,}})$'"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What is wrong with rows: of how many, by tenant; None has those that are nobody's."""

    measure: MeasureName
    table: str
    item: str
    problem: Problem
    rows: Mapping[int | None, int]


def find(
    execute: Execute, schema: str, tables: Catalogue, references: Iterable[ForeignKey]
) -> Iterator[Finding]:
    """Read each table once for its texts, and once for each reference to another.

    Args:
        execute: PostgreSQL, or a copy that has these tables and columns.
        schema: where the tables are.
        tables: what there is to read.
        references: between these tables; declared or only due.
    """
    search = _Search(execute, schema, tables)
    filled = search.filled()
    for key in references:
        if key.table in filled:
            yield from search.lost(key)
    for name, table in tables.items():
        if name in filled:
            yield from search.unowned(name, table)
            yield from search.lists(name, table)


@dataclass(frozen=True)
class _Search:
    execute: Execute
    schema: str
    tables: Catalogue

    def filled(self) -> set[str]:
        """The tables that have rows: of the others there is nothing to find."""
        having_rows = " union all ".join(
            f"select {literal(name)} where exists (select 1 from {self._relation(name)})"
            for name in self.tables
        )
        return {name for (name,) in self.execute(having_rows)} if self.tables else set()

    def lost(self, key: ForeignKey) -> Iterator[Finding]:
        """Rows whose reference finds nothing, or nothing of their own tenant."""
        pairs = dict(zip(key.columns, key.target_columns, strict=True))
        if self.tables[key.table].has_tenant and self.tables[key.target].has_tenant:
            pairs[TENANT] = TENANT
        others = {column: target for column, target in pairs.items() if target != TENANT}
        parent = f"select 1 from {self._relation(key.target)} as parent"
        elsewhere = "false"
        if len(others) < len(pairs):
            elsewhere = f"exists ({parent} where {self._equal(key, others)})"
        rows = self.execute(f"""
            select is_elsewhere, tenant_id, count(*)
            from (
                select {self._tenant(key.table)} as tenant_id, {elsewhere} as is_elsewhere
                from {self._relation(key.table)} as child
                where {" and ".join(f"child.{quoted(column)} is not null" for column in pairs)}
                    and not exists ({parent} where {self._equal(key, pairs)})
            ) as lost
            group by is_elsewhere, tenant_id
        """)
        kinds: tuple[tuple[MeasureName, ProblemName, bool], ...] = (
            ("foreign_keys", "orphaned", False),
            ("tenancy", "crosses", True),
        )
        for measure, name, kind in kinds:
            if counts := {tenant: count for is_there, tenant, count in rows if is_there == kind}:
                problem = Problem(name=name, target=key.target)
                yield Finding(
                    measure=measure, table=key.table, item=key.item, problem=problem, rows=counts
                )  # fmt: skip

    def unowned(self, name: str, table: Table) -> Iterator[Finding]:
        """Rows that belong to no tenant, where that can be."""
        if table.has_tenant and not table.columns[TENANT].is_required:
            relation = self._relation(name)
            [(count,)] = self.execute(f"select count(*) from {relation} where {TENANT} is null")
            if count:
                yield Finding(
                    measure="tenancy", table=name, item=TENANT,
                    problem=Problem(name="unowned"), rows={None: count},
                )  # fmt: skip

    def lists(self, name: str, table: Table) -> Iterator[Finding]:
        """Text columns with comma-separated lists in them."""
        columns = [
            column for column, found in table.columns.items() if found.data_type.startswith(TEXTS)
        ]
        counts = "".join(
            f", count(*) filter (where {text} like '%,%' and {text} ~ {_LIST})"
            f", count(*) filter (where {text} like '%,%' and {text} ~ {_LIST_OF_WORDS})"
            f", count(*) filter (where replace({text}, ', ', ',') like '% %')"
            for text in (f"child.{quoted(column)}" for column in columns)
        )
        rows = self.execute(
            f"select {self._tenant(name)} as tenant_id{counts}"
            f" from {self._relation(name)} as child group by 1"
        )
        for position, column in enumerate(columns):
            certain, possible, prose = range(1 + 3 * position, 4 + 3 * position)
            decides = certain if any(row[prose] for row in rows) else possible
            if found := {row[0]: row[decides] for row in rows if row[decides]}:
                yield Finding(
                    measure="normalisation", table=name, item=column,
                    problem=Problem(name="lists"), rows=found,
                )  # fmt: skip

    def _relation(self, table: str) -> str:
        return f"{quoted(self.schema)}.{quoted(table)}"

    def _tenant(self, table: str) -> str:
        return f"child.{TENANT}" if self.tables[table].has_tenant else "cast(null as bigint)"

    def _equal(self, key: ForeignKey, pairs: Mapping[str, str]) -> str:
        """The condition that a row of the parent is the one that a child refers to."""
        terms = []
        for column, target in pairs.items():
            ends = f"parent.{quoted(target)}", f"child.{quoted(column)}"
            if self._is_text(key.target, target) != self._is_text(key.table, column):
                ends = f"cast({ends[0]} as text)", f"cast({ends[1]} as text)"
            condition = " = ".join(ends)
            if target == TENANT and not self.tables[key.target].columns[target].is_required:
                condition = f"({condition} or {ends[0]} is null)"  # the parent's own fault
            terms.append(condition)
        return " and ".join(terms)

    def _is_text(self, table: str, column: str) -> bool:
        return self.tables[table].columns[column].data_type.startswith(TEXTS)
