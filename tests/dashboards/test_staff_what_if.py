"""What commission would cost: tiers, and what a person would earn."""

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from facet.reporting.present.commission import Tier, TierError, tiers_of
from facet.reporting.screen.pages.staff.data.leaderboard import LeaderboardRow
from facet.reporting.screen.pages.staff.what_if import earned, written


def test_tiers_come_in_percent_and_are_exact() -> None:
    frame = pd.DataFrame({"start": [0.0, 100.5, None], "rate": [1.1, None, None]})

    amounts, shares = written(frame, "amount"), written(frame, "attainment")
    assert amounts == [
        (Decimal("0.0"), Decimal("0.011")), (Decimal("100.5"), None), (None, None)
    ]  # fmt: skip
    assert shares[1] == (Decimal("1.005"), None)
    with pytest.raises(TierError):
        tiers_of(amounts)


@pytest.mark.parametrize(
    ("target", "basis", "expected"),
    [
        ("500.00", "amount", "10.01"),  # 1 % of 500.00, 2.5 % of 200.45: 5 + 5.01125
        ("500.00", "attainment", "10.01"),  # 100 % of the target is 500.00
        (None, "attainment", "7.00"),  # of no target everything is in the first tier
    ],
)
def test_what_a_person_would_earn(target: str | None, basis: Any, expected: str) -> None:
    start = Decimal(500) if basis == "amount" else Decimal(1)
    tiers = (
        Tier(start=Decimal(), rate=Decimal("0.01")), Tier(start=start, rate=Decimal("0.025"))
    )  # fmt: skip
    figures = {
        "credited_net_sales": Decimal("700.45"), "sales_target": target and Decimal(target)
    }  # fmt: skip
    row = LeaderboardRow(user_id=1, name="Eli", rank=1, figures=figures)
    assert earned(row, tiers, basis) == Decimal(expected)
