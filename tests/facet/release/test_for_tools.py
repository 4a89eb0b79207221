"""Other tools read a path that stays: the tenant's file of what is served, and nobody else's."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from facet.config import Settings
from facet.errors import ReleaseError
from facet.release import Release, rollback
from facet.release.for_tools import path_of

Publish = Callable[..., Release]
Change = Callable[[str], None]

#: Orders of the first tenant are those of even numbers up to 100, n cents each: 25.50.
SUM = "select sum(amount) from facet_marts.fct_orders"
RAISED = "update facet_marts.fct_orders set amount = amount + 1 where order_id = 50"


def sum_in(path: Path) -> str:
    with duckdb.connect(str(path), read_only=True) as connection:
        return str(connection.execute(SUM).fetchall()[0][0])


def test_a_path_follows_what_is_served_and_who_has_it_open_reads_on(
    publish_marts: Publish, change_marts: Change, settings: Settings
) -> None:
    first = publish_marts()
    path = path_of(first, 1)
    assert path == settings.home / "served" / "tenant_1" / "warehouse.duckdb"
    with duckdb.connect(str(path), read_only=True) as tool:
        change_marts(RAISED)
        second = publish_marts()
        assert path.samefile(second.file_of(1))
        assert str(tool.execute(SUM).fetchall()[0][0]) == "25.50"
    assert sum_in(path) == "26.50"

    rollback(settings)
    assert sum_in(path) == "25.50"
    assert path.samefile(first.file_of(1))


def test_whoever_may_look_into_a_folder_reads_that_tenant_alone(
    publish_marts: Publish, change_marts: Change, settings: Settings
) -> None:
    ours, others = (path_of(publish_marts(), tenant_id) for tenant_id in (1, 2))
    ours.parent.chmod(0o750)
    change_marts(RAISED)
    release = publish_marts()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (ours, others)]
    assert modes == [0o640, 0o600]

    change_marts("delete from facet_marts.dim_tenants where tenant_id = 1")
    release = publish_marts()
    assert not ours.parent.exists()
    assert others.samefile(release.file_of(2))
    with pytest.raises(ReleaseError, match="Tenant 1 is not in release"):
        path_of(release, 1)


def test_without_second_names_it_is_a_copy_made_when_it_changes(
    publish_marts: Publish, change_marts: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    release = publish_marts()
    path = path_of(release, 1)
    inode = path.stat().st_ino
    assert not path.samefile(release.file_of(1))
    assert sum_in(path) == "25.50"

    publish_marts()
    assert path.stat().st_ino == inode
    change_marts(RAISED)
    publish_marts()
    assert sum_in(path) == "26.50"


def test_a_folder_that_cannot_be_written_is_told_of_and_the_release_is_served(
    publish_marts: Publish, settings: Settings
) -> None:
    (settings.home / "served").parent.mkdir(parents=True, exist_ok=True)
    (settings.home / "served").write_text("in the way")
    with pytest.raises(ReleaseError, match="is served, but not to other tools"):
        publish_marts()
    (settings.home / "served").unlink()
    release = publish_marts()
    assert release.number == 2
    assert path_of(release, 2).is_file()
