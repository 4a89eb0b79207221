"""Periods in tenants' calendars."""

import itertools
from datetime import UTC, date, datetime

import pytest

from facet.reporting.query.periods import (
    Calendar,
    Grain,
    Period,
    Preset,
    add_months,
    bucket_period,
    buckets,
    natural_grain,
    preset_period,
)

HANOI = Calendar(timezone="Asia/Ho_Chi_Minh", week_start=1, fiscal_year_start_month=1)
NEW_YORK = Calendar(timezone="America/New_York", week_start=7, fiscal_year_start_month=2)
WEDNESDAY = date(2026, 3, 18)


def days(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("preset", "expected"),
    [
        ("today", days("2026-03-18", "2026-03-18")),
        ("yesterday", days("2026-03-17", "2026-03-17")),
        ("last_7_days", days("2026-03-12", "2026-03-18")),
        ("last_30_days", days("2026-02-17", "2026-03-18")),
        ("week_to_date", days("2026-03-15", "2026-03-18")),
        ("month_to_date", days("2026-03-01", "2026-03-18")),
        ("quarter_to_date", days("2026-01-01", "2026-03-18")),
        ("year_to_date", days("2026-01-01", "2026-03-18")),
        ("fiscal_quarter_to_date", days("2026-02-01", "2026-03-18")),
        ("fiscal_year_to_date", days("2026-02-01", "2026-03-18")),
        ("last_month", days("2026-02-01", "2026-02-28")),
    ],
)
def test_presets_follow_the_tenants_calendar(preset: Preset, expected: Period) -> None:
    assert preset_period(preset, WEDNESDAY, NEW_YORK) == expected


#: The calendar of the National Retail Federation, whose fiscal 2023 had 53 weeks; a shop with weeks
#: from Monday and a year about the first of January.
_NRF = Calendar(
    timezone="UTC", week_start=7, fiscal_year_start_month=2, has_weeks_of_retail=True
)  # fmt: skip
_FROM_MONDAY = Calendar(timezone="UTC", has_weeks_of_retail=True)


@pytest.mark.parametrize(
    ("own", "day", "year", "quarter"),
    [
        (_NRF, "2024-02-03", "2023-01-29", "2023-10-29"),
        (_NRF, "2024-02-04", "2024-02-04", "2024-02-04"),
        (_NRF, "2023-01-28", "2022-01-30", "2022-10-30"),
        (_NRF, "2025-08-03", "2025-02-02", "2025-08-03"),
        (_NRF, "2027-01-30", "2026-02-01", "2026-11-01"),
        (_FROM_MONDAY, "2024-12-29", "2024-01-01", "2024-09-30"),
        (_FROM_MONDAY, "2024-12-30", "2024-12-30", "2024-12-30"),
    ],
)
def test_fiscal_periods_are_weeks_of_retail_where_the_tenant_says_so(
    own: Calendar, day: str, year: str, quarter: str
) -> None:
    assert own.fiscal_year_of(date.fromisoformat(day)) == date.fromisoformat(year)
    assert own.fiscal_quarter_of(date.fromisoformat(day)) == date.fromisoformat(quarter)


def test_years_of_retail_have_53_weeks_when_the_federation_says_so() -> None:
    firsts = [_NRF.fiscal_year_of(date(year, 6, 1)) for year in range(1995, 2031)]
    long = [
        first.year
        for first, following in itertools.pairwise(firsts)
        if (following - first).days == 371
    ]
    assert long == [1995, 2000, 2006, 2012, 2017, 2023, 2028]


def test_a_week_begins_where_the_tenant_says() -> None:
    sunday = date(2026, 3, 15)
    assert NEW_YORK.week_of(sunday) == sunday
    assert HANOI.week_of(sunday) == date(2026, 3, 9)
    assert Calendar(timezone="UTC", week_start=6).week_of(sunday) == date(2026, 3, 14)


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 1, 31), date(2025, 2, 1)),
        (date(2026, 2, 1), date(2026, 2, 1)),
        (date(2024, 2, 29), date(2024, 2, 1)),
    ],
)
def test_a_fiscal_year_begins_in_february(day: date, first: date) -> None:
    assert NEW_YORK.fiscal_year_of(day) == first


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 1, 31), date(2025, 11, 1)),
        (date(2026, 2, 1), date(2026, 2, 1)),
        (date(2026, 4, 30), date(2026, 2, 1)),
        (date(2026, 5, 1), date(2026, 5, 1)),
    ],
)
def test_a_fiscal_quarter_is_not_that_of_the_calendar(day: date, first: date) -> None:
    assert NEW_YORK.fiscal_quarter_of(day) == first
    assert HANOI.fiscal_quarter_of(day) == HANOI.quarter_of(day)


@pytest.mark.parametrize(
    ("calendar", "moment", "day"),
    [
        (HANOI, datetime(2026, 3, 17, 16, 59, tzinfo=UTC), date(2026, 3, 17)),
        (HANOI, datetime(2026, 3, 17, 17, 0, tzinfo=UTC), date(2026, 3, 18)),
        # in New York midnight is at 05:00 UTC in winter and at 04:00 from 8 March 2026 on
        (NEW_YORK, datetime(2026, 3, 8, 4, 59, tzinfo=UTC), date(2026, 3, 7)),
        (NEW_YORK, datetime(2026, 3, 8, 5, 0, tzinfo=UTC), date(2026, 3, 8)),
        (NEW_YORK, datetime(2026, 3, 9, 3, 59, tzinfo=UTC), date(2026, 3, 8)),
        (NEW_YORK, datetime(2026, 3, 9, 4, 0, tzinfo=UTC), date(2026, 3, 9)),
    ],
)
def test_a_moment_belongs_to_the_tenants_day(
    calendar: Calendar, moment: datetime, day: date
) -> None:
    assert calendar.day_of(moment) == day


@pytest.mark.parametrize(
    ("grain", "expected"),
    [
        ("day", ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]),
        ("week", ["2026-02-22", "2026-03-01"]),
        ("month", ["2026-02-01", "2026-03-01"]),
    ],
)
def test_buckets_cover_a_period_without_gaps(grain: Grain, expected: list[str]) -> None:
    period = days("2026-02-27", "2026-03-02")
    found = buckets(period, grain, NEW_YORK)

    assert [bucket.isoformat() for bucket in found] == expected
    parts = [bucket_period(bucket, grain, period) for bucket in found]
    assert sum(part.days for part in parts) == period.days
    assert (parts[0].start, parts[-1].end) == (period.start, period.end)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
    ],
)
def test_months_are_added_within_the_month(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("length", "grain"), [(1, "day"), (31, "day"), (32, "week"), (366, "month")]
)
def test_a_chart_has_points_that_can_be_read(length: int, grain: Grain) -> None:
    start = date(2024, 1, 1)
    assert natural_grain(Period(start, date.fromordinal(start.toordinal() + length - 1))) == grain


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        days("2026-03-02", "2026-03-01")


@pytest.mark.parametrize("zone", ["ICT", "asia/ho_chi_minh", "posix/Asia/Tokyo", "", "../x"])
def test_a_zone_that_is_none_is_read_as_utc_and_fails_no_page(zone: str) -> None:
    """A file that an older Facet wrote may have one."""
    moment = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert Calendar(timezone=zone).day_of(moment) == date(2026, 11, 22)
    assert Calendar(timezone="Asia/Ho_Chi_Minh").day_of(moment) == date(2026, 11, 23)
