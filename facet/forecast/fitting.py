"""A Poisson regression of days: weekday, time of the year, trend and events."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: The part of windows that an interval is to hold.
LEVEL: Final = 0.9
#: Waves of a year; each weighs a little less than the one before, so that slow ones go first.
_WAVES: Final = 20
_WAVE_WEIGHT: Final = 0.93
_YEAR: Final = 365.25
#: A day counts half as much as one so many days later.
_HALF_LIFE: Final = 730
#: Keeps effects small that few days speak for (scikit-learn's alpha).
_PENALTY: Final = 0.001
#: Days around an event that sell alike: from and to, before its first day (below 0) or after its
#: last; its own days are a stretch too.
_STRETCHES_BEFORE: Final = ((-21, -11), (-10, -4), (-3, -1))
_DAYS_AFTER: Final = 3
#: Events that are looked at, the one that moves sales most first.
_EVENTS: Final = 12


@dataclass(frozen=True, kw_only=True)
class Event:
    """Days of an event; those of one code are one event of several years."""

    code: str
    start: date
    end: date


@dataclass(frozen=True, kw_only=True)
class History:
    """A number of every day from `first` on, without gaps; days without sales are 0."""

    first: date
    values: Floats


class Regression:
    """The model, fitted again and again to longer and longer histories.

    A fit begins where the one before it ended, which saves half of the steps.
    """

    def __init__(self) -> None:
        from sklearn.linear_model import PoissonRegressor  # takes a second to load

        self._regressor: Any = PoissonRegressor(
            alpha=_PENALTY, solver="newton-cholesky", max_iter=50, tol=1e-6, warm_start=True
        )

    def expected(self, features: Floats, values: Floats) -> Floats:
        """What is expected of the days whose features follow those of `values`.

        A day that gave back more than it sold counts as 0 in the fit; all days are scaled for it.
        """
        known, ahead = features[: len(values)], features[len(values) :]
        weights = 0.5 ** (np.arange(len(values) - 1, -1, -1) / _HALF_LIFE)
        sold = np.maximum(values, 0.0)
        level, share = float(sold.mean()), _share(weights, values, sold)
        if level == 0 or share <= 0:
            return np.zeros(len(ahead))
        self._regressor.fit(known, sold / level, sample_weight=weights)
        return np.asarray(self._regressor.predict(ahead), dtype=np.float64) * level * share


def features_of(first: date, count: int, events: Sequence[Event]) -> Floats:
    """What is known of each day before it comes, one row per day.

    Args:
        first: the first day.
        count: of days.
        events: the one that moves sales most first.
    """
    days = first.toordinal() + np.arange(count)
    weekdays = (days[:, None] % 7 == np.arange(7)).astype(np.float64)
    trend = (days - days[0])[:, None] / _YEAR
    angles = 2 * np.pi * (days[:, None] / _YEAR) * np.arange(1, _WAVES + 1)
    waves = _WAVE_WEIGHT ** np.arange(_WAVES)
    codes = list(dict.fromkeys(event.code for event in events))[:_EVENTS]
    around = [_around(days, [one for one in events if one.code == code]) for code in codes]
    return np.hstack([weekdays, trend, waves * np.sin(angles), waves * np.cos(angles), *around])


@contextmanager
def one_thread() -> Iterator[None]:
    """Matrices this small are slower on several threads (findings/sklearn_threads.sh)."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # of a fit that has not converged; the back-test judges it
        yield


def _around(days: NDArray[np.int64], events: Sequence[Event]) -> Floats:
    """Whether a day is in each stretch of days around an event of one code."""
    stretches = np.zeros((len(days), len(_STRETCHES_BEFORE) + 2))
    for event in events:
        start, end = event.start.toordinal(), event.end.toordinal()
        spans = [
            *((start + first, start + last) for first, last in _STRETCHES_BEFORE),
            (start, end),
            (end + 1, end + _DAYS_AFTER),
        ]
        for column, (first, last) in enumerate(spans):
            stretches[(days >= first) & (days <= last), column] = 1.0
    return stretches


def _share(weights: Floats, values: Floats, sold: Floats) -> float:
    """How much of what was sold is left after what was given back."""
    whole = float(weights @ sold)
    return float(weights @ values) / whole if whole else 0.0
