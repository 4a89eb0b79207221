"""Tenants at the edge: nothing of a kind, one of it, none of an amount, ten at once.

Each figure was worked out on paper. Two tenants have the same rows, in Paris and in Auckland; a
third has one order and neither staff nor campaigns nor promotions, a fourth nothing at all.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.project.compare import rows_of
from tests.project.paper_shop import AUCKLAND, PARIS, PaperShop, write

_ONE_ORDER, _NOTHING = 3, 4
_AN, _BO = 1, 2
_NOW_ON, _TO_COME = 1, 2
_ENDLESS, _OF_DELETED, _ONCE = 12, 11, 20

Rows = list[tuple[Any, ...]]


def _person_merged_twice(shop: PaperShop) -> None:
    for customer in (1, 2, 3):
        shop.add("crm_customers", id=customer)
    shop.add("crm_customer_merge_logs", from_customer_id=1, into_customer_id=2)
    shop.add("crm_customer_merge_logs", from_customer_id=2, into_customer_id=3)
    shop.add("mkt_promotions", id=_ONCE, name="Once", promotion_type="percentage",
             per_customer_limit=1)  # fmt: skip
    for order, customer, day, price in ((1, 1, 10, "50"), (2, 3, 12, "30"), (3, 2, 11, "20")):
        shop.order(order, f"2026-11-{day}T10:00Z", price, customer_id=customer)
        shop.add("mkt_promotion_redemptions", id=order, promotion_id=_ONCE, order_id=order,
                 status="accepted")  # fmt: skip


def _ten_promotions_on_one_order(shop: PaperShop) -> None:
    shop.order(10, "2026-11-15T10:00Z", "100.00", discount_amount="10.00")
    for n in range(1, 11):
        shop.add("mkt_promotions", id=n, name=f"P{n}", promotion_type="fixed_amount",
                 is_stackable=n > 5)  # fmt: skip
        shop.add("mkt_promotion_redemptions", id=100 + n, promotion_id=n, order_id=10,
                 status="accepted", discount_amount="1.00")  # fmt: skip


def _redemption_of_a_deleted_order(shop: PaperShop) -> None:
    shop.order(11, "2026-11-15T10:00Z", "40.00", deleted_at="2026-11-16T10:00Z")
    shop.add("mkt_promotions", id=_OF_DELETED, name="Gone", promotion_type="fixed_amount")
    shop.add("mkt_promotion_redemptions", id=120, promotion_id=_OF_DELETED, order_id=11,
             status="accepted", discount_amount="4.00")  # fmt: skip


def _promotion_without_end(shop: PaperShop) -> None:
    shop.order(12, "2026-11-20T10:00Z", "60.00", discount_amount="14.00")
    shop.add("mkt_promotions", id=_ENDLESS, name="Always", promotion_type="fixed_amount",
             starts_at="2026-01-01T12:00Z", budget_amount="100.00")  # fmt: skip
    shop.add("mkt_promotion_redemptions", id=121, promotion_id=_ENDLESS, order_id=12,
             status="accepted", discount_amount="14.00")  # fmt: skip


def _targets_of_nothing(shop: PaperShop) -> None:
    for user in (_AN, _BO):
        shop.add("sys_users", id=user)
        shop.add("sales_performance", user_id=user, period_start="2026-11-10",
                 period_end="2026-11-19", target_amount=0)  # fmt: skip
    shop.add("order_meta_crm", order_id=10, sales_user_id=_AN)
    shop.add("mkt_campaigns", id=_NOW_ON, name="Now", starts_on="2026-11-01", ends_on="2026-11-30")
    shop.add("mkt_campaign_goals", id=1, campaign_id=_NOW_ON, name="G", metric="net_sales",
             target_value=0)  # fmt: skip


def _campaign_to_come(shop: PaperShop) -> None:
    shop.add("mkt_campaigns", id=_TO_COME, name="Soon", starts_on="2027-01-01",
             ends_on="2027-01-31")  # fmt: skip
    shop.add("mkt_campaign_goals", id=2, campaign_id=_TO_COME, name="G", metric="orders",
             target_value=10)  # fmt: skip
    shop.add("mkt_utm_links", id=1, campaign_id=_TO_COME)
    shop.add("orders_meta", order_id=10, utm_link_id=1)


_BARE = """
    insert into sys_tenants (id, name, slug, timezone)
    values (3, 'One order', 'one', 'Asia/Kolkata'), (4, 'Nothing', 'nothing', 'UTC');
    insert into product (id, tenant_id, name) values (9003, 3, 'Ring');
    insert into orders (id, tenant_id, order_number, status, ordered_at, currency_code)
    values (9003, 3, '3', 'completed', '2026-11-21T20:00Z', 'INR');
    insert into order_items (id, tenant_id, order_id, product_id, quantity, unit_price, unit_cost)
    values (9003, 3, 9003, 9003, 3, 4.10, 1.10);
"""


@pytest.fixture(scope="module")
def served(operational_database: Callable[[], str], publish: Callable[..., Any]) -> Any:
    url = write(
        operational_database(), _person_merged_twice, _ten_promotions_on_one_order,
        _redemption_of_a_deleted_order, _promotion_without_end, _targets_of_nothing,
        _campaign_to_come,
    )  # fmt: skip
    with psycopg.connect(url) as connection:
        connection.execute(_BARE)
    return publish(url, "duckdb")


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
        f" where promotion_id = {first + _OF_DELETED}",
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
        f" from rpt_promotions where promotion_id = {first + _ENDLESS}",
    ) == [(*days[tenant], None, Decimal("0.14"), 0)]  # fmt: skip


@both
def test_a_target_of_nothing_has_no_attainment(served: Any, tenant: int, first: int) -> None:
    assert _by(served, tenant, "credited_net_sales", "staff_member") == {
        first + _AN: Decimal("90.00"), None: Decimal("146.00")
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
    assert orders == {first + _TO_COME: 1}
    assert _rows(
        served, tenant,
        "select distinct goal_status, actual_value, elapsed_share, expected_to_date_value,"
        " attainment_rate, pace_rate, projected_value, required_per_day_value"
        f" from rpt_campaign_goals where goal_id = {first + 2}",
    ) == [("not_started", 0, 0, 0, 0, None, None, Decimal("0.32"))]  # fmt: skip


def test_a_tenant_of_one_order_has_it_unattributed_and_none_of_the_rest(served: Any) -> None:
    reader = served.reader(_ONE_ORDER)
    names = ["orders", "net_sales", "average_order_value", "gross_margin", "units_per_order"]
    assert reader.metrics(names, by=["metric_time__day"]).rows == (
        (date(2026, 11, 22), 1, Decimal("12.30"), Decimal("12.30"), Decimal("9.00"), 3),
    )
    assert _by(served, _ONE_ORDER, "credited_net_sales", "staff_member") == {None: Decimal("12.30")}
    assert _total(served, _ONE_ORDER, "new_customer_orders") == 0
    _require_empty(served, _ONE_ORDER)


def test_a_tenant_of_nothing_has_no_figures_and_no_errors(served: Any) -> None:
    reader = served.reader(_NOTHING)
    for name in ("net_sales", "credited_net_sales", "average_order_value", "gross_margin_rate"):
        assert reader.metrics([name], by=["metric_time__day"]).rows == ()
    _require_empty(served, _NOTHING)


def _require_empty(served: Any, tenant: int) -> None:
    """Nothing of campaigns and promotions, nor of staff but what nobody sold."""
    for mart in (
        "dim_staff", "dim_campaigns", "fct_campaign_attributions", "fct_campaign_sales",
        "rpt_campaign_goals", "dim_promotions", "fct_promotion_redemptions", "fct_promoted_orders",
        "fct_promotion_violations", "rpt_promotions", "fct_sales_targets", "fct_work_hours",
    ):  # fmt: skip
        assert _rows(served, tenant, f"select count(*) from {mart}") == [(0,)], mart
