"""What a run finds out about the operational database: the same on both engines, day by day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest

from facet.config import PROJECT_DIR, Settings
from facet.errors import BuildError
from facet.operational.catalogue import expected
from facet.pipeline import local_time, measuring
from facet.sync import sync

_ROWS = """
    insert into sys_tenants (id, name, slug, timezone, created_at) values
        (1, 'One', 'one', 'UTC', '2026-01-31 20:00-05'),
        (2, 'Two', 'two', 'Asia/Ho_Chi_Minh', '2026-02-10');
    insert into orders (tenant_id, order_number, ordered_at, currency_code, created_at)
        select 1 + n % 2, n, now(), 'VND', timestamptz '2026-03-01 12:00+00' + n * interval '1 day'
        from generate_series(0, 59) as n;
    insert into crm_personal_keys (id, tenant_id) values (1073741824, 1);
    alter table order_items disable trigger all;
    insert into order_items (tenant_id, order_id, product_id, quantity, unit_price)
        values (2, (select min(id) from orders where tenant_id = 2), 99, 1, 1);
    alter table order_items enable trigger all;
    drop index order_items_by_product_id
"""

Tables = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def url(operational_database: Callable[[], str]) -> str:
    url = operational_database()
    with psycopg.connect(url) as connection:
        connection.execute(_ROWS)
    return url


_SNAPSHOT_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def on_duckdb(home: Path, url: str, today: date | None = None, *, kept_days: int = 400) -> Tables:
    settings = Settings(home=home, project_dir=PROJECT_DIR, history_days=kept_days)
    sync(settings, url)
    measuring.measure(settings, url, snapshot_at=_SNAPSHOT_AT, today=today)
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as warehouse:
        return _contents(lambda query: warehouse.execute(query).fetchall())


def on_postgres(home: Path, url: str) -> Tables:
    measuring.measure(Settings(home=home, engine="postgres"), url, snapshot_at=_SNAPSHOT_AT)
    with psycopg.connect(url) as connection:
        connection.execute("set timezone = 'UTC'")
        return _contents(lambda query: connection.execute(query.encode()).fetchall())


def _contents(fetch: Callable[[str], list[tuple[Any, ...]]]) -> Tables:
    names = ("snapshot", *measuring._KEPT, *measuring._RENEWED)
    return {
        name: sorted(fetch(f"select * from facet_source.{name}"), key=repr)
        for name in names
        if name != "indexes"  # how often each was read is not the same twice
    }


def test_a_day_is_measured_once_where_that_is_enough(tmp_path: Path, url: str) -> None:
    settings = Settings(home=tmp_path, project_dir=PROJECT_DIR)
    sync(settings, url)
    days = (date(2026, 11, 22), date(2026, 11, 22), date(2026, 11, 23))
    moments = [_SNAPSHOT_AT + timedelta(hours=hours) for hours in (0, 1, 12)]

    measured = [
        measuring.measure(settings, url, snapshot_at=moment, today=day, once_a_day=True)
        for moment, day in zip(moments, days, strict=True)
    ]

    assert [scorecard is not None for scorecard in measured] == [True, False, True]
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as warehouse:
        found = _contents(lambda query: warehouse.execute(query).fetchall())
    assert found["snapshot"] == [(moments[-1],)]
    assert {day for day, *_ in found["measures"]} == set(days)


def test_both_engines_get_the_same(tmp_path: Path, url: str) -> None:
    found = on_duckdb(tmp_path, url)
    assert found == on_postgres(tmp_path, url)

    assert {name for name, *_ in found["tables"]} == expected().keys()
    assert found["snapshot"] == [(_SNAPSHOT_AT,)]
    months = [row[1:] for row in found["table_months"] if row[0] == "sys_tenants"]
    assert months == [(1, date(2026, 2, 1), 1), (2, date(2026, 2, 1), 1)]
    offenders = [row[1:] for row in found["offenders"]]
    assert offenders == [
        ("foreign_keys", "order_items", "product_id", "orphaned", 2, 1, "product", None, None),
        ("indexes", "order_items", "btree (tenant_id, product_id)", "absent", *[None] * 5),
    ]
    assert [row[:3] for row in found["narrow_keys"]] == [("crm_personal_keys", "id", "integer")]
    assert float(found["narrow_keys"][0][3]) == 0.5
    assert {declared for *_, declared in found["table_references"]} == {True}


def test_measures_are_kept_for_each_day_and_replaced_within_it(tmp_path: Path, url: str) -> None:
    days = [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 2)]
    for day in days:
        found = on_duckdb(tmp_path, url, today=day)
    assert sorted({row[0] for row in found["measures"]}) == days[:2]
    assert len(found["measures"]) == 2 * len({row[1] for row in found["measures"]})
    assert len(found["tables"]) == len(expected())


def test_measures_are_kept_for_so_many_days(tmp_path: Path, url: str) -> None:
    for day in (date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 12)):
        found = on_duckdb(tmp_path, url, today=day, kept_days=10)
    for name in ("measures", "offenders"):
        assert {row[0] for row in found[name]} == {date(2026, 3, 2), date(2026, 3, 12)}


def test_what_is_kept_from_before_gets_the_columns_that_it_lacks(tmp_path: Path, url: str) -> None:
    before, after = date(2026, 3, 1), date(2026, 3, 2)
    on_duckdb(tmp_path, url, today=before)
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as warehouse:
        for column in ("target_table", "found_value", "due_value"):
            warehouse.execute(f"alter table facet_source.offenders drop column {column}")
    found = on_duckdb(tmp_path, url, today=after)["offenders"]
    assert {(row[0], row[4], row[7]) for row in found} == {
        (before, "orphaned", None), (before, "absent", None),
        (after, "orphaned", "product"), (after, "absent", None),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("now", "a_month", "month"),
    [
        (10, 0, None),
        (10, 30, date(2027, 2, 1)),
        (100, 5, date(2026, 11, 1)),
        (99, 5, date(2026, 12, 1)),
        (-20, 1, date(2036, 11, 1)),
        (-21, 1, None),
    ],
)
def test_the_month_that_a_limit_is_reached_in(now: int, a_month: int, month: date | None) -> None:
    assert measuring._month_of(100, now, a_month, date(2026, 11, 22)) == month


def test_growth_is_that_of_the_last_whole_months() -> None:
    asked: list[str] = []

    def execute(statement: str) -> list[tuple[Any, ...]]:
        asked.append(statement)
        return [("orders", 90, 45)]

    assert measuring._growth(execute, date(2026, 2, 10)) == {"orders": (90, 15)}
    assert ">= '2025-11-01'" in asked[0]
    assert "< '2026-02-01'" in asked[0]


def test_local_days_that_come_out_wrong_stop_a_run_and_change_nothing(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = on_duckdb(tmp_path, url)

    def hour_late(*arguments: Any) -> tuple[str, ...]:
        made = functions(*arguments)
        return tuple(text.replace("'25200 seconds'", "'21600 seconds'") for text in made)

    functions = local_time.functions
    monkeypatch.setattr(local_time, "functions", hour_late)
    with pytest.raises(BuildError, match=r"Asia/Ho_Chi_Minh\. Nothing was built"):
        on_duckdb(tmp_path, url)
    with duckdb.connect(str(tmp_path / "warehouse.duckdb"), read_only=True) as warehouse:
        assert _contents(lambda query: warehouse.execute(query).fetchall()) == before
