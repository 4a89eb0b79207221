"""Data that is not the demo's: somebody else's script, which knows the document's columns only.

Four tenants: a long history of a shop with ten thousand products, a tenant with one order of 0.01,
one with nothing, and one whose orders go to ten million in foreign currencies, under names with
quotes and emoji. Everything that may happen to an order happens to some, at random but the same
for a seed.
"""

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg

HISTORY, ONE_ORDER, NOTHING, EXTREMES = 11, 12, 13, 14
_CENT = Decimal("0.01")
_START = datetime(2009, 12, 1, tzinfo=UTC)


def load(url: str, *, seed: int = 1, orders: int = 700) -> None:
    """Write the four tenants into an empty operational schema."""
    draw = random.Random(seed)
    with psycopg.connect(url) as connection:
        _people(connection)
        _catalogue(connection, draw)
        for tenant, count in ((HISTORY, orders), (ONE_ORDER, 1), (EXTREMES, orders // 3)):
            _customers(connection, draw, tenant)
            _orders(connection, draw, tenant, count)


def _write(
    connection: psycopg.Connection[Any], table: str, columns: str, rows: Iterable[Sequence[Any]]
) -> None:
    with connection.cursor().copy(f"copy {table} ({columns}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def _people(connection: psycopg.Connection[Any]) -> None:
    _write(
        connection,
        "sys_tenants",
        "id, name, slug, status, timezone, currency_code, locale, week_start,"
        " fiscal_year_start_month, return_dating, business_hours",
        [
            (HISTORY, "Old & Sons", "old", "active", "America/New_York", "USD", "en-US", 7, 2,
             "order_date", "{}"),
            (ONE_ORDER, "One", "one", "active", "Asia/Kolkata", "INR", "en-IN", 1, 4,
             "refund_date", "{}"),
            (NOTHING, "Nothing yet", "nothing", "active", "Europe/Lisbon", "EUR", "pt-PT", 1, 1,
             "refund_date", "{}"),
            (EXTREMES, "O'Hara \"Gems\" 💎", "gems", "active", "Pacific/Auckland", "VND", "vi-VN",
             6, 7, "refund_date", "{}"),
        ],
    )  # fmt: skip
    _write(connection, "auth_users", "id, email", [(9, "a@shop.example")])
    _write(
        connection,
        "sys_users",
        "id, tenant_id, auth_user_id, email, full_name, manager_id, is_active",
        [(9, HISTORY, 9, "a@shop.example", "Zoë 'Z' O’Neil 💍", None, True)],
    )
    _write(connection, "channels_platforms", "id, code, name", [(5, "web", "Web")])
    _write(
        connection,
        "channels_platform_pages",
        "id, tenant_id, platform_id, name, external_id, is_active",
        [(51, HISTORY, 5, 'Shop "A"', "x", True), (54, EXTREMES, 5, "Cửa hàng 💎", None, False)],
    )


def _catalogue(connection: psycopg.Connection[Any], draw: random.Random) -> None:
    categories = [(tenant * 100, tenant, None, f"Top {tenant}") for tenant in (HISTORY, EXTREMES)]
    categories += [(top + 1, tenant, top, "Nhẫn 'cưới'") for top, tenant, _, _ in categories]
    _write(connection, "category", "id, tenant_id, parent_id, name", categories)
    products = [(n, HISTORY, f"H-{n}") for n in range(1, 10_001)]
    products += [(20_001, ONE_ORDER, "ONE")]
    products += [(n, EXTREMES, f"E-{n}") for n in range(30_001, 30_021)]
    _write(
        connection,
        "product",
        "id, tenant_id, sku, name, product_type, list_price, unit_cost, status, deleted_at",
        [
            (n, tenant, sku, f"{sku} 💍 \"O'Ring\"; --", "ring", "12.50", "5.25", "active",
             None if draw.random() < 0.9 else _START)
            for n, tenant, sku in products
        ],
    )  # fmt: skip
    _write(
        connection,
        "product_category",
        "tenant_id, product_id, category_id, is_primary",
        [
            (tenant, n, tenant * 100 + n % 2, True)
            for n, tenant, _ in products
            if tenant != ONE_ORDER and n % 3
        ],
    )


def _customers(connection: psycopg.Connection[Any], draw: random.Random, tenant: int) -> None:
    first = tenant * 1000
    _write(
        connection,
        "crm_personal_keys",
        "id, tenant_id, full_name, phone, email",
        [(first + n, tenant, f"P{n}", None, None) for n in range(20)],
    )
    _write(
        connection,
        "crm_customers",
        "id, tenant_id, personal_key_id, customer_code, customer_type, first_seen_at, deleted_at",
        [
            (first + n, tenant, first + draw.randrange(20) if draw.random() < 0.4 else None,
             f"C{n}", "retail", _START, None if draw.random() < 0.9 else _START)
            for n in range(60)
        ],
    )  # fmt: skip
    _write(
        connection,
        "crm_customer_merge_logs",
        "id, tenant_id, from_customer_id, into_customer_id, merged_by, created_at",
        [
            (first + n, tenant, first + draw.randrange(30), first + 30 + draw.randrange(30), None,
             _START)
            for n in range(12)
        ],
    )  # fmt: skip


def _amount(draw: random.Random, tenant: int) -> Decimal:
    if tenant == ONE_ORDER:
        return _CENT
    top = 10_000_000 if tenant == EXTREMES and draw.random() < 0.2 else 900
    return Decimal(draw.randrange(0 if draw.random() < 0.05 else 1, top * 100)) * _CENT


def _orders(
    connection: psycopg.Connection[Any], draw: random.Random, tenant: int, count: int
) -> None:
    orders, lines, payments, refunds, returns, crm = [], [], [], [], [], []
    lowest = {HISTORY: 1, ONE_ORDER: 20_001, EXTREMES: 30_001}[tenant]
    products = {HISTORY: 10_000, ONE_ORDER: 1, EXTREMES: 20}[tenant]
    for n in range(1, count + 1):
        order = tenant * 1_000_000 + n
        plain = tenant == ONE_ORDER
        at = _START + timedelta(seconds=draw.randrange(60_000_000))
        if draw.random() < 0.2:  # near a midnight somewhere, in spring and in autumn
            at = at.replace(month=draw.choice((3, 4, 9, 10, 11)), day=draw.randrange(1, 29))
            at = at.replace(hour=draw.choice((3, 4, 5, 11, 12)), minute=draw.choice((0, 59)))
        rate = (
            Decimal(1)
            if plain or draw.random() < 0.7
            else Decimal(draw.random()).quantize(Decimal("0.00000001")) + Decimal("0.1")
        )
        orders.append(
            (order, tenant, f"N'{n}", None if draw.random() < 0.2 else tenant * 1000 +
             draw.randrange(60), "completed" if plain or draw.random() < 0.8 else draw.choice(
                 ("draft", "pending", "cancelled", "in_production", "shipped")), "standard", at,
             None, None, "USD", rate, _amount(draw, tenant) if not plain and draw.random() < 0.3
             else 0, _amount(draw, HISTORY) if draw.random() < 0.3 and not plain else 0,
             0 if plain else _amount(draw, HISTORY), not plain and draw.random() < 0.05, None, None,
             None, at, at, at if not plain and draw.random() < 0.05 else None)
        )  # fmt: skip
        if tenant != ONE_ORDER and draw.random() < 0.7:
            crm.append((order, tenant, None, 51 if tenant == HISTORY else 54, None))
        own = []
        for position in range(1 if plain else draw.choice((0, 1, 1, 1, 2, 3, 5))):
            line = order * 10 + position
            price, quantity = _amount(draw, tenant), 1 if plain else draw.choice((1, 1, 1, 2, 7))
            cut = min(price * quantity, _amount(draw, HISTORY)) if draw.random() < 0.2 else 0
            own.append((line, quantity))
            lines.append(
                (line, tenant, order, lowest + draw.randrange(products), None, quantity, price,
                 0 if plain else cut, 0, price / 2, not plain and draw.random() < 0.1, price == 0,
                 at, at, at if not plain and draw.random() < 0.05 else None)
            )  # fmt: skip
        later = at + timedelta(minutes=draw.randrange(200_000))
        for _ in range(draw.choice((0, 1, 1, 2))):
            status = draw.choice(("succeeded", "succeeded", "pending", "failed", "voided"))
            paid_at = later if status == "succeeded" else None
            number = len(payments) + tenant * 1_000_000
            payments.append((number, tenant, order, "card", status, _amount(draw, tenant), paid_at))
        for _ in range(draw.choice((0, 0, 0, 1, 2)) if not plain else 0):
            status = draw.choice(("succeeded", "succeeded", "pending", "failed"))
            named = draw.choice(own)[0] if own and draw.random() < 0.5 else None
            refunds.append((len(refunds) + tenant * 1_000_000, tenant, order, named, None,
                            _amount(draw, HISTORY), _amount(draw, HISTORY), 0, status, "size",
                            later if status == "succeeded" else None))  # fmt: skip
        for line, quantity in own[: 0 if plain else draw.choice((0, 0, 1))]:
            status = draw.choice(("requested", "approved", "received", "rejected"))
            returns.append((len(returns) + tenant * 1_000_000, tenant, order, line, quantity, "x",
                            status, at, later if status == "received" else None))  # fmt: skip
    _write(connection, "orders", "id, tenant_id, order_number, customer_id, status, order_type,"
           " ordered_at, cancelled_at, promised_on, currency_code, exchange_rate, discount_amount,"
           " shipping_amount, tax_amount, is_test, shipping_address_id, billing_address_id,"
           " created_by, created_at, updated_at, deleted_at", orders)  # fmt: skip
    _write(connection, "order_items", "id, tenant_id, order_id, product_id, variant_id, quantity,"
           " unit_price, discount_amount, tax_amount, unit_cost, is_gift_card, is_free_item,"
           " created_at, updated_at, deleted_at", lines)  # fmt: skip
    _write(connection, "order_payments", "id, tenant_id, order_id, method, status, amount,"
           " paid_at", payments)  # fmt: skip
    _write(connection, "order_returns", "id, tenant_id, order_id, order_item_id, quantity, reason,"
           " status, requested_at, received_at", returns)  # fmt: skip
    _write(connection, "order_refunds", "id, tenant_id, order_id, order_item_id, return_id, amount,"
           " tax_amount, shipping_amount, status, reason, refunded_at", refunds)  # fmt: skip
    _write(connection, "order_meta_crm", "order_id, tenant_id, sales_user_id, page_id, lead_id",
           crm)  # fmt: skip
