"""The audit trail is only added to, by all servers of a home, and tells of tampering."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from facet.audit.trail import AuditTrail, Event

NOON = datetime(2026, 3, 18, 12, tzinfo=UTC)
SEEN = Event(
    at=NOON,
    tenant_id=1,
    user_id=11,
    kind="page",
    page="sales",
    release_id="r1",
    details={"filters": {"channel": ["Cửa hàng"]}, "metrics": ["net_sales"]},
)


@pytest.fixture
def trail(tmp_path: Path) -> AuditTrail:
    return AuditTrail(tmp_path / "home" / "audit.sqlite")


def _of(trail: AuditTrail, tenant_id: int) -> tuple[Event, ...]:
    return trail.events(tenant_id, since=NOON - timedelta(days=1), until=NOON + timedelta(days=1))


def test_a_tenant_reads_its_own_events_the_latest_first(trail: AuditTrail) -> None:
    other = replace(SEEN, tenant_id=2, user_id=21)
    export = replace(SEEN, kind="export", details={"table": "bridge", "format": "csv", "rows": 8})
    for event in (SEEN, other, export, replace(SEEN, tenant_id=None, user_id=None, kind="refused")):
        trail.record(event)

    assert _of(trail, 1) == (export, SEEN)
    assert trail.acts(1, since=NOON) == {(11, "page", "sales"), (11, "export", "sales")}
    assert trail.acts(1, since=NOON + timedelta(seconds=1)) == frozenset()
    assert trail.begins_before(NOON + timedelta(seconds=1), tenant_id=1)
    assert not trail.begins_before(NOON, tenant_id=1)
    assert not trail.begins_before(NOON + timedelta(seconds=1), tenant_id=3)
    assert _of(trail, 2) == (other,)
    assert _of(trail, 3) == ()


def test_events_are_of_the_time_asked_for(trail: AuditTrail) -> None:
    for minutes in (-1, 0, 59, 60):
        trail.record(replace(SEEN, at=NOON + timedelta(minutes=minutes)))

    found = trail.events(1, since=NOON, until=NOON + timedelta(hours=1))
    assert [event.at.minute for event in found] == [59, 0]


def test_a_user_reads_when_they_opened_pages_the_latest_first(trail: AuditTrail) -> None:
    later = NOON + timedelta(hours=1)
    for event in (
        SEEN,
        replace(SEEN, at=later, release_id="r2"),
        replace(SEEN, at=later, kind="export"),
        replace(SEEN, at=later, user_id=12),
        replace(SEEN, at=later, tenant_id=2),
    ):
        trail.record(event)

    assert trail.of_user(1, 11, limit=9) == ((later, "r2"), (NOON, "r1"))
    assert trail.of_user(1, 11, limit=1) == ((later, "r2"),)
    assert trail.of_user(2, 12, limit=9) == ()


def test_nothing_in_it_can_be_changed_or_deleted(trail: AuditTrail) -> None:
    trail.record(SEEN)
    with sqlite3.connect(trail.path) as file:
        for statement in ("update events set user_id = 12", "delete from events"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                file.execute(statement)
    assert _of(trail, 1) == (SEEN,)
    assert trail.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("damage", "broken"),
    [
        ("update events set details = '{}' where id = 2", 2),
        ("delete from events where id = 2", 3),
        ("delete from events where id = 1", 2),
    ],
    ids=["changed", "one gone from the middle", "the first gone"],
)
def test_whoever_changes_the_file_past_sqlite_is_found_out(
    trail: AuditTrail, damage: str, broken: int
) -> None:
    for _ in range(3):
        trail.record(SEEN)
    assert trail.first_broken() is None
    with sqlite3.connect(trail.path) as file:
        file.executescript(f"drop trigger events_stay; drop trigger events_remain; {damage}")
    assert trail.first_broken() == broken


def test_old_events_are_removed_and_the_chain_goes_on(trail: AuditTrail) -> None:
    for day in range(5):
        for tenant_id in (1, 2):
            trail.record(replace(SEEN, tenant_id=tenant_id, at=NOON + timedelta(days=day)))

    assert trail.trim(NOON + timedelta(days=1)) == 2
    assert trail.trim(NOON + timedelta(days=1)) == 0
    assert trail.trim(NOON + timedelta(days=3)) == 4
    now = datetime.now(UTC) + timedelta(seconds=1)
    assert trail.begins_before(now, tenant_id=3)  # whose events were removed, nobody knows
    trail.record(SEEN)

    assert trail.first_broken() is None
    for tenant_id, count in ((1, 3), (2, 2)):  # what says so is nobody's
        assert len(trail.events(tenant_id, since=NOON, until=NOON + timedelta(days=9))) == count
    with sqlite3.connect(trail.path) as file, pytest.raises(sqlite3.IntegrityError):
        file.execute("delete from events")


@pytest.mark.parametrize(
    "damage",
    ["delete from events where id = 3", "delete from events where kind = 'trimmed'"],
    ids=["one more gone", "nothing says so"],
)
def test_events_that_go_without_being_said_to_are_found_out(trail: AuditTrail, damage: str) -> None:
    for day in range(4):
        trail.record(replace(SEEN, at=NOON + timedelta(days=day)))
    trail.trim(NOON + timedelta(days=2))
    with sqlite3.connect(trail.path) as file:
        file.executescript(f"drop trigger events_stay; drop trigger events_remain; {damage}")
    assert trail.first_broken() is not None


def test_servers_beside_each_other_lose_nothing(trail: AuditTrail) -> None:
    def write(number: int) -> None:
        AuditTrail(trail.path).record(replace(SEEN, user_id=number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(200)))

    assert sorted(event.user_id or 0 for event in _of(trail, 1)) == list(range(200))
    assert trail.first_broken() is None


def test_what_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "audit.sqlite").mkdir()
    with pytest.raises(OSError, match="cannot be written"):
        AuditTrail(tmp_path / "audit.sqlite").record(SEEN)
