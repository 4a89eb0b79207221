"""Tenants at the edge: nothing of a kind, one of it, none of an amount, ten at once.

Each figure was worked out on paper, from the rows of `edge_tenants.py`.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.project.compare import rows_of
from tests.project.edge_tenants import (
    AN,
    ENDLESS,
    NOTHING,
    OF_DELETED,
    ONE_ORDER,
    TO_COME,
)
from tests.project.paper_shop import AUCKLAND, PARIS

Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def served(edge_database: str, publish: Callable[..., Any]) -> Any:
    return publish(edge_database, "duckdb")


def _rows(served: Any, tenant: int, query: str) -> Rows:
    """Rows of a tenant's marts; ids of the second shop as its rows name them."""
    return rows_of(served.release, tenant, query)


def _by(served: Any, tenant: int, name: str, by: str, **where: list[str]) -> dict[Any, Any]:
    return dict(served.reader(tenant).metrics([name], by=[by], where=where).rows)


def _total(served: Any, tenant: int, name: str) -> Any:
    ((value,),) = served.reader(tenant).metrics([name]).rows
    return value


both = pytest.mark.parametrize(
    ("tenant", "first"), [(PARIS, 0), (AUCKLAND, 100_000)], ids=["Paris", "Auckland"]
)


@both
def test_a_person_merged_twice_is_one_customer_with_one_first_order(
    served: Any, tenant: int, first: int
) -> None:
    assert _total(served, tenant, "new_customer_orders") == 1
    assert _total(served, tenant, "repeat_orders") == 2
    broken = _rows(
        served, tenant,
        "select redemption_id from fct_promotion_violations"
        " where violation_type = 'above_person_limit' order by redeemed_at",
    )  # fmt: skip
    assert broken == [(first + 3,), (first + 2,)]


@both
def test_ten_promotions_on_one_order_each_have_it_whole_and_the_shop_once(
    served: Any, tenant: int, first: int
) -> None:
    lives = _rows(
        served, tenant,
        "select promotion_id, redemption_count, discount_cost_amount, promoted_sales_amount,"
        " stacking_rate, violation_count from rpt_promotions"
        f" where promotion_id <= {first + 10} order by 1",
    )  # fmt: skip
    assert lives == [
        (first + n, 1, Decimal("1.00"), Decimal("90.00"), 1, int(n <= 5)) for n in range(1, 11)
    ]
    assert _rows(
        served, tenant,
        "select accepted_promotion_count, demand_sales_amount, discount_cost_amount"
        f" from fct_promoted_orders where order_id = {first + 10}",
    ) == [(10, Decimal("90.00"), Decimal("10.00"))]  # fmt: skip
    broken = _rows(
        served, tenant,
        "select distinct violation_type from fct_promotion_violations"
        f" where order_id = {first + 10}",
    )  # fmt: skip
    assert broken == [("stacked_not_stackable",)]


@both
def test_a_redemption_of_a_deleted_order_is_accepted_violates_and_costs_nothing(
    served: Any, tenant: int, first: int
) -> None:
    assert _rows(
        served, tenant,
        "select attempt_count, redemption_count, net_redemption_count, discount_cost_amount,"
        " promoted_sales_amount, violation_count from rpt_promotions"
        f" where promotion_id = {first + OF_DELETED}",
    ) == [(1, 1, 0, 0, 0, 1)]  # fmt: skip
    assert _rows(
        served, tenant,
        "select v.violation_type, l.order_item_id, l.discount_amount"
        " from fct_promotion_violations v join fct_redemption_lines l using (redemption_id)"
        " where redemption_id % 1000 = 120",
    ) == [("on_deleted_order", None, Decimal("4.00"))]  # fmt: skip


@both
def test_a_promotion_without_end_runs_until_its_budget_does(
    served: Any, tenant: int, first: int
) -> None:
    # 14.00 in the last 14 days is 1.00 a day; 86.00 are left on 22 November, the 23rd in Auckland
    days = {
        PARIS: (date(2026, 1, 1), date(2027, 2, 16)),
        AUCKLAND: (date(2026, 1, 2), date(2027, 2, 17)),
    }
    assert _rows(
        served, tenant,
        "select start_date, budget_burnout_date, end_date, budget_used_rate, violation_count"
        f" from rpt_promotions where promotion_id = {first + ENDLESS}",
    ) == [(*days[tenant], None, Decimal("0.14"), 0)]  # fmt: skip


@both
def test_a_target_of_nothing_has_no_attainment(served: Any, tenant: int, first: int) -> None:
    assert _by(served, tenant, "credited_net_sales", "staff_member") == {
        first + AN: Decimal("90.00"), None: Decimal("146.00")
    }  # fmt: skip
    table = served.reader(tenant).metrics(
        ["sales_target", "target_attainment"], by=["staff_member"], order_by=["staff_member"]
    )
    assert [row[1:] for row in table.rows if row[0]] == [(0, None), (0, None)]
    assert _rows(
        served, tenant,
        "select distinct goal_status, actual_value, attainment_rate, pace_rate, projected_value,"
        f" required_per_day_value from rpt_campaign_goals where goal_id = {first + 1}",
    ) == [("achieved", 0, None, None, 0, 0)]  # fmt: skip


@both
def test_a_campaign_to_come_has_the_order_it_brought_and_a_goal_that_has_not_begun(
    served: Any, tenant: int, first: int
) -> None:
    orders = _by(
        served, tenant, "campaign_orders", "campaign",
        campaign_sale__attribution_model=["linear"], campaign_sale__window_days=["7"],
    )  # fmt: skip
    assert orders == {first + TO_COME: 1}
    assert _rows(
        served, tenant,
        "select distinct goal_status, actual_value, elapsed_share, expected_to_date_value,"
        " attainment_rate, pace_rate, projected_value, required_per_day_value"
        f" from rpt_campaign_goals where goal_id = {first + 2}",
    ) == [("not_started", 0, 0, 0, 0, None, None, Decimal("0.32"))]  # fmt: skip


def test_a_tenant_of_one_order_has_it_unattributed_and_none_of_the_rest(served: Any) -> None:
    reader = served.reader(ONE_ORDER)
    names = ["orders", "net_sales", "average_order_value", "gross_margin", "units_per_order"]
    assert reader.metrics(names, by=["metric_time__day"]).rows == (
        (date(2026, 11, 22), 1, Decimal("12.30"), Decimal("12.30"), Decimal("9.00"), 3),
    )
    assert _by(served, ONE_ORDER, "credited_net_sales", "staff_member") == {None: Decimal("12.30")}
    assert _total(served, ONE_ORDER, "new_customer_orders") == 0
    _require_empty(served, ONE_ORDER)


def test_a_tenant_of_nothing_has_no_figures_and_no_errors(served: Any) -> None:
    reader = served.reader(NOTHING)
    for name in ("net_sales", "credited_net_sales", "average_order_value", "gross_margin_rate"):
        assert reader.metrics([name], by=["metric_time__day"]).rows == ()
    _require_empty(served, NOTHING)


def _require_empty(served: Any, tenant: int) -> None:
    """Nothing of campaigns and promotions, nor of staff but what nobody sold."""
    for mart in (
        "dim_staff", "dim_campaigns", "fct_campaign_attributions", "fct_campaign_sales",
        "rpt_campaign_goals", "dim_promotions", "fct_promotion_redemptions", "fct_promoted_orders",
        "fct_promotion_violations", "rpt_promotions", "fct_sales_targets", "fct_work_hours",
    ):  # fmt: skip
        assert _rows(served, tenant, f"select count(*) from {mart}") == [(0,)], mart
