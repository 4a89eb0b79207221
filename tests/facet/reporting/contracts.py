"""Marts made by hand, by the contracts of their models."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import duckdb
import yaml

from facet.config import PROJECT_DIR
from tests.facet.reporting.house import cell_of

Record = Mapping[str, Any]


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
    tell = value or (lambda row, column, _: cell_of(row, column))
    if rows:
        connection.executemany(
            f"insert into facet_marts.{name} values ({', '.join('?' * len(columns))})",
            [[tell(row, column, kind) for column, kind in columns.items()] for row in rows],
        )


@cache
def contract(name: str) -> dict[str, str]:
    """The columns of a mart and their types, as its model promises them."""
    (path,) = (PROJECT_DIR / "models" / "marts").rglob(f"{name}.yml")
    (model,) = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    return {column["name"]: column["data_type"] for column in model["columns"]}
