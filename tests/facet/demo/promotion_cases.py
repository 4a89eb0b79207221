"""Cases among promotions and what was redeemed."""

_CATEGORY = "(select category_id from product_category where product_id = line.product_id)"
_PAGE = "(select page_id from order_meta_crm where order_id = it.order_id)"


def _use(promotion: str, *, order: str = "true") -> str:
    """An accepted redemption of such a promotion ``p`` on such an order ``o``."""
    return (
        "it.status = 'accepted' and exists (select from mkt_promotions as p"
        " inner join orders as o on o.id = it.order_id"
        f" where p.id = it.promotion_id and {promotion} and {order})"
    )


def _sold(condition: str) -> str:
    """Every line of the order is of such a product."""
    return (
        "(select bool_and(coalesce("
        f"{condition}, false)) from order_items as line where line.order_id = it.order_id)"
    )


def _scope(table: str, column: str, value: str) -> str:
    return (
        f"exists (select from {table} as scope"
        f" where scope.promotion_id = it.promotion_id and scope.{column} = {value})"
    )


PROMOTION_CASES: dict[str, str] = {
    "stacked_promotions": _use("p.is_stackable"),
    "outside_window": _use("it.redeemed_at > p.ends_at"),
    "last_second_of_window": _use("it.redeemed_at = p.ends_at - interval '1 second'"),
    "above_usage_limit": _use("p.usage_limit = 2"),
    "above_person_limit": _use("p.per_customer_limit = 1"),
    "excluded_product": _use(
        _sold(_scope("mkt_promotion_exclusions", "product_id", "line.product_id"))
    ),
    "excluded_category": _use(_sold(_scope("mkt_promotion_exclusions", "category_id", _CATEGORY))),
    "not_its_product": _use(
        f"{_scope('mkt_promotion_products', 'tenant_id', 'it.tenant_id')} and "
        + _sold(f"not {_scope('mkt_promotion_products', 'product_id', 'line.product_id')}")
    ),
    "not_its_category": _use(
        f"{_scope('mkt_promotion_categories', 'tenant_id', 'it.tenant_id')} and "
        + _sold(f"not {_scope('mkt_promotion_categories', 'category_id', _CATEGORY)}")
    ),
    "not_its_channel": _use(
        f"{_scope('mkt_promotion_channels', 'tenant_id', 'it.tenant_id')}"
        f" and not {_scope('mkt_promotion_channels', 'page_id', _PAGE)}"
    ),
    "below_minimum": _use("p.min_order_amount = 150") + " and (select sum(quantity * unit_price)"
    " from order_items where order_id = it.order_id) = 100",
    "above_max_discount": _use("p.max_discount_amount = 20 and it.discount_amount = 50"),
    "stacked_not_stackable": "(select count(*) = 2 and not bool_and(is_stackable)"
    " from mkt_promotion_redemptions as r inner join mkt_promotions as p on p.id = r.promotion_id"
    " where r.order_id = it.order_id and r.status = 'accepted')",
    "redeemed_on_cancelled": _use("true", order="o.status = 'cancelled'"),
    "redeemed_on_deleted": _use("true", order="o.deleted_at is not null"),
    "staff_is_customer": "(select email from sys_users where id = it.attempted_by)"
    " = (select email from crm_personal_keys where id = it.customer_id)",
    "free_item_promotion": _use("p.promotion_type = 'free_item'") + " and exists (select"
    " from order_items where order_id = it.order_id and is_free_item and unit_cost = 6)",
    "rejected": "it.status = 'rejected' and it.rejection_reason is not null",
    "rolled_back": "it.status = 'rolled_back' and it.rolled_back_at is not null",
    "free_shipping_promotion": _use(
        "p.promotion_type = 'free_shipping'", order="o.shipping_amount = 0"
    ),
    "bmgm_promotion": _use("p.promotion_type = 'bmgm' and it.discount_amount = 30"),
    "ten_stacked_promotions": _use("p.is_stackable and it.discount_amount = 1")
    + " and (select count(distinct promotion_id) from mkt_promotion_redemptions as r"
    " where r.order_id = it.order_id) = 10",
    "usage_limit_of_nothing": _use("p.usage_limit = 0"),
    "budget_burnt_out": _use("p.budget_amount = 15 and it.discount_amount = 10"),
    "promotion_without_end": "it.starts_at is not null and it.ends_at is null",
    "promotion_with_known_lift": "local(it.starts_at) = as_of - 21"
    " and local(it.ends_at) = as_of - 19"
    " and (select count(*) from order_items where product_id < 1000 and product_id % 500 = 7"
    " and tenant_id = it.tenant_id) = 2",
}
