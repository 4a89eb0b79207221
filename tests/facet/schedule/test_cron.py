"""When expressions are due, also where clocks are changed, and which are refused."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from facet.schedule.cron import Cron, CronError

BERLIN, CAIRO = "Europe/Berlin", "Africa/Cairo"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def times(expression: str, zone: str, start: str, count: int) -> list[str]:
    """The first times after a moment, in UTC."""
    cron, moment, found = Cron(expression, zone), at(start), []
    for _ in range(count):
        moment = cron.after(moment)
        found.append(f"{moment:%m-%dT%H:%M}")
    return found


@pytest.mark.parametrize(
    ("expression", "zone", "start", "expected"),
    [
        ("*/15 * * * *", "UTC", "2026-03-18T12:00", ["03-18T12:15", "03-18T12:30"]),
        ("30 6 * * mon", "Asia/Ho_Chi_Minh", "2026-03-18T00:00", ["03-22T23:30", "03-29T23:30"]),
        ("0 6 * * mon-fri", "UTC", "2026-03-20T06:00", ["03-23T06:00", "03-24T06:00"]),
        ("0 6 1 * *", "UTC", "2026-03-18T00:00", ["04-01T06:00", "05-01T06:00"]),
        # put back at 3: 2:30 is there twice, and comes once
        ("30 2 * * *", BERLIN, "2026-10-24T12:00", ["10-25T00:30", "10-26T01:30"]),
        # started between the two
        ("30 2 * * *", BERLIN, "2026-10-25T01:15", ["10-26T01:30", "10-27T01:30"]),
        # put forward at 2: what is not there comes when it would be over
        ("30 2 * * *", BERLIN, "2026-03-28T12:00", ["03-29T01:00", "03-30T00:30"]),
        ("0 0 * * *", CAIRO, "2026-04-23T12:00", ["04-23T22:00", "04-24T21:00"]),
        # every half hour is every half hour
        ("*/30 * * * *", BERLIN, "2026-10-25T00:00", ["10-25T00:30", "10-25T01:00", "10-25T01:30"]),
        ("*/30 * * * *", BERLIN, "2026-03-29T00:30", ["03-29T01:00", "03-29T01:30"]),
        # but of an hour that is left out there is none, and of one that is there twice all
        ("*/30 2 * * *", BERLIN, "2026-03-28T12:00", ["03-30T00:00", "03-30T00:30"]),
        (
            "*/30 2 * * *",
            BERLIN,
            "2026-10-24T12:00",
            ["10-25T00:00", "10-25T00:30", "10-25T01:00", "10-25T01:30", "10-26T01:00"],
        ),
    ],
)
def test_it_is_due(expression: str, zone: str, start: str, expected: list[str]) -> None:
    assert times(expression, zone, start, len(expected)) == expected


@pytest.mark.parametrize("zone", [BERLIN, CAIRO, "America/Havana", "Australia/Lord_Howe", "UTC"])
@pytest.mark.parametrize("time", ["0 0", "30 2", "15 3", "59 23"])
def test_a_job_of_the_day_is_due_once_on_every_local_day_of_a_year(zone: str, time: str) -> None:
    cron = Cron(f"{time} * * *", zone)
    moment, keys = at("2026-01-01T12:00"), []
    while moment < at("2027-01-01T00:00"):
        moment = cron.after(moment)
        keys.append(cron.key(moment))
    days = [datetime.fromisoformat(key).date() for key in keys]
    assert {after - before for before, after in pairwise(days)} == {timedelta(days=1)}


def test_from_any_moment_the_next_time_is_after_it() -> None:
    cron = Cron("30 2 * * *", BERLIN)
    moment = at("2026-10-24T22:00")
    while moment < at("2026-10-26T06:00"):
        assert moment < cron.after(moment) <= moment + timedelta(hours=25)
        moment += timedelta(minutes=7)


@pytest.mark.parametrize(
    ("expression", "after", "until", "expected"),
    [
        ("*/15 * * * *", "2026-03-18T12:00", "2026-03-18T12:14", None),
        ("*/15 * * * *", "2026-03-18T12:00", "2026-03-18T12:15", "2026-03-18T12:15"),
        ("* * * * *", "2020-01-01T00:00", "2026-03-18T12:15", "2026-03-18T12:15"),
        ("0 6 * * *", "2026-03-18T06:00", "2026-03-19T05:59", None),
        ("0 6 1 jan *", "2020-01-01T00:00", "2026-12-30T12:15", "2026-01-01T06:00"),
    ],
)
def test_the_latest_time_of_a_span(
    expression: str, after: str, until: str, expected: str | None
) -> None:
    found = Cron(expression, "UTC").latest(after=at(after), until=at(until))
    assert found == (None if expected is None else at(expected))


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("0 6 * * 1", "weekdays by their names"),
        ("0 6 * * 1-5", "weekdays by their names"),
        ("0 6 * * fri#1", "weekdays by their names"),
        ("0 6 * * */2", "weekdays by their names"),
        ("0 6 1 * mon", "a day of the month or a weekday"),
        ("0 6 */10 * mon", "a day of the month or a weekday"),
        ("0 0 6 * * *", "five fields"),
        ("@daily", "five fields"),
        ("", "five fields"),
        ("61 6 * * *", "bad minute"),
        ("0 6 31 feb *", "bad day-of-month"),
        ("0 6 * * xyz", "bad day-of-week"),
    ],
)
def test_what_is_read_in_several_ways_or_in_none_is_refused(expression: str, reason: str) -> None:
    with pytest.raises(CronError, match=reason):
        Cron(expression, "UTC")
