"""What was expected of persons, held against what they brought afterwards."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from facet.lifetime.fitting import Floats, History, fit

Texts = NDArray[np.str_]

#: Persons with so many repeats or more are one row.
_MANY: Final = 7


@dataclass(frozen=True, kw_only=True)
class Persons:
    """Persons at the end of a day, and the days after it; one element per person.

    Attributes:
        history: what they had bought by then.
        segments: of each by then.
        days_after: days with an order in the days after.
        margin_after: gross margin of these.
    """

    history: History
    segments: Texts
    days_after: Floats
    margin_after: Floats


@dataclass(frozen=True, kw_only=True)
class Held:
    """What was expected of some persons in the days after, and what came.

    Attributes:
        repeats: how many repeat days they had before; 7 stands for 7 and more.
        persons: how many they are.
        expected_days, days: days with an order.
        expected_margin, margin: gross margin, in the tenant's currency.
    """

    repeats: int
    persons: int
    expected_days: float
    days: int
    expected_margin: float
    margin: float


@dataclass(frozen=True, kw_only=True)
class HoldOut:
    """A hold-out: rows by repeats, and what both ways of expecting missed, per person.

    ``missed`` and ``segment_missed`` are roots of the mean square, in the tenant's currency.
    """

    rows: tuple[Held, ...]
    missed: float
    segment_missed: float


def hold_out(before: Persons, earlier: Persons, *, length: int) -> HoldOut:
    """Fit to what was before the hold-out, and hold it against the hold-out.

    Args:
        before: persons on the day before it.
        earlier: persons so many days before that: what their segments brought until then is what
            segments are expected to bring.
        length: of the hold-out, in days.

    Raises:
        NotConvergedError: there is no fit to what was before.
    """
    fitted = fit(before.history)
    days = fitted.expected_days(length)
    margin = days * fitted.expected_margin()
    repeats = np.minimum(before.history.repeats, _MANY)
    rows = tuple(
        Held(
            repeats=int(many),
            persons=int(those.sum()),
            expected_days=float(days[those].sum()),
            days=int(before.days_after[those].sum()),
            expected_margin=float(margin[those].sum()),
            margin=float(before.margin_after[those].sum()),
        )
        for many in np.unique(repeats)
        for those in [repeats == many]
    )
    return HoldOut(
        rows=rows,
        missed=_missed(margin, before.margin_after),
        segment_missed=_missed(_means_of_segments(earlier, before.segments), before.margin_after),
    )


def _missed(expected: Floats, came: Floats) -> float:
    return float(np.sqrt(np.mean((came - expected) ** 2)))


def _means_of_segments(earlier: Persons, segments: Texts) -> Floats:
    """What segments brought on average; everybody's mean for one that nobody was in."""
    if not len(earlier.segments):
        return np.zeros(len(segments))
    names, index = np.unique(earlier.segments, return_inverse=True)
    means = np.bincount(index, weights=earlier.margin_after) / np.bincount(index)
    by_name = dict(zip(names.tolist(), means.tolist(), strict=True))
    everybody = float(earlier.margin_after.mean())
    return np.array([by_name.get(name, everybody) for name in segments.tolist()], dtype=np.float64)
