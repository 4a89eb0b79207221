"""Commission by tiers: marginal, exact, and clear about what it cannot take."""

from decimal import Decimal
from itertools import permutations

import pytest

from facet.reporting.present.commission import Tier, TierError, commission, in_money, tiers_of

#: 1 % from the first unit, 2 % from 1,000, 5 % from 3,000.
TIERS = tiers_of(
    (Decimal(start), Decimal(rate)) for start, rate in [(0, "0.01"), (1000, "0.02"), (3000, "0.05")]
)


@pytest.mark.parametrize(
    ("net_sales", "expected"),
    [
        ("0", "0.00"),
        ("-500.00", "0.00"),
        ("100.00", "1.00"),
        ("999.99", "10.00"),
        ("1000.00", "10.00"),
        ("1000.01", "10.00"),
        ("1001.00", "10.02"),
        ("3000.00", "50.00"),
        ("3000.01", "50.00"),
        ("4000.00", "100.00"),
        ("10000000000000.00", "499999999900.00"),
    ],
)
def test_each_tier_pays_on_what_lies_within_it(net_sales: str, expected: str) -> None:
    assert str(commission(Decimal(net_sales), TIERS)) == expected


def test_below_the_first_tier_nothing_is_earned() -> None:
    tiers = [Tier(start=Decimal(500), rate=Decimal("0.1"))]
    assert commission(Decimal(500), tiers) == 0
    assert commission(Decimal("500.10"), tiers) == Decimal("0.01")


def test_halves_are_rounded_away_from_zero_once_for_the_whole() -> None:
    tiers = [
        Tier(start=Decimal(0), rate=Decimal("0.005")),
        Tier(start=Decimal(1), rate=Decimal("0.005")),
    ]
    assert commission(Decimal(1), tiers) == Decimal("0.01")
    assert commission(Decimal(2), tiers) == Decimal("0.01")
    assert commission(Decimal(3), tiers) == Decimal("0.02")


def test_a_rate_of_zero_earns_nothing_and_a_rate_of_one_everything() -> None:
    tiers = [
        Tier(start=Decimal(0), rate=Decimal(0)),
        Tier(start=Decimal(10), rate=Decimal(1)),
    ]
    assert commission(Decimal("12.34"), tiers) == Decimal("2.34")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_tiers_may_come_in_any_order(order: tuple[int, ...]) -> None:
    shuffled = [TIERS[place] for place in order]
    assert commission(Decimal(4000), shuffled) == Decimal("100.00")
    assert tiers_of((tier.start, tier.rate) for tier in shuffled) == TIERS


def test_by_attainment_a_tier_begins_at_a_share_of_the_persons_target() -> None:
    shares = tiers_of(
        [(Decimal(0), Decimal("0.01")), (Decimal("0.8"), Decimal("0.02")), (Decimal(1), Decimal(0))]
    )
    tiers = in_money(shares, Decimal("333.33"))
    assert [tier.start for tier in tiers] == [Decimal(0), Decimal("266.664"), Decimal("333.33")]
    # 266.664 at 1 % and 66.666 at 2 %: 2.66664 + 1.33332
    assert commission(Decimal(1000), tiers) == Decimal("4.00")


@pytest.mark.parametrize("target", [None, Decimal(0), Decimal(-5)])
def test_without_a_target_only_the_tier_from_zero_is_reached(target: Decimal | None) -> None:
    shares = tiers_of([(Decimal(0), Decimal("0.01")), (Decimal("0.8"), Decimal("0.02"))])
    assert commission(Decimal(1000), in_money(shares, target)) == Decimal("10.00")
    assert commission(Decimal(1000), in_money(shares[1:], target)) == 0


@pytest.mark.parametrize(
    ("rows", "fault", "value"),
    [
        ([], "none", None),
        ([(None, None)], "none", None),
        ([("0", "0.01"), ("100", None)], "incomplete", "100"),
        ([(None, "0.01")], "incomplete", None),
        ([("0", "0.01"), ("100", "0.02"), ("100.00", "0.03")], "twice", "100"),
        ([("-1", "0.01")], "negative", "-1"),
        ([("0", "-0.01")], "rate", "-0.01"),
        ([("0", "1.01")], "rate", "1.01"),
    ],
)
def test_tiers_that_say_nothing_definite_are_refused(
    rows: list[tuple[str | None, str | None]], fault: str, value: str | None
) -> None:
    written = [
        (None if start is None else Decimal(start), None if rate is None else Decimal(rate))
        for start, rate in rows
    ]
    with pytest.raises(TierError) as raised:
        tiers_of(written)
    assert raised.value.fault == fault
    assert raised.value.value == (None if value is None else Decimal(value))


def test_a_gap_between_the_rows_is_no_tier() -> None:
    assert len(tiers_of([(Decimal(0), Decimal("0.01")), (None, None)])) == 1
