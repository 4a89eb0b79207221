"""When a report is due, by local dates: one sending for each, whatever clocks do."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from facet.reporting.query.periods import Calendar, Period, add_months
from facet.saved.subscriptions import Every

__all__ = ["Every"]

#: So long after its time a report is still sent: data may be late, or the machine was off.
WINDOW: Final = timedelta(hours=24)
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A time of each day, of one day of the week, or of one day of the month.

    `day` is from 1 (Monday) to 7 for a week, from 1 to 28 for a month; of no meaning for a day.
    """

    every: Every
    at: time
    day: int = 1

    def falls_on(self, day: date) -> bool:
        """Whether a report is to be sent on a local date."""
        match self.every:
            case "day":
                return True
            case "week":
                return day.isoweekday() == self.day
            case "month":
                return day.day == self.day

    def moment(self, day: date, zone: ZoneInfo) -> datetime:
        """When the report of a local date is due, in UTC.

        A time that clocks skip is as much later as they skip; of a time that they show twice it is
        the first.
        """
        return datetime.combine(day, self.at, zone).astimezone(UTC)

    def due(self, now: datetime, zone: ZoneInfo) -> date | None:
        """The local date whose report is due and not yet given up; the latest, if there are two."""
        today = now.astimezone(zone).date()
        for day in (today, today - _ONE_DAY):
            moment = self.moment(day, zone)
            if self.falls_on(day) and moment <= now < moment + WINDOW:
                return day
        return None

    def next(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The first moment after `now` at which a report is due, in UTC."""
        day = now.astimezone(zone).date()
        while not self.falls_on(day) or self.moment(day, zone) <= now:
            day += _ONE_DAY
        return self.moment(day, zone)

    def period(self, today: date, own: Calendar) -> Period:
        """The days that a report is of, seen from the tenant's day: the last day, week or month."""
        match self.every:
            case "day":
                return Period(today - _ONE_DAY, today - _ONE_DAY)
            case "week":
                first = own.week_of(today)
                return Period(first - timedelta(days=7), first - _ONE_DAY)
            case "month":
                first = today.replace(day=1)
                return Period(add_months(first, -1), first - _ONE_DAY)
