"""Types other than declared: what can be read without loss is, what is out of range shows."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import duckdb
import psycopg
import pytest

from facet.config import Settings
from facet.errors import OperationalError
from facet.sync import sync
from tests.facet.sync.conftest import Execute, Read

WIDER = """
create type order_state as enum ('open', 'paid');
create domain money_amount as numeric(18, 2);
create domain price as money_amount check (value >= 0);
alter table orders
    alter column order_number type varchar(60),
    alter column total_amount type price,
    alter column exchange_rate type numeric,
    alter column updated_at type timestamptz(3);
alter table order_lines alter column quantity type bigint;
alter table logs alter column id type bigint;
alter table order_tags alter column tag type char(9);
"""


@pytest.fixture
def copied(settings: Settings) -> Callable[[str], list[tuple[Any, ...]]]:
    def read(sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(settings.warehouse_path, read_only=True) as warehouse:
            warehouse.execute("set timezone = 'UTC'")
            return warehouse.execute(sql).fetchall()

    return read


def test_types_that_hold_the_same_values_are_read(
    settings: Settings, url: str, execute: Execute, source_rows: Read, copied_rows: Read
) -> None:
    execute(WIDER)
    sync(settings, url)
    tags = "order_tags"  # char pads its values, text does not
    assert copied_rows() | {tags: []} == source_rows() | {tags: []}
    assert {row[2] for row in copied_rows()[tags]} == {"new"}

    execute("update orders set order_number = 'changed', exchange_rate = 2.5 where id = 7")
    sync(settings, url)
    assert copied_rows() | {tags: []} == source_rows() | {tags: []}


def test_an_enum_is_read_by_its_labels(
    settings: Settings, url: str, execute: Execute, copied: Callable[[str], Any]
) -> None:
    execute(
        "create type channel as enum ('web', 'shop'); alter table logs alter column message"
        " type channel using (case when id % 2 = 0 then 'web' else 'shop' end)::channel"
    )
    sync(settings, url)
    assert copied("select message, count(*) from public.logs group by 1 order by 1") == [
        ("shop", 10),
        ("web", 10),
    ]


def test_what_is_out_of_range_arrives_as_the_limit_in_its_row_alone(
    settings: Settings, url: str, execute: Execute, copied: Callable[[str], Any]
) -> None:
    execute(WIDER)
    execute(
        "alter table orders alter column total_amount type numeric;"
        "update orders set total_amount = 1e30 where id = 2;"
        "update orders set total_amount = -1e17, exchange_rate = 'Infinity' where id = 3;"
        "update orders set total_amount = 1.005 where id = 4;"
        "update orders set total_amount = 'NaN' where id = 5;"
        "update orders set total_amount = null where id = 6;"
        "update order_lines set quantity = 3000000000 where id = 1;"
        "update order_lines set quantity = -3000000000 where id = 2"
    )
    sync(settings, url)
    assert copied(
        "select id, total_amount, exchange_rate from public.orders where id between 2 and 7"
        " order by id"
    ) == [
        (2, Decimal("9999999999999999.99"), Decimal(1)),
        (3, Decimal("-9999999999999999.99"), Decimal("9999999999.99999999")),
        (4, Decimal("1.01"), Decimal(1)),  # as PostgreSQL stores it in numeric(18, 2)
        (5, None, Decimal(1)),
        (6, None, Decimal(1)),
        (7, Decimal("7.07"), Decimal(1)),
    ]
    assert copied("select id, quantity from public.order_lines where id < 4 order by id") == [
        (1, 2147483647),
        (2, -2147483648),
        (3, 1),
    ]


def test_a_key_out_of_range_is_told_with_its_values(
    settings: Settings, url: str, execute: Execute
) -> None:
    execute(
        "alter table logs alter column id type bigint;"
        "insert into logs (id, tenant_id) select 3000000000 + n, 2 from generate_series(1, 7) as n"
    )
    with pytest.raises(OperationalError) as caught:
        sync(settings, url)
    assert caught.value.why.splitlines()[1:] == [
        "  logs.id: 7 rows are out of range of integer (3000000001, 3000000002, 3000000003,"
        " 3000000004, 3000000005, …): declare it as bigint"
    ]
    assert not settings.warehouse_path.exists()


def test_moments_beyond_duckdbs_are_infinite_and_the_last_within_stay(
    settings: Settings, url: str, execute: Execute, copied: Callable[[str], Any]
) -> None:
    execute(
        "update orders set deleted_at = '294276-12-31 23:59:59+00' where id = 1;"
        "update orders set deleted_at = '294246-12-31 23:59:59+00' where id = 2;"
        "update orders set deleted_at = 'infinity' where id = 3;"
        "update orders set deleted_at = '-infinity' where id = 4;"
        "update orders set deleted_at = '4713-01-01 00:00:00+00 BC' where id = 5;"
        "update orders set deleted_at = '2026-03-01 12:00:00.123456+07' where id = 6"
    )
    sync(settings, url)
    assert copied(
        "select id, deleted_at::text from public.orders where deleted_at is not null order by id"
    ) == [
        (1, "infinity"),
        (2, "294246-12-31 23:59:59+00"),
        (3, "infinity"),
        (4, "-infinity"),
        (5, "4713-01-01 (BC) 00:00:00+00"),
        (6, "2026-03-01 05:00:00.123456+00"),
    ]
    assert datetime(2026, 3, 1, 5, 0, 0, 123456, UTC) in [
        row[0] for row in copied("select deleted_at from public.orders where id = 6")
    ]


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        pytest.param(
            "alter table orders alter column order_number type bigint using id",
            "orders.order_number: bigint, text expected",
            id="a number for text",
        ),
        pytest.param(
            "alter table order_lines alter column quantity type numeric(9, 2)",
            "order_lines.quantity: numeric(9,2), integer expected",
            id="parts for whole numbers",
        ),
        pytest.param(
            "alter table orders alter column data type text",
            "orders.data: text, jsonb expected",
            id="text for JSON",
        ),
        pytest.param(
            "alter table orders alter column updated_at type timestamp",
            "orders.updated_at: timestamp without time zone, timestamp with time zone expected",
            id="wall time for a moment",
        ),
        pytest.param(
            "create domain wall as timestamp; alter table orders alter column updated_at type wall",
            "orders.updated_at: wall, timestamp with time zone expected",
            id="a domain over another type",
        ),
    ],
)
def test_what_means_something_else_is_refused(
    sql: str, message: str, settings: Settings, url: str, execute: Execute
) -> None:
    execute(sql)
    with pytest.raises(OperationalError) as caught:
        sync(settings, url)
    assert caught.value.why.splitlines()[1:] == [f"  {message}"]


def test_a_child_that_is_linked_as_rows_go_is_found(
    settings: Settings, url: str, execute: Execute, source_rows: Read, copied_rows: Read
) -> None:
    """As many rows come with it as are deleted, so that counts do not tell."""
    execute("create table orders_kept () inherits (orders)")
    with psycopg.connect(url) as connection:
        connection.execute(
            "insert into orders_kept (id, tenant_id, order_number) values (9000, 2, 'kept')"
        )
    sync(settings, url)
    assert copied_rows() == source_rows()
    execute("alter table orders_kept no inherit orders")
    sync(settings, url)
    assert copied_rows() == source_rows()
    execute(
        "alter table orders_kept inherit orders;"
        "delete from only orders where id = (select max(id) from only orders)"
    )
    report = sync(settings, url)
    assert copied_rows() == source_rows()
    assert [table.way for table in report.tables if table.name == "orders"] == ["whole"]


def test_a_grandchild_that_is_linked_as_rows_go_is_found(
    settings: Settings, url: str, execute: Execute, source_rows: Read, copied_rows: Read
) -> None:
    execute(
        "create table orders_kept () inherits (orders);"
        "create table orders_old (like orders including defaults);"
        "insert into orders_old (id, tenant_id, order_number) values (9001, 1, 'old')"
    )
    sync(settings, url)
    execute("alter table orders_old inherit orders_kept; delete from only orders where id = 1")
    sync(settings, url)
    assert copied_rows() == source_rows()
