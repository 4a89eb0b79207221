"""The copy equals the source after every pass, whatever happened there."""

import subprocess
import sys
from collections.abc import Callable

import duckdb
import psycopg
import pytest

from facet.config import Settings
from facet.sync import TableSync, sync
from tests.facet.sync.conftest import Execute, Read, changes


def test_the_first_copy_equals_the_source(
    settings: Settings, url: str, execute: Execute, source_rows: Read, copied_rows: Read
) -> None:
    execute(
        """
        insert into orders
            (tenant_id, order_number, total_amount, exchange_rate, data, promised_on)
        values
            (1, 'Ngọc "Ánh" ''💍''\\n', 9999999999999999.99, 0.00004012, '{"a": [1, null]}', null),
            (2, '', -0.01, 1, null, '0001-01-01'),
            (2, ' ', 'NaN', 1, '"x"', '9999-12-31')
        """
    )
    report = sync(settings, url)

    assert copied_rows() == source_rows()
    assert [(table.name, table.way, table.rows) for table in report.tables] == [
        ("logs", "whole", 20),
        ("order_lines", "whole", 80),
        ("order_tags", "whole", 10),
        ("orders", "whole", 43),
    ]
    assert report.full_because == "there is no copy yet"
    assert report.way == "everything was read: there is no copy yet"
    with duckdb.connect(settings.warehouse_path, read_only=True) as warehouse:
        types = warehouse.execute(
            "select distinct data_type from duckdb_columns() where schema_name = 'public'"
        ).fetchall()
        recorded = warehouse.execute(
            "select snapshot_at, is_standby, lsn like '%/%' from facet_sync.snapshots"
        ).fetchall()
    assert {name for (name,) in types} == {
        "BIGINT", "INTEGER", "VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP WITH TIME ZONE",
        "DECIMAL(18,2)", "DECIMAL(18,8)",
    }  # fmt: skip
    assert recorded == [(report.snapshot_at, False, True)]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        pytest.param("select", {}, id="nothing"),
        pytest.param(
            "insert into orders (tenant_id, order_number) values (1, 'new')",
            {"orders": ("changes", 1)},
            id="a new row",
        ),
        pytest.param(
            "update orders set total_amount = 0, updated_at = now() where id in (3, 4)",
            {"orders": ("changes", 2)},
            id="changed rows of two tenants",
        ),
        pytest.param(
            "update orders set total_amount = 0 where id = 3",
            {"orders": ("changes", 1)},
            id="a change that left updated_at alone",
        ),
        pytest.param(
            "update orders set deleted_at = now() where id = 3",
            {"orders": ("changes", 1)},
            id="a soft delete",
        ),
        pytest.param(
            "insert into orders (id, tenant_id, order_number, updated_at)"
            " values (-5, 1, 'old', '2001-01-01')",
            {"orders": ("changes", 1)},
            id="a row dated back",
        ),
        pytest.param(
            "delete from orders where id in (1, 40)",
            {"orders": ("changes", 2)},
            id="hard deletes",
        ),
        pytest.param(
            "delete from orders where id = 1;"
            " insert into orders (tenant_id, order_number) values (1, 'n')",
            {"orders": ("changes", 2)},
            id="as many deleted as inserted",
        ),
        pytest.param(
            "update orders set id = id + 1000 where id = 7",
            {"orders": ("changes", 2)},
            id="a new key",
        ),
        pytest.param(
            "insert into logs (id, tenant_id) values (-1, 2);"
            " update logs set message = 'x' where id = 2; delete from logs where id = 9",
            {"logs": ("changes", 3)},
            id="a log that is not append-only after all",
        ),
        pytest.param(
            "update order_tags set tag = 'vip' where order_id = 1",
            {"order_tags": ("whole", 10)},
            id="a small junction",
        ),
        pytest.param("truncate orders", {"orders": ("changes", 40)}, id="all gone"),
        pytest.param(
            "alter table logs drop column message; alter table logs add column message text",
            {"logs": ("whole", 20)},
            id="a column dropped and added again",
        ),
    ],
)
def test_after_a_change_the_copy_equals_the_source(
    sql: str,
    expected: dict[str, tuple[str, int]],
    settings: Settings,
    url: str,
    execute: Execute,
    source_rows: Read,
    copied_rows: Read,
) -> None:
    sync(settings, url)
    execute(sql)
    report = sync(settings, url)

    assert copied_rows() == source_rows()
    assert changes(report) == expected
    assert report.full_because == ""
    assert changes(sync(settings, url)) == {}


def test_rows_committed_late_or_swapped_in_are_found(
    settings: Settings, url: str, execute: Execute, source_rows: Read, copied_rows: Read
) -> None:
    execute("create table orders_loaded (like orders including all)")
    execute("insert into orders_loaded select * from orders where id <= 30")
    execute("update orders_loaded set total_amount = 1")
    with psycopg.connect(url) as late:
        late.execute("insert into logs (tenant_id, message) values (1, 'late')")
        execute("insert into logs (tenant_id, message) values (1, 'early')")
        sync(settings, url)
        late.commit()
    execute("alter table orders rename to orders_old")
    execute("alter table orders_loaded rename to orders")
    report = sync(settings, url)

    assert copied_rows() == source_rows()
    assert changes(report) == {"logs": ("changes", 2), "orders": ("whole", 30)}


def test_a_writer_during_the_pass_never_leaves_half_an_order(
    settings: Settings, url: str, execute: Execute, source_rows: Read, copied_rows: Read
) -> None:
    sync(settings, url)
    execute("update order_lines set quantity = 9 where id = 1")
    expected = source_rows()

    def order_more(done: TableSync) -> None:
        if done.name == "order_lines":  # lines are copied before orders
            execute(
                "with o as (insert into orders (tenant_id, order_number) values (2, 'half')"
                " returning id)"
                " insert into order_lines (tenant_id, order_id, quantity) select 2, id, 1 from o"
            )

    sync(settings, url, progress=order_more)
    assert copied_rows() == expected
    assert changes(sync(settings, url)) == {"order_lines": ("changes", 1), "orders": ("changes", 1)}
    assert copied_rows() == source_rows()


def test_another_database_is_read_in_full(
    settings: Settings,
    url: str,
    new_shop: Callable[[], str],
    execute: Execute,
    source_rows: Read,
    copied_rows: Read,
) -> None:
    sync(settings, url)
    mirror = new_shop()
    with psycopg.connect(mirror) as connection:
        connection.execute("update orders set total_amount = 7")
    report = sync(settings, mirror)

    assert report.full_because == "the server, its history or the database is not that of last time"
    assert {row[3] for row in copied_rows()["orders"]} == {7}
    assert sync(settings, url, full=True).full_because == "it was asked for"


def test_the_copy_follows_the_declarations(
    settings: Settings, url: str, copied_rows: Read, execute: Execute
) -> None:
    sync(settings, url)
    path = settings.project_dir / "models" / "staging" / "shop" / "_shop__sources.yml"
    declared = path.read_text()
    logs = declared[
        declared.index("      - name: logs") : declared.index("      - name: order_tags")
    ]
    path.write_text(
        declared.replace(logs, "").replace(
            "          - {name: quantity, data_type: integer}\n",
            "          - {name: quantity, data_type: integer}\n"
            "          - {name: note, data_type: text}\n",
        )
    )
    execute("alter table order_lines add column note text default 'none'")
    report = sync(settings, url)

    assert changes(report) == {"order_lines": ("whole", 80)}
    with duckdb.connect(settings.warehouse_path, read_only=True) as warehouse:
        tables = warehouse.execute(
            "select table_name, column_count from duckdb_tables() where schema_name = 'public'"
            " order by all"
        ).fetchall()
        notes = warehouse.execute("select distinct note from public.order_lines").fetchall()
    assert tables == [("order_lines", 6), ("order_tags", 3), ("orders", 10)]
    assert notes == [("none",)]


def test_a_pass_loads_nothing_that_it_does_not_need(settings: Settings, url: str) -> None:
    script = (
        "import sys; from dataclasses import replace; from pathlib import Path;"
        "from facet.config import Settings; from facet.sync import sync;"
        f"sync(Settings(home=Path({str(settings.home)!r}),"
        f" project_dir=Path({str(settings.project_dir)!r})), {url!r});"
        "print(sorted({'pandas', 'numpy', 'dbt', 'streamlit'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_the_last_copy_is_the_last_one_whatever_the_clock_said(
    settings: Settings, url: str, execute: Execute
) -> None:
    sync(settings, url)
    with duckdb.connect(settings.warehouse_path) as warehouse:
        warehouse.execute(
            "update facet_sync.snapshots set recorded_at = recorded_at + interval '30 days'"
        )
    for order in (1, 2):
        execute(f"update orders set order_number = 'changed' where id = {order}")
        assert changes(sync(settings, url)) == {"orders": ("changes", 1)}
