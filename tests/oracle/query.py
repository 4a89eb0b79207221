"""Queries to the oracles: SQL on the operational PostgreSQL that shares nothing with the models."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from facet.config import PROJECT_DIR
from tests.oracle.clocks import by_these_clocks, set_clocks
from tests.variables import VARIABLES

_HERE = Path(__file__).parent
_SEEDS = PROJECT_DIR / "seeds"


def query_oracle(
    url: str, name: str, *, using: Sequence[str] = ("00_sales",), as_of: datetime | None = None
) -> list[tuple[Any, ...]]:
    """The rows of the oracle ``name`` on a database.

    ``using`` are the files that make the temporary tables and functions it stands on; an oracle
    among them becomes a table of its name. ``as_of`` is the moment that the data is of, for what
    depends on it: ``current_setting('oracle.as_of')``. Seeds of events are ``seed_<name>``.
    `at time zone` asks the package tzdata. The project's variables are settings too, parted by
    commas: ``current_setting('oracle.attribution_models')``.
    """
    with psycopg.connect(url) as connection:
        if "03_events" in using:
            for seed in ("moving_events", "event_countries"):
                _load_seed(connection, seed)
        lists = {name: ",".join(map(str, listed)) for name, listed in VARIABLES.items()}
        for setting, value in {"as_of": str(as_of or ""), **lists}.items():
            connection.execute("select set_config(%s, %s, false)", [f"oracle.{setting}", value])
        set_clocks(connection)
        for file in using:
            text = _text(file)
            is_oracle = not file[0].isdigit()
            connection.execute(f"create temporary table {file} as ".encode() * is_oracle + text)
        rows = connection.execute(_text(name)).fetchall()
        connection.rollback()
    return rows


def _text(file: str) -> bytes:
    return by_these_clocks((_HERE / f"{file}.sql").read_bytes())


def _load_seed(connection: psycopg.Connection[Any], name: str) -> None:
    text = (_SEEDS / f"{name}.csv").read_bytes()
    columns = text.split(b"\n", 1)[0].replace(b",", b" text, ") + b" text"
    connection.execute(f"create temporary table seed_{name} (".encode() + columns + b")")
    with connection.cursor().copy(
        f"copy seed_{name} from stdin (format csv, header)".encode()
    ) as to:
        to.write(text)
