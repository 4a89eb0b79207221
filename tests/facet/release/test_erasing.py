"""A person is erased from every release, whether a file is one release's or several'."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import duckdb
import pytest

from facet.release import Mart, Privacy, Release, erasing, verify
from facet.release.erasing import erase_from
from facet.release.manifest import read
from tests.facet.release.conftest import MARTS

Publish = Callable[..., Release]
Change = Callable[[str], None]

WITH_PEOPLE = (*MARTS, Mart(name="dim_people", privacy=Privacy(personal=("full_name",))))
PEOPLE = """
    create or replace table facet_marts.dim_people as
    select * from (values (1, 7, 'Hằng'), (2, 7, 'Ngọc'), (2, 8, 'Minh'))
        as people(tenant_id, person_id, full_name);
"""


@pytest.fixture
def releases(
    publish_marts: Publish, build_marts: Callable[[], None], change_marts: Change
) -> list[Release]:
    """Two that share the second tenant's file, and a third that has its own."""
    build_marts()
    change_marts(PEOPLE)
    shared = [publish_marts(marts=WITH_PEOPLE) for _ in range(2)]
    change_marts("update facet_marts.fct_orders set amount = 9 where order_id = 51")
    return [*shared, publish_marts(marts=WITH_PEOPLE)]


@pytest.fixture
def rewrites(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of each rewrite, how many places its file takes."""
    noted: list[int] = []
    rewritten = erasing.rewritten

    def note(*paths: Path) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        noted.append(len(paths))
        return rewritten(*paths)

    monkeypatch.setattr(erasing, "rewritten", note)
    return noted


def erase(releases: list[Release]) -> dict[str, dict[str, int]]:
    """Person 7 of the second tenant."""
    folders = [release.directory for release in releases]
    return erase_from(folders, tenant_id=2, person_ids=[7])


def inodes(releases: list[Release], tenant_id: int) -> list[int]:
    return [release.file_of(tenant_id).stat().st_ino for release in releases]


def assert_erased(releases: list[Release]) -> None:
    for release in (read(release.directory) for release in releases):
        assert verify(release) == ()
        content = release.file_of(2).read_bytes()
        assert ("Ngọc".encode() in content, b"Minh" in content) == (False, True)
        assert not list(release.directory.glob(".*"))


def test_a_shared_file_is_written_once_and_still_shared(
    releases: list[Release], rewrites: list[int]
) -> None:
    others = inodes(releases, 1)
    first, second, third = inodes(releases, 2)
    assert first == second != third
    with duckdb.connect(str(releases[1].file_of(2)), read_only=True) as reader:
        assert erase(releases) == {release.id: {"dim_people": 1} for release in releases}
        names = reader.execute("select count(full_name) from facet_marts.dim_people").fetchall()
        assert names == [(2,)]  # who had it open goes on reading what was there
    assert rewrites == [2, 1]
    assert_erased(releases)
    new, new_too, third_new = inodes(releases, 2)
    assert first != new == new_too != third_new != third
    assert inodes(releases, 1) == others


def test_copies_of_a_file_are_written_once_too(
    releases: list[Release], rewrites: list[int]
) -> None:
    path = releases[1].file_of(2)
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)
    erase(releases)
    assert rewrites == [2, 1]
    assert_erased(releases)


def test_what_was_cut_short_is_finished_by_the_next_call(
    releases: list[Release], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies when one of two releases has the new file; its draft is left behind."""
    replaced: list[Path] = []
    replace_file = Path.replace

    def die_at_the_second(draft: Path, target: Path) -> Path:
        if len(replaced) == 1:
            raise KeyboardInterrupt
        replaced.append(target)
        return replace_file(draft, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", die_at_the_second)
        patch.setattr(erasing, "_remove_drafts", lambda path: None)
        with pytest.raises(KeyboardInterrupt):
            erase(releases)
    assert any(list(release.directory.glob(".*.draft")) for release in releases)

    assert erase(releases) == {release.id: {"dim_people": 1} for release in releases}
    assert_erased(releases)


def test_a_file_somebody_was_erased_from_is_not_taken_for_what_it_was(
    releases: list[Release], publish_marts: Publish
) -> None:
    """The marts still have them here: what holds less is not what was published from the same."""
    erase(releases)
    later = publish_marts(marts=WITH_PEOPLE)
    still_there = releases[1:]
    assert later.file_of(2).stat().st_ino not in inodes(still_there, 2)
    assert "Ngọc".encode() in later.file_of(2).read_bytes()
    assert [later.file_of(1).stat().st_ino] * 2 == inodes(still_there, 1)
