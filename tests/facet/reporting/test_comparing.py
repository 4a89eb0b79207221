"""What periods are compared with, and which days stand beside which."""

from datetime import date, datetime, time

import pytest

from facet.reporting.query.comparing import (
    Compared,
    Comparison,
    Event,
    Pair,
    compared_with,
    event_of,
    pairs,
)
from facet.reporting.query.periods import Period, Preset
from tests.facet.reporting.calendars import LATER, MONDAYS, days

TET = Event(
    code="lunar_new_year", name=None, rank=1, start=date(2026, 2, 17), end=date(2026, 2, 19),
    before=date(2025, 1, 29),
)  # fmt: skip
EASTER = Event(
    code="easter", name=None, rank=9, start=date(2026, 4, 5), end=date(2026, 4, 5),
    before=date(2025, 4, 20),
)  # fmt: skip


@pytest.mark.parametrize(
    ("preset", "period", "comparison", "expected"),
    [
        ("last_30_days", ("2026-02-17", "2026-03-18"), "before", ("2026-01-18", "2026-02-16")),
        ("today", ("2026-03-18", "2026-03-18"), "before", ("2026-03-17", "2026-03-17")),
        ("week_to_date", ("2026-03-15", "2026-03-18"), "before", ("2026-03-08", "2026-03-11")),
        ("month_to_date", ("2026-03-01", "2026-03-18"), "before", ("2026-02-01", "2026-02-18")),
        ("month_to_date", ("2026-03-01", "2026-03-30"), "before", ("2026-02-01", "2026-02-28")),
        ("quarter_to_date", ("2026-01-01", "2026-03-18"), "before", ("2025-10-01", "2025-12-18")),
        ("year_to_date", ("2026-01-01", "2026-03-18"), "before", ("2025-01-01", "2025-03-18")),
        (
            "fiscal_quarter_to_date",
            ("2026-02-01", "2026-03-18"),
            "before",
            ("2025-11-01", "2025-12-18"),
        ),
        (
            "fiscal_year_to_date",
            ("2026-02-01", "2026-03-18"),
            "before",
            ("2025-02-01", "2025-03-18"),
        ),
        ("last_month", ("2026-03-01", "2026-03-31"), "before", ("2026-02-01", "2026-02-28")),
        ("last_month", ("2026-04-01", "2026-04-30"), "before", ("2026-03-01", "2026-03-31")),
        ("custom", ("2026-03-10", "2026-03-12"), "before", ("2026-03-07", "2026-03-09")),
        ("custom", ("2026-01-01", "2026-06-30"), "before", ("2025-07-01", "2025-12-31")),
        ("last_30_days", ("2026-02-17", "2026-03-18"), "year", ("2025-02-17", "2025-03-18")),
        ("week_to_date", ("2026-03-15", "2026-03-18"), "year", ("2025-03-16", "2025-03-19")),
        ("custom", ("2024-02-29", "2024-03-02"), "year", ("2023-03-01", "2023-03-02")),
        ("custom", ("2024-02-10", "2024-02-29"), "year", ("2023-02-10", "2023-02-28")),
        ("last_month", ("2025-02-01", "2025-02-28"), "year", ("2024-02-01", "2024-02-29")),
        ("custom", ("2026-08-31", "2026-11-22"), "weekday", ("2025-09-01", "2025-11-23")),
        # Tết began on 17 February, and on 29 January the year before: 384 days
        ("custom", ("2026-02-01", "2026-02-28"), "event", ("2025-01-13", "2025-02-09")),
    ],
)  # fmt: skip
def test_a_period_is_compared_with_what_is_like_it(
    preset: Preset, period: tuple[str, str], comparison: Comparison, expected: tuple[str, str]
) -> None:
    found = compared_with(days(*period), preset, comparison, as_of=LATER, events=[EASTER, TET])
    assert isinstance(found, Compared)
    assert found.period == days(*expected)


MORNING = datetime(2026, 11, 28, 6, 44, 12, 345)
UNTIL = time(6, 44, 12)


@pytest.mark.parametrize(
    ("preset", "period", "comparison", "as_of", "expected"),
    [
        ("today", ("2026-11-28", "2026-11-28"), "year", MORNING,
         days("2025-11-28", "2025-11-28", UNTIL)),
        ("last_7_days", ("2026-11-22", "2026-11-28"), "year", MORNING,
         days("2025-11-22", "2025-11-28", UNTIL)),
        ("last_7_days", ("2026-11-22", "2026-11-28"), "before", MORNING,
         days("2026-11-15", "2026-11-21", UNTIL)),
        ("month_to_date", ("2026-11-01", "2026-11-28"), "before", MORNING,
         days("2026-10-01", "2026-10-28", UNTIL)),
        # the month is not over, though its last day has come: no 31 October
        ("month_to_date", ("2026-11-01", "2026-11-30"), "before", datetime(2026, 11, 30, 9),
         days("2026-10-01", "2026-10-30", time(9))),
        # 31 March stands beside nothing of February: all of the 28th is before it
        ("month_to_date", ("2026-03-01", "2026-03-31"), "before", datetime(2026, 3, 31, 9),
         days("2026-02-01", "2026-02-28")),
        # days to come have nothing beside them yet
        ("custom", ("2026-11-01", "2026-12-31"), "year", MORNING,
         days("2025-11-01", "2025-11-28", UNTIL)),
        ("custom", ("2026-11-01", "2026-11-30"), "before", MORNING,
         days("2026-10-01", "2026-10-28", UNTIL)),
        ("yesterday", ("2026-11-27", "2026-11-27"), "year", MORNING,
         days("2025-11-27", "2025-11-27")),
    ],
)  # fmt: skip
def test_an_unfinished_period_is_compared_up_to_the_same_time_of_day(
    preset: Preset,
    period: tuple[str, str],
    comparison: Comparison,
    as_of: datetime,
    expected: Period,
) -> None:
    found = compared_with(days(*period), preset, comparison, as_of=as_of)
    assert isinstance(found, Compared)
    assert found.period == expected


def test_a_balance_is_compared_as_it_was_at_the_same_age() -> None:
    """On the day of the data up to the same time; 28 days after October as long after it."""
    today, october = days("2026-11-28", "2026-11-28"), days("2026-10-01", "2026-10-31")
    for period, preset, expected in (
        (today, "today", datetime(2025, 11, 28, 6, 44, 12)),
        (october, "custom", datetime(2025, 11, 28, 6, 44, 12)),
    ):
        found = compared_with(period, preset, "year", as_of=MORNING)  # type: ignore[arg-type]
        assert isinstance(found, Compared)
        assert found.as_of(period, MORNING) == expected


def test_nothing_is_compared_where_there_is_nothing_beside_it() -> None:
    def reason(start: str, end: str, comparison: Comparison) -> object:
        return compared_with(
            days(start, end), "custom", comparison, as_of=MORNING, events=[TET, EASTER]
        )

    assert reason("2026-03-01", "2026-03-18", "none") is None
    assert reason("2024-02-29", "2024-02-29", "year") == "leap_day"
    assert reason("2026-11-29", "2026-12-18", "year") == "future"
    assert reason("2026-07-01", "2026-07-31", "event") == "no_event"


def test_of_several_events_the_one_within_goes_before_the_nearest_and_the_lowest_rank() -> None:
    assert event_of(days("2026-02-01", "2026-04-30"), [EASTER, TET]) == TET
    assert event_of(days("2026-04-01", "2026-04-30"), [EASTER, TET]) == EASTER
    assert event_of(days("2026-01-10", "2026-01-31"), [EASTER, TET]) == TET


def test_weeks_stand_beside_the_weeks_52_weeks_before() -> None:
    """Twelve weeks from Monday to Sunday, by the date: 31 August 2025 is a Sunday before them."""
    period = days("2026-08-31", "2026-11-22")
    found = compared_with(period, "custom", "year", as_of=LATER)
    assert isinstance(found, Compared)
    places = pairs(period, found, "week", MONDAYS, today=LATER.date())
    assert places[0].now is None
    assert places[0].before == days("2025-08-31", "2025-08-31")
    assert (places[1].now, places[1].before) == (
        days("2026-08-31", "2026-09-06"),
        days("2025-09-01", "2025-09-07"),
    )
    assert (places[-1].now, places[-1].before) == (
        days("2026-11-16", "2026-11-22"),
        days("2025-11-17", "2025-11-22"),
    )


@pytest.mark.parametrize(
    ("period", "alone", "is_now"),
    [
        (("2025-02-01", "2025-03-31"), "2024-02-29", False),
        (("2024-02-01", "2024-03-31"), "2024-02-29", True),
    ],
)
def test_29_february_stands_beside_nothing(
    period: tuple[str, str], alone: str, is_now: bool
) -> None:
    found = compared_with(days(*period), "custom", "year", as_of=LATER)
    assert isinstance(found, Compared)
    places = pairs(days(*period), found, "day", MONDAYS, today=LATER.date())
    single = [pair for pair in places if pair.now is None or pair.before is None]
    assert single == [
        Pair(
            now=days(alone, alone) if is_now else None,
            before=None if is_now else days(alone, alone),
            is_unfinished=False,
            is_to_come=False,
        )
    ]
    assert [p.now.start.day for p in places if p.now][27:30] == (
        [28, 29, 1] if is_now else [28, 1, 2]
    )


def test_the_last_bucket_is_unfinished_and_what_comes_after_it_to_come() -> None:
    period = days("2026-11-01", "2026-12-31")
    found = compared_with(period, "custom", "year", as_of=MORNING)
    assert isinstance(found, Compared)
    places = pairs(period, found, "month", MONDAYS, today=MORNING.date())
    assert [(p.is_unfinished, p.is_to_come) for p in places] == [(True, False), (False, True)]
    assert places[0].before == days("2025-11-01", "2025-11-28", UNTIL)
    assert places[1].before is None
