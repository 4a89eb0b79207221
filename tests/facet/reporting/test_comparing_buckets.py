"""Every day of a period is drawn once, beside the day that it corresponds to."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import get_args

import pytest

from facet.reporting.query.comparing import (
    Compared,
    Comparison,
    Event,
    Pair,
    compared_with,
    pairs,
)
from facet.reporting.query.periods import Calendar, Grain, Period, Preset, preset_period
from tests.facet.reporting.calendars import LATER, MONDAYS, SUNDAYS, days


def _each(period: Period | None) -> Iterator[date]:
    for n in range(period.days if period else 0):
        assert period is not None
        yield period.start + timedelta(days=n)


def _random_periods() -> Iterator[tuple[Period, Preset, datetime, Calendar]]:
    chance = random.Random(20)
    for _ in range(400):
        own = chance.choice([MONDAYS, SUNDAYS, Calendar(timezone="UTC", week_start=6)])
        today = date(2023, 1, 1) + timedelta(days=chance.randrange(1600))
        as_of = datetime.combine(today, time(chance.randrange(24), chance.randrange(60)))
        preset = chance.choice(get_args(Preset))
        if preset == "custom":
            start = today - timedelta(days=chance.randrange(500))
            yield Period(start, start + timedelta(days=chance.randrange(400))), preset, as_of, own
        else:
            yield preset_period(preset, today, own), preset, as_of, own


@pytest.mark.parametrize("grain", get_args(Grain))
@pytest.mark.parametrize("comparison", ["year", "weekday", "event", "before"])
def test_every_day_is_drawn_once_beside_what_it_corresponds_to(
    grain: Grain, comparison: Comparison
) -> None:
    """Reckoned by single days from the definition, whatever `pairs` does with buckets."""
    compared_count = 0
    for period, preset, as_of, own in _random_periods():
        near = Event(
            code="x", name="X", rank=1, start=period.start, end=period.start,
            before=period.start - timedelta(days=354),
        )  # fmt: skip
        found = compared_with(period, preset, comparison, as_of=as_of, events=[near])
        if not isinstance(found, Compared):
            assert found in ("leap_day", "future")
            continue
        compared_count += 1
        places = pairs(period, found, grain, own, today=as_of.date())
        drawn = Counter(day for pair in places for day in _each(pair.before))
        assert drawn == Counter(_each(found.period))
        assert Counter(day for p in places for day in _each(p.now)) == Counter(_each(period))
        cut = [pair.before for pair in places if pair.before and pair.before.until]
        assert [days.end for days in cut] == ([found.period.end] if found.period.until else [])
        for pair in places:
            if pair.now is not None and pair.before is not None:
                _stand_beside(pair, found, grain, comparison, own)
    assert compared_count > 300


def _stand_beside(
    pair: Pair, found: Compared, grain: Grain, comparison: Comparison, own: Calendar
) -> None:
    now, before = pair.now, pair.before
    assert now is not None
    assert before is not None
    if grain == "week":
        weeks = {(own.week_of(day) - own.week_of(other)).days for day in _each(now)
                 for other in _each(before)}  # fmt: skip
        assert len(weeks) == 1
        assert comparison not in ("year", "weekday") or weeks == {364}
    elif grain == "month":
        assert len({(day.year, day.month) for day in _each(before)}) == 1
        assert (
            comparison != "year"
            or found.shift.days
            or ((before.start.year + 1, before.start.month) == (now.start.year, now.start.month))
        )
    elif comparison == "year" and not found.shift.days:
        assert (before.start.month, before.start.day) == (now.start.month, now.start.day)
    elif comparison == "weekday":
        assert now.start - before.start == timedelta(days=364)
    elif comparison == "event":
        assert now.start - before.start == timedelta(days=354)


@pytest.mark.parametrize(
    ("preset", "comparison", "expected"),
    [
        ("fiscal_year_to_date", "year", days("2023-02-05", "2023-03-11")),
        ("fiscal_year_to_date", "before", days("2023-02-05", "2023-03-11")),
        ("fiscal_quarter_to_date", "before", days("2023-11-05", "2023-12-09")),
        ("month_to_date", "year", days("2023-02-04", "2023-03-09")),
    ],
)
def test_weeks_of_retail_are_compared_with_weeks(
    preset: Preset, comparison: Comparison, expected: Period
) -> None:
    found = compared_with(
        days("2024-02-04", "2024-03-09"),
        preset,
        comparison,
        as_of=LATER,
        has_weeks_of_retail=True,
    )
    assert isinstance(found, Compared)
    assert (found.period.start, found.period.end) == (expected.start, expected.end)
