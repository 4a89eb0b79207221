"""Periods in a tenant's own calendar: presets, and their buckets.

All days are the tenant's local days. A week begins on the tenant's `week_start`, a fiscal year in
its `fiscal_year_start_month`, or by weeks of retail (docs/decisions/0018).
"""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from facet.zones import clock

#: Periods that are told by a name, seen from the tenant's day.
NamedPeriod = Literal[
    "today",
    "yesterday",
    "last_7_days",
    "last_30_days",
    "week_to_date",
    "month_to_date",
    "quarter_to_date",
    "year_to_date",
    "fiscal_quarter_to_date",
    "fiscal_year_to_date",
    "last_month",
]
Preset = Literal[NamedPeriod, "custom"]
Grain = Literal["day", "week", "month"]

#: Days outside these are not asked for.
EARLIEST: Final = date(1990, 1, 1)
LATEST: Final = date(2100, 12, 31)


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """A tenant's calendar; `week_start` from 1 (Monday) to 7 (Sunday).

    With weeks of retail a fiscal year begins on the `week_start` nearest to its month's first day,
    a quarter has 13 weeks, and week 53 is the last quarter's.
    """

    timezone: str
    week_start: int = 1
    fiscal_year_start_month: int = 1
    has_weeks_of_retail: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The tenant's clocks."""
        return clock(self.timezone)

    def local(self, moment: datetime) -> datetime:
        """A moment on the tenant's clocks."""
        return moment.astimezone(self.zone)

    def day_of(self, moment: datetime) -> date:
        """The tenant's local day of a moment."""
        return self.local(moment).date()

    def week_of(self, day: date) -> date:
        """The first day of a day's week."""
        return day - timedelta(days=(day.isoweekday() - self.week_start) % 7)

    def fiscal_year_of(self, day: date) -> date:
        """The first day of a day's fiscal year."""
        if self.has_weeks_of_retail:
            year = (day + timedelta(days=3)).year
            begun = [self._retail_year(year), self._retail_year(year - 1)]
            return next(first for first in begun if first <= day)
        year = day.year if day.month >= self.fiscal_year_start_month else day.year - 1
        return date(year, self.fiscal_year_start_month, 1)

    def fiscal_quarter_of(self, day: date) -> date:
        """The first day of a day's fiscal quarter."""
        if self.has_weeks_of_retail:
            first = self.fiscal_year_of(day)
            return first + timedelta(days=91 * min((day - first).days // 91, 3))
        months = (day.month - self.fiscal_year_start_month) % 3
        return add_months(day.replace(day=1), -months)

    def _retail_year(self, year: int) -> date:
        """The first day of the fiscal year that begins about that of its month in a year."""
        month = date(year, self.fiscal_year_start_month, 1)
        return month + timedelta(days=(self.week_start - month.isoweekday() + 10) % 7 - 3)

    def quarter_of(self, day: date) -> date:
        """The first day of a day's calendar quarter."""
        return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


@dataclass(frozen=True)
class Period:
    """Days from `start` to `end`, both included; of the last, where `until` is given, up to it.

    Clocks that show `until` for a second are in the period for all of that second.
    """

    start: date
    end: date
    until: time | None = None

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"A period cannot end ({self.end}) before it starts ({self.start}).")

    @property
    def days(self) -> int:
        """The number of its days."""
        return (self.end - self.start).days + 1


_PRESETS: Final[dict[str, Callable[[date, Calendar], tuple[date, date]]]] = {
    "today": lambda today, _: (today, today),
    "yesterday": lambda today, _: (today - timedelta(days=1), today - timedelta(days=1)),
    "last_7_days": lambda today, _: (today - timedelta(days=6), today),
    "last_30_days": lambda today, _: (today - timedelta(days=29), today),
    "week_to_date": lambda today, calendar: (calendar.week_of(today), today),
    "month_to_date": lambda today, _: (today.replace(day=1), today),
    "quarter_to_date": lambda today, calendar: (calendar.quarter_of(today), today),
    "year_to_date": lambda today, _: (date(today.year, 1, 1), today),
    "fiscal_quarter_to_date": lambda today, calendar: (calendar.fiscal_quarter_of(today), today),
    "fiscal_year_to_date": lambda today, calendar: (calendar.fiscal_year_of(today), today),
    "last_month": lambda today, _: (
        add_months(today.replace(day=1), -1),
        today.replace(day=1) - timedelta(days=1),
    ),
}


def preset_period(preset: Preset, today: date, calendar: Calendar) -> Period:
    """The days of a preset other than ``custom``, seen from a tenant's local day."""
    return Period(*_PRESETS[preset](today, calendar))


def buckets(period: Period, grain: Grain, calendar: Calendar) -> tuple[date, ...]:
    """The first days of all days, weeks or months that a period touches, in order."""
    match grain:
        case "day":
            return _steps(period.start, period.end, lambda day: day + timedelta(days=1))
        case "week":
            first = calendar.week_of(period.start)
            return _steps(first, period.end, lambda day: day + timedelta(days=7))
        case "month":
            first = period.start.replace(day=1)
            return _steps(first, period.end, lambda day: add_months(day, 1))


def bucket_period(bucket: date, grain: Grain, within: Period) -> Period:
    """The days of a bucket that are in a period."""
    end = {
        "day": bucket,
        "week": bucket + timedelta(days=6),
        "month": add_months(bucket, 1) - timedelta(days=1),
    }[grain]
    until = within.until if end >= within.end else None
    return Period(max(bucket, within.start), min(end, within.end), until)


def natural_grain(period: Period) -> Grain:
    """The grain at which a period is easy to read: at most some 30 points."""
    if period.days <= 31:
        return "day"
    return "week" if period.days <= 184 else "month"


def add_months(day: date, months: int) -> date:
    """The same day of another month, or its last day where the month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _steps(first: date, last: date, step: Callable[[date], date]) -> tuple[date, ...]:
    days = []
    while first <= last:
        days.append(first)
        first = step(first)
    return tuple(days)
