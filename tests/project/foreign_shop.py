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

from tests.project import foreign_contacts, foreign_marketing, foreign_promotions, foreign_staff
from tests.project.foreign_tenant import NOW

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
            written = _Orders(draw, tenant)
            for number in range(1, count + 1):
                written.add(number)
            for table, rows in written.rows.items():
                _write(connection, table, _COLUMNS[table], rows)
        foreign_promotions.load(connection, (HISTORY, EXTREMES), seed=seed)
        foreign_staff.load(connection, (HISTORY, EXTREMES), seed=seed)
        foreign_marketing.load(connection, (HISTORY, EXTREMES), seed=seed)
        foreign_contacts.load(connection, (HISTORY, EXTREMES), seed=seed)


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
    tops = [(tenant * 100, tenant, None, f"Top {tenant}") for tenant in (HISTORY, EXTREMES)]
    below = [(top + 1, tenant, top, "Nhẫn 'cưới'") for top, tenant, _, _ in tops]
    _write(connection, "category", "id, tenant_id, parent_id, name", [*tops, *below])
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


class _Orders:
    """The orders of a tenant and everything that may belong to one, drawn one by one."""

    def __init__(self, draw: random.Random, tenant: int) -> None:
        self.draw, self.tenant = draw, tenant
        self.is_plain = tenant == ONE_ORDER
        self.lowest, self.products = {
            HISTORY: (1, 10_000), ONE_ORDER: (20_001, 1), EXTREMES: (30_001, 20)
        }[tenant]  # fmt: skip
        self.rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _COLUMNS}

    def add(self, number: int) -> None:
        """One more order."""
        order, at = self.tenant * 1_000_000 + number, self._moment()
        self._order(order, number, at)
        lines = self._lines(order, at)
        later = at + timedelta(minutes=self.draw.randrange(200_000))
        self._payments(order, later)
        if not self.is_plain:
            returns = self._returns(order, lines, at, later)
            self._refunds(order, lines, returns, later)
            if self._one_in(1.4):
                page = 51 if self.tenant == HISTORY else 54
                self.rows["order_meta_crm"].append((order, self.tenant, None, page, None))

    def _one_in(self, count: float) -> bool:
        return not self.is_plain and self.draw.random() < 1 / count

    def _moment(self) -> datetime:
        if self._one_in(6):  # lately, or at that time of the year before
            ago = timedelta(
                days=365 * self.draw.randrange(2), seconds=self.draw.randrange(3_000_000)
            )
            return NOW - ago
        at = _START + timedelta(seconds=self.draw.randrange(60_000_000))
        if self.draw.random() < 0.2:  # near a midnight somewhere, in spring and in autumn
            at = at.replace(
                month=self.draw.choice((3, 4, 9, 10, 11)), day=self.draw.randrange(1, 29)
            )
            at = at.replace(
                hour=self.draw.choice((3, 4, 5, 11, 12)), minute=self.draw.choice((0, 59))
            )
        return at

    def _amount(self, tenant: int | None = None) -> Decimal:
        return _amount(self.draw, tenant or self.tenant)

    def _order(self, order: int, number: int, at: datetime) -> None:
        rate = Decimal(1)
        if self._one_in(3):
            rate = round(Decimal(self.draw.random()), 8) + Decimal("0.1")
        other = ("draft", "pending", "cancelled", "in_production", "shipped")
        status = self.draw.choice(other) if self._one_in(5) else "completed"
        cancelled_at = at + timedelta(days=3) if status == "cancelled" else None
        self.rows["orders"].append(
            (
                order, self.tenant, f"N'{number}",
                None if self.draw.random() < 0.2 else self.tenant * 1000 + self.draw.randrange(60),
                status, "standard", at, cancelled_at, None,
                self.draw.choice(("USD", "JPY", "KWD")), rate,
                self._amount() if self._one_in(3) else 0,
                self._amount(HISTORY) if self._one_in(3) else 0,
                0 if self.is_plain else self._amount(HISTORY),
                self._one_in(20), None, None, None, at, at, at if self._one_in(20) else None,
            )
        )  # fmt: skip

    def _lines(self, order: int, at: datetime) -> list[tuple[int, int]]:
        lines = []
        for position in range(1 if self.is_plain else self.draw.choice((0, 1, 1, 1, 2, 3, 5))):
            line, price = order * 10 + position, self._amount()
            product = self.lowest + self.draw.randrange(self.products)
            quantity = 1 if self.is_plain else self.draw.choice((1, 1, 1, 2, 7))
            cost = None if self._one_in(15) else price / 2
            cut = min(price * quantity, self._amount(HISTORY)) if self._one_in(5) else 0
            lines.append((line, quantity))
            self.rows["order_items"].append(
                (
                    line, self.tenant, order, product, None,
                    quantity, price, cut, 0, cost, self._one_in(10), price == 0, at, at,
                    at if self._one_in(12) else None,
                )
            )  # fmt: skip
        return lines

    def _payments(self, order: int, later: datetime) -> None:
        for _ in range(self.draw.choice((0, 1, 1, 2))):
            status = self.draw.choice(("succeeded", "succeeded", "pending", "failed", "voided"))
            paid_at = later if status == "succeeded" else None
            method = self.draw.choice(("card", "card", "cash", "gift_card"))
            row = (self.tenant, order, method, status, self._amount(), paid_at)
            self._numbered("order_payments", row)

    def _refunds(
        self, order: int, lines: list[tuple[int, int]], returns: list[int], later: datetime
    ) -> None:
        for _ in range(self.draw.choice((0, 0, 0, 1, 2, 3))):
            status = self.draw.choice(("succeeded", "succeeded", "pending", "failed"))
            line = self.draw.choice(lines)[0] if lines and self._one_in(3) else None
            goods = self.draw.choice(returns) if returns and self._one_in(2) else None
            amount, tax = self._amount(HISTORY), self._amount(HISTORY)
            refunded_at = later if status == "succeeded" else None
            row = (self.tenant, order, line, goods, amount, tax, 0, status, "size", refunded_at)
            self._numbered("order_refunds", row)

    def _returns(
        self, order: int, lines: list[tuple[int, int]], at: datetime, later: datetime
    ) -> list[int]:
        returns = []
        for line, quantity in lines[: self.draw.choice((0, 0, 1))]:
            status = self.draw.choice(("requested", "approved", "received", "rejected"))
            received_at = later if status == "received" else None
            row = (self.tenant, order, line, quantity, "x", status, at, received_at)
            returns.append(self._numbered("order_returns", row))
        return returns

    def _numbered(self, table: str, row: tuple[Any, ...]) -> int:
        id_ = self.tenant * 1_000_000 + len(self.rows[table])
        self.rows[table].append((id_, *row))
        return id_


_COLUMNS = {
    "orders": "id, tenant_id, order_number, customer_id, status, order_type, ordered_at,"
    " cancelled_at, promised_on, currency_code, exchange_rate, discount_amount, shipping_amount,"
    " tax_amount, is_test, shipping_address_id, billing_address_id, created_by, created_at,"
    " updated_at, deleted_at",
    "order_items": "id, tenant_id, order_id, product_id, variant_id, quantity, unit_price,"
    " discount_amount, tax_amount, unit_cost, is_gift_card, is_free_item, created_at, updated_at,"
    " deleted_at",
    "order_payments": "id, tenant_id, order_id, method, status, amount, paid_at",
    "order_returns": "id, tenant_id, order_id, order_item_id, quantity, reason, status,"
    " requested_at, received_at",
    "order_refunds": "id, tenant_id, order_id, order_item_id, return_id, amount, tax_amount,"
    " shipping_amount, status, reason, refunded_at",
    "order_meta_crm": "order_id, tenant_id, sales_user_id, page_id, lead_id",
}
