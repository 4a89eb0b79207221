"""Releases that another version of Facet wrote: read, or passed over; never in anybody's way."""

import json
from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from facet.config import Settings
from facet.errors import ReleaseError
from facet.release import (
    Audit,
    FailedTest,
    Release,
    current,
    list_releases,
    rollback,
)
from facet.release.erasing import erase_from
from facet.release.store import checksum, find, unreadable_releases

Publish = Callable[..., Release]
BAD = Audit(passed=6, failed=(FailedTest(name="orders_are_whole", rows=1, tenant_ids=(2,)),))


def rewrite(release: Release, change: Callable[[dict[str, Any]], None]) -> None:
    path = release.directory / "release.json"
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))


def as_a_newer_version(content: dict[str, Any]) -> None:
    content["mood"] = "bright"
    content["audit"]["flavour"] = {"of": "tests"}
    content["snapshot"]["lsn"] = "0/1"
    for tenant in content["tenants"]:
        tenant["colour"] = "gold"


def as_an_older_version(content: dict[str, Any]) -> None:
    del content["rows_without_tenant"], content["dbt_version"], content["started_at"]
    for tenant in content["tenants"]:
        del tenant["is_demo"], tenant["rows"]


def as_one_that_cannot_be_read(content: dict[str, Any]) -> None:
    del content["tenants"]


@pytest.mark.parametrize("change", [as_a_newer_version, as_an_older_version])
def test_what_is_not_known_is_passed_over_and_what_is_missing_has_a_default(
    publish_marts: Publish, settings: Settings, change: Callable[[dict[str, Any]], None]
) -> None:
    first, second = publish_marts(), publish_marts()
    rewrite(second, change)
    there = current(settings.releases_dir)
    assert there.id == second.id
    assert [(one.tenant_id, one.status, one.sha256) for one in there.tenants] == [
        (one.tenant_id, one.status, one.sha256) for one in second.tenants
    ]
    assert [release.id for release in list_releases(settings)] == [second.id, first.id]
    assert unreadable_releases(settings) == ()
    assert there.is_demo is (change is as_a_newer_version)  # not a demo unless it says so


@pytest.mark.parametrize("change", [as_a_newer_version, as_an_older_version])
def test_a_tenant_keeps_its_file_from_a_release_of_another_version(
    publish_marts: Publish, settings: Settings, change: Callable[[dict[str, Any]], None]
) -> None:
    first = publish_marts()
    rewrite(first, change)
    second = publish_marts(BAD)
    assert [(one.tenant_id, one.status) for one in second.tenants] == [(1, "fresh"), (2, "kept")]
    assert second.tenant(2).from_release == first.id


def test_a_tenant_keeps_the_last_file_that_can_be_read(
    publish_marts: Publish, settings: Settings
) -> None:
    """What is served cannot be: the others are published, and it is not without numbers."""
    first, second = publish_marts(), publish_marts()
    rewrite(second, as_one_that_cannot_be_read)
    third = publish_marts(BAD)
    assert [(one.tenant_id, one.status) for one in third.tenants] == [(1, "fresh"), (2, "kept")]
    assert third.tenant(2).from_release == first.id
    assert current(settings.releases_dir) == third


def test_a_file_that_is_gone_is_not_kept_but_the_one_before(
    publish_marts: Publish, settings: Settings
) -> None:
    first, second = publish_marts(), publish_marts()
    second.file_of(2).unlink()
    third = publish_marts(BAD)
    assert third.tenant(2).from_release == first.id


def test_a_release_that_cannot_be_read_is_named_and_in_nobodys_way(
    publish_marts: Publish, settings: Settings
) -> None:
    first, second, third = (publish_marts() for _ in range(3))
    rewrite(second, as_one_that_cannot_be_read)
    assert [release.id for release in list_releases(settings)] == [third.id, first.id]
    (error,) = unreadable_releases(settings)
    assert second.id in error.what
    assert "'tenants'" in error.why
    with pytest.raises(ReleaseError, match="cannot be read"):
        find(settings.releases_dir, second.id)
    assert rollback(settings) == first


def test_a_state_of_another_version_is_that_tenants_matter(
    publish_marts: Publish, settings: Settings
) -> None:
    release = publish_marts()
    rewrite(release, lambda content: content["tenants"][1].update(status="asleep"))
    one, two = current(settings.releases_dir).tenants
    assert one.status == "fresh"
    assert (two.status, two.reasons) == ("missing", ("its state is 'asleep'",))


@pytest.mark.parametrize(
    "change", [as_a_newer_version, as_an_older_version, as_one_that_cannot_be_read]
)
def test_a_person_is_erased_from_a_release_of_another_version(
    publish_marts: Publish, settings: Settings, change: Callable[[dict[str, Any]], None]
) -> None:
    release = publish_marts()
    rewrite(release, change)
    path = release.directory / "tenant_2.duckdb"
    with duckdb.connect(str(path)) as file:
        file.execute(
            "create table facet_marts.dim_people as select 2::bigint as tenant_id,"
            " 7::bigint as person_id, 'Ngọc' as full_name;"
            "insert into facet_marts.dim_people values (2, 8, 'Minh');"
            """comment on table facet_marts.dim_people is '{"personal": ["full_name"]}'"""
        )
    counts = {release.directory.name: {"dim_people": 1}}
    assert erase_from([release.directory], tenant_id=2, person_ids=[7]) == counts
    assert erase_from([release.directory], tenant_id=3, person_ids=[7]) == {}
    with duckdb.connect(str(path), read_only=True) as file:
        people = file.execute(
            "select person_id, full_name from facet_marts.dim_people order by 1"
        ).fetchall()
    assert people == [(7, None), (8, "Minh")]
    assert b"Ng\xe1\xbb\x8dc" not in path.read_bytes()
    content = json.loads((release.directory / "release.json").read_text())
    assert ("mood" in content) is (change is as_a_newer_version)  # nothing of it is lost
    if change is not as_one_that_cannot_be_read:
        assert current(settings.releases_dir).tenant(2).sha256 == checksum(path)
