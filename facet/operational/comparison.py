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

Ends = tuple[str, tuple[str, ...], str, tuple[str, ...]]


@dataclass(frozen=True)
class Verdict:
    """Of one thing by one measure: what is wrong with it, or nothing.

    ``item`` is a column, several, or a definition; empty for the table itself.
    """

    measure: MeasureName
    table: str
    item: str
    problem: str


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
        """On everything that the catalogue alone can tell."""
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
            yield Verdict("existence", name, "", "" if found else "does not exist")
            for column in due.columns if found else ():
                if column != TENANT:  # whether that exists is a matter of tenancy
                    is_there = column in self.tables[name].columns
                    yield Verdict("existence", name, column, "" if is_there else "does not exist")

    def _foreign_keys(self) -> Iterator[Verdict]:
        for key in self.references:
            due, declared = self._due_keys.get(key.ends), self._declared.get(key.ends)
            problem = ""
            if declared is None:
                problem = f"is not declared as a foreign key to {key.target}"
            elif not declared.is_valid:
                problem = f"is declared as a foreign key to {key.target}, but not validated"
            elif due is not None and due.on_delete != declared.on_delete:
                problem = f"says on delete {declared.on_delete}, not {due.on_delete}"
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
            yield Verdict(
                "types", table, column, "" if found == wanted else f"is {found}, not {wanted}"
            )

    def _tenancy(self) -> Iterator[Verdict]:
        for name, table in self.tables.items():
            if self._all_due[name].has_tenant:
                tenant = table.columns.get(TENANT)
                problem = "" if tenant and tenant.is_required else "may be null"
                yield Verdict("tenancy", name, TENANT, problem if tenant else "does not exist")
        for key in self.references:
            if self.tables[key.table].has_tenant and self.tables[key.target].has_tenant:
                pairs = zip(key.columns, key.target_columns, strict=True)
                keeps = (TENANT, TENANT) in pairs or key.ends in self._due_keys
                problem = "" if keeps else f"may refer to another tenant's row of {key.target}"
                yield Verdict("tenancy", key.table, key.item, problem)

    def _normalisation(self) -> Iterator[Verdict]:
        for name, table in self.tables.items():
            for column, found in table.columns.items():
                if found.data_type.startswith(TEXTS):
                    yield Verdict("normalisation", name, column, "")

    def _indexes(self) -> Iterator[Verdict]:
        for name, table in self.tables.items():
            due = [index for index in self._due[name].indexes if not index.is_unique]
            for index in due:
                problem = "" if _stands(index, table) else "does not exist"
                yield Verdict("indexes", name, index.definition, problem)
            for key in self.references:
                if key.table == name and not any(index.finds(key.columns) for index in due):
                    is_found = any(index.finds(key.columns) for index in table.indexes)
                    definition = f"btree ({', '.join(key.columns)})"
                    yield Verdict("indexes", name, definition, "" if is_found else "does not exist")

    def _constraints(self) -> Iterator[Verdict]:
        for name, table in self.tables.items():
            are_valid = {_essence(rule.definition): rule.is_valid for rule in table.rules}
            for rule in self._due[name].rules:
                is_valid = are_valid.get(_essence(rule.definition))
                problem = {True: "", False: "is not in force", None: "does not exist"}[is_valid]
                yield Verdict("constraints", name, rule.definition, problem)
            for column, due in self._due[name].columns.items():
                if due.is_required and column != TENANT:
                    problem = "" if table.columns[column].is_required else "may be null"
                    yield Verdict("constraints", name, column, problem)

    def _documentation(self) -> Iterator[Verdict]:
        for name, table in self.tables.items():
            described = {"": table.is_described} | {
                column: found.is_described for column, found in table.columns.items()
            }
            for item, is_described in described.items():
                yield Verdict("documentation", name, item, "" if is_described else "has no comment")

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
