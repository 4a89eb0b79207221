"""Cover: people at work in each hour of the week, and what came in then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Final

from facet.reporting.query.periods import Period
from facet.reporting.query.table import number_of
from facet.reporting.screen.session.view import View

#: An hour falls short where so many times as much comes in for each person at work as usual.
_SHORT: Final = 2
_SUMS: Final = ("worked_seconds", "order_count", "first_message_count")


@dataclass(frozen=True, kw_only=True)
class Hour:
    """An hour of the week, as the mean over the weeks of a period."""

    day_of_week: int
    hour: int
    people: Decimal
    orders: Decimal
    messages: Decimal
    is_short: bool = False

    @property
    def arrivals(self) -> Decimal:
        """What comes in."""
        return self.orders + self.messages

    @property
    def per_person(self) -> Decimal | None:
        """What comes in for each person at work; None where nobody is."""
        return self.arrivals / self.people if self.people else None


def whole_days(view: View) -> Period | None:
    """The days of the period that are over; None where none is."""
    last = min(view.period.end, view.tenant.today - timedelta(days=1))
    return Period(view.period.start, last) if view.period.start <= last else None


def cover(view: View, days: Period) -> Mapping[tuple[int, int], Hour]:
    """The hours of the week in which anything happened, by weekday and hour."""
    found = view.marts.totals(
        "fct_cover_hours",
        _SUMS,
        by=["day_of_week", "cover_hour"],
        between={"cover_date": (days.start, days.end)},
    ).records()
    counts = [0] * 7
    for n in range(days.days):
        counts[(days.start + timedelta(days=n)).weekday()] += 1
    hours = []
    for row in found:
        weekday = int(number_of(row["day_of_week"]))
        worked, orders, messages = (number_of(row[name]) / counts[weekday - 1] for name in _SUMS)
        hours.append(
            Hour(
                day_of_week=weekday,
                hour=int(number_of(row["cover_hour"])),
                people=worked / 3600,
                orders=orders,
                messages=messages,
            )
        )
    return {(hour.day_of_week, hour.hour): hour for hour in judged(hours)}


def judged(hours: Iterable[Hour]) -> list[Hour]:
    """The hours, each with whether it falls short."""
    listed = [*hours]
    people = sum((hour.people for hour in listed), Decimal())
    arrivals = sum((hour.arrivals for hour in listed), Decimal())
    return [
        # without a division: more than twice the mean of all hours, or nobody at work
        replace(
            hour,
            is_short=hour.arrivals >= 1
            and hour.arrivals * people > _SHORT * arrivals * hour.people,
        )
        for hour in listed
    ]
