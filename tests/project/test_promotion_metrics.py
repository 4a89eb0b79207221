"""What metrics say of promotions is what tests/oracle/promotions.sql says, to the cent."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.project.compare import Figures, measured
from tests.project.conftest import NOW
from tests.project.promotion_oracle import PromotionOracle, promotion_oracle

#: The oracle's figures of a local day, promotions and reasons added up.
_OF_DAYS = (
    "redemption_attempts", "rejected_attempts", "redemptions", "net_redemptions", "discount_cost",
)  # fmt: skip
#: Of orders, each once, on their own day; metrics and oracle have the same names for them.
_OF_ORDERS = ("promoted_orders", "promoted_sales", "margin_after_promotion", "stacked_orders")
#: Of a promotion over all its time: the metric and what the oracle calls it.
_OF_PROMOTIONS = {
    "sales_of_promotion": "promoted_sales",
    "margin_of_promotion": "margin",
    "redemption_rate": "trunc(redemption_rate, 8)",
    "budget_used": "trunc(budget_used, 8)",
    "usage_used": "trunc(usage_used, 8)",
    "lift": "lift",
    "lift_low": "lift_low",
    "lift_high": "lift_high",
    "promotion_roi": "promotion_roi",
}
_RATES = {
    "rejection_rate": ("rejected_attempts", "redemption_attempts"),
    "influence_rate": ("promoted_sales", "demand_sales"),
    "stacking_rate": ("stacked_orders", "promoted_orders"),
}


def _measured(served: Any, names: Sequence[str], by: str) -> Figures:
    return {key: value for key, value in measured(served, names, [by]).items() if value}


def _figures_of(oracle: PromotionOracle, names: Sequence[str], query: str) -> Figures:
    """Rows (tenant, key, figure…) as figures of their own."""
    return {
        (tenant, name, key): value
        for tenant, key, *values in oracle.rows(query)
        for name, value in zip(names, values, strict=True)
        if value
    }


def test_metrics_of_promotions_are_what_the_operational_tables_say(
    database: str, publish: Callable[..., Any]
) -> None:
    served = publish(database, "duckdb")
    with promotion_oracle(database, NOW) as oracle:
        of_days = {
            (tenant, name, day): value
            for tenant, name, day, value in oracle.rows(
                "select tenant_id, metric, day, sum(value) from per_day"
                f" where metric = any(array{list(_OF_DAYS)}) group by 1, 2, 3"
            )
            if value
        }
        of_orders = _figures_of(
            oracle, _OF_ORDERS, f"select tenant_id, day, {', '.join(_OF_ORDERS)} from per_shop_day"
        )
        columns = ", ".join(_OF_PROMOTIONS.values())
        of_promotions = _figures_of(
            oracle,
            [*_OF_PROMOTIONS],
            f"select tenant_id, promotion_id, {columns} from per_promotion",
        )
    assert {name for _, name, _ in of_promotions} == set(_OF_PROMOTIONS)
    assert _measured(served, _OF_DAYS, "metric_time__day") == of_days
    assert _measured(served, _OF_ORDERS, "metric_time__day") == of_orders
    assert _measured(served, [*_OF_PROMOTIONS], "promotion") == of_promotions


def test_rates_of_promotions_are_those_of_their_parts(
    database: str, publish: Callable[..., Any]
) -> None:
    served = publish(database, "duckdb")
    parts = {name for pair in _RATES.values() for name in pair}
    for tenant in served.release.tenants:
        [row] = served.reader(tenant.tenant_id).metrics([*_RATES, *parts]).records()
        for name, (part, whole) in _RATES.items():
            rate = row[name]
            assert (rate is None) == (not row[whole]), name
            if rate is not None:
                assert abs((row[part] or 0) - rate * row[whole]) * 10**8 < abs(row[whole]), name
