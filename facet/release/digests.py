"""Digests of tenants' rows: numbers that change when any row of a mart does.

A row has two hashes of 64 bits that know nothing of each other; a tenant's rows of a mart are their
count and the two sums. One pass over a mart gives those of all tenants, in the engine that has it.
Which values the hashes tell apart, and why, is in docs/decisions/0031.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from typing import Final

import duckdb

from facet.errors import ReleaseError
from facet.quoting import literal, quoted
from facet.release.tenant_files import Mart
from facet.sync.source import CATALOG

#: Types whose every value DuckDB's hash() tells from every other (strings: but for 1 in 2^64).
#: It does not of 128 bits, where 0 and -1 are one, nor of intervals: they are hashed as text.
_HASHED_AS_THEY_ARE: Final = frozenset(
    {
        *("BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "VARCHAR", "DATE"),
        *("TIMESTAMP", "TIMESTAMP WITH TIME ZONE"),
    }
)
#: The widest decimal that is kept in 64 bits.
_NARROW_DECIMAL: Final = 18


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a mart, as DuckDB sees it on either engine."""

    name: str
    type: str


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Count and hashes of a tenant's rows of a mart; no hash where every column is per run."""

    count: int
    hashes: tuple[str, ...]


def columns_of(
    connection: duckdb.DuckDBPyConnection, relation: str, mart: Mart
) -> tuple[Column, ...]:
    """The columns of a mart.

    Raises:
        ReleaseError: there is no such table, or it lacks a column that it should have.
    """
    try:
        described = connection.execute(f"describe select * from {relation}").fetchall()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise _unfit(mart, f"{str(error).splitlines()[0]}.") from error
    columns = tuple(Column(name=name, type=kind) for name, kind, *_ in described)
    missing = {"tenant_id", *mart.sort_key} - {column.name for column in columns}
    if missing:
        raise _unfit(mart, f"It has no {', '.join(sorted(missing))}.")
    return columns


def sums_of(
    connection: duckdb.DuckDBPyConnection,
    engine: str,
    relation: str,
    mart: Mart,
    columns: Sequence[Column],
) -> dict[int | None, Sums]:
    """Count and hash the rows of each tenant, and those of none (None).

    Args:
        connection: where the mart's database is attached.
        engine: whose tables they are, and who counts.
        relation: the mart, as the connection names it.
        mart: the mart; its columns of one run are passed over.
        columns: all of its columns.
    """
    compared = [column for column in columns if column.name not in mart.per_run]
    query = _on_postgres(mart, compared) if engine == "postgres" else _on_duckdb(relation, compared)
    return {
        tenant_id: Sums(count=count, hashes=tuple(map(str, hashes)))
        for tenant_id, count, *hashes in connection.execute(query).fetchall()
    }


def layout(mart: Mart, columns: Sequence[Column]) -> list[object]:
    """Everything but the rows that decides how a mart stands in a file."""
    types = [(column.name, column.type) for column in columns]
    return [mart.name, types, mart.sort_key, mart.privacy.comment()]


def writer(engine: str) -> list[str]:
    """Versions that a file depends on: of this code, of DuckDB, and the engine that hashed."""
    package = files("facet.release")
    texts = ("digests.py", "gathering.py", "tenant_files.py", "macros/metric_functions.sql")
    code = b"".join(package.joinpath(name).read_bytes() for name in texts)
    return [hashlib.sha256(code).hexdigest(), version("duckdb"), engine]


def digest(content: object) -> str:
    """The SHA-256 of what JSON can say, in hexadecimal."""
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _on_duckdb(relation: str, columns: Sequence[Column]) -> str:
    """DuckDB's hash is quick but joins columns by a multiplication and an exclusive or.

    Hashed once more, so that what two rows swap does not cancel out in the sum. The second hash
    takes the columns backwards, and strings from another start.
    """
    forwards = [_value(column) for column in columns]
    backwards = [
        f"chr(1) || {value}" if column.type == "VARCHAR" else value
        for column, value in zip(columns, forwards, strict=True)
    ][::-1]
    sums = [f", sum(hash(hash({', '.join(values)})))" for values in (forwards, backwards) if values]
    return f"select tenant_id, count(*){''.join(sums)} from {relation} group by tenant_id"


def _value(column: Column) -> str:
    name = quoted(column.name)
    is_narrow = column.type.startswith("DECIMAL(") and (
        int(column.type.removeprefix("DECIMAL(").split(",")[0]) <= _NARROW_DECIMAL
    )
    as_it_is = is_narrow or column.type in _HASHED_AS_THEY_ARE
    return name if as_it_is else f"cast({name} as varchar)"


def _on_postgres(mart: Mart, columns: Sequence[Column]) -> str:
    """PostgreSQL's hash of a row takes 5.00 for -5.00; that of the row's text does not."""
    names = ", ".join(quoted(column.name) for column in columns)
    table = f"{quoted(mart.schema)}.{quoted(mart.name)}"
    sums = [
        f", cast(sum(hashtextextended(line, {seed})) as text) as hash_{seed}"
        for seed in (0, 1)
        if columns
    ]
    # without the offset, the text of a row would be made for each of the hashes
    lines = f"select tenant_id, cast(row({names}) as text) as line from {table} offset 0"
    query = f"select tenant_id, count(*){''.join(sums)} from ({lines}) as lines group by tenant_id"
    return f"select * from postgres_query({literal(CATALOG)}, {literal(query)})"


def _unfit(mart: Mart, why: str) -> ReleaseError:
    return ReleaseError(
        f"Mart {mart.name} cannot be published",
        why=why,
        next_step="It needs the column tenant_id and those of its config.meta.sort_key.",
    )
