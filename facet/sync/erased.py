"""Persons whose data were erased: the copy has their rows without what identifies them.

They are known by ids alone, in files of a home, so that no sync brings them back, not even one that
copies everything anew.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from facet.config import Settings
from facet.errors import WarehouseError
from facet.quoting import quoted
from facet.staging import Table

#: Where rows of a person begin; all others refer to one of these, over as many tables as it takes.
KEYS, CUSTOMERS = "crm_personal_keys", "crm_customers"


@dataclass(frozen=True, kw_only=True)
class Erased:
    """A person of a tenant: the customers that are theirs, and the personal keys of these."""

    tenant_id: int
    customer_ids: tuple[int, ...]
    personal_key_ids: tuple[int, ...]

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> "Erased":
        """A person as a file of the erasures has them."""
        return cls(
            tenant_id=content["tenant_id"],
            customer_ids=tuple(content["customer_ids"]),
            personal_key_ids=tuple(content["personal_key_ids"]),
        )


def erasures_dir(settings: Settings) -> Path:
    """The folder of what was erased, a file for each request."""
    return settings.home / "erasures"


def erased_persons(settings: Settings) -> tuple[Erased, ...]:
    """Everybody with a requested erasure, finished or not."""
    paths = sorted(erasures_dir(settings).glob("*.json"))
    return tuple(Erased.read(read_request(path)["person"]) for path in paths)


def read_request(path: Path) -> dict[str, Any]:
    """A request to erase somebody, as its file has it.

    Raises:
        WarehouseError: it does not say who; nothing may be copied, or they would come back.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        Erased.read(content["person"])
        return {"finished_at": None, **content}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WarehouseError(
            str(path),
            why="It does not say whose data were erased, so that these would be copied again"
            f" ({type(error).__name__}: {error}).",
            next_step="Put the file of the last backup in its place.",
        ) from error


def redact(
    connection: duckdb.DuckDBPyConnection,
    *,
    schema: str,
    tables: Sequence[Table],
    persons: Iterable[Erased],
) -> dict[str, int]:
    """Empty the personal columns of persons' rows; what is empty stays so.

    Args:
        connection: with the copy as its database.
        schema: the copy's schema, as part of a statement.
        tables: what the sources declare; their ``personal`` and ``person`` say what is whose.
        persons: who.

    Returns:
        How many rows of theirs each table has, whether anything was left in them or not; tables
        without any are left out.
    """
    declared = {table.name: table for table in tables}
    counts: dict[str, int] = {}
    for person in persons:
        for table in tables:
            if not table.personal:
                continue
            relation = f"{schema}.{quoted(table.name)}"
            whose = _whose(table, declared, schema, person)
            values = ", ".join(f"{quoted(column)} = null" for column in table.personal)
            (count,) = connection.execute(
                f"update {relation} set {values} where {whose}"
            ).fetchone() or (0,)
            if count:
                counts[table.name] = counts.get(table.name, 0) + count
    return counts


def _whose(table: Table, declared: Mapping[str, Table], schema: str, person: Erased) -> str:
    """The condition under which a row of a table is a person's."""
    assert table.person is not None
    column, parent = table.person
    if table.name == parent:
        ids = person.personal_key_ids if parent == KEYS else person.customer_ids
        listed = ", ".join(str(int(number)) for number in ids) or "null"
        return f"tenant_id = {int(person.tenant_id)} and {quoted(column)} in ({listed})"
    above = _whose(declared[parent], declared, schema, person)
    return (
        f"tenant_id = {int(person.tenant_id)} and {quoted(column)} in"
        f" (select id from {schema}.{quoted(parent)} where {above})"
    )
