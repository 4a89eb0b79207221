"""A pass over a table finds what was written within a window, however it is read then."""

from dataclasses import replace

import psycopg
import pytest

from facet.config import Settings
from facet.sync import scan, sync
from facet.sync.snapshot import Window
from tests.facet.sync.conftest import Execute, Read, changes

ROUND = 1 << 32


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (Window(start=800, width=3), [800, 802]),
        (Window(start=ROUND - 2, width=5), [2, ROUND - 1]),
        (Window(start=2 * ROUND - 2, width=2), [ROUND - 1]),
        (Window(start=2 * ROUND, width=801), [2, 800]),
        (Window(start=5 * ROUND + 801, width=ROUND // 2 - 1), [802]),
    ],
)
def test_transactions_are_within_a_window_also_where_their_numbers_begin_anew(
    window: Window, expected: list[int], url: str
) -> None:
    numbers = [2, 800, 802, ROUND - 1]
    rows = ", ".join(f"('{number}'::xid)" for number in numbers)
    with psycopg.connect(url) as connection:
        found = connection.execute(
            f"select xmin_of_row::text::bigint from (values {rows}) as rows(xmin_of_row)"
            f" where {window.predicate().replace('xmin', 'xmin_of_row')} order by 1".encode()
        ).fetchall()
    assert [number for (number,) in found] == expected


@pytest.mark.parametrize("limit", ["_LISTED_UP_TO", "_READ_BY_PLACE_UP_TO", "none"])
def test_rows_are_read_by_place_or_in_a_second_pass(
    limit: str,
    settings: Settings,
    url: str,
    execute: Execute,
    source_rows: Read,
    copied_rows: Read,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scan, limit, 1, raising=False)
    execute(
        "alter table logs rename to logs_kept;"
        " create table logs (like logs_kept including defaults, primary key (id, tenant_id))"
        " partition by list (tenant_id);"
        " create table logs_1 partition of logs for values in (1);"
        " create table logs_2 partition of logs for values in (2);"
        " insert into logs select * from logs_kept"
    )
    sync(settings, url)
    execute(
        "update orders set total_amount = 5 where id in (3, 4); delete from orders where id = 5;"
        " update logs set tenant_id = 3 - tenant_id where id in (6, 7);"
        " insert into logs (id, tenant_id) values (-1, 2)"
    )
    report = sync(settings, url)
    assert copied_rows() == source_rows()
    assert changes(report) == {"orders": ("changes", 3), "logs": ("changes", 5)}
    assert changes(sync(settings, url)) == {}


def test_a_server_without_a_logical_log_is_scanned(
    settings: Settings, url: str, execute: Execute, source_rows: Read, copied_rows: Read
) -> None:
    settings = replace(settings, sync_slot="facet")
    sync(settings, url)
    execute("delete from orders where id = 5")
    report = sync(settings, url)
    assert changes(report) == {"orders": ("changes", 1)}
    assert report.scanned_because == "wal_level is replica, not logical"
    assert copied_rows() == source_rows()
