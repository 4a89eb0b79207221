"""Ranks as people count them."""

from decimal import Decimal

import pytest

from facet.reporting.present.ranking import ranks


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], ()),
        ([7], (1,)),
        ([7, 9, 5], (2, 1, 3)),
        ([7, 9, 9, 5], (3, 1, 1, 4)),
        ([5, 5, 5], (1, 1, 1)),
        ([0, -3, None, 4], (2, 3, None, 1)),
        ([None, None], (None, None)),
    ],
    ids=["nobody", "one", "three", "equals", "all equal", "below zero and unranked", "unranked"],
)
def test_the_highest_is_first_and_equals_share_a_rank(
    values: list[int | None], expected: tuple[int | None, ...]
) -> None:
    assert ranks([None if value is None else Decimal(value) for value in values]) == expected


def test_amounts_that_are_written_differently_are_equal() -> None:
    assert ranks([Decimal("10.0"), Decimal("10.00"), Decimal("9.99")]) == (1, 1, 3)
