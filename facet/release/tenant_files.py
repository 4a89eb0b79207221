"""A tenant's file: what is published in it, how it is written, and that it is complete."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import duckdb

from facet.errors import ReleaseError
from facet.quoting import literal, quoted

#: The schema of the marts in every tenant's file, whatever it was called where they were built.
MARTS_SCHEMA = "facet_marts"
#: The condition of every simple metric (docs/decisions/0045).
ONE_TENANT = f"{MARTS_SCHEMA}.one_tenant()"
#: One more of a metric that is told by several alternatives side by side.
ONE_ALTERNATIVE = f"{MARTS_SCHEMA}.one_alternative()"
#: What metrics ask of whoever asks, and not of rows.
GUARDS = frozenset({ONE_TENANT, ONE_ALTERNATIVE})
#: Bytes. A mart of a few rows takes a block for itself: DuckDB's own 262144 make a small tenant's
#: file more than twice as large, and a large one's by a third; less than this, it grows again.
_BLOCK_SIZE = 65536
#: DuckDB's default is what its versions since 1.0 can read; this takes half the time of a processor
#: and two thirds of the disk where a file is small.
STORAGE_VERSION = "v1.4.0"


@dataclass(frozen=True, kw_only=True)
class Privacy:
    """What of a mart not everybody of its tenant may see; it goes with the table, as its comment.

    `rows_of`: columns of user ids; a row is of those people, and only for who may see them all.
    `hides`: columns of user ids that are empty for who may not see that person; `names`: names of
    people, each with the column of its user id, empty where that is. `personal`: columns that are
    empty for who may not see personal data.
    """

    rows_of: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    personal: tuple[str, ...] = ()

    @classmethod
    def parse(cls, comment: str | None) -> "Privacy":
        """Read the comment of a table; one without a comment hides nothing.

        Raises:
            ReleaseError: it hides something in a way that only another version of Facet knows.
        """
        content = json.loads(comment) if comment else {}
        if unknown := content.keys() - {of.name for of in fields(cls)}:
            raise ReleaseError(
                "What is to be hidden from whom",
                why=f"Another version of Facet wrote it: {', '.join(sorted(unknown))} is not known"
                " here, so nothing of it is shown.",
                next_step="Run `facet run`, or use that version.",
            )
        names = tuple((name, user_id) for name, user_id in content.pop("names", ()))
        return cls(names=names, **{key: tuple(columns) for key, columns in content.items()})

    def comment(self) -> str:
        """The comment that records it."""
        return json.dumps(asdict(self))


class Reference(NamedTuple):
    """A column of a mart that names a row of its tenant in another: its field is the column's."""

    column: str
    mart: str
    field: str


@dataclass(frozen=True, kw_only=True)
class Mart:
    """A table to publish: where it is, and what its rows are sorted by within a tenant.

    `per_run`: columns that differ from run to run whatever a tenant did; a file is not written anew
    for them alone. `grain`: the columns that no two rows share, which are null but in `nullable`.
    """

    name: str
    schema: str = MARTS_SCHEMA
    sort_key: tuple[str, ...] = ()
    grain: tuple[str, ...] = ()
    nullable: frozenset[str] = frozenset()
    references: tuple[Reference, ...] = ()
    privacy: Privacy = Privacy()
    per_run: frozenset[str] = frozenset()


def write(connection: duckdb.DuckDBPyConnection, path: Path, rows: Mapping[Mart, str]) -> None:
    """Write a tenant's rows of each mart to a file, as queries return them."""
    database = quoted(path.stem)  # its own: several are written at once
    connection.execute(
        f"attach {literal(str(path))} as {database}"
        f" (block_size {_BLOCK_SIZE}, storage_version {literal(STORAGE_VERSION)})"
    )
    connection.execute(f"create schema {database}.{MARTS_SCHEMA}")
    connection.execute(f"use {database}.{MARTS_SCHEMA}")
    connection.execute("begin")
    for mart, query in rows.items():
        connection.execute(f"create table {quoted(mart.name)} as {query}")
        if mart.privacy != Privacy():
            connection.execute(
                f"comment on table {quoted(mart.name)} is {literal(mart.privacy.comment())}"
            )
    connection.execute(functions())
    connection.execute("commit")
    connection.execute(f"checkpoint {database}")
    connection.execute("use memory.main")
    connection.execute(f"detach {database}")


def functions() -> str:
    """The statements that create what metrics call: the text of dbt's macro without its tags."""
    text = files("facet.release").joinpath("macros/metric_functions.sql").read_text()
    return re.sub(r"\{#.*?#\}|\{%.*?%\}", "", text, flags=re.DOTALL)


def check(connection: duckdb.DuckDBPyConnection, path: Path, rows: Mapping[str, int]) -> None:
    """Open a tenant's file, read-only as its readers do, and compare its row counts.

    Raises:
        ReleaseError: a mart in it does not have as many rows as it should.
    """
    database = quoted(path.stem)
    counts = " union all ".join(
        f"select {literal(mart)}, count(*) from {database}.{MARTS_SCHEMA}.{quoted(mart)}"
        for mart in rows
    )
    connection.execute(f"attach {literal(str(path))} as {database} (read_only)")
    found = dict(connection.execute(counts).fetchall())
    connection.execute(f"detach {database}")
    for mart, expected in rows.items():
        if found[mart] != expected:
            raise ReleaseError(
                f"{path.name} is not complete",
                why=f"{mart} has {found[mart]} rows in it instead of {expected}.",
                next_step="Check the disk, and run `facet run` again.",
            )
