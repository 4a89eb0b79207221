"""What the model would have said before: its misses, and the interval that they make."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from facet.forecast.fitting import (
    LEVEL,
    Event,
    Floats,
    History,
    Regression,
    features_of,
    one_thread,
)

#: Days that a model knows at least, and days from one window's begin to the next one's.
LEAST_DAYS: Final = 400
_STEP: Final = 14
#: Windows that an interval is made of: at least, and at most (a year of them).
LEAST_WINDOWS: Final = 10
_MOST_WINDOWS: Final = 26
#: The same days of the year before, by weekday.
_YEAR_BEFORE: Final = 364


@dataclass(frozen=True, kw_only=True)
class BackTest:
    """How forecasts of so many days did, in windows of the past of the same length.

    Attributes:
        windows: of the last year, which the misses are of.
        missed: mean of what the model missed by a window.
        naive_missed: the same of the days before, as many.
        seasonal_missed: the same of the days 364 days before.
        judged: windows of which an interval could be told from windows that were over by then.
        covered: of these, those that came inside.
    """

    windows: int
    missed: float
    naive_missed: float
    seasonal_missed: float
    judged: int
    covered: int

    @property
    def beats_naive(self) -> bool:
        """Whether the model missed by less than the days before did."""
        return self.missed < self.naive_missed

    @property
    def beats_seasonal(self) -> bool:
        """Whether the model missed by less than the year before did."""
        return self.missed < self.seasonal_missed


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """Sums of the days to come, from the first to each of them; ends are nan for want of windows.

    Attributes:
        expected, lower, upper: by day.
        tests: by the length that was asked for; none where there are too few windows.
    """

    expected: Floats
    lower: Floats
    upper: Floats
    tests: dict[int, BackTest]


@dataclass(frozen=True, kw_only=True)
class _Windows:
    """Sums of the first n days of windows, by window and n - 1; nan where a window is not over."""

    origins: Floats
    came: Floats
    expected: Floats
    naive: Floats
    seasonal: Floats

    def of_length(self, length: int) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        """Origins and sums of the windows of a length that are over."""
        over = ~np.isnan(self.came[:, length - 1])
        sums = (self.came, self.expected, self.naive, self.seasonal)
        came, expected, naive, seasonal = (one[over, length - 1] for one in sums)
        return self.origins[over], came, expected, naive, seasonal


def forecast(history: History, events: Sequence[Event], lengths: Sequence[int]) -> Forecast:
    """Forecast the days after a history, up to the longest of some lengths, and back-test each.

    An interval is as wide as nine in ten windows of the same length in the last year needed it:
    the model is fitted to what was before each of them (docs/decisions/0039).

    Args:
        history: at least `LEAST_DAYS` days.
        events: of the history and of the days to come, the one that moves sales most first.
        lengths: numbers of days.
    """
    ahead, known = max(lengths), len(history.values)
    features = features_of(history.first, known + ahead, events)
    with one_thread():
        model = Regression()
        windows = _windows(model, features, history.values, ahead)
        expected = np.cumsum(model.expected(features, history.values))
        needed = np.array([_needed(_misses(windows, n)[1]) for n in range(1, ahead + 1)])
    tests = {n: test for n in lengths if (test := _back_test(windows, n)) is not None}
    return Forecast(
        expected=expected,
        lower=expected * (1 - needed),
        upper=expected * (1 + needed),
        tests=tests,
    )


def _windows(model: Regression, features: Floats, values: Floats, ahead: int) -> _Windows:
    """What came and what was expected after each origin, by the model and naively."""
    known = len(values)
    origins = range(LEAST_DAYS + (known - LEAST_DAYS) % _STEP, known, _STEP)
    shape = (len(origins), ahead)
    came, expected, naive, seasonal = (np.full(shape, np.nan) for _ in range(4))
    for row, origin in enumerate(origins):
        days = min(ahead, known - origin)
        before = values[:origin]
        came[row, :days] = np.cumsum(values[origin : origin + days])
        expected[row, :days] = np.cumsum(model.expected(features[: origin + days], before))
        naive[row, :days] = np.cumsum(before[::-1])[:days]
        seasonal[row, :days] = np.cumsum(np.resize(before[-_YEAR_BEFORE:], days))
    return _Windows(
        origins=np.array(origins, dtype=np.float64),
        came=came,
        expected=expected,
        naive=naive,
        seasonal=seasonal,
    )


def _misses(windows: _Windows, length: int) -> tuple[Floats, Floats]:
    """Origins of windows of a length, and by what part of what was expected each was missed."""
    origins, came, expected, *_ = windows.of_length(length)
    missed = np.abs(came - expected)
    relative = np.divide(missed, expected, out=np.full(len(came), np.inf), where=expected > 0)
    return origins, np.where(missed == 0, 0.0, relative)


def _needed(misses: Floats) -> float:
    """Half an interval, as a part of what is expected; nan where windows are too few.

    The quantile for one more window than there are: with nine, 90% is the largest of all.
    """
    if len(misses) < LEAST_WINDOWS:
        return float("nan")
    late = np.sort(misses[-_MOST_WINDOWS:])
    return float(np.interp((len(late) + 1) * LEVEL - 1, np.arange(len(late)), late))


def _back_test(windows: _Windows, length: int) -> BackTest | None:
    origins, came, expected, naive, seasonal = windows.of_length(length)
    if len(origins) < LEAST_WINDOWS:
        return None
    _, misses = _misses(windows, length)
    inside = [
        misses[row] <= needed
        for row, origin in enumerate(origins)
        if not np.isnan(needed := _needed(misses[origins + length <= origin]))
    ]
    late = slice(-_MOST_WINDOWS, None)
    missed, naively, seasonally = (
        float(np.mean(np.abs(told - came)[late])) for told in (expected, naive, seasonal)
    )
    return BackTest(
        windows=min(len(origins), _MOST_WINDOWS),
        missed=missed,
        naive_missed=naively,
        seasonal_missed=seasonally,
        judged=len(inside),
        covered=int(np.sum(inside)),
    )
