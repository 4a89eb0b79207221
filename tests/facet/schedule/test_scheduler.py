"""What is started, skipped, tried again, caught up with and recorded, at moments of the test."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from facet.schedule.scheduler import Scheduler
from tests.facet.schedule.conftest import NOON, Toy, settle, tick_until, wait_until

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
QUARTERLY = "*/15 * * * *"


def test_a_job_runs_at_its_times_and_at_no_other(toy: Toy) -> None:
    toy.write({"one": {"command": toy.end("0"), "cron": QUARTERLY}})
    scheduler = toy.scheduler(NOON + 7 * MINUTE)
    for minutes in (7, 14.9, 15, 15.1, 29, 30, 31):
        settle(scheduler, NOON + minutes * MINUTE)
    assert [one.due_at for one in toy.reports()] == [NOON + 15 * MINUTE, NOON + 30 * MINUTE]
    assert toy.outcomes() == [("one", "succeeded", 1, 0)] * 2
    assert scheduler.wake_at(NOON + 31 * MINUTE) == NOON + 45 * MINUTE


def test_a_job_that_still_runs_is_not_started_again_and_others_are(
    toy: Toy, tmp_path: Path
) -> None:
    toy.write(
        {
            "long": {"command": toy.wait("long"), "cron": QUARTERLY, "minutes": 600},
            "short": {"command": toy.end("0"), "cron": QUARTERLY},
        }
    )
    scheduler = toy.scheduler()
    tick_until(scheduler, NOON + 15 * MINUTE, lambda: len(toy.reports()) == 1)
    wait_until((tmp_path / "long").exists)
    tick_until(scheduler, NOON + 30 * MINUTE, lambda: len(toy.reports()) == 3)
    (tmp_path / "long").unlink()
    settle(scheduler, NOON + 31 * MINUTE)
    assert sorted(toy.outcomes()) == [
        ("long", "skipped", 0, None),
        ("long", "succeeded", 1, 0),
        ("short", "succeeded", 1, 0),
        ("short", "succeeded", 1, 0),
    ]
    assert "long: skipped, it is still running since 12:15:00 UTC" in toy.log


@pytest.mark.parametrize(
    ("codes", "moments", "outcome"),
    [
        pytest.param("4,7,-9,0", [0, 30, 90, 210], ("succeeded", 4, 0), id="what passes"),
        pytest.param("4", [0, 30, 90, 210], ("failed", 4, 4), id="what does not"),
        pytest.param("7,5", [0, 30], ("failed", 2, 5), id="a build error after being busy"),
        pytest.param("5", [0], ("failed", 1, 5), id="a build error"),
        pytest.param("8", [0], ("failed", 1, 8), id="a full disk"),
        pytest.param("11", [0], ("failed", 1, 11), id="a tenant held back"),
    ],
)
def test_what_may_pass_is_tried_again_after_longer_and_longer(
    toy: Toy, codes: str, moments: list[int], outcome: tuple[str, int, int]
) -> None:
    toy.write({"one": {"command": toy.end(codes), "cron": "0 * * * *"}})
    scheduler = toy.scheduler(NOON - MINUTE)
    for seconds in moments:
        settle(scheduler, NOON + (seconds - 1) * SECOND)
        settle(scheduler, NOON + seconds * SECOND)
    settle(scheduler, NOON + 500 * SECOND)
    [report] = toy.reports()
    assert (report.outcome, report.attempts, report.exit_code) == outcome
    assert report.finished_at == NOON + moments[-1] * SECOND
    assert report.output == ("" if outcome[2] == 0 else f"turn {outcome[1] - 1}")


def test_nothing_is_tried_again_after_the_next_time_is_due(toy: Toy) -> None:
    toy.write({"one": {"command": toy.end("4"), "cron": "* * * * *"}})
    scheduler = toy.scheduler(NOON - SECOND)
    for seconds in (0, 30, 60):
        settle(scheduler, NOON + seconds * SECOND)
    assert toy.outcomes() == [("one", "failed", 2, 4)]


@pytest.mark.parametrize(
    ("catch_up", "expected"), [(True, [12 * 60, 17 * 60 + 30]), (False, [720])]
)
def test_of_many_times_that_were_missed_one_is_caught_up_with(
    toy: Toy, catch_up: bool, expected: list[int]
) -> None:
    job = {"command": toy.end("0"), "cron": QUARTERLY, "catch_up": catch_up}
    toy.write({"one": job, "new": {"command": toy.end("0"), "cron": QUARTERLY, "enabled": False}})
    settle(toy.scheduler(NOON - MINUTE), NOON)
    toy.write({"one": job, "new": {"command": toy.end("0"), "cron": QUARTERLY}})
    later = NOON + timedelta(hours=5, minutes=44)
    settle(toy.scheduler(later), later)
    midnight = NOON.replace(hour=0)
    assert [one.due_at for one in toy.reports()] == [
        midnight + minutes * MINUTE for minutes in expected
    ]
    assert {one.job for one in toy.reports()} == {"one"}  # what is new has missed nothing


@pytest.mark.parametrize(
    ("zone", "cron", "night"),
    [
        ("Europe/Berlin", "30 2 * * *", "2026-10-25"),  # 2:30 twice
        ("Europe/Berlin", "30 2 * * *", "2026-03-29"),  # not at all
        ("Africa/Cairo", "0 0 * * *", "2026-04-24"),  # no midnight
        ("America/Havana", "30 0 * * *", "2026-11-01"),  # 0:30 twice
    ],
)
def test_a_job_of_the_day_runs_once_in_a_night_of_changed_clocks_whoever_restarts_it(
    toy: Toy, zone: str, cron: str, night: str
) -> None:
    toy.write({"one": {"command": toy.end("0"), "cron": cron, "time_zone": zone}})
    begin = datetime.fromisoformat(night).replace(tzinfo=UTC) - timedelta(hours=30)
    scheduler = toy.scheduler(begin)
    for half_hour in range(121):
        moment = begin + half_hour * 30 * MINUTE
        if toy.reports():  # before that it is new, and has missed nothing
            scheduler = toy.scheduler(moment)
        settle(scheduler, moment)
    day, first = timedelta(days=1), datetime.fromisoformat(night).date()
    assert [one.key for one in toy.reports()] == [
        (first + days * day).isoformat() for days in (-1, 0, 1)
    ]


def test_a_clock_that_ran_ahead_stops_nothing(toy: Toy) -> None:
    toy.write({"one": {"command": toy.end("0"), "cron": QUARTERLY}})
    ahead = NOON + timedelta(days=300)
    settle(toy.scheduler(ahead - MINUTE), ahead)
    scheduler = toy.scheduler(NOON - MINUTE)
    settle(scheduler, NOON)
    settle(scheduler, NOON - 3 * SECOND)  # and one that is corrected repeats nothing
    settle(scheduler, NOON)
    assert [one.due_at for one in toy.reports()] == [ahead, NOON]


@pytest.mark.parametrize("code", ["0", "5"])
def test_a_job_may_follow_another_however_that_ended(toy: Toy, code: str) -> None:
    toy.write(
        {
            "first": {"command": toy.end(code), "cron": "0 * * * *"},
            "second": {"command": toy.end("0,0"), "after": ["first"]},
        }
    )
    scheduler = toy.scheduler(NOON - MINUTE)
    settle(scheduler, NOON)
    settle(scheduler, NOON + MINUTE)
    assert [one.job for one in toy.reports()] == ["first", "second"]


@pytest.mark.parametrize("stubborn", [False, True])
def test_a_job_that_runs_too_long_is_ended(toy: Toy, tmp_path: Path, stubborn: bool) -> None:
    command = toy.wait("file", stubborn=stubborn)
    toy.write({"one": {"command": command, "cron": "0 * * * *", "minutes": 5}})
    scheduler = toy.scheduler(NOON - MINUTE)
    scheduler.tick(NOON)
    wait_until((tmp_path / "file").exists)
    scheduler.tick(NOON + 4 * MINUTE)
    assert not scheduler.is_idle
    scheduler.tick(NOON + 5 * MINUTE)
    settle(scheduler, NOON + 6 * MINUTE)
    code = -9 if stubborn else -15
    assert toy.outcomes() == [("one", "timed_out", 1, code)]


def test_what_was_stopped_is_run_after_the_next_start(toy: Toy, tmp_path: Path) -> None:
    jobs: dict[str, dict[str, Any]] = {
        "one": {"command": toy.wait("file"), "cron": "0 12 * * *"},
        "two": {"command": toy.end("4,0"), "cron": "0 12 * * *"},
    }
    toy.write(jobs)
    scheduler = toy.scheduler(NOON - MINUTE)
    scheduler.tick(NOON)
    wait_until((tmp_path / "file").exists)
    tick_until(scheduler, NOON, lambda: any("again at 12:00:30" in line for line in toy.log))
    scheduler.stop(NOON + SECOND)
    settle(scheduler, NOON + 2 * SECOND)
    assert sorted(toy.outcomes()) == [("one", "stopped", 1, -15), ("two", "stopped", 1, None)]

    toy.write(jobs | {"one": {"command": toy.end("0"), "cron": "0 12 * * *"}})
    settle(toy.scheduler(NOON + MINUTE), NOON + MINUTE)
    assert sorted(toy.outcomes())[1:] == [
        ("one", "succeeded", 1, 0),
        ("two", "stopped", 1, None),
        ("two", "succeeded", 1, 0),
    ]


def test_a_program_that_cannot_be_started_is_recorded(toy: Toy) -> None:
    toy.write({"one": {"command": toy.end("0"), "cron": "0 * * * *"}})
    scheduler = toy.scheduler(NOON - MINUTE)
    nowhere: Scheduler = type(scheduler)(
        scheduler.settings,
        scheduler.schedule,
        started_at=NOON - MINUTE,
        program=["/no/such/program"],
        log=toy.log.append,
    )
    nowhere.tick(NOON)
    [report] = toy.reports()
    assert (report.outcome, report.exit_code) == ("failed", None)
    assert "No such file" in report.output


def test_the_last_of_each_job_stay_on_record_and_the_end_of_what_it_printed(toy: Toy) -> None:
    toy.write(
        {
            "often": {"command": toy.end("5"), "cron": "* * * * *"},
            "rare": {"command": toy.end("0"), "cron": "0 * * * *"},
        },
        keep_runs=2,
    )
    scheduler = toy.scheduler(NOON - MINUTE)
    record = toy.settings.home / "schedule.jsonl"
    for minutes in range(5):
        settle(scheduler, NOON + minutes * MINUTE)
        with record.open("a") as file:
            file.write('{"job": "cut o')
    assert [(one.job, one.output) for one in toy.reports()] == [
        ("rare", ""),
        ("often", "turn 3"),
        ("often", "turn 4"),
    ]
