"""The folder of releases: how many are kept, and going back."""

from collections.abc import Callable

import pytest

from facet.config import Settings
from facet.errors import BusyError, ReleaseError
from facet.lock import run_lock
from facet.release import Release, current, list_releases, rollback, verify

Publish = Callable[..., Release]


def test_without_a_release_there_is_a_next_step(settings: Settings) -> None:
    with pytest.raises(ReleaseError, match="facet run"):
        current(settings.releases_dir)
    assert list_releases(settings) == ()


def test_only_the_newest_releases_are_kept(publish_marts: Publish, settings: Settings) -> None:
    ids = [publish_marts().id for _ in range(5)]

    assert ids == sorted(ids)
    assert [release.id for release in list_releases(settings)] == ids[:1:-1]
    assert current(settings.releases_dir).id == ids[-1]


def test_roll_back_serves_the_release_before(publish_marts: Publish, settings: Settings) -> None:
    first, second, third = (publish_marts() for _ in range(3))

    assert rollback(settings) == second
    assert rollback(settings) == first
    assert current(settings.releases_dir) == first
    with pytest.raises(ReleaseError, match="No release before"):
        rollback(settings)
    assert rollback(settings, third.id) == third
    with pytest.raises(ReleaseError, match="There are: .*" + first.id):
        rollback(settings, "20000101T000000Z-0000")
    assert current(settings.releases_dir) == third


def test_the_served_release_is_never_pruned(publish_marts: Publish, settings: Settings) -> None:
    from facet.release.store import prune

    first = publish_marts()
    for _ in range(2):
        publish_marts()
    rollback(settings, first.id)
    settings = Settings(home=settings.home, releases_kept=1)
    prune(settings)

    assert first.id in [release.id for release in list_releases(settings)]
    assert current(settings.releases_dir) == first


def test_a_damaged_release_is_not_rolled_back_to(
    publish_marts: Publish, settings: Settings
) -> None:
    first, second = publish_marts(), publish_marts()
    path = first.file_of(2)
    path.write_bytes(path.read_bytes()[:-1] + b"\xff")

    assert verify(first) == ("tenant_2.duckdb has changed since it was published",)
    with pytest.raises(ReleaseError, match="is damaged"):
        rollback(settings)
    path.unlink()
    assert verify(first) == ("tenant_2.duckdb is not there",)
    assert current(settings.releases_dir) == second


def test_roll_back_waits_for_no_run(publish_marts: Publish, settings: Settings) -> None:
    publish_marts()
    with run_lock(settings), pytest.raises(BusyError, match=r"Process \d+, since 20"):
        rollback(settings)
