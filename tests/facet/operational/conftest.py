"""What the schema's documentation says, and a database to hold it against."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from facet.config import PROJECT_DIR
from tests.facet.operational.live_catalogue import Connection, columns, foreign_keys
from tests.facet.operational.whole_shop import schema, shop

__all__ = ["columns", "foreign_keys", "schema", "shop"]

HERE = Path(__file__).parent


def _documented() -> Iterator[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    for line in (HERE / "documented_columns.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            table, _, listed = line.partition(": ")
            pairs = [entry.partition("=") for entry in listed.split(", ")]
            yield (
                table,
                [(name, tuple(filter(None, values.split("|")))) for name, _, values in pairs],
            )


@pytest.fixture(scope="session")
def documented() -> dict[str, tuple[str, ...]]:
    """The columns that each table must have."""
    return {table: tuple(name for name, _ in columns) for table, columns in _documented()}


@pytest.fixture(scope="session")
def enums() -> dict[tuple[str, str], tuple[str, ...]]:
    """The values that (table, column) may have."""
    return {
        (table, name): values
        for table, columns in _documented()
        for name, values in columns
        if values
    }


@pytest.fixture(scope="session")
def relationships() -> list[tuple[str, str, str]]:
    """(left table, cardinality, right table), as PostgreSQL spells the names."""
    with (HERE / "relationships.csv").open(newline="") as file:
        return [
            (row["left_table"].lower(), row["cardinality"], row["right_table"].lower())
            for row in csv.DictReader(file)
        ]


@pytest.fixture(scope="session")
def domains() -> dict[str, str]:
    """The domain of each table."""
    with (PROJECT_DIR / "seeds" / "operational_tables.csv").open(newline="") as file:
        return {row["table_name"].lower(): row["domain"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def database(
    operational_database: Callable[[], str],
) -> Iterator[Connection]:
    """A connection to a database with the schema and no rows."""
    with psycopg.connect(operational_database(), autocommit=True) as connection:
        yield connection
