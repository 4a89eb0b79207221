"""Where the log cannot be read, tables are scanned; it is read again once it can be."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb
import psycopg
import pytest

from facet.config import Settings
from facet.sync import published, slot, sync
from tests.facet.sync.conftest import Execute, Read, changes
from tests.facet.sync.log.conftest import LOG, PUBLICATION, found_by


@contextmanager
def held(url: str, sql: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A transaction that has written something and stays open."""
    with psycopg.connect(url) as connection:
        connection.execute(sql.encode())
        yield connection


def decoded_by_somebody_else(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("set synchronous_commit = on")  # what is read is on disk
        connection.execute("select pg_logical_emit_message(true, 'somebody', '')")
        connection.execute(
            "select count(*) from pg_logical_slot_get_binary_changes('facet', null, null,"
            " 'proto_version', '1', 'publication_names', 'facet')"
        )


def overflow(url: str) -> None:
    """Write more than the server keeps for a slot."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table noise as select 1 as n")
        for _ in range(8):
            connection.execute(
                "select pg_logical_emit_message(false, 'noise', repeat('x', 15000000))"
            )
            connection.execute("select pg_switch_wal()")
        connection.execute("checkpoint")
        status = connection.execute("select wal_status from pg_replication_slots").fetchall()
    assert status == [("lost",)]


def statement(sql: str) -> Callable[[str], None]:
    def run(url: str) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql.encode())

    return run


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        pytest.param(
            statement("select pg_drop_replication_slot('facet')"),
            "the slot does not reach back to the copy: it is new, or was read",
            id="the slot is gone",
        ),
        pytest.param(
            statement(
                "select pg_drop_replication_slot('facet');"
                " select pg_create_logical_replication_slot('facet', 'pgoutput')"
            ),
            "the slot does not reach back to the copy: it is new, or was read",
            id="the slot is another one",
        ),
        pytest.param(
            decoded_by_somebody_else,
            "the slot does not reach back to the copy: it is new, or was read",
            id="somebody else has read it",
        ),
        pytest.param(
            overflow,
            "the slot does not reach back to the copy: it is new, or was read",
            id="the server has given it up",
        ),
        pytest.param(
            statement("drop publication facet"),
            "no table is published as a whole by the publication facet",
            id="the publication is gone",
        ),
    ],
)
def test_where_the_log_has_a_gap_tables_are_scanned_and_the_log_is_read_again_later(
    fault: Callable[[str], None],
    reason: str,
    settings: Settings,
    url: str,
    execute: Execute,
    source_rows: Read,
    copied_rows: Read,
) -> None:
    execute("update orders set total_amount = 5 where id = 3")
    fault(url)
    report = sync(settings, url)
    assert copied_rows() == source_rows()
    assert changes(report) == {"orders": ("changes", 1)}
    assert report.scanned_because == reason
    assert set(found_by(report).values()) == {"scan"}
    assert report.way == f"tables were scanned: {reason}"

    execute(f"drop publication if exists facet; {PUBLICATION}")
    sync(settings, url)
    execute("update orders set total_amount = 6 where id = 3; delete from logs where id = 4")
    report = sync(settings, url)
    assert copied_rows() == source_rows()
    assert changes(report) == {"orders": ("changes", 1), "logs": ("changes", 1)}
    assert (report.scanned_because, found_by(report)) == ("", LOG)


def test_the_printed_publication_covers_what_has_a_primary_key(
    settings: Settings, url: str, execute: Execute
) -> None:
    execute("drop publication facet; alter table logs drop constraint logs_pkey")
    sql = published.publication(settings, url)
    assert sql == (
        'create publication "facet" for table\n'
        '    "public"."order_lines" ("id"),\n'
        '    "public"."order_tags" ("tenant_id", "order_id", "tag"),\n'
        '    "public"."orders" ("id");'
    )
    execute(sql)
    sync(settings, url)
    execute("update logs set message = 'still' where id = 3; delete from order_tags")
    report = sync(settings, url)
    assert found_by(report) == {
        "logs": "scan", "order_lines": "log", "order_tags": "scan", "orders": "log"
    }  # fmt: skip
    assert changes(report) == {"logs": ("whole", 20), "order_tags": ("whole", 0)}


def test_a_role_without_the_right_to_read_the_log_scans(
    settings: Settings, url: str, execute: Execute, source_rows: Read, copied_rows: Read
) -> None:
    execute("create role plain login; grant select on all tables in schema public to plain")
    try:
        execute("update orders set total_amount = 5 where id = 3")
        report = sync(settings, f"{url}&user=plain")
        assert copied_rows() == source_rows()
        assert report.scanned_because == "permission denied to use replication slots"
    finally:
        execute("drop owned by plain; drop role plain")


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        pytest.param(
            "max_slot_wal_keep_size = -1",
            "max_slot_wal_keep_size is not set: a slot that nobody reads would fill the server's"
            " disk",
            id="a disk that would fill up",
        ),
    ],
)
def test_no_slot_is_created_where_it_could_do_harm(
    setting: str, reason: str, settings: Settings, url: str, execute: Execute
) -> None:
    execute("select pg_drop_replication_slot('facet')")
    name = setting.partition(" =")[0]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"alter system set {setting}".encode())
        connection.execute("select pg_reload_conf(), pg_sleep(0.3)")
        try:
            report = sync(settings, url)
            slots = connection.execute("select from pg_replication_slots").fetchall()
        finally:
            connection.execute(f"alter system set {name} = '64MB'".encode())
            connection.execute("select pg_reload_conf(), pg_sleep(0.3)")
    assert (report.scanned_because, slots) == (reason, [])


def test_a_slot_that_cannot_begin_is_given_up(
    settings: Settings,
    url: str,
    execute: Execute,
    source_rows: Read,
    copied_rows: Read,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(slot, "_CREATED_WITHIN", "300ms")
    execute("select pg_drop_replication_slot('facet')")
    with held(url, "insert into logs (tenant_id, message) values (1, 'late')"):
        execute("delete from orders where id = 5")
        report = sync(settings, url)
        assert changes(report) == {"orders": ("changes", 1)}
        assert copied_rows() == source_rows()
    with psycopg.connect(url) as connection:
        slots = connection.execute("select from pg_replication_slots").fetchall()
    assert slots == []
    assert report.scanned_because == (
        "a transaction was open for longer than 300ms, so that no slot could be created"
    )


def test_a_slot_that_begins_while_transactions_are_open_is_used_once_they_ended(
    settings: Settings, url: str, execute: Execute, source_rows: Read, copied_rows: Read
) -> None:
    """What they write may be in the log before where the slot begins, and unseen by the copy."""
    with held(url, "insert into logs (tenant_id, message) values (1, 'late')") as open_one:
        decoded_by_somebody_else(url)
        sync(settings, url)
        report = sync(settings, url)
        assert report.scanned_because == "a transaction was open when the slot began, and since"
        open_one.commit()
    report = sync(settings, url)
    assert changes(report) == {"logs": ("changes", 1)}
    assert set(found_by(report).values()) == {"scan"}
    execute("insert into logs (tenant_id, message) values (1, 'next')")
    report = sync(settings, url)
    assert changes(report) == {"logs": ("changes", 2)}  # the late one too, once more
    assert found_by(report) == LOG
    assert copied_rows() == source_rows()


def test_a_sync_that_fails_leaves_the_log_unread(
    settings: Settings, url: str, execute: Execute, source_rows: Read, copied_rows: Read
) -> None:
    execute("update orders set total_amount = 5 where id = 3; delete from logs where id = 4")

    def fail(done: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync(settings, url, progress=fail)
    report = sync(settings, url)
    assert changes(report) == {"orders": ("changes", 1), "logs": ("changes", 1)}
    assert found_by(report) == LOG
    assert copied_rows() == source_rows()


def test_the_server_keeps_no_more_of_the_log_than_the_copy_lacks(
    settings: Settings, url: str, execute: Execute
) -> None:
    confirmed = []
    for order in (1, 2):
        execute(f"update orders set total_amount = 5 where id = {order}")
        sync(settings, url)
        with psycopg.connect(url) as connection:
            confirmed += connection.execute(
                "select confirmed_flush_lsn - '0/0' from pg_replication_slots"
            ).fetchall()
    assert confirmed[0] < confirmed[1]
    with duckdb.connect(settings.warehouse_path, read_only=True) as warehouse:
        ways = warehouse.execute("select found_by from facet_sync.snapshots").fetchall()
    assert ways == [("whole",), ("log",), ("log",), ("log",)]
