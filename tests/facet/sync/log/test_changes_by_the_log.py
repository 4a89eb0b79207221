"""Changes are read from the server's log, but for what it may not tell."""

import psycopg
import pytest

from facet.config import Settings
from facet.sync import sync
from tests.facet.sync.conftest import Execute, Read, changes
from tests.facet.sync.log.conftest import LOG, found_by, tenants


@pytest.mark.parametrize(
    ("sql", "expected", "whose"),
    [
        pytest.param("select pg_current_xact_id()", {}, set(), id="nothing"),
        pytest.param(
            "insert into orders (tenant_id, order_number) values (1, 'new'), (3, 'new')",
            {"orders": ("changes", 2)},
            {("orders", 1), ("orders", 3)},
            id="new rows",
        ),
        pytest.param(
            "update orders set total_amount = 0 where id in (3, 4); select pg_sleep(0);"
            " update orders set total_amount = 1 where id = 3",
            {"orders": ("changes", 2)},
            {("orders", 1), ("orders", 2)},
            id="changed rows of two tenants, one twice",
        ),
        pytest.param(
            "update orders set tenant_id = 9 where id = 3",
            {"orders": ("changes", 1)},
            {("orders", 2), ("orders", 9)},
            id="a row that goes to another tenant",
        ),
        pytest.param(
            "delete from orders where id in (1, 40); delete from logs where id = 3",
            {"orders": ("changes", 2), "logs": ("changes", 1)},
            {("orders", 1), ("orders", 2), ("logs", 2)},
            id="hard deletes",
        ),
        pytest.param(
            "update orders set id = id + 1000 where id = 7",
            {"orders": ("changes", 2)},
            {("orders", 2)},
            id="a new key",
        ),
        pytest.param(
            "insert into orders (id, tenant_id, order_number) values (-7, 1, 'gone');"
            " delete from orders where id = -7; update logs set message = 'x' where id = 2",
            {"logs": ("changes", 1)},
            {("logs", 1)},
            id="a row that came and went",
        ),
        pytest.param(
            "update order_tags set tag = 'vip' where order_id = 1",
            {"order_tags": ("whole", 10)},
            {("order_tags", 2)},
            id="a table that is not published",
        ),
    ],
)
def test_changes_are_read_from_the_log(
    sql: str,
    expected: dict[str, tuple[str, int]],
    whose: set[tuple[str, int | None]],
    settings: Settings,
    url: str,
    execute: Execute,
    source_rows: Read,
    copied_rows: Read,
) -> None:
    execute(sql)
    report = sync(settings, url)

    assert copied_rows() == source_rows()
    assert changes(report) == expected
    assert tenants(settings) == whose
    assert report.scanned_because == report.full_because == ""
    assert report.way == "the log was read for 3 of 4 tables"
    assert found_by(report) == LOG
    assert changes(sync(settings, url)) == {}


@pytest.mark.parametrize(
    ("sql", "scanned"),
    [
        pytest.param(
            "truncate orders; insert into orders select 1, 2, 'n'", {"orders"}, id="empty"
        ),
        pytest.param(
            "alter table orders alter column total_amount type numeric(18, 2)"
            " using total_amount * 2",
            {"orders"},
            id="values rewritten, which no log tells",
        ),
        pytest.param(
            "alter publication facet drop table logs; delete from logs where id = 3;"
            " alter publication facet add table logs (id)",
            {"logs", "orders", "order_lines"},
            id="not published for a while",
        ),
        pytest.param(
            "alter publication facet set (publish = 'insert'); delete from logs where id = 3;"
            " alter publication facet set (publish = 'insert, update, delete, truncate')",
            {"logs", "orders", "order_lines"},
            id="deletes not published for a while",
        ),
        pytest.param(
            "alter publication facet set table logs (id), orders (id) where (id > 100);"
            " update orders set order_number = 'unsaid' where id = 3",
            {"orders", "order_lines", "logs"},
            id="only some rows published",
        ),
        pytest.param(
            "alter table logs rename to away; delete from away where id = 3;"
            " alter table away rename to logs",
            {"logs"},
            id="called otherwise for a while",
        ),
        pytest.param("vacuum full orders", {"orders"}, id="vacuum full"),
        pytest.param("cluster orders using orders_pkey", {"orders"}, id="cluster"),
        pytest.param(
            "create table more (primary key (id)) inherits (orders);"
            " insert into more (id, tenant_id, order_number) values (777, 2, 'child')",
            {"orders"},
            id="a child that inherits",
        ),
    ],
)
def test_what_the_log_may_not_tell_is_scanned(
    sql: str,
    scanned: set[str],
    settings: Settings,
    url: str,
    source_rows: Read,
    copied_rows: Read,
) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in sql.split(";"):
            connection.execute(statement.encode())
    report = sync(settings, url)

    assert copied_rows() == source_rows()
    assert {name for name, by in found_by(report).items() if by == "scan"} == {
        "order_tags",
        *scanned,
    }
    with psycopg.connect(url) as connection:
        connection.execute("delete from orders where id = (select max(id) from only orders)")
        connection.execute("delete from logs where id = 5")
    sync(settings, url)
    assert copied_rows() == source_rows()


def test_rows_that_are_published_as_they_were_are_read(
    settings: Settings, url: str, execute: Execute, source_rows: Read, copied_rows: Read
) -> None:
    execute(
        "alter publication facet set table logs (message, id), orders, order_lines;"
        " alter table orders replica identity full"
    )
    sync(settings, url)
    execute("update orders set id = 900 where id = 8")
    execute(
        "update orders set data = to_jsonb(repeat('x', 9000)) where id = 4;"
        " delete from orders where id = 9; insert into logs (tenant_id, message) values (2, null)"
    )
    report = sync(settings, url)
    assert copied_rows() == source_rows()
    assert changes(report) == {"orders": ("changes", 4), "logs": ("changes", 1)}
    assert found_by(report) == LOG


def test_rows_committed_late_are_found(
    settings: Settings, url: str, execute: Execute, source_rows: Read, copied_rows: Read
) -> None:
    """One is open through two syncs, one prepared, one has more savepoints than a snapshot has."""
    with psycopg.connect(url) as late, psycopg.connect(url) as saved:
        late.execute("insert into logs (tenant_id, message) values (1, 'late')")
        saved.execute("select")
        for number in range(90):
            with saved.transaction():
                saved.execute(
                    f"update orders set order_number = 's' where id = {1 + number % 5}".encode()
                )
        with psycopg.connect(url, autocommit=True) as prepared:
            prepared.execute("begin")
            prepared.execute("delete from order_lines where order_id = 5")
            prepared.execute("prepare transaction 'later'")
        for _ in range(2):
            execute("insert into logs (tenant_id, message) values (2, 'early')")
            report = sync(settings, url)
            assert changes(report) == {"logs": ("changes", 1)}
            assert found_by(report) == LOG
            assert copied_rows() == source_rows()
        late.commit()
        saved.commit()
    execute("insert into logs (tenant_id, message) values (2, 'last')")
    report = sync(settings, url)
    assert changes(report) == {"logs": ("changes", 2), "orders": ("changes", 5)}
    assert copied_rows() == source_rows()
    with psycopg.connect(url, autocommit=True) as prepared:
        prepared.execute("commit prepared 'later'")
    report = sync(settings, url)
    assert changes(report) == {"order_lines": ("changes", 2)}
    assert found_by(report) == LOG
    assert copied_rows() == source_rows()
