"""Private members of dbt: the connection that a process keeps to the warehouse's file, what of a
connection has dbt parse the project anew, and how flags of an adapter find out whose they are.

Pinned to dbt-duckdb 1.11 and dbt-common 1.39; held by tests/facet/pipeline/test_dbt.py, which opens
the file after a build and has what was parsed used in another home, and by test_dbt_internals.py.
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


def name_no_callers() -> None:
    """Have flags of an adapter's behaviour be of ``dbt``, without a look at who called.

    For each flag dbt reads the source of every caller and goes through all modules, also where the
    flag says whose it is: seconds of each command in a process with thousands of modules.
    """
    from dbt_common.behavior_flags import BehaviorFlagRendered

    BehaviorFlagRendered._default_source = staticmethod(lambda: "dbt")  # type: ignore[method-assign]
