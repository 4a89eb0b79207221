"""Measurements of the operational database itself, as tables that dbt reads: ``facet_source``.

They stand where dbt builds, on either engine, and are written anew by each run. Only measures and
offenders are kept, one set for each day, so that a release shows how they came about.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from facet.config import Settings
from facet.operational.catalogue import TENANT, Catalogue, Column, Table, expected, read_catalogue
from facet.operational.clocks import known_zones, zones_in_use
from facet.operational.connection import reader, reading, where
from facet.operational.findings import Execute
from facet.operational.scorecard import Scorecard, score
from facet.operational.statistics import LIMITS, Statistics, read_statistics
from facet.pipeline import days, forecasts, lifetimes, local_time
from facet.pipeline.warehouse import Value, add_columns, create_tables, insert, writing
from facet.quoting import constant, literal, quoted
from facet.zones import Span

SCHEMA = "facet_source"

_KEPT = {
    "measures": ("measured_date date", "measure text", "total_count bigint"),
    "offenders": (
        *("measured_date date", "measure text", "table_name text", "item text", "problem text"),
        *("tenant_id bigint", "row_count bigint"),
        *("target_table text", "found_value text", "due_value text"),
    ),
}
_RENEWED = {
    "tables": "table_name text, size_bytes bigint, partition_date date",
    "table_months": "table_name text, tenant_id bigint, month_start_date date, row_count bigint",
    "table_references": "table_name text, column_names text, target_table text,"
    " is_declared boolean",
    "indexes": "table_name text, index_name text, definition text, size_bytes bigint,"
    " scan_count bigint, serves_reference boolean, counted_since_date date",
    "narrow_keys": "table_name text, column_name text, data_type text, used_rate numeric(9, 6),"
    " full_date date",
}
_COSTS = "model_name text, build_seconds numeric(9, 3)"
#: Growth is the mean of so many whole months; it is looked ahead so many.
_MONTHS_BEHIND, _MONTHS_AHEAD = 3, 120

#: Of an offender that is no matter of rows.
_NO_ROWS: Mapping[int | None, int | None] = {None: None}

Rows = Iterable[tuple[Value, ...]]


def measure(
    settings: Settings,
    url: str,
    *,
    snapshot_at: datetime | None = None,
    today: date | None = None,
    once_a_day: bool = False,
) -> Scorecard | None:
    """Measure the operational database; write what was found to where dbt builds.

    The catalogue is PostgreSQL's; rows are read where staging reads them, on DuckDB in the copy.

    Args:
        settings: engine, warehouse and the schema of the tables.
        url: the operational database.
        snapshot_at: the moment that the rows are of; by default now.
        today: the day that the measures are of; by default this one, in UTC.
        once_a_day: leave the measures as they are where this day has some, and return None.

    Raises:
        OperationalError: the database cannot be read, or has none of the tables.
        BuildError: local times come out otherwise than tzdata has them.
    """
    schema = settings.operational_schema
    moment = snapshot_at or datetime.now(UTC)
    today = today or datetime.now(UTC).date()
    on_copy = settings.engine == "duckdb"
    with reading(url) as connection, writing(settings, url) as write:
        read = write if on_copy else reader(connection)
        _set_moment(settings, read, write, moment)
        if once_a_day and _is_measured(write, today):
            return None
        catalogue = read_catalogue(connection, schema)
        statistics = read_statistics(connection, schema, catalogue)
        there = _copied(write, schema) if on_copy else catalogue
        scorecard = score(catalogue, execute=read, database=where(url), schema=schema, copy=there)
        _prepare(write, today, settings.history_days)
        lifetimes.prepare(write)
        forecasts.prepare(write)
        days.close(write, settings, today)
        for name in sorted(catalogue.keys() & there.keys()):
            write(_count_months(schema, name, there[name]))
        growth = _growth(write, today)
        tables = {
            "measures": _measures(scorecard, today),
            "offenders": _offenders(scorecard, today),
            "tables": _tables(catalogue, statistics, growth, today),
            "table_references": _references(catalogue),
            "indexes": _indexes(catalogue, statistics),
            "narrow_keys": _narrow_keys(statistics, growth, today),
        }
        for name, rows in tables.items():
            insert(write, f"{SCHEMA}.{name}", rows)
    return scorecard


def keep_costs(settings: Settings, url: str, seconds: Mapping[str, float]) -> None:
    """Write how long each model took to build, for the next run to show."""
    with writing(settings, url) as write:
        _prepare_costs(write)
        built = ", ".join(map(literal, seconds)) or "null"
        write(f"delete from {SCHEMA}.model_costs where model_name in ({built})")
        insert(
            write,
            f"{SCHEMA}.model_costs",
            [(name, round(took, 3)) for name, took in seconds.items()],
        )


def _set_moment(settings: Settings, read: Execute, write: Execute, moment: datetime) -> None:
    """The moment that the rows are of, and the functions that tell local times around it."""
    write(f"create schema if not exists {SCHEMA}")
    write(f"drop table if exists {SCHEMA}.snapshot")
    write(f"create table {SCHEMA}.snapshot (taken_at timestamp with time zone)")
    insert(write, f"{SCHEMA}.snapshot", [(moment,)])
    zones, span = zones_in_use(read, settings.operational_schema), Span.around(moment)
    known = known_zones(write)
    for statement in local_time.functions(settings.engine, SCHEMA, zones, known, span):
        write(statement)
    local_time.check(write, SCHEMA, zones, span)


def _is_measured(execute: Execute, today: date) -> bool:
    there = f"table_schema = '{SCHEMA}' and table_name = 'measures'"
    if not execute(f"select 1 from information_schema.tables where {there}"):
        return False
    day = f"measured_date = {constant(today)}"
    return bool(execute(f"select 1 from {SCHEMA}.measures where {day} limit 1"))


def _copied(execute: Execute, schema: str) -> Catalogue:
    """The tables and columns that the copy has."""
    columns: dict[str, dict[str, Column]] = {}
    for table, column, data_type in execute(
        "select table_name, column_name, data_type from duckdb_columns()"
        f" where schema_name = {literal(schema)} and not internal"
    ):
        columns.setdefault(table, {})[column] = Column(data_type=data_type, is_required=False)
    return {name: Table(columns=found) for name, found in columns.items()}


def _prepare(execute: Execute, today: date, kept_days: int) -> None:
    """Create what is missing; empty what is written anew, and of what is kept today's and old."""
    oldest = today - timedelta(days=kept_days)
    _prepare_costs(execute)
    for name, columns in _RENEWED.items():
        execute(f"drop table if exists {SCHEMA}.{name}")
        execute(f"create table {SCHEMA}.{name} ({columns})")
    create_tables(execute, SCHEMA, _KEPT)
    add_columns(execute, SCHEMA, _KEPT)
    for name in _KEPT:
        execute(
            f"delete from {SCHEMA}.{name}"
            f" where measured_date = {constant(today)} or measured_date < {constant(oldest)}"
        )


def _prepare_costs(execute: Execute) -> None:
    execute(f"create schema if not exists {SCHEMA}")
    execute(f"create table if not exists {SCHEMA}.model_costs ({_COSTS})")


def _count_months(schema: str, name: str, table: Table) -> str:
    """Counts the rows that a table got in each month (UTC), by tenant."""
    owner = TENANT if table.has_tenant else "id" if name == "sys_tenants" else "null"
    created_at = "created_at" if "created_at" in table.columns else "null"
    return (
        f"insert into {SCHEMA}.table_months"
        f" select {literal(name)}, cast({owner} as bigint), cast(date_trunc('month',"
        f" cast({created_at} as timestamp with time zone) at time zone 'UTC') as date), count(*)"
        f" from {quoted(schema)}.{quoted(name)} group by 2, 3"
    )


def _growth(execute: Execute, today: date) -> Mapping[str, tuple[int, int]]:
    """By table, over all tenants: its rows, and how many it has got in a month of late."""
    first, end = _month(today, -_MONTHS_BEHIND), _month(today, 0)
    rows = execute(
        "select table_name, sum(row_count), coalesce(sum(row_count) filter (where"
        f" month_start_date >= {constant(first)} and month_start_date < {constant(end)}), 0)"
        f" from {SCHEMA}.table_months group by 1"
    )
    return {name: (int(total), int(late) // _MONTHS_BEHIND) for name, total, late in rows}


def _measures(scorecard: Scorecard, today: date) -> Rows:
    return [(today, measure.name, measure.total) for measure in scorecard.measures]


def _offenders(scorecard: Scorecard, today: date) -> Rows:
    return [
        (today, measure.name, found.table, found.item, found.problem.name, tenant_id, count,
         found.problem.target, found.problem.found, found.problem.due)
        for measure in scorecard.measures
        for found in measure.offenders
        for tenant_id, count in (found.rows or _NO_ROWS).items()
    ]  # fmt: skip


def _tables(
    catalogue: Catalogue,
    statistics: Statistics,
    growth: Mapping[str, tuple[int, int]],
    today: date,
) -> Rows:
    """Partitioning pays from when a table no longer fits into the server's memory."""
    for name in catalogue:
        size, (count, monthly) = statistics.size_bytes.get(name, 0), growth.get(name, (0, 0))
        bytes_a_month = size * monthly // count if count else 0
        yield name, size, _month_of(statistics.memory_bytes, size, bytes_a_month, today)


def _references(catalogue: Catalogue) -> Rows:
    """Every reference that is due or declared."""
    declared = {
        key.ends: key
        for name in expected().keys() & catalogue.keys()
        for key in catalogue[name].foreign_keys
    }
    due = {key.ends: key for table in expected().values() for key in table.foreign_keys}
    return [
        (key.table, ", ".join(key.columns), key.target, ends in declared)
        for ends, key in sorted({**due, **declared}.items())
    ]


def _indexes(catalogue: Catalogue, statistics: Statistics) -> Rows:
    references = {
        (name, frozenset(key.columns))
        for name, table in catalogue.items()
        for key in table.foreign_keys
    }
    leading = {
        (name, index.definition): frozenset(index.columns)
        for name, table in catalogue.items()
        for index in table.indexes
    }
    return [
        (index.table, index.name, index.definition, index.size_bytes, index.scans,
         (index.table, leading.get((index.table, index.definition))) in references,
         statistics.counted_since)
        for index in statistics.indexes
    ]  # fmt: skip


def _narrow_keys(
    statistics: Statistics, growth: Mapping[str, tuple[int, int]], today: date
) -> Rows:
    for key in statistics.narrow_keys:
        monthly = growth.get(key.table, (0, 0))[1]
        full = _month_of(LIMITS[key.data_type], key.largest, monthly, today)
        yield key.table, key.column, key.data_type, round(key.used, 6), full


def _month_of(limit: int, now: int, a_month: int, today: date) -> date | None:
    """The month in which something that grows so much a month reaches a limit; None if far off."""
    if now >= limit:
        return _month(today, 0)
    months = -(-(limit - now) // a_month) if a_month else _MONTHS_AHEAD + 1
    return _month(today, months) if months <= _MONTHS_AHEAD else None


def _month(day: date, later: int) -> date:
    """The first day of the month so many months later."""
    years, month = divmod(day.year * 12 + day.month - 1 + later, 12)
    return date(years, month + 1, 1)
