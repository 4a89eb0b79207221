"""A home of an older version becomes one of this, once."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from facet.config import Settings
from facet.errors import ConfigurationError
from facet.pipeline.run import run
from facet.release import current
from facet.upkeep.upgrade import VERSION, require_known, upgrade, version_of


def as_an_older_version_left_it(home: Path) -> None:
    """Open to others, with what was never finished, and without a version."""
    (home / "home.json").unlink()
    for path in [home, *home.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    (home / "releases" / ".building-old").mkdir()


def contents(home: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path.relative_to(home)): (path.stat().st_mode, path.stat().st_mtime_ns)
        for path in home.rglob("*")
    }


def test_an_older_home_is_brought_to_this_version_and_the_second_time_nothing_is_done(
    home: Settings,
) -> None:
    served = current(home.releases_dir)
    as_an_older_version_left_it(home.home)
    assert version_of(home) == 0

    assert len(upgrade(home)) == 2

    assert version_of(home) == VERSION
    assert current(home.releases_dir) == served
    assert not (home.home / "releases" / ".building-old").exists()
    assert all(path.stat().st_mode & 0o077 == 0 for path in home.home.rglob("*"))

    after = contents(home.home)
    assert upgrade(home) == ()
    assert contents(home.home) == after


def test_a_run_upgrades_the_home_that_it_finds(home: Settings) -> None:
    as_an_older_version_left_it(home.home)
    run(home)
    assert version_of(home) == VERSION
    assert not (home.home / "releases" / ".building-old").exists()


def test_what_stopped_in_the_middle_is_done_by_the_next_call(
    home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_an_older_version_left_it(home.home)

    def stop(_: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("facet.upkeep.upgrade.remove_leftovers", stop)
        with pytest.raises(KeyboardInterrupt):
            upgrade(home)
    assert version_of(home) == 0
    assert len(upgrade(home)) == 2


def test_a_newer_home_is_refused_by_the_command_and_stays_as_it_is(home: Settings) -> None:
    newer = {"version": VERSION + 1, "mood": "bright"}
    (home.home / "home.json").write_text(json.dumps(newer))
    with pytest.raises(ConfigurationError, match=f"version {VERSION + 1}; this Facet knows"):
        require_known(home)
    assert upgrade(home) == ()
    assert json.loads((home.home / "home.json").read_text()) == newer


def test_a_new_home_is_of_this_version(settings: Settings, tmp_path: Path) -> None:
    new = replace(settings, home=tmp_path / "new")
    new.create_home()
    require_known(new)
    upgrade(new)
    assert version_of(new) == VERSION
