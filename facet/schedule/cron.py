"""When a cron expression is due, in a time zone whose clocks change.

cronsim reads the expression and counts the times. What means different things to different
programs is refused: weekdays as numbers, both fields of days at once, six fields, names such as
@daily.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from cronsim import CronSim, CronSimError

from facet.zones import clock

_WEEKDAYS: Final = re.compile(r"\*|[a-z]{3}(-[a-z]{3})?(,[a-z]{3}(-[a-z]{3})?)*", re.IGNORECASE)
#: How far back the last time is looked for, one after the other.
_SPANS: Final = tuple(timedelta(days=days) for days in (0.1, 1, 8, 32, 400))


class CronError(ValueError):
    """An expression means nothing, or not the same everywhere; the text says what it must be."""


@dataclass(frozen=True)
class Cron:
    """A cron expression on the clocks of a time zone."""

    expression: str
    zone: str

    def __post_init__(self) -> None:
        fields = self.expression.split()
        if len(fields) != 5:
            raise CronError(
                "five fields: minute, hour, day, month and weekday; neither seconds nor @daily"
            )
        if not _WEEKDAYS.fullmatch(fields[4]):
            raise CronError("with weekdays by their names, such as mon or mon-fri, not by numbers")
        if fields[2] != "*" and fields[4] != "*":
            raise CronError("with a day of the month or a weekday, and a * for the other")
        try:
            next(self._times(datetime(2026, 1, 1, tzinfo=UTC)))
        except (CronSimError, StopIteration) as error:
            reason = str(error).lower() or "it is never due"
            raise CronError(f"a cron expression; this one is not: {reason}") from None

    def key(self, due: datetime) -> str:
        """What tells a time from others: of a job of one time a day its local day, else the moment.

        A job of the day so runs once on every day, whatever clocks, zone or library do.
        """
        minute, hour, *_ = self.expression.split()
        if minute.isdecimal() and hour.isdecimal():
            return due.astimezone(clock(self.zone)).date().isoformat()
        return due.isoformat()

    def after(self, moment: datetime) -> datetime:
        """The first time after a moment, in UTC."""
        return next(self._times(moment))

    def latest(self, *, after: datetime, until: datetime) -> datetime | None:
        """The last time after a moment and up to another; None where there is none."""
        for span in _SPANS:
            start = max(after, until - span)
            found = None
            for due in self._times(start):
                if due > until:
                    break
                found = due
            if found is not None or start == after:
                return found
        return None

    def _times(self, moment: datetime) -> Iterator[datetime]:
        # when clocks are put back, cronsim begins with a time that is over
        for local in CronSim(self.expression, moment.astimezone(clock(self.zone))):
            due = local.astimezone(UTC)
            if due > moment:
                yield due
