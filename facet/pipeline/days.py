"""What runs were like, day by day, as tables that dbt reads beside those of ``measuring``.

What a run finds goes into tables of today; the first run of the next day sums them up. So what
dbt reads of it changes once a day, and a release with it. Days are those of UTC.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, timedelta
from statistics import median
from typing import Final

from facet.config import Settings
from facet.errors import ReleaseError
from facet.operational.findings import Execute
from facet.pipeline.audit import NodeResult
from facet.pipeline.history import RunReport, last_runs
from facet.pipeline.warehouse import Value, add_columns, create_tables, insert, writing
from facet.quoting import constant, literal
from facet.release import Audit, Release
from facet.release.store import current
from facet.release.tenant_files import MARTS_SCHEMA

SCHEMA: Final = "facet_source"
_QUARANTINE: Final = "rpt_quarantine"

#: By table its columns; the first is the day.
DAYS: Final = {
    "run_days": (
        *("run_date date", "run_count integer", "failed_count integer"),
        *("median_seconds numeric(12, 3)", "longest_seconds numeric(12, 3)"),
        "oldest_data_seconds numeric(12, 3)",
    ),
    "node_days": (
        *("run_date date", "node_name text", "node_type text", "run_count integer"),
        *("total_seconds numeric(12, 3)", "longest_seconds numeric(12, 3)"),
    ),
    "failed_test_days": (
        *("run_date date", "test_name text", "tenant_id bigint", "run_count integer"),
        "row_count bigint",
    ),
    "tenant_days": ("data_date date", "tenant_id bigint", "row_count bigint", "size_bytes bigint"),
    "quarantine_days": ("data_date date", "tenant_id bigint", "cause text", "row_count bigint"),
}
_OTHERS: Final = {
    "node_runs": (
        *("run_date date", "node_name text", "node_type text", "seconds numeric(12, 3)"),
    ),
    "failed_test_runs": (
        *("run_date date", "test_name text", "tenant_id bigint", "row_count bigint"),
    ),
    "node_timings": (
        *("node_name text", "node_type text", "run_count integer", "mean_seconds numeric(12, 3)"),
        *("mean_seconds_before numeric(12, 3)", "longest_seconds numeric(12, 3)"),
    ),
}
#: Nodes are told of the last so many days; the last week of them, and those before it.
_DAYS_TOLD, _DAYS_LATE = 30, 7


def record_nodes(
    settings: Settings, url: str, nodes: Sequence[NodeResult], audit: Audit, *, today: date
) -> None:
    """Write down how long each node of a build took, and which tests failed, and whose.

    Args:
        settings: engine and warehouse.
        url: the operational database.
        nodes: what was built and tested.
        audit: what the tests said; one that concerns everybody is nobody's in particular.
        today: the day of the run.
    """
    with writing(settings, url) as execute:
        _prepare(execute)
        insert(
            execute,
            f"{SCHEMA}.node_runs",
            [(today, node.name, node.resource_type, round(node.seconds, 3)) for node in nodes],
        )
        insert(
            execute,
            f"{SCHEMA}.failed_test_runs",
            [
                (today, test.name, tenant_id, test.rows)
                for test in audit.failed
                for tenant_id in (test.tenant_ids if test.tenant_ids is not None else (None,))
            ],
        )


def close(execute: Execute, settings: Settings, today: date) -> None:
    """Sum up the days that are over, and remove those that are no longer kept.

    Args:
        execute: runs a statement where dbt builds, in the caller's transaction.
        settings: the home, and how long history is kept.
        today: the day that is not over.
    """
    _prepare(execute)
    over = f"run_date < {constant(today)}"
    execute(
        f"insert into {SCHEMA}.node_days select run_date, node_name, node_type, count(*),"
        f" sum(seconds), max(seconds) from {SCHEMA}.node_runs where {over} group by 1, 2, 3"
    )
    execute(
        f"insert into {SCHEMA}.failed_test_days select run_date, test_name, tenant_id, count(*),"
        f" max(row_count) from {SCHEMA}.failed_test_runs where {over} group by 1, 2, 3"
    )
    for name in ("node_runs", "failed_test_runs"):
        execute(f"delete from {SCHEMA}.{name} where {over}")
    known = {day for (day,) in execute(f"select run_date from {SCHEMA}.run_days")}
    insert(execute, f"{SCHEMA}.run_days", _run_days(settings, today, known))
    with suppress(ReleaseError):
        _close_release(execute, current(settings.releases_dir), today)
    oldest = constant(today - timedelta(days=settings.history_days))
    for name, columns in DAYS.items():
        execute(f"delete from {SCHEMA}.{name} where {columns[0].split()[0]} < {oldest}")
    _write_timings(execute, today)


def _write_timings(execute: Execute, today: date) -> None:
    """How long nodes took of late, and before that: what dbt reads need not be summed up again."""
    first, late = (constant(today - timedelta(days=days)) for days in (_DAYS_TOLD, _DAYS_LATE))

    def mean(condition: str) -> str:
        of = f"filter (where run_date {condition} {late})"
        return f"round(sum(total_seconds) {of} / sum(run_count) {of}, 3)"

    execute(f"delete from {SCHEMA}.node_timings")
    execute(
        f"insert into {SCHEMA}.node_timings select node_name, node_type, sum(run_count),"
        f" {mean('>=')}, {mean('<')}, max(longest_seconds)"
        f" from {SCHEMA}.node_days where run_date >= {first} group by 1, 2"
    )


def _run_days(settings: Settings, today: date, known: set[object]) -> Iterable[tuple[Value, ...]]:
    """Of each day that is over and not known yet, its runs, and how old data became.

    What is served is as old as the run that published it is long ago, until the next one is out.
    """
    days: dict[date, list[RunReport]] = defaultdict(list)
    ages: dict[date, list[float]] = defaultdict(list)
    before: RunReport | None = None
    for run in reversed(last_runs(settings, settings.runs_kept)):
        day = run.started_at.astimezone(UTC).date()
        days[day].append(run)
        if run.outcome == "published":
            if before is not None:
                ages[day].append((run.finished_at - before.started_at).total_seconds())
            before = run
    for day, runs in sorted(days.items()):
        if day < today and day not in known:
            seconds = [run.seconds for run in runs]
            failed = sum(run.outcome != "published" for run in runs)
            oldest = round(max(ages[day]), 3) if ages[day] else None
            yield day, len(runs), failed, round(median(seconds), 3), round(max(seconds), 3), oldest


def _close_release(execute: Execute, release: Release, today: date) -> None:
    """What the last release of a day that is over had, and what was in quarantine then."""
    day = release.snapshot.at.astimezone(UTC).date()
    told = execute(f"select 1 from {SCHEMA}.tenant_days where data_date = {constant(day)} limit 1")
    if day >= today or told:
        return
    files = [tenant for tenant in release.tenants if tenant.status != "missing"]
    insert(
        execute,
        f"{SCHEMA}.tenant_days",
        [(day, one.tenant_id, sum(one.rows.values()), one.size_bytes) for one in files],
    )
    is_there = execute(
        "select 1 from information_schema.tables where"
        f" table_schema = {literal(MARTS_SCHEMA)} and table_name = {literal(_QUARANTINE)}"
    )
    if is_there:
        execute(
            f"insert into {SCHEMA}.quarantine_days select cast({constant(day)} as date), tenant_id,"
            f" cause, sum(row_count) from {MARTS_SCHEMA}.{_QUARANTINE} group by tenant_id, cause"
        )


def _prepare(execute: Execute) -> None:
    tables = {**DAYS, **_OTHERS}
    create_tables(execute, SCHEMA, tables)
    add_columns(execute, SCHEMA, tables)
