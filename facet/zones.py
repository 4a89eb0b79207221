"""Time zones: their names and offsets, by the package ``tzdata`` alone.

The system's own time-zone data may be years older, and so may a database's: see
``facet.operational.clocks``.
"""

import re
import zoneinfo
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

#: The first year that local days are asked of.
FIRST_YEAR: Final = 1990
#: So many whole years after that of the data are still asked of.
YEARS_AHEAD: Final = 2

#: Four days: the shortest time that clocks were kept since 1990 is a week (Brazil, October 2000).
_STEP: Final = 4 * 86_400
#: `Area/Location`: other names that tzdata has (CET, EST) mean an abbreviation to PostgreSQL.
_NAME = re.compile(r"[A-Za-z]+(/[A-Za-z0-9_+-]+)+")


@dataclass(frozen=True, order=True)
class Period:
    """From when on clocks are so far from UTC; both in seconds, the moment since 1970."""

    start: int
    offset: int


@dataclass(frozen=True)
class Span:
    """Moments from ``first`` up to ``end``, without it; in seconds since 1970."""

    first: int
    end: int

    @classmethod
    def around(cls, moment: datetime) -> "Span":
        """The years whose local days are needed when the data is of a moment."""
        return cls(_new_year(FIRST_YEAR), _new_year(moment.year + YEARS_AHEAD + 1))


def prefer_package() -> None:
    """Have Python read the package ``tzdata``, not what the system has."""
    zoneinfo.reset_tzpath(())
    ZoneInfo.clear_cache()


@cache
def names() -> tuple[str, ...]:
    """The names that a tenant's time zone may have, sorted: `Area/Location`, and `UTC`."""
    known = zoneinfo.available_timezones()
    return tuple(sorted(name for name in known if name == "UTC" or _NAME.fullmatch(name)))


def clock(name: str) -> ZoneInfo:
    """The clock of a zone; UTC's where the name is none, for files that an older Facet wrote."""
    return ZoneInfo(name if name in names() else "UTC")


@cache
def periods(name: str, span: Span) -> tuple[Period, ...]:
    """How far the clocks of a zone are from UTC, for all moments of a span."""
    zone = ZoneInfo(name)

    def offsets(moments: Sequence[int]) -> Iterable[int]:
        for moment in moments:
            offset = datetime.fromtimestamp(moment, zone).utcoffset()
            assert offset is not None
            yield int(offset.total_seconds())

    return read_periods(offsets, span)


def read_periods(
    offsets: Callable[[Sequence[int]], Iterable[int]], span: Span
) -> tuple[Period, ...]:
    """The periods of a function that returns the offset at each of some moments.

    Asks every few days; between answers that differ, for what lies halfway, down to the second.
    """
    asked = [*range(span.first, span.end - 1, _STEP), span.end - 1]
    found = [*map(Period, asked, offsets(asked))]
    changes = [
        (before, after) for before, after in pairwise(found) if before.offset != after.offset
    ]
    while any(after.start - before.start > 1 for before, after in changes):
        halves = [(before.start + after.start) // 2 for before, after in changes]
        between = map(Period, halves, offsets(halves))
        changes = [
            (half, after) if half.offset == before.offset else (before, half)
            for (before, after), half in zip(changes, between, strict=True)
        ]
    return (found[0], *(after for _, after in changes))


def _new_year(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
