"""What is usual: the middle of some days of before, and how far such days swing.

A day is worth a word where it is outside of the middle half of its like, widened on either side by
one and a half times the width of that half (Tukey's fences).
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

#: Of fewer days nothing usual can be told.
FEWEST: Final = 4
_WIDENED: Final = Decimal("1.5")


@dataclass(frozen=True, kw_only=True)
class Usual:
    """The swing of days: from `low` to `high` is usual; `middle` is what one of them had."""

    middle: Decimal
    low: Decimal
    high: Decimal

    def compares(self, value: Decimal) -> int:
        """1 where a value is more than is usual, -1 where it is less, else 0."""
        return (value > self.high) - (value < self.low)


def usual_of(values: Sequence[Decimal]) -> Usual | None:
    """The usual of some days; None of fewer than four."""
    if len(values) < FEWEST:
        return None
    first, third = _middle_half(values)
    wider = (third - first) * _WIDENED
    return Usual(middle=statistics.median_low(values), low=first - wider, high=third + wider)


def change_compares(differences: Sequence[Decimal]) -> int | None:
    """1 where days together rose by more than their differences swing, -1 fell, 0 neither.

    None of fewer than four. Each day swings for itself: n of them together by the root of n times
    as much as one.
    """
    if len(differences) < FEWEST:
        return None
    first, third = _middle_half(differences)
    swing = (third - first) * _WIDENED * Decimal(len(differences)).sqrt()
    total = sum(differences, Decimal())
    return (total > swing) - (total < -swing)


def _middle_half(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    first, _, third = statistics.quantiles(values, n=4, method="inclusive")
    return first, third
