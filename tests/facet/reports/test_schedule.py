"""When a report is due: once for each local date, whatever clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from facet.reporting.query.periods import Calendar, Period
from facet.reports.schedule import Schedule

BERLIN, CAIRO, SAIGON = map(ZoneInfo, ("Europe/Berlin", "Africa/Cairo", "Asia/Ho_Chi_Minh"))


def daily(hour: int, minute: int = 0) -> Schedule:
    return Schedule(every="day", at=time(hour, minute))


def sent(schedule: Schedule, zone: ZoneInfo, first: datetime, days: int) -> list[date]:
    """The dates whose report goes out where somebody looks every ten minutes."""
    found: list[date] = []
    for step in range(days * 144):
        day = schedule.due(first + timedelta(minutes=10 * step), zone)
        if day is not None and day not in found:
            found.append(day)
    return found


@pytest.mark.parametrize(
    ("zone", "schedule", "first", "moments"),
    [
        pytest.param(
            BERLIN,
            daily(2, 30),
            date(2026, 10, 24),
            ["2026-10-24T00:30Z", "2026-10-25T00:30Z", "2026-10-26T01:30Z"],
            id="an hour that comes twice",
        ),
        pytest.param(
            BERLIN,
            daily(2, 30),
            date(2026, 3, 28),
            ["2026-03-28T01:30Z", "2026-03-29T01:30Z", "2026-03-30T00:30Z"],
            id="an hour that is skipped",
        ),
        pytest.param(
            CAIRO,
            daily(0),
            date(2026, 4, 23),
            ["2026-04-22T22:00Z", "2026-04-23T22:00Z", "2026-04-24T21:00Z"],
            id="a midnight that is skipped",
        ),
    ],
)
def test_each_local_date_has_one_moment(
    zone: ZoneInfo, schedule: Schedule, first: date, moments: list[str]
) -> None:
    days = [first + timedelta(days=number) for number in range(3)]
    assert [schedule.moment(day, zone) for day in days] == [
        datetime.fromisoformat(moment) for moment in moments
    ]
    begin = datetime.fromisoformat(moments[0])
    assert sent(schedule, zone, begin, 3)[:3] == days


def test_it_is_due_from_its_time_on_for_a_day() -> None:
    schedule = Schedule(every="week", at=time(7), day=3)
    wednesday = datetime(2026, 3, 18, 0, 0, tzinfo=UTC)  # 07:00 in Saigon
    assert schedule.due(wednesday - timedelta(seconds=1), SAIGON) is None
    assert schedule.due(wednesday, SAIGON) == date(2026, 3, 18)
    assert schedule.due(wednesday + timedelta(hours=23, minutes=59), SAIGON) == date(2026, 3, 18)
    assert schedule.due(wednesday + timedelta(hours=24), SAIGON) is None
    assert schedule.next(wednesday, SAIGON) == wednesday + timedelta(days=7)


def test_months_of_any_length_have_their_day() -> None:
    schedule = Schedule(every="month", at=time(6), day=28)
    found = sent(schedule, SAIGON, datetime(2026, 1, 31, tzinfo=UTC), 60)
    assert found == [date(2026, 2, 28), date(2026, 3, 28)]


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (daily(7), Period(date(2026, 2, 28), date(2026, 2, 28))),
        # 1 March 2026 is a Sunday; here weeks begin on Sundays
        (Schedule(every="week", at=time(7)), Period(date(2026, 2, 22), date(2026, 2, 28))),
        (Schedule(every="month", at=time(7)), Period(date(2026, 2, 1), date(2026, 2, 28))),
    ],
    ids=["day", "week", "month"],
)
def test_it_is_of_the_last_days_that_are_over(schedule: Schedule, expected: Period) -> None:
    calendar = Calendar(timezone="America/New_York", week_start=7)
    assert schedule.period(date(2026, 3, 1), calendar) == expected
