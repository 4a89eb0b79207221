"""A home is lost and comes back: what it served, what it knew, and the runs after it."""

import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from facet.api.tokens import Tokens
from facet.audit.trail import AuditTrail
from facet.config import Settings
from facet.errors import BusyError
from facet.lock import run_lock
from facet.pipeline.history import last_runs, runs_by_outcome
from facet.pipeline.run import run
from facet.release import current, list_releases, verify
from facet.rights.keys import secret_of
from facet.upkeep.backup import back_up
from facet.upkeep.contents import BackupError
from facet.upkeep.restore import restore
from tests.facet.upkeep.conftest import SEEN

Shop = Callable[[str], None]
FACET = shlex.quote(str(Path(sys.executable).with_name("facet")))


def numbers(settings: Settings) -> list[tuple[Any, ...]]:
    """Orders and their sum of each tenant, from the files that are served."""
    release, found = current(settings.releases_dir), []
    for tenant in release.tenants:
        with duckdb.connect(str(release.file_of(tenant.tenant_id)), read_only=True) as file:
            found += file.execute(
                "select tenant_id, count(*), sum(total_amount) from facet_marts.fct_orders"
                " group by 1"
            ).fetchall()
    return found


def history(settings: Settings) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as warehouse:
        return warehouse.execute(
            "select tenant_id, target_value, epoch(dbt_valid_from)::bigint"
            " from facet_history.campaign_goal_targets order by 1"
        ).fetchall()


def test_a_lost_machine_comes_back_with_its_numbers_and_runs_on(
    home: Settings, synced_shop: Shop, backups: Path
) -> None:
    served, before, secret = current(home.releases_dir).id, numbers(home), secret_of(home)
    known = history(home)
    assert [row[:2] for row in before] == [(1, 20), (2, 20)]

    archive = back_up(home, backups)
    shutil.rmtree(home.home)
    done = restore(home, archive.path)

    assert done.release_id == archive.release_id == served == current(home.releases_dir).id
    assert verify(current(home.releases_dir)) == ()
    assert numbers(home) == before
    assert secret_of(home) == secret
    assert history(home) == known
    trail = AuditTrail.of(home)
    assert trail.first_broken() is None
    at = timedelta(days=1)
    assert trail.events(1, since=SEEN.at, until=SEEN.at + at) == (SEEN,)
    assert (home.home / "alerts.yml").read_text() == "rules: []\n"
    assert (home.home / "erasures" / "one.json").is_file()
    assert len(last_runs(home)) == 1
    for path in home.home.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path

    synced_shop("update public.orders set total = total + 1")
    run(replace(home, audit_days=1))

    assert [(tenant, count) for tenant, count, _ in numbers(home)] == [(1, 20), (2, 20)]
    assert [after[2] - row[2] for after, row in zip(numbers(home), before, strict=True)] == [20, 20]
    assert len(list_releases(home)) == 2
    assert runs_by_outcome(home) == {"published": 2}
    assert trail.events(1, since=SEEN.at, until=SEEN.at + at) == ()
    assert trail.first_broken() is None
    assert history(home) == known


def test_an_archive_has_what_cannot_be_computed_anew_and_is_its_owners(
    home: Settings, backups: Path
) -> None:
    archive = back_up(home, backups)

    with tarfile.open(archive.path) as tar:
        names = tar.getnames()
    release = current(home.releases_dir)
    files = {f"releases/{release.id}/{path.name}" for path in release.directory.iterdir()}
    assert names[0] == "manifest.json"
    assert set(names[1:]) == files | {
        "releases/current", "secret", "audit.sqlite", "runs.jsonl", "home.json", "alerts.yml",
        "erasures/one.json", "warehouse.duckdb",
    }  # fmt: skip
    assert archive.path.stat().st_mode & 0o777 == 0o600
    assert list(backups.iterdir()) == [archive.path]
    assert not (home.home / ".backup").exists()


def test_the_history_alone_of_the_warehouse_is_taken_with_its_keys(
    home: Settings, backups: Path, tmp_path: Path
) -> None:
    archive = back_up(home, backups)
    elsewhere = replace(home, home=tmp_path / "elsewhere")
    restore(elsewhere, archive.path)
    with duckdb.connect(str(elsewhere.warehouse_path)) as warehouse:
        schemas = warehouse.execute("select distinct schema_name from duckdb_tables() order by 1")
        assert schemas.fetchall() == [("facet_history",), ("facet_source",)]
        with pytest.raises(duckdb.ConstraintException):
            warehouse.execute("insert into facet_source.measures values ('2026-01-01', 4)")


def test_an_audit_trail_that_is_being_written_is_taken_whole(
    home: Settings, backups: Path, tmp_path: Path
) -> None:
    trail, stop = AuditTrail.of(home), threading.Event()

    def write() -> None:
        while not stop.is_set():
            trail.record(SEEN)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        archive = back_up(home, backups)
    finally:
        stop.set()
        writer.join()
    elsewhere = replace(home, home=tmp_path / "elsewhere")
    restore(elsewhere, archive.path)
    assert AuditTrail.of(elsewhere).first_broken() is None
    with closing(sqlite3.connect(elsewhere.home / "audit.sqlite")) as file:
        assert file.execute("select count(*) > 0 from events").fetchone() == (1,)


def test_tokens_open_a_restored_home_as_they_did(
    home: Settings, backups: Path, tmp_path: Path
) -> None:
    issued = Tokens.of(home).issue(tenant_id=1, user_id=11, name="Ada Frost")
    archive = back_up(home, backups)
    elsewhere = replace(home, home=tmp_path / "elsewhere")
    restore(elsewhere, archive.path)
    assert Tokens.of(elsewhere).find(issued.text) == issued.token
    assert Tokens.of(elsewhere).path.stat().st_mode & 0o777 == 0o600


def test_what_is_erased_or_pruned_while_it_is_packed_does_not_change_it(
    home: Settings, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock is let go of by then: a run may go on."""
    from facet.upkeep import backup

    pack = backup._pack

    def prune_and_pack(*arguments: Any) -> Any:
        with run_lock(home):
            shutil.rmtree(current(home.releases_dir).directory)
        return pack(*arguments)

    before = numbers(home)
    monkeypatch.setattr(backup, "_pack", prune_and_pack)
    archive = back_up(home, backups)
    shutil.rmtree(home.home)
    restore(home, archive.path)
    assert numbers(home) == before


def test_a_backup_waits_for_a_run_or_says_that_it_did_not(home: Settings, backups: Path) -> None:
    with run_lock(home), pytest.raises(BusyError):
        back_up(home, backups, wait_seconds=0)
    assert not backups.exists()
    begun, ended = threading.Event(), datetime.now(UTC)

    def be_busy() -> None:
        nonlocal ended
        with run_lock(home):
            begun.set()
            threading.Event().wait(0.5)
            ended = datetime.now(UTC)

    runner = threading.Thread(target=be_busy)
    runner.start()
    begun.wait()
    back_up(home, backups, wait_seconds=30)
    assert datetime.now(UTC) > ended
    runner.join()


def test_so_many_archives_are_kept_and_nothing_else_is_touched(
    home: Settings, backups: Path
) -> None:
    backups.mkdir()
    (backups / "facet.txt").touch()
    archives = [back_up(home, backups, keep=2).path for _ in range(3)]
    assert sorted(backups.iterdir()) == sorted([*archives[1:], backups / "facet.txt"])


def test_a_release_that_was_changed_is_not_taken_for_good(home: Settings, backups: Path) -> None:
    with current(home.releases_dir).file_of(2).open("ab") as file:
        file.write(b"x")
    with pytest.raises(BackupError, match=r"tenant_2.duckdb is not backed up"):
        back_up(home, backups)
    assert list(backups.iterdir()) == []


@pytest.fixture
def slow_home(home: Settings) -> Settings:
    """A home that takes a while to pack."""
    (home.home / "large.bin").write_bytes(os.urandom(40_000_000))
    return home


def backing_up(settings: Settings, folder: Path, limit: str = "unlimited") -> subprocess.Popen[str]:
    command = f"ulimit -f {limit}; exec {FACET} backup {folder}"
    return subprocess.Popen(
        ["bash", "-c", command],
        env=os.environ | {"FACET_HOME": str(settings.home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_backup_that_is_killed_leaves_no_archive_and_the_next_one_is_made(
    slow_home: Settings, backups: Path
) -> None:
    with backing_up(slow_home, backups) as process:
        while not list(backups.glob(".*.new")) and process.poll() is None:
            time.sleep(0.01)
        assert process.poll() is None
        process.kill()
    (draft,) = backups.iterdir()
    assert draft.name.startswith(".facet-")
    os.utime(draft, (0, 0))

    archive = back_up(slow_home, backups)
    assert list(backups.iterdir()) == [archive.path]
    assert not (slow_home.home / ".backup").exists()


def test_a_disk_that_fills_up_leaves_no_archive(slow_home: Settings, backups: Path) -> None:
    with backing_up(slow_home, backups, limit="20000") as process:  # blocks of 1,024 bytes
        _, told = process.communicate(timeout=60)
    assert process.returncode == 6
    assert "The backup was not made" in told
    assert not list(backups.glob("*"))
    assert not (slow_home.home / ".backup").exists()


def test_a_backup_within_the_home_or_of_none_is_refused(home: Settings, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="It is in FACET_HOME"):
        back_up(home, home.home / "backups")
    with pytest.raises(BackupError, match="It is not there"):
        back_up(replace(home, home=tmp_path / "nowhere"), tmp_path / "backups")


def test_a_home_in_use_is_refused_unless_it_is_to_be_moved_aside(
    home: Settings, backups: Path
) -> None:
    archive, before = back_up(home, backups), numbers(home)
    with duckdb.connect(str(current(home.releases_dir).file_of(2))) as file:
        file.execute("delete from facet_marts.fct_orders where order_id > 10")
    newer = numbers(home)
    assert newer != before

    with pytest.raises(BackupError, match=r"is not empty: It has .*--replace"):
        restore(home, archive.path)
    assert numbers(home) == newer

    done = restore(home, archive.path, replace=True)
    assert numbers(home) == before
    assert done.moved_to is not None
    aside = replace(home, home=done.moved_to)
    assert numbers(aside) == newer
