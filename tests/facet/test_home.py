"""A home is for its owner alone, also one that an older version made, and says when it is full."""

import errno
import os
import shlex
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from facet.config import Settings
from facet.errors import WarehouseError
from facet.lock import run_lock
from facet.operational import embedded

OTHERS = stat.S_IRWXG | stat.S_IRWXO
FACET = Path(sys.executable).with_name("facet")


def open_to_others(home: Path) -> list[str]:
    """What of a home others could read, if they could reach it."""
    return sorted(
        str(path.relative_to(home))
        for path in home.rglob("*")
        if not path.is_relative_to(home / "postgres")  # whose user keeps it closed
        and path.lstat().st_mode & OTHERS
    )


@pytest.fixture(autouse=True)
def _usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_a_new_home_and_what_is_made_in_it_is_closed_to_others(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    settings.create_home()
    (settings.home / "releases").mkdir()
    (settings.home / "releases" / "tenant_1.duckdb").write_text("shop 1")
    assert settings.home.stat().st_mode & OTHERS == 0
    assert open_to_others(settings.home) == []


def test_a_home_of_before_is_closed_by_the_next_command(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "releases" / "one").mkdir(parents=True)
    for name in ("warehouse.duckdb", "runs.jsonl", "releases/one/rights.json"):
        (home / name).write_text("everybody's")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("not of the home")
    (home / "link").symlink_to(elsewhere)
    assert open_to_others(home)

    done = subprocess.run(
        [FACET, "release", "rollback"],
        env=os.environ | {"FACET_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Nothing has been published yet" in done.stderr
    assert home.stat().st_mode & (OTHERS & ~stat.S_IXGRP) == 0
    assert [name for name in open_to_others(home) if name != "link"] == []
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o644


def test_the_embedded_server_leaves_the_home_closed(short_home: Path) -> None:
    """Run as root, it opens every folder above its own to everybody when it starts."""
    settings = Settings(home=short_home / "home")
    with embedded(settings):
        assert settings.home.stat().st_mode & (OTHERS & ~stat.S_IXGRP) == 0
        assert (settings.home / "postgres").stat().st_mode & OTHERS == 0
    with embedded(settings):
        assert settings.home.stat().st_mode & (OTHERS & ~stat.S_IXGRP) == 0
    assert open_to_others(settings.home) == []


def test_a_disk_without_a_byte_left_is_told_as_documented(
    tmp_path: Path, operational_database: Callable[[], str]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 0; exec {shlex.quote(str(FACET))} run"],
        env=os.environ | {"FACET_HOME": str(home), "FACET_OPERATIONAL_URL": operational_database()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 8
    assert "Traceback" not in done.stderr
    assert "warehouse.duckdb" in done.stderr
    assert "→ Make room" in done.stderr
    assert [path.name for path in home.iterdir() if path.stat().st_size] == []


def test_a_lock_that_cannot_be_made_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(lock: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("facet.lock.FileLock.acquire", full)
    with (
        pytest.raises(WarehouseError, match="No space left on device") as caught,
        run_lock(Settings(home=tmp_path)),
    ):
        pass
    assert caught.value.exit_code == 8
    assert "Free some space" in caught.value.next_step
