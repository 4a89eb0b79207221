"""Comparison periods, and which of their days stand beside which.

One rule for whatever compares: tiles sum the days of `Compared.period`, charts draw them in
`pairs`, which hold each of these days once. A period that reaches the day of the data is compared
up to the day that stands beside it, and of that day up to the same time by the shop's clocks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from facet.reporting.query.periods import (
    Calendar,
    Grain,
    Period,
    Preset,
    add_months,
    bucket_period,
    buckets,
)

#: The year before by the date, by the weekday or by an event that moves; the period before.
Comparison = Literal["year", "weekday", "event", "before", "none"]
#: Why a period is compared with nothing, though a comparison was chosen.
Reason = Literal["future", "leap_day", "no_event", "first_order"]

_YEAR_OF_WEEKS: Final = 364
#: A month of a calendar that repeats itself every 400 years.
_DAYS_OF_MONTH: Final = 146_097 / 4_800
#: The event of a period may be so many days outside it.
_NEAR: Final = 45
#: How many months a period to date is, where that of before is the same days of the one before.
_MONTHS: Final[dict[Preset, int]] = {
    "month_to_date": 1,
    "quarter_to_date": 3,
    "fiscal_quarter_to_date": 3,
    "year_to_date": 12,
    "fiscal_year_to_date": 12,
}
#: How many days back the fiscal period before lies, where it is one of weeks of retail.
_WEEKS: Final[dict[Preset, int]] = {"fiscal_quarter_to_date": 91, "fiscal_year_to_date": 364}


@dataclass(frozen=True, kw_only=True)
class Event:
    """Days that come in another place each year; those of lower rank go before others."""

    code: str
    name: str | None
    rank: int
    start: date
    end: date
    #: When it began the year before.
    before: date


@dataclass(frozen=True, kw_only=True)
class Shift:
    """The distance between compared days: months by the date, or days."""

    months: int = 0
    days: int = 0

    def back(self, day: date) -> date | None:
        """The day that stands beside a day; None beside a date that its month does not have."""
        if self.months == 0:
            return day - timedelta(days=self.days)
        earlier = add_months(day, -self.months)
        return earlier if earlier.day == day.day else None

    def position(self, bucket: date, grain: Grain) -> tuple[int, int, int]:
        """The position of a bucket of the comparison, as year, month and day, 31 November too.

        Days by the date or as many days on, weeks by whole weeks, months by whole months.
        """
        days = self.days or self.months * _DAYS_OF_MONTH
        if grain == "week":
            return _key(bucket + timedelta(days=7 * round(days / 7)))
        if grain == "day" and self.months == 0:
            return _key(bucket + timedelta(days=self.days))
        first = add_months(bucket.replace(day=1), self.months or round(days / _DAYS_OF_MONTH))
        return first.year, first.month, bucket.day


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The days that a period is compared with, and how far back they lie.

    `event` dates them, where an event does.
    """

    period: Period
    shift: Shift
    event: Event | None = None

    def as_of(self, period: Period, as_of: datetime) -> datetime:
        """When its days were as old as those of `period` are at the moment of the data."""
        if period.end < as_of.date():
            age = as_of.date() - period.end
            return datetime.combine(self.period.end + age, as_of.time().replace(microsecond=0))
        return datetime.combine(self.period.end, self.period.until or time(23, 59, 59))


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A position on the axis of time: days of a period, and those that they are compared with.

    Either may be None: 29 February stands beside nothing, and nothing beside it.
    """

    now: Period | None
    before: Period | None
    #: The day of the data is in it.
    is_unfinished: bool
    #: All of it is after the day of the data.
    is_to_come: bool


def compared_with(
    period: Period,
    preset: Preset,
    comparison: Comparison,
    *,
    as_of: datetime,
    events: Sequence[Event] = (),
    has_weeks_of_retail: bool = False,
) -> Compared | Reason | None:
    """The days that a period is compared with, or why there are none; None without a comparison.

    Args:
        period: the days looked at.
        preset: how they were chosen.
        comparison: what was asked for.
        as_of: the moment of the data on the shop's clocks.
        events: what moves, for the comparison by event.
        has_weeks_of_retail: whether fiscal periods are weeks, which are compared with weeks.
    """
    if comparison == "none":
        return None
    today = as_of.date()
    if period.start > today:
        return "future"
    event = event_of(period, events) if comparison == "event" else None
    if comparison == "event" and event is None:
        return "no_event"
    if has_weeks_of_retail and event is None and comparison != "weekday" and preset in _WEEKS:
        shift = Shift(days=_WEEKS[preset] if comparison == "before" else _YEAR_OF_WEEKS)
    else:
        shift = _shift(period, preset, comparison, event)
    lived = Period(period.start, min(period.end, today))
    start, end = _first_beside(lived, shift), _last_beside(lived, shift)
    if start is None or end is None:
        return "leap_day"
    if period.end >= today:
        until = as_of.time().replace(microsecond=0) if shift.back(today) == end else None
        return Compared(period=Period(start, end, until), shift=shift, event=event)
    if shift.months and _is_whole_months(period):
        end = add_months(end.replace(day=1), 1) - timedelta(days=1)
    return Compared(period=Period(start, end), shift=shift, event=event)


def pairs(
    period: Period, compared: Compared | None, grain: Grain, calendar: Calendar, *, today: date
) -> tuple[Pair, ...]:
    """The days, weeks or months of a period, each beside those that it is compared with, in order.

    Every day of the period and every day of the comparison is in exactly one.
    """
    now = {
        _key(bucket): bucket_period(bucket, grain, period)
        for bucket in buckets(period, grain, calendar)
    }  # fmt: skip
    before = {}
    if compared is not None:
        before = {
            compared.shift.position(bucket, grain): bucket_period(bucket, grain, compared.period)
            for bucket in buckets(compared.period, grain, calendar)
        }
    return tuple(
        Pair(
            now=days,
            before=before.get(position),
            is_unfinished=days is not None and days.start <= today <= days.end,
            is_to_come=days is not None and days.start > today,
        )
        for position in sorted({*now, *before})
        for days in [now.get(position)]
    )


def event_of(period: Period, events: Sequence[Event]) -> Event | None:
    """The event that dates a period: of those in it that of the lowest rank, else the nearest."""

    def off(event: Event) -> int:
        return max((event.start - period.end).days, (period.start - event.end).days, 0)

    near = [event for event in events if off(event) <= _NEAR]
    return min(near, key=lambda event: (off(event), event.rank, event.start), default=None)


def _shift(period: Period, preset: Preset, comparison: Comparison, event: Event | None) -> Shift:
    """The shift of a comparison: of weeks by weeks, of months so far by as many months."""
    if event is not None:
        return Shift(days=(event.start - event.before).days)
    if comparison == "weekday" or (comparison == "year" and preset == "week_to_date"):
        return Shift(days=_YEAR_OF_WEEKS)
    if comparison == "year":
        return Shift(months=12)
    if preset == "week_to_date":
        return Shift(days=7)
    if preset in _MONTHS:
        return Shift(months=_MONTHS[preset])
    if preset in ("custom", "last_month") and _is_whole_months(period):
        start, after = period.start, period.end + timedelta(days=1)
        return Shift(months=(after.year - start.year) * 12 + after.month - start.month)
    return Shift(days=period.days)


def _first_beside(period: Period, shift: Shift) -> date | None:
    """The first day that stands beside one of a period."""
    day = period.start
    while (found := shift.back(day)) is None and day < period.end:
        day += timedelta(days=1)
    return found


def _last_beside(period: Period, shift: Shift) -> date | None:
    day = period.end
    while (found := shift.back(day)) is None and day > period.start:
        day -= timedelta(days=1)
    return found


def _is_whole_months(period: Period) -> bool:
    return period.start.day == 1 and (period.end + timedelta(days=1)).day == 1


def _key(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day
