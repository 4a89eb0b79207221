"""Cases among orders: their money, days, refunds, credit and persons."""

_COUNTED = "it.status = 'completed' and it.deleted_at is null and not it.is_test"
_SELLER = "(select sales_user_id from order_meta_crm where order_id = it.id)"
_FIRST_OF_PERSON = "(select min(ordered_at) from orders where customer_id = it.customer_id)"


def _day(ago: int, clock: str) -> str:
    return f"local(it.ordered_at) = as_of - {ago} + time '{clock}'"


def _hours_of_day(hours: int) -> str:
    """The day of the order is so many hours long."""
    day = "date_trunc('day', local(it.ordered_at))"
    return (
        f"({day} + interval '1 day') at time zone tenant.timezone"
        f" - {day} at time zone tenant.timezone = interval '{hours} hours'"
    )


def _lines(expected: str) -> str:
    """Gross of the lines that stand, after the lines' own discounts."""
    return (
        "(select coalesce(sum(quantity * unit_price - discount_amount), 0) from order_items"
        f" where order_id = it.id and deleted_at is null) = {expected}"
    )


def _paid(expected: str) -> str:
    return (
        "(select coalesce(sum(amount), 0) from order_payments"
        f" where order_id = it.id and status = 'succeeded') = {expected}"
    )


def _credit(expected: str) -> str:
    """Roles and rates, as in ``primary 1.000000``."""
    return (
        "(select coalesce("
        "string_agg(credit_role || ' ' || contribution_rate, ', ' order by id), '')"
        f" from lead_sales where order_id = it.id) = '{expected}'"
    )


def _refund(order: str) -> str:
    return f"exists (select from orders as o where o.id = it.order_id and {order})"


ORDER_CASES: dict[str, str] = {
    "guest": f"it.customer_id is null and {_COUNTED} and {_lines('100')}",
    "test_order": "it.is_test",
    "cancelled": f"it.status = 'cancelled' and it.cancelled_at is not null and {_paid('0')}",
    "deleted_order": f"it.deleted_at is not null and it.status = 'completed' and {_paid('100')}",
    "draft": "it.status = 'draft'",
    "deleted_line": "it.deleted_at is not null and it.unit_price = 50",
    "gift_card_with_others": "it.is_gift_card and it.unit_price = 50 and (select count(*)"
    " from order_items as o where o.order_id = it.order_id and not o.is_gift_card) = 1"
    " and (select discount_amount from orders where id = it.order_id) = 20",
    "gift_card_alone": "it.discount_amount = 5 and (select bool_and(is_gift_card)"
    f" from order_items where order_id = it.id) and {_paid('45')}",
    "foreign_halves": "it.exchange_rate = 0.5 and it.currency_code <> tenant.currency_code and"
    " (select sum(round(unit_price * 0.5, 2)) from order_items where order_id = it.id) = 10.03",
    "foreign_discount_half": "it.exchange_rate = 0.5 and it.discount_amount = 0.01",
    "foreign_refund": "it.amount = 10.01 and it.status = 'succeeded' and "
    + _refund("o.exchange_rate = 0.5"),
    "second_before_midnight": _day(120, "23:59:59"),
    "midnight": _day(119, "00:00:00"),
    "minute_after_midnight": _day(119, "00:01:00"),
    "before_clocks_go_forward": f"local(it.ordered_at)::time = '01:59:59' and {_hours_of_day(23)}",
    "clocks_go_forward": f"local(it.ordered_at)::time = '03:00' and {_hours_of_day(23)}"
    " and it.ordered_at - interval '1 second' = (select ordered_at from orders as o"
    " where o.id = it.id - 1)",
    "repeated_hour_first": f"extract(minute from it.ordered_at) = 30 and {_hours_of_day(25)}",
    "repeated_hour_second": "local(it.ordered_at) = local(it.ordered_at - interval '1 hour')"
    " and it.ordered_at - interval '1 hour' = (select ordered_at from orders as o"
    " where o.id = it.id - 1)",
    "late_on_long_day": f"local(it.ordered_at)::time = '23:30' and {_hours_of_day(25)}",
    "refund_months_later": "it.amount = 100 and it.tax_amount = 8 and it.status = 'succeeded'"
    " and local(it.refunded_at)::date = as_of - 60 and "
    + _refund("local(o.ordered_at)::date = as_of - 300"),
    "partial_refund": "it.amount = 50 and it.status = 'succeeded'",
    "refund_without_line": "it.amount = 10 and it.order_item_id is null and (select"
    " array_agg(unit_price) from order_items as l where l.order_id = it.order_id)"
    " = array[10.00, 10.00, 10.00]",
    "failed_refund": "it.status = 'failed' and it.amount = 30",
    "pending_refund": "it.status = 'pending' and it.amount = 30 and it.refunded_at is null",
    "gift_card_refund": "it.status = 'succeeded' and it.amount = 50 and (select is_gift_card"
    " from order_items where id = it.order_item_id)",
    "refund_of_everything": "it.amount = 100 and it.tax_amount = 8 and it.shipping_amount = 10 and "
    + _refund("o.tax_amount = 8 and o.shipping_amount = 10"),
    "return_with_refund": "it.status = 'received' and (select amount from order_refunds"
    " where return_id = it.id) = 100",
    "return_without_refund": "it.status = 'received' and not exists (select from order_refunds"
    " where order_id = it.order_id)",
    "return_requested": "it.status = 'requested' and it.received_at is null",
    "return_rejected": "it.status = 'rejected' and it.received_at is null",
    "credit_in_thirds": _credit("primary 0.333333, shared 0.333333, shared 0.333333"),
    "credit_below_one": _credit("primary 0.500000, shared 0.300000"),
    "credit_overlay": _credit("primary 1.000000, overlay 1.000000"),
    "credit_originator": f"{_credit('originator 1.000000')} and {_SELLER} is not null",
    "credit_of_nobody": f"{_credit('')} and {_SELLER} is null",
    "credit_of_seller": f"{_credit('')} and {_SELLER} is not null",
    "merge_chain": "it.id % 500 = 13 or (select into_customer_id from crm_customer_merge_logs"
    " where from_customer_id = it.id) = it.id + 1",
    "shared_person": "it.personal_key_id % 500 = 14",
    "shared_and_merged": "it.personal_key_id % 500 = 16 or exists (select"
    " from crm_customer_merge_logs as merge where merge.into_customer_id = it.id"
    " and merge.from_customer_id = it.id - 1)",
    "first_order_cancelled": f"it.status = 'cancelled' and it.ordered_at = {_FIRST_OF_PERSON}"
    " and (select count(*) from orders where customer_id = it.customer_id) = 2",
    "discount_remainder": f"it.discount_amount = 1 and {_lines('30')}",
    "discount_tie": f"it.discount_amount = 0.02 and {_lines('30')}",
    "discount_zero_weights": f"it.discount_amount = 1.01 and {_lines('0')}",
    "free_item": "it.is_free_item and it.unit_price = 0 and it.unit_cost = 6",
    "updated_late": "local(it.ordered_at)::date = as_of - 400"
    " and local(it.updated_at)::date = as_of - 1",
    "one_cent": _lines("0.01"),
    "quotes_and_emoji": "it.full_name = 'O''Brien \"Bé\" Đặng 💍; drop table orders; --'",
    "no_lines": f"{_COUNTED} and not exists (select from order_items where order_id = it.id)",
    "overpaid": f"{_lines('100')} and {_paid('120')}",
    "underpaid": f"{_lines('100')} and {_paid('60')}",
    "deposit": "it.order_type = 'custom' and (select array_agg(amount order by paid_at)"
    " from order_payments where order_id = it.id) = array[300.00, 700.00]",
    "payments_that_failed": f"{_lines('100')} and {_paid('0')} and (select count(*)"
    " from order_payments where order_id = it.id) = 3",
    "same_moment": f"it.ordered_at = {_FIRST_OF_PERSON}",
    "in_production": f"it.status = 'in_production' and {_lines('2000')} and {_paid('800')}",
    "far_east_day": "local(it.ordered_at)::date = as_of - 90",
    "foreign_to_dong": "(select round(unit_price * it.exchange_rate) from order_items"
    " where order_id = it.id) = 2540266",
    "ten_million": f"{_lines('10000000')} and it.exchange_rate = 1",
    "ten_million_foreign": _lines("10000000")
    + " and round(10000000 * it.exchange_rate, 2) = 371.20",
    "far_south_day": "local(it.ordered_at)::date = as_of - 90",
    "southern_spring": f"{_hours_of_day(23)} and extract(month from local(it.ordered_at)) = 10",
    "southern_autumn": f"{_hours_of_day(25)} and local(it.ordered_at)::time = '02:30'",
}
