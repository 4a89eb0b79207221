"""The folder of releases: how many are kept, and going back."""

import json
from collections.abc import Callable

import pytest

from facet.config import Settings
from facet.errors import BusyError, ReleaseError
from facet.lock import run_lock
from facet.release import Release, current, list_releases, publishing, rollback, verify

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


def test_the_order_is_that_of_publishing_whatever_the_clock_said(
    publish_marts: Publish, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second was published while the clock was thirty days ahead."""
    first = publish_marts()
    with monkeypatch.context() as ahead:
        ahead.setattr(publishing, "_new_id", lambda now: "20990101T000000Z-0000")
        second = publish_marts()
    third = publish_marts()
    assert third.id < second.id
    assert [release.id for release in list_releases(settings)] == [third.id, second.id, first.id]

    assert rollback(settings) == second
    assert rollback(settings) == first
    rollback(settings, third.id)
    later = [publish_marts() for _ in range(2)]  # of three that are kept
    assert [release.id for release in list_releases(settings)] == [
        later[1].id,
        later[0].id,
        third.id,
    ]


def test_the_release_before_is_what_was_served_before(
    publish_marts: Publish, settings: Settings
) -> None:
    """Not the one that was gone back from."""
    first, second = publish_marts(), publish_marts()
    assert rollback(settings) == first
    third = publish_marts()
    assert third.follows == first.id
    assert rollback(settings) == first
    assert current(settings.releases_dir) != second


def test_releases_of_before_they_were_numbered_are_ordered_by_id(
    publish_marts: Publish, settings: Settings
) -> None:
    first, second = publish_marts(), publish_marts()
    for release in (first, second):
        path = release.directory / "release.json"
        content = json.loads(path.read_text())
        del content["number"], content["follows"]
        path.write_text(json.dumps(content))
    third = publish_marts()
    assert [release.id for release in list_releases(settings)] == [third.id, second.id, first.id]
    assert third.number == 1
    assert rollback(settings).id == second.id
    assert rollback(settings).id == first.id


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
