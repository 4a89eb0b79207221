"""Which tenants' rows changed is known until a build clears it, however many syncs there were."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pytest

from facet.config import Settings
from facet.errors import OperationalError
from facet.sync import changes, sync
from tests.facet.sync.conftest import Execute, sources_path

Pairs = set[tuple[str, int | None]]

#: A table of no tenant, and the table of tenants.
MORE_TABLES = """
create table currencies (code text primary key, name text);
insert into currencies values ('USD', 'US dollar'), ('VND', 'Vietnamese dong');
create table sys_tenants (id bigint primary key, name text);
insert into sys_tenants values (1, 'Gem'), (2, 'Ngọc');
"""
MORE_SOURCES = """
      - name: currencies
        config: {meta: {model: currencies, sync: whole, grain: [code]}}
        columns: [{name: code, data_type: text}, {name: name, data_type: text}]
      - name: sys_tenants
        config: {meta: {entity: tenant, model: tenants, sync: updated_at}}
        columns: [{name: id, data_type: bigint}, {name: name, data_type: text}]
"""
EVERYTHING: Pairs = {
    *((table, tenant) for table in ("orders", "order_lines", "logs") for tenant in (1, 2)),
    *(("order_tags", tenant) for tenant in (1, 2)),
    *(("sys_tenants", tenant) for tenant in (1, 2)),
    ("currencies", None),
}


@pytest.fixture(autouse=True)
def more_tables(settings: Settings, execute: Execute) -> None:
    execute(MORE_TABLES)
    path = sources_path(settings)
    path.write_text(path.read_text() + MORE_SOURCES)


@contextmanager
def warehouse(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(settings.warehouse_path) as connection:
        yield connection


def pending(settings: Settings) -> Pairs:
    with warehouse(settings) as connection:
        return set(
            connection.execute(
                "select table_name, tenant_id from facet_sync.changed_tenants"
            ).fetchall()
        )


def build(settings: Settings) -> None:
    """What a build does when it begins."""
    before = pending(settings)
    assert {(table, tenant) for table, tenant, _, _ in taken_by_build(settings)} == before


def taken_by_build(settings: Settings) -> set[tuple[str, int | None, str | None, int | None]]:
    """What a build takes over: tables and tenants, and the keys of the changed rows."""
    with warehouse(settings) as connection:
        connection.execute(
            "create temporary table taken"
            " (node text, tenant_id bigint, key_name text, key_value bigint)"
        )
        changes.take(lambda statement: connection.execute(statement).fetchall(), "taken")
        return set(connection.execute("select * from taken").fetchall())


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        pytest.param("select", set(), id="nothing"),
        pytest.param(
            "insert into orders (tenant_id, order_number) values (2, 'new'), (3, 'new')",
            {("orders", 2), ("orders", 3)},
            id="new rows, one of a new tenant",
        ),
        pytest.param(
            "update orders set total_amount = 0 where id = 3; update logs set message = 'x'"
            " where id = 2",
            {("orders", 2), ("logs", 1)},
            id="a changed row each",
        ),
        pytest.param(
            "update orders set tenant_id = 7 where id = 3",
            {("orders", 2), ("orders", 7)},
            id="a row that goes to another tenant",
        ),
        pytest.param(
            "delete from order_lines where order_id = 2; delete from logs where tenant_id = 2",
            {("order_lines", 1), ("logs", 2)},
            id="hard deletes",
        ),
        pytest.param(
            "delete from orders where id = 2;"
            " insert into orders (tenant_id, order_number) values (2, 'n')",
            {("orders", 1), ("orders", 2)},
            id="one deleted, one inserted",
        ),
        pytest.param(
            "update order_tags set tag = 'vip' where order_id = 1",
            {("order_tags", 2)},
            id="a table that is read as a whole",
        ),
        pytest.param(
            "update order_lines set quantity = 9 where tenant_id = 1",
            {("order_lines", 1)},
            id="so many rows of one tenant that all are read anew",
        ),
        pytest.param(
            "create table logs_new (like logs including all); insert into logs_new select * from"
            " logs where id <> 4; alter table logs rename to logs_old;"
            " alter table logs_new rename to logs",
            {("logs", 1)},
            id="a table that another one took the place of",
        ),
        pytest.param("truncate orders", {("orders", 1), ("orders", 2)}, id="all gone"),
        pytest.param(
            "insert into orders (tenant_id, order_number) select 1, n from generate_series(1, 2) n;"
            " alter table orders alter column tenant_id drop not null;"
            " update orders set tenant_id = null where order_number = '2'",
            {("orders", 1), ("orders", None)},
            id="a row of no tenant",
        ),
        pytest.param(
            "update currencies set name = 'Dollar' where code = 'USD'",
            {("currencies", None)},
            id="a table of no tenant",
        ),
        pytest.param(
            "update sys_tenants set name = 'Opal' where id = 1",
            {("sys_tenants", 1)},
            id="a tenant",
        ),
    ],
)
def test_the_tenants_whose_rows_changed_are_known(
    sql: str, expected: Pairs, settings: Settings, url: str, execute: Execute
) -> None:
    sync(settings, url)
    build(settings)
    execute(sql)
    sync(settings, url)
    assert pending(settings) == expected
    sync(settings, url)
    assert pending(settings) == expected


def test_a_sync_of_everything_changes_everything(
    settings: Settings, url: str, execute: Execute
) -> None:
    sync(settings, url)
    assert pending(settings) == EVERYTHING
    build(settings)
    execute("delete from order_tags where tenant_id = 2")
    sync(settings, url, full=True)
    assert pending(settings) == EVERYTHING


def test_what_several_syncs_find_waits_for_one_build(
    settings: Settings, url: str, execute: Execute
) -> None:
    sync(settings, url)
    build(settings)
    execute("update orders set total_amount = 0 where id = 3")
    sync(settings, url)
    execute("update orders set total_amount = 0 where id = 4")
    sync(settings, url)
    assert pending(settings) == {("orders", 1), ("orders", 2)}

    build(settings)
    assert pending(settings) == set()


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("fault", ["interrupt", "table gone"])
def test_a_sync_that_fails_leaves_nothing_behind(
    fault: str, settings: Settings, url: str, execute: Execute
) -> None:
    sync(settings, url)
    build(settings)
    execute("update order_lines set quantity = 0 where id = 1")

    def fail(done: object) -> None:
        if fault == "interrupt":
            signal.raise_signal(signal.SIGINT)
        execute("alter table if exists orders rename to orders_gone")

    with pytest.raises((KeyboardInterrupt, OperationalError)):
        sync(settings, url, progress=fail)
    assert pending(settings) == set()


def test_a_copy_of_an_older_version_has_everything_to_build(settings: Settings, url: str) -> None:
    sync(settings, url)
    with warehouse(settings) as connection:
        connection.execute("drop table facet_sync.changed_tenants")
    sync(settings, url)
    assert pending(settings) == EVERYTHING


KEYED = ("entity: order_line, ", "entity: order_line, keys: [id, order_id], ")
#: A hundred lines, each of an order of its own; those of even numbers are the first tenant's.
LINES = """
truncate order_lines;
insert into order_lines (id, tenant_id, order_id, quantity)
select n, 1 + n % 2, 200 + n, 1 from generate_series(1, 100) as n;
"""


@pytest.fixture
def keyed_lines(settings: Settings, url: str, execute: Execute) -> None:
    path = sources_path(settings)
    path.write_text(path.read_text().replace(*KEYED))
    execute(LINES)
    sync(settings, url)


@pytest.mark.usefixtures("keyed_lines")
@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        pytest.param(
            "insert into order_lines (id, tenant_id, order_id, quantity) values (901, 2, 77, 1)",
            {(2, "order_line_id", 901), (2, "order_id", 77)},
            id="a new row",
        ),
        pytest.param(
            "update order_lines set order_id = 78 where id = 6",
            {(1, "order_line_id", 6), (1, "order_id", 206), (1, "order_id", 78)},
            id="a row that goes to another order",
        ),
        pytest.param(
            "update order_lines set tenant_id = 2 where id = 6",
            {
                *((1, "order_line_id", 6), (1, "order_id", 206)),
                *((2, "order_line_id", 6), (2, "order_id", 206)),
            },
            id="and one to another tenant",
        ),
        pytest.param(
            "delete from order_lines where id = 6",
            {(1, "order_line_id", 6), (1, "order_id", 206)},
            id="a row that is gone",
        ),
        pytest.param(
            "alter table order_lines alter column order_id drop not null;"
            " update order_lines set order_id = null where id = 6",
            {(1, "order_line_id", 6), (1, "order_id", 206), (1, "order_id", 0)},
            id="a key that is gone",
        ),
        pytest.param(
            "update order_lines set quantity = 9 where id <= 40",
            {
                (1 + n % 2, name, value)
                for n in range(1, 41)
                for name, value in (("order_line_id", n), ("order_id", 200 + n))
            },
            id="so many that all are read anew",
        ),
    ],
)
def test_the_keys_of_changed_rows_are_known_as_they_are_and_were(
    sql: str,
    expected: set[tuple[int, str, int]],
    settings: Settings,
    url: str,
    execute: Execute,
) -> None:
    assert ("order_lines", 1, None, None) in taken_by_build(settings)
    execute(sql)
    sync(settings, url)
    assert taken_by_build(settings) == {("order_lines", *key) for key in expected}
    assert taken_by_build(settings) == set()


@pytest.mark.usefixtures("keyed_lines")
def test_a_tenant_of_whom_all_rows_count_as_changed_stays_so_whatever_follows(
    settings: Settings, url: str, execute: Execute
) -> None:
    execute("update order_lines set order_id = 78 where id = 6")
    sync(settings, url)
    assert ("order_lines", 1, None, None) in taken_by_build(settings)
