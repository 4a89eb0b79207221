"""Private members of dbt-duckdb: the connection that a process keeps to the warehouse's file, and
what of a connection has dbt parse the project anew.

Pinned to dbt-duckdb 1.11; held by tests/facet/pipeline/test_dbt.py, which opens the file after a
build, and has what was parsed used in another home.
"""


def close_warehouse() -> None:
    """Let go of the warehouse's file, so that others can open it."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    if (environment := DuckDBConnectionManager._ENV) is not None:
        environment.close()
    DuckDBConnectionManager.close_all_connections()


def parse_for_any_warehouse() -> None:
    """Have what was parsed hold for a warehouse's file in another place, or with other limits.

    dbt takes every part of a connection for something that a model may know of; here models know
    the names of the database and schema, and the project takes ten seconds to parse.
    """
    from dbt.adapters.duckdb.credentials import DuckDBCredentials

    DuckDBCredentials._connection_keys = lambda _: ("database", "schema")
