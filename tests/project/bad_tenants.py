"""A healthy tenant and many bad ones: the same small shop, each bad one with one fault of its own.

The schema's checks are dropped, as another's schema may have none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.project.small_shop import HEALTHY, LET_IN, SHOP

Row = tuple[str, int, str, str | None]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is done to a tenant; `{t}` is its id, `{o}` its third order.

    `quarantined`: what its quarantine must have, as source table, id without the tenant's, cause
    and column. `held_back`: what the reason must say. `is_gone`: the release does not have the
    tenant. `counted`: how many orders, lines and payments its facts have.
    """

    name: str
    change: str
    quarantined: Sequence[Row] = ()
    held_back: str | None = None
    is_gone: bool = False
    counted: tuple[int, int, int] = (3, 6, 3)


def _of_order(column: str, cause: str) -> dict[str, Any]:
    """An order that is refused takes along its lines, payments and credits."""
    return {
        "quarantined": [
            ("orders", 3, cause, column),
            ("order_items", 13, "parent_quarantined", "order_id"),
            ("order_items", 23, "parent_quarantined", "order_id"),
            ("order_payments", 3, "parent_quarantined", "order_id"),
        ],
        "counted": (2, 4, 2),
    }


def _order(column: str, value: str, cause: str) -> Fault:
    name = f"orders.{column} = {value}"
    change = f"update orders set {column} = {value} where id = {{o}}"
    return Fault(name=name, change=change, **_of_order(column, cause))


def _line(column: str, value: str, cause: str) -> Fault:
    return Fault(
        name=f"order_items.{column} = {value}",
        change=f"update order_items set {column} = {value} where id = {{t}} * 100 + 13",
        quarantined=[("order_items", 13, cause, column)],
        counted=(3, 5, 3),
    )


def _payment(column: str, value: str, cause: str, named: str | None) -> Fault:
    return Fault(
        name=f"order_payments.{column} = {value}",
        change=f"update order_payments set {column} = {value} where id = {{o}}",
        quarantined=[("order_payments", 3, cause, named)],
        counted=(3, 6, 3 if named is None else 2),
    )


def _tenant(column: str, value: str, held_back: str) -> Fault:
    name = f"sys_tenants.{column} = {value}"
    change = f"update sys_tenants set {column} = {value} where id = {{t}}"
    return Fault(name=name, change=change, held_back=held_back)


_RANGE, _AMOUNT = "moment_out_of_range", "amount_out_of_range"

FAULTS: tuple[Fault, ...] = (
    _order("ordered_at", "'infinity'", _RANGE),
    _order("ordered_at", "'-infinity'", _RANGE),
    _order("ordered_at", "'0001-05-01'", _RANGE),
    _order("ordered_at", "'3025-05-01'", _RANGE),
    _order("ordered_at", "'12000-05-01'", _RANGE),
    _order("ordered_at", "null", "value_missing"),
    _order("status", "null", "value_missing"),
    _order("status", "'foo'", "value_unknown"),
    _order("is_test", "null", "value_missing"),
    _order("exchange_rate", "0", "rate_out_of_range"),
    _order("exchange_rate", "null", "value_missing"),
    _order("exchange_rate", "9999999999.99999999", "rate_out_of_range"),
    _order("discount_amount", "9999999999999999.99", _AMOUNT),
    _order("tax_amount", "'NaN'", "value_missing"),
    _line("quantity", "0", "quantity_out_of_range"),
    _line("quantity", "-3", "quantity_out_of_range"),
    _line("quantity", "null", "value_missing"),
    _line("unit_price", "-50", _AMOUNT),
    _line("unit_price", "null", "value_missing"),
    _line("unit_price", "9999999999999999.99, quantity = 100", _AMOUNT),
    _line("unit_price", "8934567890123, quantity = 2000", _AMOUNT),
    _line("is_gift_card", "null", "value_missing"),
    _line("order_id", "99", "parent_missing"),
    _payment("paid_at", "'infinity'", _RANGE, "paid_at"),
    _payment("amount", "9999999999999999.99", _AMOUNT, "amount"),
    _payment("amount", "null", "value_missing", "amount"),
    _payment("paid_at", "null", "payment_without_moment", None),
    Fault(
        name="order_refunds.refunded_at = infinity",
        change="update order_refunds set refunded_at = 'infinity' where tenant_id = {t}",
        quarantined=[("order_refunds", 1, _RANGE, "refunded_at")],
    ),
    Fault(
        name="every line costs 9,000,000,000,000,000",
        change="update order_items set unit_price = 9000000000000000 where tenant_id = {t}",
        quarantined=[("order_items", 11, _AMOUNT, "unit_price"),
                     ("order_returns", 1, "parent_quarantined", "order_item_id"),
                     ("order_refunds", 1, "parent_quarantined", "order_item_id")],
        counted=(3, 0, 3),
    ),
    Fault(
        name="a window without ends",
        change="update mkt_promotions set starts_at = '-infinity', ends_at = 'infinity'"
        " where tenant_id = {t}",
        quarantined=[("mkt_promotions", 1, "value_left_out", "starts_at")],
    ),
    Fault(
        name="a row added at no moment",
        change="update orders set created_at = 'infinity', promised_on = 'infinity' where id = {o}",
        quarantined=[("orders", 3, "value_left_out", "promised_on")],
    ),
    Fault(
        name="stock that was added at no moment",
        change="insert into stock_history (id, tenant_id, product_id, movement_type,"
        " quantity_change, occurred_at, created_at) values ({t} * 100 + 1, {t}, {t} * 100 + 1,"
        " 'receipt', 1, '2026-03-01', 'infinity')",
        quarantined=[("stock_history", 1, "value_left_out", "created_at")],
    ),
    Fault(
        name="a user who was added at no moment",
        change="update sys_users set created_at = 'infinity' where id = {t} * 100 + 1",
        quarantined=[("sys_users", 1, "value_left_out", "created_at")],
    ),
    Fault(
        name="a role that was given at no moment",
        change="with role as (insert into sys_roles (id, tenant_id, code, name)"
        " values ({t} * 100 + 1, {t}, 'owner', 'Owner') returning id)"
        " insert into sys_user_roles (id, tenant_id, user_id, role_id, created_at)"
        " select {t} * 100 + 1, {t}, {t} * 100 + 1, id, 'infinity' from role",
        quarantined=[("sys_user_roles", 1, "value_left_out", "created_at")],
    ),
    Fault(
        name="an order of nobody",
        change="insert into orders (tenant_id, order_number, status, ordered_at, currency_code)"
        " values (null, 'N', 'completed', '2026-03-01', 'USD')",
    ),
    Fault(
        name="payments that add up to too much",
        change="insert into order_payments (id, tenant_id, order_id, status, amount, paid_at)"
        " select {t} * 1000 + n, {t}, {o}, 'succeeded', 9000000000000, '2026-03-05'"
        " from generate_series(1, 120) as n",
        held_back="add up to more than",
    ),
    Fault(
        name="an order twice",
        change="insert into orders select * from orders where id = {o}",
        held_back="assert_orders_rows_have_a_key",
    ),
    Fault(
        name="a line of another's product",
        change="update order_items set product_id = 101 where id = {t} * 100 + 13",
        held_back="within_tenant_fct_order_lines",
    ),
    _tenant("timezone", "'Austrlia/Sydney'", 'timezone is "Austrlia/Sydney"'),
    _tenant("timezone", "'ICT'", 'timezone is "ICT"'),
    _tenant("timezone", "'posix/America/New_York'", 'timezone is "posix/America/New_York"'),
    _tenant("timezone", "'asia/ho_chi_minh'", 'timezone is "asia/ho_chi_minh"'),
    _tenant("timezone", "null", "timezone is missing"),
    _tenant("currency_code", "'XXX'", 'currency_code is "XXX"'),
    _tenant("week_start", "9", 'week_start is "9"'),
    _tenant("fiscal_year_start_month", "13", 'fiscal_year_start_month is "13"'),
    _tenant("return_dating", "'foo'", 'return_dating is "foo"'),
    _tenant("name", "null", "name is missing"),
    _tenant("created_at", "'infinity'", 'created_at is "infinity"'),
    Fault(
        name="a deleted tenant",
        change="update sys_tenants set deleted_at = '2026-03-01' where id = {t}",
        is_gone=True,
    ),
)  # fmt: skip

#: Each fault by the tenant that has it.
BAD = dict(enumerate(FAULTS, start=HEALTHY + 1))


def load(url: str, *, with_bad_ones: bool) -> None:
    """Write the healthy shop, and the bad ones, into an empty operational schema."""
    tenants = [HEALTHY, *(BAD if with_bad_ones else ())]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SHOP, {"tenants": tenants})
        if not with_bad_ones:
            return
        connection.execute(LET_IN)
        for tenant, fault in BAD.items():
            change = fault.change.format(t=tenant, o=tenant * 100 + 3)
            connection.execute(change.encode())
