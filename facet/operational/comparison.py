"""A catalogue held against the one it should be: a verdict on each thing, measure by measure.

What is missing as a whole is judged under existence alone: a dropped table has no missing indexes.
Tables that are not of the schema are left out; columns, references and indexes that were added to
its tables are judged too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from facet.operational.catalogue import TENANT, Catalogue, ForeignKey, Index, Table
from facet.operational.problems import Problem

MeasureName = Literal[
    "existence",
    "foreign_keys",
    "types",
    "tenancy",
    "normalisation",
    "indexes",
    "constraints",
    "documentation",
]
TEXTS = ("text", "character", "citext")
_ABSENT = Problem(name="absent")
_NULLABLE = Problem(name="nullable")
_NOT_IN_FORCE = Problem(name="not_in_force")
_UNDESCRIBED = Problem(name="undescribed")

Ends = tuple[str, tuple[str, ...], str, tuple[str, ...]]


@dataclass(frozen=True)
class Verdict:
    """Of one thing by one measure: what is wrong with it, or nothing.

    ``item`` is a column, several, or a definition; empty for the table itself.
    """

    measure: MeasureName
    table: str
    item: str
    problem: Problem | None


class Comparison:
    """What is due and what was found, as far as there is something to hold against it."""

    def __init__(self, due: Catalogue, found: Catalogue) -> None:
        self._all_due = due
        #: The tables of the schema that exist, as they are.
        self.tables: Catalogue = {name: found[name] for name in due if name in found}
        self._due = {name: in_reach(name, due[name], self.tables) for name in self.tables}
        self._declared = _by_ends(self.tables)
        self._due_keys = _by_ends(self._due)
        #: Every reference between these tables that is declared or should be.
        self.references = tuple((self._due_keys | self._declared).values())

    def verdicts(self) -> Iterator[Verdict]:
        """Verdicts on all measures that need the catalogue alone."""
        yield from self._existence()
        yield from self._foreign_keys()
        yield from self._types()
        yield from self._tenancy()
        yield from self._normalisation()
        yield from self._indexes()
        yield from self._constraints()
        yield from self._documentation()

    def _existence(self) -> Iterator[Verdict]:
        for name, due in self._all_due.items():
            found = self.tables.get(name)
            yield Verdict("existence", name, "", None if found else _ABSENT)
            for column in due.columns if found else ():
                if column != TENANT:  # whether that exists is a matter of tenancy
                    is_there = column in self.tables[name].columns
                    yield Verdict("existence", name, column, None if is_there else _ABSENT)

    def _foreign_keys(self) -> Iterator[Verdict]:
        for key in self.references:
            due, declared = self._due_keys.get(key.ends), self._declared.get(key.ends)
            problem = None
            if declared is None:
                problem = Problem(name="undeclared", target=key.target)
            elif not declared.is_valid:
                problem = Problem(name="unvalidated", target=key.target)
            elif due is not None and due.on_delete != declared.on_delete:
                problem = Problem(name="on_delete", found=declared.on_delete, due=due.on_delete)
            yield Verdict("foreign_keys", key.table, key.item, problem)

    def _types(self) -> Iterator[Verdict]:
        """Keys have the type that they should, references that of what they refer to."""
        due = {
            (name, column): found.data_type
            for name, table in self._due.items()
            for column, found in table.columns.items()
        }
        keys = {(name, "id") for name, table in self._due.items() if "id" in table.columns}
        widened: set[tuple[str, str]] = set()
        for key in self.references:
            for column, target in zip(key.columns, key.target_columns, strict=True):
                child, parent = (key.table, column), (key.target, target)
                keys |= {child, parent}
                found = self._type(*parent)
                if (due.get(parent), found) == ("integer", "bigint"):
                    widened |= {child, parent}  # as the review recommends for the one narrow key
                due.setdefault(child, found)
        due |= dict.fromkeys(widened, "bigint")
        for table, column in sorted(keys):
            found, wanted = self._type(table, column), due.get((table, column), "bigint")
            problem = Problem(name="other_type", found=found, due=wanted)
            yield Verdict("types", table, column, None if found == wanted else problem)

    def _tenancy(self) -> Iterator[Verdict]:
        for name, table in self.tables.items():
            if self._all_due[name].has_tenant:
                tenant = table.columns.get(TENANT)
                problem = None if tenant and tenant.is_required else _NULLABLE
                yield Verdict("tenancy", name, TENANT, problem if tenant else _ABSENT)
        for key in self.references:
            if self.tables[key.table].has_tenant and self.tables[key.target].has_tenant:
                pairs = zip(key.columns, key.target_columns, strict=True)
                keeps = (TENANT, TENANT) in pairs or key.ends in self._due_keys
                problem = Problem(name="may_cross", target=key.target)
                yield Verdict("tenancy", key.table, key.item, None if keeps else problem)

    def _normalisation(self) -> Iterator[Verdict]:
        for name, table in self.tables.items():
            for column, found in table.columns.items():
                if found.data_type.startswith(TEXTS):
                    yield Verdict("normalisation", name, column, None)

    def _indexes(self) -> Iterator[Verdict]:
        for name, table in self.tables.items():
            due = [index for index in self._due[name].indexes if not index.is_unique]
            for index in due:
                problem = None if _stands(index, table) else _ABSENT
                yield Verdict("indexes", name, index.definition, problem)
            for key in self.references:
                if key.table == name and not any(index.finds(key.columns) for index in due):
                    is_found = any(index.finds(key.columns) for index in table.indexes)
                    definition = f"btree ({', '.join(key.columns)})"
                    yield Verdict("indexes", name, definition, None if is_found else _ABSENT)

    def _constraints(self) -> Iterator[Verdict]:
        for name, table in self.tables.items():
            are_valid = {_essence(rule.definition): rule.is_valid for rule in table.rules}
            for rule in self._due[name].rules:
                is_valid = are_valid.get(_essence(rule.definition))
                problem = {True: None, False: _NOT_IN_FORCE, None: _ABSENT}[is_valid]
                yield Verdict("constraints", name, rule.definition, problem)
            for column, due in self._due[name].columns.items():
                if due.is_required and column != TENANT:
                    problem = None if table.columns[column].is_required else _NULLABLE
                    yield Verdict("constraints", name, column, problem)

    def _documentation(self) -> Iterator[Verdict]:
        for name, table in self.tables.items():
            described = {"": table.is_described} | {
                column: found.is_described for column, found in table.columns.items()
            }
            for item, is_described in described.items():
                yield Verdict("documentation", name, item, None if is_described else _UNDESCRIBED)

    def _type(self, table: str, column: str) -> str:
        return self.tables[table].columns[column].data_type


def _stands(index: Index, table: Table) -> bool:
    """Whether a table has this index, or another that serves as well."""
    return any(
        _essence(index.definition) == _essence(other.definition)
        or (index.is_plain and other.finds(index.columns))
        for other in table.indexes
    )


def _essence(definition: str) -> str:
    """A definition without the casts that follow from its columns' types and the server's age."""
    without_casts = re.sub(r"::[a-z_ ]+(\([\d,]+\))?(\[\])?", "", definition)
    return re.sub(r"\((-?[\w.]+)\)", r"\1", without_casts)


def in_reach(name: str, due: Table, tables: Catalogue) -> Table:
    """A table without all that hangs on tables and columns that do not exist in ``tables``."""

    def exists(table: str, *columns: str) -> bool:
        return table in tables and tables[table].columns.keys() >= set(columns)

    gone = due.columns.keys() - tables[name].columns.keys()
    hangs = re.compile(rf"\b({'|'.join(map(re.escape, gone))})\b" if gone else r"(?!)")
    return replace(
        due,
        columns={column: due.columns[column] for column in due.columns if column not in gone},
        foreign_keys=tuple(
            key
            for key in due.foreign_keys
            if exists(name, *key.columns) and exists(key.target, *key.target_columns)
        ),
        indexes=tuple(index for index in due.indexes if not hangs.search(index.definition)),
        rules=tuple(rule for rule in due.rules if not hangs.search(rule.definition)),
    )


def _by_ends(tables: Catalogue) -> dict[Ends, ForeignKey]:
    """The references between these tables, each once."""
    return {
        key.ends: key
        for table in tables.values()
        for key in table.foreign_keys
        if key.target in tables
    }
