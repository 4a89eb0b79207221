"""Declarations of ``models/staging/<domain>/_<domain>__sources.yml``, as values.

Sync copies exactly these tables and columns; staging renders one model for each table.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any, Literal, cast, get_args

from facet.errors import ConfigurationError
from facet.staging.postgres_types import WHOLE, fault_of, staging_type
from facet.staging.screening import Screen
from facet.yaml_file import read_yaml

SyncMode = Literal["updated_at", "id", "whole"]

_KEY = re.compile(r"(^|_)id$|_by$")


@dataclass(frozen=True, kw_only=True)
class Column:
    """One declared column: its name, its PostgreSQL type as written in the YAML, what it means."""

    name: str
    data_type: str
    description: str = ""

    @property
    def is_key(self) -> bool:
        """Whether it names a row, its own or another one, by a whole number."""
        return staging_type(self.data_type) in WHOLE and bool(_KEY.search(self.name))


@dataclass(frozen=True, kw_only=True)
class Table:
    """One declared table, and the name of the file that declares it.

    ``entity`` names a row (``order_item``), ``model`` the rows (``order_items``); ``grain`` holds
    the source's columns that identify a row. ``personal`` are the columns that say something of a
    person; ``person`` the column by which a row is a person's, and the table that it refers to.
    ``screen`` says which rows can be counted: a table without one feeds no model beyond staging.
    ``settings`` are a tenant's columns, each with the expression that stands for it where its own
    cannot be used. ``keys`` are whole numbers that rows are built by: of changed rows they are
    told (docs/decisions/0034).
    """

    domain: str
    file: str
    name: str
    description: str
    entity: str | None
    model: str
    sync: SyncMode
    grain: tuple[str, ...]
    columns: tuple[Column, ...]
    personal: tuple[str, ...] = ()
    person: tuple[str, str] | None = None
    screen: Screen | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    keys: tuple[str, ...] = ()

    @property
    def model_name(self) -> str:
        """The name of its staging model."""
        return f"stg_{self.domain}__{self.model}"

    @property
    def tenant_column(self) -> str | None:
        """The column that says whose a row is; None where all tenants share the table."""
        if self.name == "sys_tenants":
            return "id"
        return "tenant_id" if any(of.name == "tenant_id" for of in self.columns) else None

    def staged(self, column: str) -> str:
        """The name that a column has in the staging model."""
        return f"{self.entity}_id" if column == "id" and self.entity else column


def sources_path(project_dir: Path, domain: str) -> Path:
    """The YAML file that declares a domain's tables; a large domain has more beside it."""
    return project_dir / "models" / "staging" / domain / f"_{domain}__sources.yml"


def declared_tables(project_dir: Path) -> tuple[Table, ...]:
    """Every table that the sources declare, by domain and name.

    Raises:
        ConfigurationError: no sources, or a declaration lacks something; all such are listed.
    """
    paths = sorted((project_dir / "models" / "staging").glob("*/_*__sources.yml"))
    if not paths:
        raise ConfigurationError(
            str(project_dir / "models" / "staging"),
            why="No _<domain>__sources.yml declares the operational tables.",
            next_step="Run this in a checkout of the project.",
        )
    faults: list[str] = []
    tables = [table for path in paths for table in _tables_of(path, faults)]
    if faults:
        raise ConfigurationError(
            "The sources' declarations",
            why="\n".join(["They are incomplete.", *faults]),
            next_step="Complete the YAML, then run facet staging render.",
        )
    return tuple(sorted(tables, key=lambda table: (table.domain, table.name)))


def _tables_of(path: Path, faults: list[str]) -> Iterator[Table]:
    document: dict[str, Any] = read_yaml(path) or {}
    for source in document.get("sources", ()):
        for entry in source.get("tables", ()):
            found = _faults_of(entry)
            if found:
                faults.extend(f"{path.name}: {entry.get('name')}: {fault}" for fault in found)
            else:
                yield _table(str(source["name"]), path.name, entry)


def _table(domain: str, file: str, entry: dict[str, Any]) -> Table:
    meta = _meta(entry)
    return Table(
        domain=domain,
        file=file,
        name=entry["name"],
        description=_words(entry),
        entity=meta.get("entity"),
        model=meta["model"],
        sync=cast(SyncMode, meta["sync"]),
        grain=_grain(entry),
        columns=tuple(
            Column(
                name=column["name"],
                data_type=column["data_type"],
                description=_words(column),
            )
            for column in entry["columns"]
        ),
        personal=tuple(meta.get("personal", ())),
        person=next(iter((meta.get("person") or {}).items()), None),
        screen=None if meta.get("screen") is None else Screen.parse(meta["screen"]),
        settings=meta.get("settings") or {},
        keys=tuple(meta.get("keys", ())),
    )


def _words(entry: dict[str, Any]) -> str:
    return " ".join(str(entry.get("description", "")).split())


def _faults_of(entry: dict[str, Any]) -> list[str]:
    meta, columns = _meta(entry), entry.get("columns") or []
    names = {column.get("name") for column in columns}
    faults = [
        f"column {column.get('name')} has no data_type"
        for column in columns
        if not column.get("data_type")
    ]
    faults += [
        f"column {column.get('name')}: {fault}"
        for column in columns
        if (fault := fault_of(str(column.get("data_type") or "")))
    ]
    if "model" not in meta:
        faults.append("meta has no model")
    if meta.get("sync") not in get_args(SyncMode):
        faults.append(f"meta.sync is {meta.get('sync')!r}, not one of {get_args(SyncMode)}")
    if not columns:
        faults.append("it has no columns")
    elif not _grain(entry):
        faults.append("it has no id, so meta.grain must list the columns that identify a row")
    elif unknown := set(_grain(entry)) - names:
        faults.append(f"meta.grain names columns that it does not have: {sorted(unknown)}")
    if unknown := {*meta.get("personal", ()), *(meta.get("person") or {})} - names:
        faults.append(f"meta.personal or meta.person name what it does not have: {sorted(unknown)}")
    if unknown := {*meta.get("keys", ())} - names:
        faults.append(f"meta.keys names columns that it does not have: {sorted(unknown)}")
    if meta.get("personal") and not meta.get("person"):
        faults.append("meta.personal names columns, but meta.person does not say whose they are")
    faults.extend(_faults_of_screen(meta, names))
    if "id" in names and f"{meta.get('entity')}_id" in names:
        faults.append(f"id would become {meta['entity']}_id, which is there already")
    return faults


def _faults_of_screen(meta: dict[str, Any], names: set[Any]) -> Iterator[str]:
    try:
        screen = Screen.parse(meta.get("screen") or {})
    except TypeError as error:
        yield f"meta.screen has a rule that there is not: {error}"
        return
    if unknown := (screen.columns | {*(meta.get("settings") or {})}) - names:
        yield f"meta.screen or meta.settings name what it does not have: {sorted(unknown)}"


def _meta(entry: dict[str, Any]) -> dict[str, Any]:
    return {**(entry.get("meta") or {}), **((entry.get("config") or {}).get("meta") or {})}


def _grain(entry: dict[str, Any]) -> tuple[str, ...]:
    """The columns that identify a row: as declared, else its id, else its leading ids.

    A table keyed by its entity's id (``orders_meta``, entity ``order``) has one row for each of
    them.
    """
    meta = _meta(entry)
    if declared := meta.get("grain"):
        return tuple(declared)
    names = [str(column.get("name")) for column in entry.get("columns") or ()]
    tenant = tuple(name for name in names if name == "tenant_id")
    for own in ("id", f"{meta.get('entity')}_id"):
        if own in names:
            return (*tenant, *(name for name in (own,) if name not in tenant))
    return tuple(takewhile(lambda name: name.endswith("_id"), names))
