"""What is usual of a weekday, and which change is more than days swing."""

from decimal import Decimal

import pytest

from facet.reporting.present.usual import change_compares, usual_of


def _numbers(*values: float | str) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


def test_usual_is_the_middle_half_widened_by_one_and_a_half_times_itself() -> None:
    """Of 1 to 8 the middle half is from 2.75 to 6.25."""
    usual = usual_of(_numbers(8, 1, 7, 2, 6, 3, 5, 4))

    assert usual is not None
    assert (usual.low, usual.high) == (Decimal("-2.5"), Decimal("11.5"))
    assert usual.middle == 4  # that a day had, not 4.5
    assert [usual.compares(value) for value in _numbers("-2.51", "-2.5", "11.5", "11.51")] == [
        *(-1, 0, 0, 1)
    ]


def test_of_days_that_are_all_the_same_any_other_is_unusual() -> None:
    usual = usual_of(_numbers(0, 0, 0, 0))

    assert usual is not None
    assert [usual.compares(value) for value in _numbers("-0.01", 0, "0.01")] == [-1, 0, 1]


@pytest.mark.parametrize(
    ("differences", "compares"),
    [
        ((1, 2, 3, 4), 1),  # 10 in all; 1.5 times 1.5, by the root of 4, is 4.5
        ((-1, -2, -3, -4), -1),
        ((1, -2, 3, 0), 0),  # 2 in all; the middle half is from -0.5 to 1.5, so 6
        ((0, 0, 0, 0), 0),
        ((0, 0, 0, 0, 100), 1),  # one day alone, where days do not swing
        ((5, 5, 5), None),
        ((), None),
    ],
)
def test_days_together_swing_by_the_root_of_their_number(
    differences: tuple[int, ...], compares: int | None
) -> None:
    assert change_compares(_numbers(*differences)) == compares


def test_nothing_is_usual_of_three_days() -> None:
    assert usual_of(_numbers(1, 2, 3)) is None
