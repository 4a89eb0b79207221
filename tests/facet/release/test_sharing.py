"""A release shares the files of tenants of whom nothing has changed with the one before."""

import errno
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import psycopg
import pytest

from facet.config import Settings
from facet.release import (
    Audit,
    FailedTest,
    Mart,
    Privacy,
    Release,
    current,
    list_releases,
    rollback,
    tenant_files,
    verify,
)
from tests.facet.release.conftest import MARTS

Publish = Callable[..., Release]
Change = Callable[[str], None]

BAD_ONE = Audit(failed=(FailedTest(name="grain_orders", rows=2, tenant_ids=(1,)),))

#: Of the second tenant alone, each: odd orders are theirs.
CHANGES = {
    "a cent": "update facet_marts.fct_orders set amount = amount + 0.01 where order_id = 51",
    "the other sign": "update facet_marts.fct_orders set amount = -amount where order_id = 51",
    "nothing to empty": "update facet_marts.fct_orders set channel = '' where order_id = 53",
    "a moment's microsecond": "update facet_marts.fct_orders"
    " set ordered_at = ordered_at + interval '1 microsecond' where order_id = 51",
    "a flag": "update facet_marts.fct_orders set is_paid = false where order_id = 51",
    "an eighth decimal": "update facet_marts.fct_orders set share = -0.00000001"
    " where order_id = 51",
    "values changed places": "update facet_marts.fct_orders set amount = case order_id"
    " when 61 then 0.65 else 0.61 end where order_id in (61, 65)",
    "words changed places": "update facet_marts.fct_orders set channel = case order_id"
    " when 57 then 'Fair' else 'Web' end where order_id in (57, 59)",
    "a row less": "delete from facet_marts.fct_orders where order_id = 67",
    "one twice, another not": "delete from facet_marts.fct_orders where order_id = 69;"
    " insert into facet_marts.fct_orders select * from facet_marts.fct_orders where order_id = 71",
}

#: A word and none, a second word, and a number of more than 64 bits.
ODDITIES = """
    update facet_marts.fct_orders set channel = null where order_id = 53;
    update facet_marts.fct_orders set channel = 'Fair' where order_id = 59;
    alter table facet_marts.fct_orders add column share numeric(28, 8) default 0;
"""


def inode(release: Release, tenant_id: int) -> int:
    return release.file_of(tenant_id).stat().st_ino


def distinct_bytes(folder: Path) -> int:
    found = [path.stat() for path in folder.rglob("*.duckdb")]
    return sum({status.st_ino: status.st_size for status in found}.values())


def amount(release: Release, order_id: int) -> object:
    path = release.file_of(2 if order_id % 2 else 1)
    with duckdb.connect(str(path), read_only=True) as file:
        return file.execute(
            "select cast(amount as varchar) from facet_marts.fct_orders where order_id = $1",
            [order_id],
        ).fetchall()[0][0]


def test_who_did_not_change_shares_the_file_and_who_did_has_a_new_one(
    publish_marts: Publish, change_marts: Change
) -> None:
    first = publish_marts()
    change_marts("update facet_marts.fct_orders set amount = 7.01 where order_id = 51")
    later = datetime(2026, 1, 8, 4, 0, tzinfo=UTC)
    second = publish_marts(at=later)

    assert inode(second, 1) == inode(first, 1)
    assert inode(second, 2) != inode(first, 2)
    assert (amount(first, 51), amount(second, 51)) == ("0.51", "7.01")
    same, new = second.tenants
    assert (same.status, same.from_release, same.snapshot_at) == ("fresh", first.id, later)
    assert same.rows == {"dim_tenants": 1, "fct_orders": 50}
    assert (new.status, new.from_release, new.snapshot_at) == ("fresh", second.id, later)
    assert verify(second) == ()


def test_ten_releases_take_the_bytes_of_one(publish_marts: Publish, settings: Settings) -> None:
    ten = replace(settings, releases_kept=10)
    one = distinct_bytes(publish_marts(into=ten).directory)
    for _ in range(9):
        publish_marts(into=ten)
    assert len(list_releases(ten)) == 10
    assert distinct_bytes(settings.releases_dir) == one


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES.keys())
def test_the_smallest_change_is_seen(
    publish_marts: Publish, build_marts: Callable[[], None], change_marts: Change, statement: str
) -> None:
    build_marts()
    change_marts(ODDITIES)
    first = publish_marts()
    change_marts(statement)
    second = publish_marts()
    assert (inode(second, 1) == inode(first, 1), inode(second, 2) == inode(first, 2)) == (
        True,
        False,
    )


def test_the_smallest_change_is_seen_on_postgres_too(
    publish_marts: Publish, settings: Settings, postgres_url: str
) -> None:
    there = replace(settings, engine="postgres")
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("create table facet_marts.kept as table facet_marts.fct_orders")
        connection.execute(ODDITIES)
        before = publish_marts(url=postgres_url, into=there)
        assert inode(publish_marts(url=postgres_url, into=there), 2) == inode(before, 2)
        for name, statement in CHANGES.items():
            connection.execute(statement)
            after = publish_marts(url=postgres_url, into=there)
            assert inode(after, 1) == inode(before, 1), name
            assert inode(after, 2) != inode(before, 2), name
            before = after
        connection.execute("drop table facet_marts.fct_orders")
        connection.execute("alter table facet_marts.kept rename to fct_orders")


@pytest.mark.parametrize(
    "marts",
    [
        (MARTS[0], replace(MARTS[1], sort_key=("tenant_id", "order_id"))),
        (MARTS[0], replace(MARTS[1], privacy=Privacy(personal=("channel",)))),
        MARTS[:1],
    ],
    ids=["order", "privacy", "one less"],
)
def test_what_a_file_is_like_makes_every_file_new(
    publish_marts: Publish, marts: tuple[Mart, ...]
) -> None:
    first, second = publish_marts(), publish_marts(marts=marts)
    assert [inode(second, n) == inode(first, n) for n in (1, 2)] == [False, False]


@pytest.mark.parametrize(
    "statement",
    [
        "alter table facet_marts.fct_orders add column note text",
        "alter table facet_marts.fct_orders rename column channel to medium",
        "alter table facet_marts.fct_orders alter column week_start type bigint",
    ],
    ids=["column", "name", "type"],
)
def test_another_schema_makes_every_file_new(
    publish_marts: Publish, change_marts: Change, statement: str
) -> None:
    first = publish_marts()
    change_marts(statement)
    second = publish_marts()
    assert [inode(second, n) == inode(first, n) for n in (1, 2)] == [False, False]


def test_another_version_of_what_writes_files_makes_every_file_new(
    publish_marts: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish_marts()
    monkeypatch.setattr("facet.release.digests.version", lambda package: "99.0")
    second = publish_marts()
    assert [inode(second, n) == inode(first, n) for n in (1, 2)] == [False, False]


def test_what_differs_from_run_to_run_makes_no_file_new(
    publish_marts: Publish, change_marts: Change
) -> None:
    marts = (MARTS[0], replace(MARTS[1], per_run=frozenset({"ordered_at"})))
    first = publish_marts(marts=marts)
    change_marts("update facet_marts.fct_orders set ordered_at = ordered_at + interval '1 day'")
    second = publish_marts(marts=marts)
    assert [inode(second, n) == inode(first, n) for n in (1, 2)] == [True, True]
    change_marts("update facet_marts.fct_orders set amount = 9 where order_id = 51")
    third = publish_marts(marts=marts)
    assert [inode(third, n) == inode(first, n) for n in (1, 2)] == [True, False]


def test_what_was_served_before_a_roll_back_is_shared_again(
    publish_marts: Publish, change_marts: Change, settings: Settings
) -> None:
    first = publish_marts()
    change_marts("update facet_marts.fct_orders set amount = 9 where order_id = 51")
    second = publish_marts()
    rollback(settings)
    third = publish_marts()
    assert current(settings.releases_dir).follows == first.id
    assert [inode(third, n) == inode(second, n) for n in (1, 2)] == [True, True]


def test_a_file_that_is_not_what_it_was_is_written_anew(publish_marts: Publish) -> None:
    first = publish_marts()
    path = first.file_of(2)
    path.write_bytes(path.read_bytes()[:-1] + b"\xff")
    second = publish_marts()
    assert [inode(second, n) == inode(first, n) for n in (1, 2)] == [True, False]
    assert verify(second) == ()


def test_a_tenant_held_back_shares_too_and_is_shared_once_it_is_good(
    publish_marts: Publish, change_marts: Change
) -> None:
    first = publish_marts()
    change_marts("update facet_marts.fct_orders set amount = 9 where order_id = 50")
    held = publish_marts(BAD_ONE)
    change_marts("update facet_marts.fct_orders set amount = 0.50 where order_id = 50")
    good = publish_marts()
    assert inode(first, 1) == inode(held, 1) == inode(good, 1)
    assert [release.tenant(1).status for release in (first, held, good)] == [
        "fresh",
        "kept",
        "fresh",
    ]
    assert good.tenant(1).reasons == ()


def test_a_release_that_is_removed_takes_no_file_from_another(
    publish_marts: Publish, settings: Settings
) -> None:
    for _ in range(settings.releases_kept + 1):
        last = publish_marts()
    assert len(list_releases(settings)) == settings.releases_kept
    for release in list_releases(settings):
        assert verify(release) == ()
        # and the name that other tools read
        assert release.file_of(1).stat().st_nlink == settings.releases_kept + 1
    assert current(settings.releases_dir) == last


def test_a_disk_without_second_names_has_copies_that_are_as_private(
    publish_marts: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    umask = os.umask(0o077)
    try:
        first = publish_marts()

        def refuse(*_: object) -> None:
            raise OSError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, "link", refuse)
        second = publish_marts()
    finally:
        os.umask(umask)
    assert inode(second, 1) != inode(first, 1)
    assert second.file_of(1).read_bytes() == first.file_of(1).read_bytes()
    assert second.file_of(1).stat().st_mode & 0o777 == 0o600
    assert second.tenant(1).from_release == first.id


def test_only_what_changed_is_written(
    publish_marts: Publish, change_marts: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_marts()
    change_marts("update facet_marts.fct_orders set amount = 9 where order_id = 51")
    written: list[Path] = []
    write = tenant_files.write

    def note(connection: duckdb.DuckDBPyConnection, path: Path, rows: Mapping[Mart, str]) -> None:
        written.append(path)
        write(connection, path, rows)

    monkeypatch.setattr(tenant_files, "write", note)
    publish_marts()
    assert [path.name for path in written] == ["tenant_2.duckdb"]
