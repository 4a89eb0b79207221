"""A home is lost and comes back: what it served, what it knew, and the runs after it."""

import io
import json
import shutil
import sqlite3
import tarfile
import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

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


def repacked(path: Path, change: Callable[[list[tuple[str, bytes]]], Iterable[Any]]) -> None:
    """Write an archive anew with other contents."""
    with tarfile.open(path) as tar:
        entries = [(one.name, tar.extractfile(one).read()) for one in tar]  # type: ignore[union-attr]
    with tarfile.open(path, "w:gz") as tar:
        for name, content in change(entries):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def other_secret(entries: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    return [(name, b"x" * 32 if name == "secret" else content) for name, content in entries]


def without_pointer(entries: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    return [one for one in entries if one[0] != "releases/current"]


def one_outside(entries: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    manifest = json.loads(entries[0][1])
    manifest["files"]["../escaped"] = {"size_bytes": 1, "sha256": "0"}
    text = json.dumps(manifest).encode()
    return [("manifest.json", text), ("../escaped", b"x"), *entries[1:]]


def from_the_future(entries: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    text = json.dumps(json.loads(entries[0][1]) | {"format": 2, "facet_version": "9.9"})
    return [("manifest.json", text.encode()), *entries[1:]]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (other_secret, "secret is not what was backed up"),
        (without_pointer, "releases/current is missing"),
        (one_outside, "escaped does not belong there"),
        (from_the_future, r"A newer version of Facet wrote it \(9.9\)"),
        (lambda entries: entries[1:], "does not begin with manifest.json"),
    ],
    ids=["changed", "missing", "outside", "newer", "no manifest"],
)
def test_an_archive_that_is_not_what_was_written_restores_nothing(
    home: Settings, backups: Path, tmp_path: Path, change: Any, reason: str
) -> None:
    archive = back_up(home, backups).path
    repacked(archive, change)
    elsewhere = replace(home, home=tmp_path / "elsewhere")
    with pytest.raises(BackupError, match=reason):
        restore(elsewhere, archive)
    assert {path.name for path in elsewhere.home.iterdir()} <= {"run.lock"}
    assert not (tmp_path / "escaped").exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_an_archive_that_was_cut_off_restores_nothing(
    home: Settings, backups: Path, tmp_path: Path, share: float
) -> None:
    archive = back_up(home, backups).path
    whole = archive.read_bytes()
    archive.write_bytes(whole[: int(len(whole) * share)])
    elsewhere = replace(home, home=tmp_path / "elsewhere")
    with pytest.raises(BackupError, match="cannot be restored"):
        restore(elsewhere, archive)
    assert {path.name for path in elsewhere.home.iterdir()} <= {"run.lock"}
