"""A private member of dbt-duckdb: the connection that a process keeps to the warehouse's file.

Pinned to dbt-duckdb 1.11; held by tests/facet/pipeline/test_dbt.py, which opens the file after a
build.
"""


def close_warehouse() -> None:
    """Let go of the warehouse's file, so that others can open it."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    if (environment := DuckDBConnectionManager._ENV) is not None:
        environment.close()
    DuckDBConnectionManager.close_all_connections()
