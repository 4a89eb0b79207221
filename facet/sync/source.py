"""One connection to the operational database, held by DuckDB's postgres extension.

All reading goes through ``postgres_query``: it runs on the transaction's own connection, so that
every statement sees the same snapshot, on a primary as on a standby, and PostgreSQL does the
filtering.
"""

import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
from psycopg.conninfo import make_conninfo

from facet.config import Settings
from facet.errors import OperationalError
from facet.operational.connection import parameters_of, redacted, where
from facet.quoting import literal

CATALOG = "operational"

#: Notice within a minute that nobody answers any more; the address may say otherwise.
_DEFAULTS = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}


#: What the extension says before PostgreSQL's own words: the whole statement, some thousand signs.
_STATEMENT = re.compile(r"(\w+ Error: )?Failed to \w+ query \".*?\": ", re.DOTALL)


class Source:
    """The operational database, attached read-only to ``connection`` as ``operational``."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, url: str) -> None:
        self._connection = connection
        self._parameters = parameters_of(url)
        self.name = where(url)

    def attach(self) -> None:
        """Load the extension by path (no network) and connect.

        Raises:
            OperationalError: no connection can be made.
        """
        password = self._parameters.get("password")
        plain = {key: value for key, value in self._parameters.items() if key != "password"}
        conninfo = make_conninfo(
            **{**_DEFAULTS, **plain},
            application_name="facet sync",
            client_encoding="UTF8",
        )
        try:
            self._connection.execute(f"load {literal(str(_extension()))}")
            secret = ""
            if password:
                # Kept apart from the address, which DuckDB repeats in its messages.
                self._connection.execute(
                    "create or replace temporary secret operational_password"
                    f" (type postgres, password {literal(str(password))})"
                )
                secret = ", secret operational_password"
            self._connection.execute(
                # Of no schema: DuckDB would list all tables there whenever it lists its own.
                f"attach {literal(conninfo)} as {CATALOG}"
                f" (type postgres, read_only, schema {literal(CATALOG)}{secret})"
            )
        except duckdb.Error as error:
            raise OperationalError(
                self.name,
                why=f"It cannot be reached. {self.redacted(error)}",
                next_step="Start the server, or correct FACET_OPERATIONAL_URL.",
            ) from None

    def query(self, sql: str) -> str:
        """A DuckDB relation that is the result of this PostgreSQL statement in the snapshot."""
        return f"postgres_query({literal(CATALOG)}, {literal(sql)})"

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """The result of a PostgreSQL statement in the snapshot, a dictionary for each row."""
        cursor = self._connection.execute(f"select * from {self.query(sql)}")
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def redacted(self, error: Exception) -> str:
        """The message in one line, without the statement, the connection string or the password."""
        text = _STATEMENT.sub("", str(error).split("\nLINE ")[0])
        if '": ' in text and "Unable to connect" in text:
            text = text.split('": ', 1)[1]
        return redacted(text)


def open_duckdb(settings: Settings) -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own in memory: the warehouse is attached to it only once all is checked."""
    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": settings.threads,
            "memory_limit": settings.memory_limit,
            "preserve_insertion_order": False,
            "temp_directory": f"{settings.warehouse_path}.tmp",
            "autoinstall_known_extensions": False,
        },
    )
    connection.execute("set timezone = 'UTC'")
    return connection


def _extension() -> Path:
    folder = Path(str(files("duckdb_extension_postgres_scanner"))) / "extensions"
    return folder / f"v{duckdb.__version__}" / "postgres_scanner.duckdb_extension"
