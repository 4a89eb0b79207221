"""Nothing is missed while others write: whatever commits late, rolls back or is deleted again."""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
import pytest

from facet.config import Settings
from facet.sync import sync
from tests.facet.sync.conftest import Read

_NEW: Final = {
    "orders": "insert into orders (tenant_id, order_number) values ({tenant}, 'x')",
    "order_lines": "insert into order_lines (tenant_id, order_id, quantity)"
    " values ({tenant}, 1, 1)",
    "logs": "insert into logs (tenant_id, message) values ({tenant}, 'x')",
}
_ANY: Final = "(select id from {table} order by random() limit 1)"
_STATEMENTS: Final = (
    *(("{new}",) * 4),
    *(("update {table} set tenant_id = {tenant} where id = " + _ANY,) * 4),
    *(("delete from {table} where id = " + _ANY,) * 2),
    "update {table} set id = -id where id = " + _ANY,
    "savepoint here",
    "select pg_sleep(0.2)",
)


def write(url: str, seed: int, stop: threading.Event) -> None:
    """Transactions of some statements each, until it is enough; every fifth is taken back."""
    chance = random.Random(seed)
    with psycopg.connect(url, autocommit=True) as connection:
        while not stop.is_set():
            try:
                with connection.transaction(force_rollback=chance.random() < 0.2):
                    local = chance.choice(("on", "off"))
                    connection.execute(f"set local synchronous_commit = {local}".encode())
                    for _ in range(chance.randint(1, 6)):
                        table = chance.choice(list(_NEW))
                        tenant = chance.randint(1, 3)
                        sql = chance.choice(_STATEMENTS).replace("{new}", _NEW[table])
                        connection.execute(sql.format(table=table, tenant=tenant).encode())
            except psycopg.errors.OperationalError:
                continue  # a deadlock, which ends one of the two


@contextmanager
def writers(url: str, seed: int) -> Iterator[None]:
    stop = threading.Event()
    threads = [threading.Thread(target=write, args=(url, seed + n, stop)) for n in range(4)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@pytest.mark.parametrize("seed", [10])
def test_the_copy_equals_the_source_after_syncs_while_others_wrote(
    seed: int, settings: Settings, url: str, source_rows: Read, copied_rows: Read
) -> None:
    sync(settings, url)
    with writers(url, seed):
        reports = [sync(settings, url) for _ in range(6)]
    reports.append(sync(settings, url))
    assert copied_rows() == source_rows()
    assert {report.full_because for report in reports} == {""}
    assert {report.scanned_because for report in reports} == {""}
    found = {table.found_by for report in reports for table in report.tables}
    assert found == {"scan", "log"} if settings.sync_slot else {"scan"}
