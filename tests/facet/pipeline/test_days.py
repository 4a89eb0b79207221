"""What runs were like, day by day: summed up when a day is over, the same on both engines."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from facet.config import Settings
from facet.pipeline.audit import NodeResult
from facet.pipeline.days import DAYS, close, record_nodes
from facet.pipeline.history import RunReport, record
from facet.pipeline.warehouse import writing
from facet.release import Audit, FailedTest, Release, Snapshot, publish
from tests.facet.release.conftest import MARTS, semantic_manifest

__all__ = ["semantic_manifest"]

MONDAY, TUESDAY = date(2026, 3, 16), date(2026, 3, 17)
NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)
FAILED = Audit(
    failed=(
        FailedTest(name="own", rows=3, tenant_ids=(1, 2)),
        FailedTest(name="everybody's", rows=1, tenant_ids=None),
    )
)
#: What a build left there: two causes of tenant 1 in two months, one of tenant 2.
QUARANTINE = """
    create schema facet_marts;
    create table facet_marts.rpt_quarantine (tenant_id bigint, cause text, row_count bigint);
    insert into facet_marts.rpt_quarantine values
        (1, 'line_without_cost', 2), (1, 'line_without_cost', 5), (1, 'value_unknown', 1),
        (2, 'value_unknown', 9);
    create table facet_marts.dim_tenants (tenant_id bigint, tenant_name text, is_demo boolean);
    insert into facet_marts.dim_tenants values (1, 'One', false), (2, 'Two', false);
    create table facet_marts.fct_orders (tenant_id bigint, order_id bigint, order_date date);
    insert into facet_marts.fct_orders values (1, 1, null), (1, 2, null), (2, 3, null);
"""


@pytest.fixture
def engine(settings: Settings, url: str) -> Settings:
    """Settings of either engine, with marts of two tenants."""
    given = replace(settings, engine="postgres" if url else "duckdb")
    given.home.mkdir(exist_ok=True)
    with writing(given, url) as execute:
        for statement in QUARANTINE.split(";")[:-1]:
            execute(statement)
    return given


def closed(settings: Settings, url: str, today: date) -> dict[str, list[tuple[Any, ...]]]:
    """The days that are over, by table, with numbers as floats."""
    with writing(settings, url) as execute:
        close(execute, settings, today)
        names = [*DAYS, "node_timings"]
        return {
            name: sorted(
                (
                    tuple(value if isinstance(value, date | str | None) else float(value)
                          for value in row)
                    for row in execute(f"select * from facet_source.{name}")
                ),
                key=repr,
            )
            for name in names
        }  # fmt: skip


def node(name: str, seconds: float, kind: str = "model") -> NodeResult:
    return NodeResult(
        unique_id=name, name=name, resource_type=kind, status="success", message="", seconds=seconds
    )


def test_nodes_and_failed_tests_are_summed_up_when_the_day_is_over(
    engine: Settings, url: str
) -> None:
    for seconds, audit in ((1.5, FAILED), (2.25, FAILED), (0.25, Audit())):
        nodes = [node("fct_orders", seconds), node("grain", 0.5, "test")]
        record_nodes(engine, url, nodes, audit, today=MONDAY)

    assert closed(engine, url, MONDAY)["node_days"] == []

    found = closed(engine, url, TUESDAY)
    assert found["node_days"] == [
        (MONDAY, "fct_orders", "model", 3, 4.0, 2.25),
        (MONDAY, "grain", "test", 3, 1.5, 0.5),
    ]
    assert found["failed_test_days"] == [
        (MONDAY, "everybody's", None, 2, 1),
        (MONDAY, "own", 1, 2, 3),
        (MONDAY, "own", 2, 2, 3),
    ]
    assert closed(engine, url, TUESDAY) == found


def test_nodes_are_told_of_the_last_week_beside_the_weeks_before(
    engine: Settings, url: str
) -> None:
    today = date(2026, 4, 15)
    for days, seconds in ((31, 99), (30, 4), (8, 2), (7, 6), (1, 10)):
        day = today - timedelta(days=days)
        record_nodes(engine, url, [node("fct_orders", seconds)], Audit(), today=day)
        closed(engine, url, day + timedelta(days=1))
    record_nodes(engine, url, [node("fct_orders", 77)], Audit(), today=today)

    found = closed(engine, url, today)["node_timings"]

    assert found == [("fct_orders", "model", 4, 8.0, 3.0, 10.0)]


def test_runs_of_a_day_have_their_median_and_their_longest(engine: Settings, url: str) -> None:
    for seconds, outcome in ((10, "published"), (20, "failed"), (90, "published"), (40, "failed")):
        record(engine, run_of(NOON, seconds, outcome))
    record(engine, run_of(NOON + timedelta(days=1), 7, "published"))

    monday = (MONDAY, 4, 2, 30.0, 90.0, 90.0)
    assert closed(engine, url, TUESDAY)["run_days"] == [monday]
    assert closed(engine, url, TUESDAY + timedelta(days=1))["run_days"] == [
        monday,
        (TUESDAY, 1, 0, 7.0, 7.0, 86_407.0),
    ]


def test_data_are_as_old_as_the_run_that_published_them_until_the_next_is_out(
    engine: Settings, url: str
) -> None:
    for minutes, outcome in ((0, "published"), (10, "failed"), (20, "published"), (25, "failed")):
        record(engine, run_of(NOON + timedelta(minutes=minutes), 60, outcome))
    first, *_ = closed(engine, url, TUESDAY)["run_days"]
    assert first[-1] == 21 * 60

    lone = run_of(NOON + timedelta(days=1), 60, "failed")
    record(engine, lone)
    assert closed(engine, url, TUESDAY + timedelta(days=1))["run_days"][1][-1] is None


def test_the_last_release_of_a_day_tells_its_rows_and_its_quarantine(
    engine: Settings, url: str, semantic_manifest: Any
) -> None:
    release = published(engine, url, semantic_manifest)

    assert closed(engine, url, MONDAY)["tenant_days"] == []

    found = closed(engine, url, TUESDAY)
    sizes = [tenant.size_bytes for tenant in release.tenants]
    assert found["tenant_days"] == [(MONDAY, 1, 3, sizes[0]), (MONDAY, 2, 2, sizes[1])]
    assert found["quarantine_days"] == [
        (MONDAY, 1, "line_without_cost", 7),
        (MONDAY, 1, "value_unknown", 1),
        (MONDAY, 2, "value_unknown", 9),
    ]
    assert closed(engine, url, TUESDAY) == found  # the first run of a day tells it, no other


def test_days_are_kept_for_so_long(engine: Settings, url: str, semantic_manifest: Any) -> None:
    published(engine, url, semantic_manifest)
    record(engine, run_of(NOON, 10, "published"))
    record_nodes(engine, url, [node("fct_orders", 1)], FAILED, today=MONDAY)
    short = replace(engine, history_days=10)
    assert all(closed(short, url, MONDAY + timedelta(days=10)).values())
    assert not any(closed(short, url, MONDAY + timedelta(days=11)).values())


def run_of(started_at: datetime, seconds: float, outcome: Any) -> RunReport:
    return RunReport(
        started_at=started_at,
        finished_at=started_at + timedelta(seconds=seconds),
        outcome=outcome,
    )


def published(settings: Settings, url: str, manifest: Any) -> Release:
    return publish(
        settings,
        url=url,
        marts=MARTS,
        audit=Audit(passed=1),
        snapshot=Snapshot(at=NOON, source="db/shop"),
        semantic_manifest=manifest,
        dbt_version="1.11",
    )
