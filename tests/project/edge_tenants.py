"""The rows of tenants at the edge; `test_edge_tenants.py` has their figures.

Two tenants have the same rows, in Paris and in Auckland; a third has one order and neither staff
nor campaigns nor promotions, a fourth nothing at all.
"""

import psycopg

from tests.project.paper_shop import PaperShop, write

ONE_ORDER, NOTHING = 3, 4
AN, BO = 1, 2
NOW_ON, TO_COME = 1, 2
ENDLESS, OF_DELETED, ONCE = 12, 11, 20


def load(url: str) -> None:
    """Write them into an empty operational schema."""
    write(
        url, _person_merged_twice, _ten_promotions_on_one_order, _redemption_of_a_deleted_order,
        _promotion_without_end, _targets_of_nothing, _campaign_to_come,
    )  # fmt: skip
    with psycopg.connect(url) as connection:
        connection.execute(_BARE)


def _person_merged_twice(shop: PaperShop) -> None:
    for customer in (1, 2, 3):
        shop.add("crm_customers", id=customer)
    shop.add("crm_customer_merge_logs", from_customer_id=1, into_customer_id=2)
    shop.add("crm_customer_merge_logs", from_customer_id=2, into_customer_id=3)
    shop.add("mkt_promotions", id=ONCE, name="Once", promotion_type="percentage",
             per_customer_limit=1)  # fmt: skip
    for order, customer, day, price in ((1, 1, 10, "50"), (2, 3, 12, "30"), (3, 2, 11, "20")):
        shop.order(order, f"2026-11-{day}T10:00Z", price, customer_id=customer)
        shop.add("mkt_promotion_redemptions", id=order, promotion_id=ONCE, order_id=order,
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
    shop.add("mkt_promotions", id=OF_DELETED, name="Gone", promotion_type="fixed_amount")
    shop.add("mkt_promotion_redemptions", id=120, promotion_id=OF_DELETED, order_id=11,
             status="accepted", discount_amount="4.00")  # fmt: skip


def _promotion_without_end(shop: PaperShop) -> None:
    shop.order(12, "2026-11-20T10:00Z", "60.00", discount_amount="14.00")
    shop.add("mkt_promotions", id=ENDLESS, name="Always", promotion_type="fixed_amount",
             starts_at="2026-01-01T12:00Z", budget_amount="100.00")  # fmt: skip
    shop.add("mkt_promotion_redemptions", id=121, promotion_id=ENDLESS, order_id=12,
             status="accepted", discount_amount="14.00")  # fmt: skip


def _targets_of_nothing(shop: PaperShop) -> None:
    for user in (AN, BO):
        shop.add("sys_users", id=user)
        shop.add("sales_performance", user_id=user, period_start="2026-11-10",
                 period_end="2026-11-19", target_amount=0)  # fmt: skip
    shop.add("order_meta_crm", order_id=10, sales_user_id=AN)
    shop.add("mkt_campaigns", id=NOW_ON, name="Now", starts_on="2026-11-01", ends_on="2026-11-30")
    shop.add("mkt_campaign_goals", id=1, campaign_id=NOW_ON, name="G", metric="net_sales",
             target_value=0)  # fmt: skip


def _campaign_to_come(shop: PaperShop) -> None:
    shop.add("mkt_campaigns", id=TO_COME, name="Soon", starts_on="2027-01-01",
             ends_on="2027-01-31")  # fmt: skip
    shop.add("mkt_campaign_goals", id=2, campaign_id=TO_COME, name="G", metric="orders",
             target_value=10)  # fmt: skip
    shop.add("mkt_utm_links", id=1, campaign_id=TO_COME)
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
