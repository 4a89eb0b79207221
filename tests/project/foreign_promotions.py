"""Promotions for somebody else's shop: every kind, limit and scope, and every way to redeem one.

Written after the orders of ``foreign_shop``, on documented columns alone, for its tenants that have
some. A tenant's promotions are numbered from ``tenant × 100`` upwards, 40 of them.
"""

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg

PROMOTIONS = 40
#: The moment that tests take the data to be of; some redemptions are of the days before it.
_NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
_TYPES = ("percentage", "fixed_amount", "bmgm", "free_item", "free_shipping")

Rows = list[tuple[Any, ...]]


def load(connection: psycopg.Connection[Any], tenants: Sequence[int], *, seed: int = 1) -> None:
    """Write promotions and what was redeemed of them for tenants that have orders."""
    for tenant in tenants:
        shop = _Shop(connection, random.Random(seed * 1000 + tenant), tenant)
        shop.people()
        shop.catalogue()
        shop.free_lines()
        shop.promotions()
        shop.redemptions()


class _Shop:
    """What a tenant has, and the dice."""

    def __init__(
        self, connection: psycopg.Connection[Any], draw: random.Random, tenant: int
    ) -> None:
        self.connection, self.draw, self.tenant = connection, draw, tenant
        self.ids = range(tenant * 100, tenant * 100 + PROMOTIONS)
        self.windows: dict[int, tuple[datetime | None, datetime | None]] = {}
        self.orders = self._rows(
            "select id, ordered_at, customer_id from orders where tenant_id = %s order by 1"
        )
        self.products = [
            product for (product,) in self._rows(
                "select distinct product_id from order_items where tenant_id = %s order by 1"
            )
        ]  # fmt: skip
        self.gifts = self.products[:5]

    def people(self) -> None:
        """Staff who are customers too, under addresses spelled in their own way; another page."""
        first = 900_000 + self.tenant * 10
        emails = ("zoë@shop.example", " Zoë@Shop.Example ", "", None, "nobody@shop.example")
        self._write(
            "sys_users",
            "id, tenant_id, auth_user_id, email, full_name, manager_id, is_active",
            [(first + n, self.tenant, None, email, f"S{n}", None, n != 3)
             for n, email in enumerate(emails[:4])],
        )  # fmt: skip
        self._write(
            "crm_personal_keys",
            "id, tenant_id, full_name, phone, email",
            [(first + n, self.tenant, f"K{n}", None, email) for n, email in enumerate(emails)],
        )
        customers = range(self.tenant * 1000 + 100, self.tenant * 1000 + 100 + len(emails))
        self._write(
            "crm_customers",
            "id, tenant_id, personal_key_id, customer_code, customer_type, first_seen_at,"
            " deleted_at",
            [(customer, self.tenant, first + n, f"S{customer}", None, None, None)
             for n, customer in enumerate(customers)],
        )  # fmt: skip
        known = sorted({customer for _, _, customer in self.orders if customer is not None})
        merges = zip(customers, self.draw.sample(known, min(2, len(known))), strict=False)
        self._write(
            "crm_customer_merge_logs",
            "id, tenant_id, from_customer_id, into_customer_id, merged_by, created_at",
            [(first + n, self.tenant, *pair, None, _NOW) for n, pair in enumerate(merges)],
        )
        self.users = [first, first + 1, first + 2, first + 3]
        self._write(
            "channels_platform_pages",
            "id, tenant_id, platform_id, name, external_id, is_active",
            [(first, self.tenant, 5, "Chợ", None, True)],
        )
        self.pages = [
            page for (page,) in self._rows(
                "select id from channels_platform_pages where tenant_id = %s order by 1"
            )
        ]  # fmt: skip

    def catalogue(self) -> None:
        """Three more floors of categories; products in several of them, seldom the primary."""
        first = self.tenant * 100
        floors = [(first + n, self.tenant, first + n - 1 if n > 2 else None, f"Floor {n}")
                  for n in range(2, 6)]  # fmt: skip
        self._write("category", "id, tenant_id, parent_id, name", floors)
        pairs = {(self.draw.choice(self.products), first + self.draw.randrange(2, 6))
                 for _ in range(len(self.products))}  # fmt: skip
        self._write(
            "product_category",
            "tenant_id, product_id, category_id, is_primary",
            [(self.tenant, product, category, False) for product, category in sorted(pairs)],
        )
        self.categories = [
            category for (category,) in self._rows(
                "select id from category where tenant_id = %s order by 1"
            )
        ]  # fmt: skip

    def free_lines(self) -> None:
        """What was put in for nothing: without a price, or with one that its discount takes off."""
        rows: Rows = []
        for order, ordered_at, _ in self.orders:
            if self.draw.random() < 0.3:
                price = self.draw.choice((0, Decimal("9.99")))
                rows.append((
                    order * 10 + 9, self.tenant, order, self.draw.choice(self.gifts), None,
                    self.draw.choice((1, 2)), price, price, 0, self._maybe(Decimal("1.05")),
                    self.draw.random() < 0.05, True, ordered_at, ordered_at,
                    ordered_at if self.draw.random() < 0.05 else None,
                ))  # fmt: skip
        self._write(
            "order_items",
            "id, tenant_id, order_id, product_id, variant_id, quantity, unit_price,"
            " discount_amount, tax_amount, unit_cost, is_gift_card, is_free_item, created_at,"
            " updated_at, deleted_at",
            rows,
        )

    def promotions(self) -> None:
        """Promotions with limits at their edges; the first of them has nothing but a name."""
        rows: Rows = [(self.ids[0], self.tenant, None, "Bare", "percentage", *[None] * 9, False,
                       "active")]  # fmt: skip
        self.windows[self.ids[0]] = (None, None)
        for promotion in self.ids[1:]:
            self.windows[promotion] = window = self._window()
            rows.append((
                promotion, self.tenant, self._maybe(f"C'{promotion}"), f"Ưu đãi \"{promotion}\" 💍",
                self.draw.choice(_TYPES), self._maybe(Decimal("12.5")),
                self._one_of(0, 1, Decimal("99.99"), 500), self._one_of(0, 100, Decimal("850.01")),
                *window, self._one_of(0, 1, 3, 20), self._one_of(0, 1, 2),
                self._one_of(0, 1, 30), self._one_of(0, Decimal("0.01"), 50, 2000, 10_000_000),
                self.draw.random() < 0.5, self.draw.choice(("active", "ended", "draft")),
            ))  # fmt: skip
        self._write(
            "mkt_promotions",
            "id, tenant_id, code, name, promotion_type, value, max_discount_amount,"
            " min_order_amount, starts_at, ends_at, usage_limit, per_customer_limit, issued_count,"
            " budget_amount, is_stackable, status",
            rows,
        )
        for promotion in self.ids[1:]:
            self._scope(promotion)

    def _window(self) -> tuple[datetime | None, datetime | None]:
        start = self.draw.choice(self.orders)[1] if self.draw.random() < 0.8 else _NOW
        start -= timedelta(days=self.draw.randrange(5))
        if self.draw.random() < 0.3:
            start = start.replace(hour=0, minute=0, second=0)
        end = start + timedelta(days=self.draw.choice((-1, 0, 1, 2, 7, 7, 30, 30, 400)))
        return self._maybe(start), self._maybe(end)

    def _scope(self, promotion: int) -> None:
        products = self.draw.choice((self.products, self.gifts))
        named = self._name(promotion, "products", "product_id", products, 0.4)
        self._name(promotion, "categories", "category_id", self.categories, 0.4)
        self._name(promotion, "channels", "page_id", self.pages, 0.2)
        excluded = {
            (self.draw.choice(named or self.products), None) if self.draw.random() < 0.5
            else (None, self.draw.choice(self.categories))
            for _ in range(self.draw.choice((0, 0, 1, 3)))
        }  # fmt: skip
        self._write(
            "mkt_promotion_exclusions",
            "id, tenant_id, promotion_id, product_id, category_id",
            [(promotion * 10 + n, self.tenant, promotion, *pair)
             for n, pair in enumerate(sorted(excluded, key=str))],
        )  # fmt: skip
        if self.draw.random() < 0.4:
            given = self.draw.sample(self.gifts, self.draw.randint(1, len(self.gifts)))
            self._write(
                "mkt_promotion_free_items",
                "tenant_id, promotion_id, product_id, quantity",
                [(self.tenant, promotion, product, 1) for product in given],
            )

    def _name(
        self, promotion: int, kind: str, column: str, choices: list[int], share: float
    ) -> list[int]:
        """What the promotion is for, if anything; products at times one, at times many."""
        if self.draw.random() > share:
            return []
        most = self.draw.choice((1, 2, len(choices) // 3 or 1))
        chosen = self.draw.sample(choices, min(most, len(choices)))
        self._write(
            f"mkt_promotion_{kind}",
            f"tenant_id, promotion_id, {column}",
            [(self.tenant, promotion, id_) for id_ in chosen],
        )
        return chosen

    def redemptions(self) -> None:
        """One for each two orders or so; on some orders up to ten, on some none at all."""
        rows: Rows = []
        for order, ordered_at, customer in self.orders:
            for _ in range(
                self.draw.choice((0, 0, 0, 0, 1, 1, 2)) if self.draw.random() < 0.98 else 10
            ):
                self._redeem(rows, order, ordered_at, customer)
        for _ in range(len(self.orders) // 15):
            self._redeem(rows, None, self.draw.choice(self.orders)[1], None)
        self._write(
            "mkt_promotion_redemptions",
            "id, tenant_id, promotion_id, order_id, customer_id, page_id, attempted_by, status,"
            " rejection_reason, discount_amount, redeemed_at, rolled_back_at",
            rows,
        )

    def _redeem(
        self, rows: Rows, order: int | None, ordered_at: datetime, customer: int | None
    ) -> None:
        promotion = self.draw.choice(self.ids if self.draw.random() < 0.7 else self.ids[:4])
        status = self.draw.choice(("accepted", "accepted", "accepted", "rejected", "rolled_back"))
        moment = self._moment(promotion, ordered_at)
        rows.append((
            self.tenant * 1_000_000 + len(rows), self.tenant, promotion, order,
            self.draw.choice((customer, customer, None, self._any_customer())),
            self._maybe(self.draw.choice(self.pages)), self._maybe(self.draw.choice(self.users)),
            status,
            self._one_of("expired", "unknown_code", "") if status == "rejected" else None,
            self._one_of(0, Decimal("0.01"), Decimal("9.99"), Decimal("100.07"), 10_000),
            moment, moment if status == "rolled_back" else None,
        ))  # fmt: skip

    def _moment(self, promotion: int, ordered_at: datetime) -> datetime | None:
        """Mostly with the order; also none, the very ends of the window, and lately."""
        lately = _NOW - timedelta(hours=self.draw.randrange(-30, 24 * 18))
        later = ordered_at + timedelta(minutes=self.draw.randrange(3))
        start, end = self.windows[promotion]
        return self.draw.choice((later, later, later, None, lately, start, end))

    def _any_customer(self) -> Any:
        return self.tenant * 1000 + self.draw.choice((*range(60), *range(100, 105)))

    def _maybe(self, value: Any) -> Any:
        return None if self.draw.random() < 0.3 else value

    def _one_of(self, *values: Any) -> Any:
        return self.draw.choice((None, None, *values))

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, [self.tenant]).fetchall()

    def _write(self, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
        with self.connection.cursor().copy(f"copy {table} ({columns}) from stdin") as copy:
            for row in rows:
                copy.write_row(row)
