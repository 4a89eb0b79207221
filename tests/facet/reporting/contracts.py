"""Marts made by hand, by the contracts of their models."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any, Final, cast

import duckdb

from facet.config import PROJECT_DIR
from facet.release.tenant_files import Privacy
from facet.yaml_file import read_yaml

Record = Mapping[str, Any]

#: The moments on the shop's clocks that days of a mart have; in the house nine in the morning.
_MOMENTS: Final = {
    "dated_at_local": "ledger_date",
    "occurred_at_local": "event_date",
    "ordered_at_local": "order_date",
    "assigned_at_local": "assigned_date",
    "asked_at_local": "asked_date",
    "started_at_local": "started_date",
    "redeemed_at_local": "redeemed_date",
    "ended_at_local": "work_date",
}
_ROWS_OF_A_STATEMENT: Final = 200


def create(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    rows: Sequence[Record],
    *,
    value: Callable[[Record, str, str], Any] | None = None,
) -> None:
    """Create a mart by its contract, with these rows; `value` tells a cell by column and type."""
    columns = contract(name)
    described = ", ".join(f"{column} {kind}" for column, kind in columns.items())
    connection.execute(f"create table facet_marts.{name} ({described})")
    cell = value or (lambda row, column, _: cell_of(row, column))
    insert(
        connection,
        f"facet_marts.{name}",
        [[cell(row, column, kind) for column, kind in columns.items()] for row in rows],
    )


def insert(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows, many with a statement: each takes DuckDB milliseconds."""
    for start in range(0, len(rows), _ROWS_OF_A_STATEMENT):
        some = rows[start : start + _ROWS_OF_A_STATEMENT]
        row = f"({', '.join('?' * len(some[0]))})"
        values = ", ".join([row] * len(some))
        connection.execute(f"insert into {table} values {values}", [*chain(*some)])


def contract(name: str) -> dict[str, str]:
    """The columns of a mart and their types, as its model promises them."""
    return {column["name"]: column["data_type"] for column in _model(name)["columns"]}


def privacy_of(mart: str) -> Privacy:
    """What the mart's model says of who may see what of it."""
    model = _model(mart)
    people = model.get("config", {}).get("meta", {}).get("people", {})
    return Privacy(
        rows_of=tuple(people.get("rows_of", ())),
        hides=tuple(people.get("hides", ())),
        names=tuple(people.get("names", {}).items()),
        personal=tuple(c["name"] for c in model["columns"] if "personal" in c.get("tags", ())),
    )


def cell_of(row: Record, column: str) -> Any:
    """What a row made by hand has in a column of its mart; a moment is that of its day."""
    value = row.get(column)
    day = row.get(_MOMENTS.get(column, ""))
    return value if value is not None or day is None else f"{day} 09:00:00"


@cache
def _model(mart: str) -> dict[str, Any]:
    (path,) = (PROJECT_DIR / "models" / "marts").rglob(f"{mart}.yml")
    (model,) = read_yaml(path)["models"]
    return cast("dict[str, Any]", model)
