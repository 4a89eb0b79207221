"""Faults of a database that is not as the sources declare it, each with what mends it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from facet.quoting import quoted
from facet.staging import Table
from facet.staging.postgres_types import normal_type, takes

#: Rows of the catalogue, one for each column of a relation, by the relation's name.
Catalogue = Mapping[str, list[dict[str, Any]]]

#: More than this many faults have one cause; the rest are counted. So with names in one of them.
_FAULTS_SHOWN, _NAMES_SHOWN = 20, 12
#: What is no table: by pg_class.relkind.
_OTHER_KINDS = {"v": "a view", "m": "a materialized view", "f": "a foreign table"}


@dataclass(frozen=True, kw_only=True, order=True)
class Fault:
    """One fault: whose it is, what it is, and what mends it.

    Faults that share ``cause`` are one: of all the tables, with ``remedy`` once.
    """

    subject: str
    what: str
    cause: str = ""
    remedy: str = ""


def faults_of(table: Table, catalogue: Catalogue, schema: str) -> Iterable[Fault]:
    """Everything that is not as declared in one table."""
    rows = catalogue.get(table.name)
    if rows is None:
        return [_absent(table, catalogue)]
    first = rows[0]
    role = quoted(first["role"])
    if first["kind"] in _OTHER_KINDS:
        return [_no_table(table.name, first["kind"])]
    if not first["may_use_schema"]:
        remedy = f"grant usage on schema {quoted(schema)} to {role}"
        return [_shared(table, "no right to use its schema", remedy)]
    if first["hides_rows"]:
        what = "row-level security hides rows; the role needs BYPASSRLS"
        return [_shared(table, what, f"alter role {role} bypassrls")]
    found = {row["column_name"]: row for row in rows}
    unreadable = [
        column.name
        for column in table.columns
        if column.name in found and not found[column.name]["may_select"]
    ]
    faults = list(_columns(table, found))
    if unreadable and len(unreadable) == len(found.keys() & {c.name for c in table.columns}):
        remedy = f"grant select on all tables in schema {quoted(schema)} to {role}"
        faults.append(_shared(table, "no right to select from it", remedy))
    elif unreadable:
        faults.append(Fault(subject=table.name, what=f"no right to select {', '.join(unreadable)}"))
    return faults


def describe_faults(faults: Iterable[Fault]) -> str:
    """All faults, one line each; those of one cause are one."""
    lines = []
    ordered = sorted(faults, key=lambda fault: (fault.cause, fault.subject, fault.what))
    for cause, group in groupby(ordered, key=lambda fault: fault.cause):
        members = list(group)
        if cause and len(members) > 1:
            names = [member.subject for member in members]
            lines.append(f"{_listed(names)}: {members[0].what}{_remedy(members[0])}")
        else:
            lines += [f"{fault.subject}: {fault.what}{_remedy(fault)}" for fault in members]
    lines.sort()
    shown = lines[:_FAULTS_SHOWN]
    if len(lines) > _FAULTS_SHOWN:
        shown.append(f"and {len(lines) - _FAULTS_SHOWN} more")
    return "\n".join(f"  {line}" for line in shown)


def _absent(table: Table, catalogue: Catalogue) -> Fault:
    others = [name for name in catalogue if name.casefold() == table.name.casefold()]
    if not others:
        return _shared(table, "the table is missing", "")
    other = others[0]
    kind = _OTHER_KINDS.get(catalogue[other][0]["kind"])
    return Fault(
        subject=table.name,
        what=f'the table is missing; there is {f"{kind} " if kind else ""}"{other}", which is'
        f' another name: alter table "{other}" rename to {quoted(table.name)}, or declare it as'
        f" {other} in the sources' YAML",
    )


def _no_table(name: str, kind: str) -> Fault:
    return Fault(
        subject=name,
        what=f"{_OTHER_KINDS[kind]}, whose rows carry no version by which changes are found:"
        " read the table that it shows",
    )


def _columns(table: Table, found: Mapping[str, dict[str, Any]]) -> Iterable[Fault]:
    for column in table.columns:
        subject, expected = f"{table.name}.{column.name}", normal_type(column.data_type)
        row = found.get(column.name)
        if row is None:
            other = next((name for name in found if name.casefold() == column.name.casefold()), "")
            there = f'; there is "{other}", which is another name' if other else ""
            yield Fault(subject=subject, what=f"the column is missing, {expected} expected{there}")
        elif not (takes(expected, row["data_type"]) or takes(expected, row["base_type"])):
            yield Fault(subject=subject, what=f"{row['data_type']}, {expected} expected")


def _shared(table: Table, what: str, remedy: str) -> Fault:
    return Fault(subject=table.name, what=what, cause=what, remedy=remedy)


def _remedy(fault: Fault) -> str:
    return f": {fault.remedy}" if fault.remedy else ""


def _listed(names: list[str]) -> str:
    if len(names) <= _NAMES_SHOWN:
        return ", ".join(names)
    return f"{', '.join(names[:_NAMES_SHOWN])} and {len(names) - _NAMES_SHOWN} more"
