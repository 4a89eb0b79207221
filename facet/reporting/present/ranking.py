"""Ranks as people count them: the highest is first, equals share a rank, the next is left out."""

from collections.abc import Sequence
from decimal import Decimal


def ranks(values: Sequence[Decimal | None]) -> tuple[int | None, ...]:
    """The rank of each value, from 1; None where there is no value to rank.

    Args:
        values: in any order; 7, 9, 9, 5 have the ranks 3, 1, 1, 4.
    """
    ordered = sorted((value for value in values if value is not None), reverse=True)
    ranks: dict[Decimal, int] = {}
    for rank, value in enumerate(ordered, start=1):
        ranks.setdefault(value, rank)
    return tuple(None if value is None else ranks[value] for value in values)
