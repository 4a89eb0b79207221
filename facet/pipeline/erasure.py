"""Erasing a person: from the copy, the marts and every release that is kept; sums stay as they are.

What is erased is what says who somebody is. Their orders stay, as those of a number, so that no
total changes. The request is on disk before anything is done: a crash in the middle is finished by
the next call and by the next run, and no sync brings the person back.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from facet.config import Settings
from facet.errors import FacetError, ReleaseError
from facet.lock import run_lock
from facet.quoting import literal, quoted
from facet.release import for_tools
from facet.release.disk import disk_errors, write_durably
from facet.release.erasing import (
    PERSON,
    Personal,
    erase_from,
    personal_columns,
    redact_persons,
    rewritten,
)
from facet.release.store import current, directories_of, remove_leftovers
from facet.saved.forgetting import forget_customers
from facet.staging import declared_tables
from facet.sync.erased import Erased, erasures_dir, read_request, redact


class ErasureError(FacetError):
    """A person cannot be erased."""

    exit_code = 8


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """What was removed, by ids and numbers alone: it names nobody.

    `rows`: for each table of the copy, mart of the warehouse and mart of a release, how many rows
    of the person are without what said who they are.
    """

    person: Erased
    asked_at: datetime
    finished_at: datetime
    rows: dict[str, int] = field(default_factory=dict)
    releases: tuple[str, ...] = ()
    path: Path


def erase(
    settings: Settings,
    *,
    tenant_id: int,
    person_id: int,
    progress: Callable[[str], None] | None = None,
) -> Certificate:
    """Erase a person of a tenant, and finish what earlier calls began.

    Args:
        settings: where everything is; the engine must be DuckDB.
        tenant_id: whose customer it is.
        person_id: the id of any of the customers that are the person.
        progress: is told each step in a few words.

    Raises:
        BusyError: a run is under way.
        ErasureError: there is no such customer, or the engine reads the CRM in place.
        ReleaseError: the disk is full, or a file cannot be read.
    """
    report = progress or (lambda _: None)
    _require_copy(settings)
    with run_lock(settings), disk_errors("The erasure is not finished", settings.home):
        finish_erasures(settings, progress=report)
        person = _person(settings, tenant_id, person_id)
        now = datetime.now(UTC)
        path = erasures_dir(settings) / f"{now:%Y%m%dT%H%M%S%f}Z-{tenant_id}-{person_id}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        request = {"person": asdict(person), "asked_at": now.isoformat(), "finished_at": None}
        write_durably(path, json.dumps(request, indent=1))
        return _finish(settings, path, request, report)


def finish_erasures(
    settings: Settings, *, progress: Callable[[str], None] | None = None
) -> tuple[Certificate, ...]:
    """Finish erasures that were interrupted. The caller holds the lock."""
    done = []
    for path in sorted(erasures_dir(settings).glob("*.json")):
        request = read_request(path)
        if request["finished_at"] is None:
            done.append(_finish(settings, path, request, progress or (lambda _: None)))
    return tuple(done)


def _finish(
    settings: Settings, path: Path, request: dict[str, Any], report: Callable[[str], None]
) -> Certificate:
    person = Erased.read(request["person"])
    releases = directories_of(settings.releases_dir)
    remove_leftovers(settings.releases_dir)
    report("releases")
    found = erase_from(releases, tenant_id=person.tenant_id, person_ids=person.customer_ids)
    try:
        for_tools.update(current(settings.releases_dir))
    except ReleaseError:  # nothing is served, or what another version wrote
        for_tools.withdraw(settings.releases_dir, person.tenant_id)
    rows = {
        f"release {name}: {mart}": count
        for name, counts in found.items()
        for mart, count in counts.items()
    }
    report("warehouse")
    rows |= _erase_from_warehouse(settings, person)
    if views := forget_customers(
        settings, tenant_id=person.tenant_id, customer_ids=person.customer_ids
    ):
        rows["saved: views"] = views
    finished_at = datetime.now(UTC)
    write_durably(
        path,
        json.dumps(
            request
            | {
                "finished_at": finished_at.isoformat(),
                "rows": rows,
                "releases": [folder.name for folder in releases],
            },
            indent=1,
        ),
    )
    return Certificate(
        person=person,
        asked_at=datetime.fromisoformat(request["asked_at"]),
        finished_at=finished_at,
        rows=rows,
        releases=tuple(folder.name for folder in releases),
        path=path,
    )


def _erase_from_warehouse(settings: Settings, person: Erased) -> dict[str, int]:
    """Take a person out of the copy, the marts and failed tests' rows; a run makes views anew."""
    if not settings.warehouse_path.exists():
        return {}
    rows: dict[str, int] = {}
    personal = _personal_of_marts(settings)
    with rewritten(settings.warehouse_path) as connection:
        copy = f"draft.{quoted(settings.operational_schema)}"
        counts = redact(
            connection,
            schema=copy,
            tables=_copied(connection, settings),
            persons=[person],
        )
        rows |= {f"copy: {table}": count for table, count in counts.items()}
        for relation, columns in _relations(connection, settings, personal):
            count = redact_persons(
                connection,
                f"draft.{relation}",
                columns,
                tenant_id=person.tenant_id,
                person_ids=person.customer_ids,
            )
            if count:
                rows[f"warehouse: {relation}"] = count
        connection.execute("drop schema if exists draft.facet_build cascade")  # build all anew
    return rows


def _copied(connection: duckdb.DuckDBPyConnection, settings: Settings) -> list[Any]:
    """The declared tables that the copy has."""
    there = connection.execute(
        "select table_name from duckdb_tables() where database_name = 'draft' and schema_name = $1",
        [settings.operational_schema],
    ).fetchall()
    names = {name for (name,) in there}
    return [table for table in declared_tables(settings.project_dir) if table.name in names]


def _relations(
    connection: duckdb.DuckDBPyConnection, settings: Settings, personal: Personal
) -> list[tuple[str, list[str]]]:
    """Tables beside the copy with persons' rows and a column that is personal in some mart."""
    names = {column for columns in personal.values() for column in columns}
    found = connection.execute(
        "select schema_name, table_name, list(column_name) from duckdb_columns()"
        " where database_name = 'draft' and schema_name <> $1 group by all",
        [settings.operational_schema],
    ).fetchall()
    return [
        (f"{quoted(schema)}.{quoted(table)}", sorted(names.intersection(columns)))
        for schema, table, columns in found
        if PERSON in columns and "tenant_id" in columns and names.intersection(columns)
    ]


def _personal_of_marts(settings: Settings) -> Personal:
    """What is personal in any mart of any release that is kept."""
    personal: dict[str, tuple[str, ...]] = {}
    paths = [
        path
        for folder in directories_of(settings.releases_dir)
        for path in sorted(folder.glob("tenant_*.duckdb"))
    ]
    for path in {path.stat().st_ino: path for path in paths}.values():
        with duckdb.connect() as connection:
            connection.execute(f"attach {literal(str(path))} as kept (read_only)")
            personal |= personal_columns(connection, "kept")
    return personal


def _person(settings: Settings, tenant_id: int, customer_id: int) -> Erased:
    """All customers that merges and shared keys tie to one, and their personal keys."""
    merged = "facet_intermediate.int_customers__customers_merged"
    copied = f"{quoted(settings.operational_schema)}.crm_customers"
    rows: list[tuple[int, int | None]] = []
    with (
        suppress(duckdb.CatalogException),
        duckdb.connect(str(settings.warehouse_path), read_only=True) as connection,
    ):
        rows = connection.execute(
            f"""
            select merged.customer_id, customers.personal_key_id
            from {merged} as asked
            inner join {merged} as merged
                on merged.tenant_id = asked.tenant_id and merged.person_id = asked.person_id
            inner join {copied} as customers
                on customers.tenant_id = merged.tenant_id and customers.id = merged.customer_id
            where asked.tenant_id = $tenant and asked.customer_id = $customer
            order by 1
            """,
            {"tenant": tenant_id, "customer": customer_id},
        ).fetchall()
    if not rows:
        raise ErasureError(
            f"Customer {customer_id} of tenant {tenant_id}",
            why="There is no such customer in what has been copied and built.",
            next_step="Give the tenant's id and that of a customer; `facet run` first where"
            " the customer is new.",
        )
    return Erased(
        tenant_id=tenant_id,
        customer_ids=tuple(customer for customer, _ in rows),
        personal_key_ids=tuple(sorted({key for _, key in rows if key is not None})),
    )


def _require_copy(settings: Settings) -> None:
    if settings.engine != "duckdb":
        raise ErasureError(
            "The PostgreSQL engine",
            why="It reads the CRM's own tables in place: what stands there comes back with a run.",
            next_step="Erase the person in the CRM, run `facet run` so that the marts follow, and"
            " `facet release list` to let go of releases of before.",
        )
    if not settings.warehouse_path.exists():
        raise ErasureError(
            str(settings.warehouse_path),
            why="Nothing has been copied yet, so there is nobody to erase.",
            next_step="Check FACET_HOME.",
        )
