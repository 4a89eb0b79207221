"""Each planted promotion of docs/demo_cases.md comes out as that page says, in both shops."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.project.compare import rows_of
from tests.project.conftest import AS_OF

#: Tenant, and what is added to the ids that the page lists.
_SHOPS = {"TN": (5, 0), "TS": (6, 500)}

_VIOLATIONS = {
    50: "outside_window",
    54: "above_usage_limit",
    56: "above_person_limit",
    57: "excluded_product",
    58: "excluded_category",
    59: "not_its_product",
    60: "not_its_category",
    61: "not_its_channel",
    62: "below_minimum",
    63: "above_max_discount",
    64: "stacked_not_stackable",
    65: "on_cancelled_order",
    66: "on_deleted_order",
    67: "staff_is_customer",
    73: "above_usage_limit",
}
#: Discount cost of each promotion by the page: what is on a cancelled or deleted order costs
#: nothing, the cloth of 13 costs 6.00.
_COSTS = {
    1: "20.00", 2: "20.00", 3: "10.00", 4: "30.00", 5: "20.00", 6: "8.00", 7: "5.00", 8: "10.00",
    9: "10.00", 10: "10.00", 11: "50.00", 12: "7.00", 13: "6.00", 14: "9.00", 15: "30.00",
    **dict.fromkeys(range(16, 26), "1.00"), 26: "10.00", 27: "20.00", 28: "10.00",
    41: "10.00", 42: "9.99",
}  # fmt: skip

RunQuery = Callable[[str], list[tuple[Any, ...]]]


def _ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


@pytest.fixture(params=[*_SHOPS])
def run_query(
    request: pytest.FixtureRequest, demo_database: str, publish: Callable[..., Any]
) -> RunQuery:
    """Queries the release of a shop; ids in the results' first columns are those of the page."""
    tenant, plus = _SHOPS[request.param]
    release = publish(demo_database, "duckdb").release

    def run(query: str) -> list[tuple[Any, ...]]:
        return rows_of(release, tenant, query.replace("plus", str(plus)))

    return run


def test_planted_violations_are_those_of_the_page_and_no_others(run_query: RunQuery) -> None:
    found = run_query(
        "select redemption_id - plus, violation_type from fct_promotion_violations"
        " where redemption_id < 1000"
    )
    assert sorted(found) == sorted(_VIOLATIONS.items())


def test_what_breaks_a_limit_is_told_with_the_limit(run_query: RunQuery) -> None:
    found = run_query(
        "select redemption_id - plus, found_amount, allowed_amount, at_stake_amount"
        " from fct_promotion_violations"
        " where redemption_id < 1000 and found_amount is not null order by 1"
    )
    assert found == [
        (62, Decimal(100), Decimal(150), Decimal(10)),
        (63, Decimal(50), Decimal(20), Decimal(30)),
    ]


def test_what_comes_too_often_is_told_with_its_number(run_query: RunQuery) -> None:
    found = run_query(
        "select redemption_id - plus, found_count, allowed_count from fct_promotion_violations"
        " where redemption_id < 1000 and found_count is not null order by 1"
    )
    assert found == [(54, 3, 2), (56, 2, 1), (73, 1, 0)]


def test_planted_promotions_cost_what_the_page_says(run_query: RunQuery) -> None:
    found = run_query(
        "select promotion_id - plus, discount_cost_amount from rpt_promotions"
        " where promotion_id < 1000"
    )
    assert dict(found) == {promotion: Decimal(cost) for promotion, cost in _COSTS.items()}


def test_an_attempt_that_was_rejected_or_rolled_back_is_no_redemption(run_query: RunQuery) -> None:
    found = run_query(
        "select redemption_id - plus, redemption_status, is_redemption, is_net,"
        " discount_cost_amount from fct_promotion_redemptions"
        " where redemption_id - plus in (69, 168) order by 1"
    )
    assert found == [(69, "rolled_back", False, False, 0), (168, "rejected", False, False, 0)]
    [counted] = run_query(
        "select attempt_count, redemption_count, rejected_count from rpt_promotions"
        " where promotion_id - plus = 10"
    )
    assert counted == (2, 1, 1)


def test_stacked_orders_are_promoted_once(run_query: RunQuery) -> None:
    found = run_query(
        "select order_id - plus, accepted_promotion_count, demand_sales_amount,"
        " gross_margin_amount, discount_cost_amount, is_stacked from fct_promoted_orders"
        " where order_id - plus in (49, 64, 71, 72) order by 1"
    )
    assert found == [
        (49, 2, Decimal(85), Decimal(45), Decimal(15), True),
        (64, 2, Decimal(88), Decimal(48), Decimal(12), True),
        (71, 1, Decimal(170), Decimal(90), Decimal(30), False),
        (72, 10, Decimal(90), Decimal(50), Decimal(10), True),
    ]


def test_a_free_item_costs_its_cost_and_free_shipping_what_was_waived(run_query: RunQuery) -> None:
    assert run_query(
        "select redemption_id - plus, product_name, cost_amount from fct_free_items"
        " where redemption_id < 1000"
    ) == [(68, "Polishing cloth", Decimal(6))]
    [shipped] = run_query(
        "select sum(amount) filter (where event_type = 'shipping') from fct_sales_ledger"
        " where order_id - plus = 70"
    )
    assert shipped == (None,)


def test_a_budget_of_15_is_burnt_out_on_the_day_of_the_second_ten(run_query: RunQuery) -> None:
    [found] = run_query(
        "select budget_used_rate, budget_burnout_date from rpt_promotions"
        " where promotion_id - plus = 27"
    )
    assert found == (Decimal("1.33333333"), _ago(29))


def test_nothing_of_a_limit_of_0_can_be_used(run_query: RunQuery) -> None:
    [found] = run_query(
        "select usage_limit_count, redemption_count, usage_used_rate from rpt_promotions"
        " where promotion_id - plus = 26"
    )
    assert found == (0, 1, None)


def test_the_lift_of_what_was_never_sold_on_such_days_is_all_of_it(run_query: RunQuery) -> None:
    [found] = run_query(
        "select start_date, end_date, days_measured, actual_amount, baseline_amount, lift_amount,"
        " lift_low_amount + lift_high_amount, margin_rate, promotion_roi from rpt_promotion_lift"
        " where promotion_id - plus = 28"
    )
    assert found == (
        _ago(21), _ago(20), 2, Decimal(100), Decimal(0), Decimal(100), Decimal(200), Decimal("0.5"),
        Decimal(4),
    )  # fmt: skip
    days = run_query(
        "select phase, count(*), sum(sales_in_scope_amount), sum(redemption_count)"
        " from rpt_promotion_days where promotion_id - plus = 28 group by 1 order by 1"
    )
    assert days == [
        ("after", 14, Decimal(0), 0), ("before", 56, Decimal(80), 0), ("during", 2, Decimal(100), 1)
    ]  # fmt: skip


def test_a_promotion_without_an_end_that_began_with_the_house_has_no_lift(
    run_query: RunQuery,
) -> None:
    [found] = run_query(
        "select end_date, days_measured, lift_amount, lift_reason from rpt_promotion_lift"
        " where promotion_id - plus = 2"
    )
    assert found == (None, 0, None, "too_short_history")
