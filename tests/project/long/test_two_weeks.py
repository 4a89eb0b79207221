"""Two weeks of three shops that nobody looks after, with all that goes wrong in them.

Time is simulated (world.py), everything else is real: PostgreSQL, the schedule's processes, dbt,
the mail server and the webhook. Whenever a release is new, each sales metric of each shop and day
is what SQL on the operational tables says (witness.py). `make test-long`, or

    FACET_SEED=2 pytest tests/project/long/test_two_weeks.py
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from facet.audit.trail import AuditTrail
from facet.pipeline.run import run
from facet.pipeline.status import status_of
from facet.release import current
from facet.upkeep.restore import restore
from tests.project.built_tables import built_tables
from tests.project.long.living_shop import AARE, HART, LAN, OWNERS, SHOPS, SLOT, LivingShops
from tests.project.long.witness import Witness
from tests.project.long.world import World, world

_SEED: Final = int(os.environ.get("FACET_SEED", "1"))
#: Clocks go back in Zurich on the 25th and in New York on the 1st.
START: Final = datetime(2026, 10, 19, tzinfo=UTC)
_DAYS: Final = int(os.environ.get("FACET_DAYS", "14"))
END: Final = START + timedelta(days=_DAYS) - timedelta(minutes=1)
_MINUTE: Final = timedelta(minutes=1)

_FILES: Final[dict[str, dict[str, Any]]] = {
    "schedule.yml": {
        "time_zone": "Europe/Zurich",
        "jobs": {
            "run": {"cron": "0 */6 * * *", "time_zone": "UTC"},
            "rights": {"cron": "15 */6 * * *", "time_zone": "UTC"},
            "reports": {"cron": "30 6 * * *", "time_zone": "UTC"},
            "alerts": {"cron": "45 */6 * * *", "time_zone": "UTC"},
            "backup": {"command": ["backup", "<folder>/backups", "--keep", "3"],
                       "cron": "30 2 * * *"},
        },
    },
    "alerts.yml": {
        "rules": {"data_stale": {"minutes": 420}},
        "recipients": {
            "operations": {"url": "json://127.0.0.1:<webhook>/operations",
                           "owners": ["operations"]},
            "lan": {"url": "mailto://127.0.0.1:<mail>/?from=facet@example.com&to=lan@shop.example"
                           "&mode=insecure", "tenants": [LAN]},
        },
    },
    "reports.yml": {
        "reports": {
            f"{name}-{tenant}": {
                "tenant": tenant, "recipient": owner, "sections": ["sales"], "every": every,
                "at": at, "formats": ["pdf", "xlsx"],
            }
            for tenant, owner in OWNERS.items()
            for name, every, at in (("daily", "day", "07:00"), ("weekly", "week", "08:00"))
        }
    },
}  # fmt: skip


#: Settings of a tenant that cannot be used, and the check that lets none in.
_WRONG: Final = (
    "alter table sys_tenants drop constraint sys_tenants_week_start_check;"
    f" update sys_tenants set week_start = 9 where id = {AARE}"
)
_MENDED: Final = (
    f"update sys_tenants set week_start = 1 where id = {AARE};"
    " alter table sys_tenants add check (week_start between 1 and 7)"
)


def _at(day: int, clock: str) -> datetime:
    """A moment of October; the 32nd is the first of November."""
    hour, minute, second = (*map(int, clock.split(":")), 0)[:3]
    return datetime(2026, 10, 1, hour, minute, second, tzinfo=UTC) + timedelta(days=day - 1)


def _incidents(world: World, shops: LivingShops) -> list[tuple[datetime, Callable[[], object]]]:
    """All that goes wrong, and its mending."""
    owner = "update sys_users set is_active = %s where email = %s"

    def disk(limit: int | None) -> None:
        world.disk_limit = limit

    def kill() -> None:
        world.kill_after = 4.0

    def mail(refused: set[str]) -> None:
        world.report_mails.refused = refused

    return [
        (_at(21, "11:59:30"), world.database.stop),
        (_at(21, "12:01"), world.database.start),
        (_at(22, "03:00"), lambda: shops.change(_WRONG)),
        (_at(23, "23:00"), lambda: shops.change(_MENDED)),
        (_at(24, "12:00:30"), lambda: shops.closed.add((LAN, date(2026, 10, 25)))),
        (_at(27, "11:00"), lambda: disk(2**20)),
        (_at(27, "17:00"), lambda: disk(None)),
        (_at(28, "05:50"), kill),
        (_at(29, "05:50"), world.database.stop),
        (_at(29, "13:00"), world.database.start),
        (_at(30, "10:00"), lambda: shops.change(owner, False, OWNERS[HART])),
        (_at(30, "13:00"), lambda: shops.change(owner, True, OWNERS[HART])),
        (_at(31, "05:50"), lambda: mail({*OWNERS.values()})),
        (_at(31, "06:40"), lambda: mail(set())),
    ]


#: Day of October, to whom, what, and which rule; each of them once.
_ALERTS: Final = (
    # a tenant's settings cannot be used from the 22nd to the night of the 23rd
    (22, "operations", "firing", "tenant_held_back"),
    (23, "operations", "reminder", "tenant_held_back"),
    (24, "operations", "resolved", "tenant_held_back"),
    # and at 2:10 of the 23rd in Zurich the schema lacks the check that was in the way
    (23, "operations", "firing", "job_failed"),
    (24, "operations", "resolved", "job_failed"),
    # nobody bought at Ngọc Lan on the 25th, which is over at 17:00 UTC
    (25, "operations", "firing", "volume_dropped"),
    (25, "lan", "firing", "volume_dropped"),
    (26, "operations", "resolved", "volume_dropped"),
    (26, "lan", "resolved", "volume_dropped"),
    # the disk is full at noon of the 27th
    (27, "operations", "firing", "run_failed"),
    (27, "operations", "resolved", "run_failed"),
    # the database is away from 5:50 to 13:00 of the 29th
    (29, "operations", "firing", "run_failed"),
    (29, "operations", "firing", "job_failed"),
    (29, "operations", "firing", "data_stale"),
    (29, "operations", "resolved", "run_failed"),
    (29, "operations", "resolved", "data_stale"),
    (29, "operations", "resolved", "job_failed"),
    # the mail server takes nothing on the morning of the 31st
    (31, "operations", "firing", "job_failed"),
    (31, "operations", "resolved", "job_failed"),
)


#: Mornings of October whose report comes, and those on which it is said to be late.
_REPORTS: Final = {
    tenant: [*(("daily", day) for day in days), ("weekly", 19), ("weekly", 26)]
    for tenant, days in {
        HART: range(18, 33),
        LAN: range(19, 33),
        # of numbers that are held back there is none before they are a day old
        AARE: [day for day in range(18, 33) if day != 22],
    }.items()
}
_NOTICES: Final = {HART: [29], LAN: [], AARE: [22]}


@pytest.fixture
def lived(short_home: Path) -> Iterator[tuple[World, Witness]]:
    """The world after two weeks."""
    with world(short_home, START - _MINUTE, _FILES) as here:
        shops, witness = LivingShops(here.database.url, _SEED), Witness(here)
        shops.open(START, days=63)
        here.after_tick = witness.look
        missed: list[datetime] = []

        def sell(since: datetime) -> None:
            missed.append(since)
            while here.database.is_running and missed:
                shops.live(missed.pop(0))

        moments = [*_incidents(here, shops)]
        moments += [
            (START + n * SLOT - _MINUTE, partial(sell, START + (n - 1) * SLOT))
            for n in range(1, (END - START) // SLOT + 1)
        ]
        for moment, happens in sorted(moments, key=lambda one: one[0]):
            if moment < END:
                here.live(moment)
                happens()
        here.live(END)
        yield here, witness


def test_facet_can_be_left_alone(lived: tuple[World, Witness], tmp_path: Path) -> None:
    here, witness = lived
    served = current(here.settings.releases_dir)
    settings = replace(here.settings, as_of=served.snapshot.at)

    assert witness.problems == []
    alerts = [(_day_of(at), *alert) for at, *alert in here.alerts]
    assert Counter(alerts) == Counter(alert for alert in _ALERTS if _is_over(alert[0]))
    for tenant in SHOPS:
        wanted = _REPORTS[tenant]
        reports = [(name.partition("-")[0], _day_of(day)) for name, day in witness.reports[tenant]]
        assert Counter(reports) == Counter(one for one in wanted if _is_over(one[1])), tenant
        notices = [_day_of(moment) for moment in witness.notices[tenant]]
        assert notices == [day for day in _NOTICES[tenant] if _is_over(day)], tenant

    assert status_of(settings, max_age=SLOT, now=END).attention == ()
    assert AuditTrail.of(settings).first_broken() is None
    assert len(list(settings.releases_dir.iterdir())) <= settings.releases_kept + 1

    incremental = built_tables(settings, here.database.url)
    run(settings, full=True)
    anew = built_tables(settings, here.database.url)
    assert [name for name, rows in anew.items() if rows != incremental[name]] == []

    backups = sorted((here.settings.home.parent / "backups").iterdir())
    assert len(backups) == min(3, _DAYS)
    restored = replace(settings, home=tmp_path / "restored")
    restore(restored, backups[-1])
    assert current(restored.releases_dir).id in witness.figures


def _day_of(day: date) -> int:
    """Counted on from the first of October."""
    return day.toordinal() - date(2026, 9, 30).toordinal()


def _is_over(day: int) -> bool:
    """Whether Facet was left alone for so long."""
    return _at(day, "00:00") < END
