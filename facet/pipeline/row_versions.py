"""Which tenants' rows of which operational tables have changed since they were looked at last.

On DuckDB the sync tells. On PostgreSQL, where dbt reads the tables in place, the versions of their
rows do: each that is written gets another, whoever writes it and whatever time it says.
"""

from typing import Final

from facet.config import Settings
from facet.errors import ConfigurationError
from facet.operational.findings import Execute
from facet.quoting import literal, quoted
from facet.staging import Table, declared_tables
from facet.sync import changes

_VERSIONS: Final = "table_name text, tenant_id bigint, row_count bigint, hash numeric"


def find_changes(settings: Settings, write: Execute, schema: str) -> str:
    """Add to ``changes`` in a schema what has changed; say why that cannot be told, if so."""
    tables = tables_of(settings)
    if not tables:
        return "the project declares no operational tables"
    if settings.engine == "duckdb":
        return _from_sync(write, schema)
    return _from_versions(write, schema, settings.operational_schema, tables)


def tables_of(settings: Settings) -> tuple[Table, ...]:
    """The declared operational tables; none of a project that reads something else."""
    try:
        return declared_tables(settings.project_dir)
    except ConfigurationError:
        return ()


def _from_sync(write: Execute, schema: str) -> str:
    there = "table_schema = 'facet_sync' and table_name = 'changed_tenants'"
    if not write(f"select 1 from information_schema.tables where {there}"):
        return "the sync does not say what has changed"
    changes.take(write, f"{schema}.changes")
    return ""


def _from_versions(write: Execute, schema: str, source: str, tables: tuple[Table, ...]) -> str:
    """Compare the rows' versions, summed by table and tenant, with those of the last time."""
    write(f"create table if not exists {schema}.versions ({_VERSIONS})")
    seen = write(f"select 1 from {schema}.versions limit 1")
    write(f"create temporary table versions_now ({_VERSIONS}) on commit drop")
    for table in tables:
        owner = f"coalesce({table.tenant_column}, 0)" if table.tenant_column else "null::bigint"
        write(
            f"insert into versions_now select {literal(table.name)}, {owner}, count(*),"
            " sum(hashtextextended(concat(xmin, ' ', tableoid, ' ', ctid), 0)::numeric)"
            f" from {quoted(source)}.{quoted(table.name)} group by 2"
        )
    write(
        f"insert into {schema}.changes"
        " select coalesce(now.table_name, before.table_name),"
        " coalesce(now.tenant_id, before.tenant_id), null, null"
        f" from versions_now as now full join {schema}.versions as before"
        " on before.table_name = now.table_name"
        " and before.tenant_id is not distinct from now.tenant_id"
        " where (now.row_count, now.hash) is distinct from (before.row_count, before.hash)"
    )
    write(f"delete from {schema}.versions")
    write(f"insert into {schema}.versions select * from versions_now")
    return "" if seen else "the rows were not looked at before"
