"""Three shops that go on selling: what days do to their operational database, late events too."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

import psycopg

from facet.operational.connection import Connection
from facet.rights.installing import install
from tests.project.random_changes import apply, draw_changes
from tests.project.small_shop import SHOP

HART, LAN, AARE = 1, 2, 3
#: Name, time zone, currency, locale; clocks of the first and the third change within two weeks.
SHOPS: Final = {
    HART: ("Hart & Vale", "America/New_York", "USD", "en-US"),
    LAN: ("Ngọc Lan", "Asia/Ho_Chi_Minh", "VND", "vi-VN"),
    AARE: ("Aare Gold", "Europe/Zurich", "CHF", "de-CH"),
}
OWNERS: Final = {tenant: f"owner@shop{tenant}.example" for tenant in SHOPS}
SLOT: Final = timedelta(hours=6)
#: Rows that say who is who, and whose settings: changed by hand alone.
_SETTINGS: Final = ("sys_tenants", "sys_users", "sys_roles", "sys_user_roles", "sys_permissions")
_CUSTOMERS: Final = 20


class LivingShops:
    """The shops' database and chance, the same for a seed."""

    def __init__(self, url: str, seed: int) -> None:
        self.url = url
        self._draw = random.Random(seed)
        #: Days of a tenant on which nobody buys.
        self.closed: set[tuple[int, date]] = set()

    def open(self, now: datetime, *, days: int) -> None:
        """Found the shops, with so many days of orders before a moment."""
        with psycopg.connect(self.url) as connection:
            connection.execute(SHOP, {"tenants": list(SHOPS)})
            for tenant, (name, zone, currency, locale) in SHOPS.items():
                connection.execute(
                    "update sys_tenants set name = %s, timezone = %s, currency_code = %s,"
                    " locale = %s where id = %s",
                    [name, zone, currency, locale, tenant],
                )
                _found(connection, tenant, name)
        install(self.url, with_defaults=True)
        with psycopg.connect(self.url) as connection:
            for slot in range(4 * days, 0, -1):
                self._sell(connection, now - slot * SLOT)

    def live(self, since: datetime) -> None:
        """What happens from a moment on for six hours: sales, late events, and anything else."""
        with psycopg.connect(self.url) as connection:
            self._sell(connection, since)
            for tenant in SHOPS:
                for event in self._draw.sample(_EVENTS, 2):
                    event(self, connection, tenant, since + SLOT)
        apply(self.url, draw_changes(self._draw, 3), untouched=_SETTINGS)

    def change(self, statement: str, *values: Any) -> None:
        """Change the database by hand."""
        with psycopg.connect(self.url) as connection:
            connection.execute(statement.encode(), values or None)

    def _sell(self, connection: Connection, since: datetime) -> None:
        for tenant in SHOPS:
            for _ in range(self._draw.choice((2, 2, 3))):
                at = since + self._draw.random() * SLOT
                if (tenant, at.astimezone(ZoneInfo(SHOPS[tenant][1])).date()) not in self.closed:
                    self._order(connection, tenant, at)

    def _order(self, connection: Connection, tenant: int, at: datetime) -> None:
        order = _add(
            connection,
            "orders",
            tenant_id=tenant,
            order_number=f"{tenant}-{at.isoformat()}",
            customer_id=tenant * 100 + self._draw.randrange(1, _CUSTOMERS + 1),
            status=self._draw.choice(("completed", "completed", "confirmed", "shipped")),
            ordered_at=at,
            currency_code=SHOPS[tenant][2],
        )
        for _ in range(self._draw.choice((1, 1, 2))):
            price = self._amount(tenant)
            _add(
                connection,
                "order_items",
                tenant_id=tenant,
                order_id=order,
                product_id=tenant * 100 + self._draw.choice((1, 2)),
                quantity=self._draw.choice((1, 1, 3)),
                unit_price=price,
                unit_cost=self._draw.choice((None, price / 2)),
            )
        self._pay(connection, tenant, order, at)

    def _pay(self, connection: Connection, tenant: int, order: int, at: datetime) -> None:
        row = {"method": "card", "status": "succeeded", "amount": self._amount(tenant)}
        _add(connection, "order_payments", tenant_id=tenant, order_id=order, paid_at=at, **row)

    def _refund(self, connection: Connection, tenant: int, now: datetime) -> None:
        row = {"status": "succeeded", "amount": self._amount(tenant) / 4, "refunded_at": now}
        order = self._any(connection, "orders", tenant)
        _add(connection, "order_refunds", tenant_id=tenant, order_id=order, **row)

    def _back_date(self, connection: Connection, tenant: int, now: datetime) -> None:
        self._order(connection, tenant, now - timedelta(days=self._draw.randrange(2, 50)))

    def _cancel(self, connection: Connection, tenant: int, now: datetime) -> None:
        connection.execute(
            "update orders set status = 'cancelled', cancelled_at = %s where id = %s",
            [now, self._any(connection, "orders", tenant)],
        )

    def _correct(self, connection: Connection, tenant: int, _: datetime) -> None:
        connection.execute(
            "update order_items set unit_price = %s where id = %s",
            [self._amount(tenant), self._any(connection, "order_items", tenant)],
        )

    def _remove(self, connection: Connection, tenant: int, now: datetime) -> None:
        connection.execute(
            "update orders set deleted_at = %s where id = %s",
            [now, self._any(connection, "orders", tenant)],
        )

    def _merge(self, connection: Connection, tenant: int, now: datetime) -> None:
        one, other = self._draw.sample(range(1, _CUSTOMERS + 1), 2)
        _add(
            connection,
            "crm_customer_merge_logs",
            tenant_id=tenant,
            from_customer_id=tenant * 100 + one,
            into_customer_id=tenant * 100 + other,
            created_at=now,
        )

    def _undo_merge(self, connection: Connection, tenant: int, _: datetime) -> None:
        connection.execute(
            "delete from crm_customer_merge_logs where id ="
            " (select max(id) from crm_customer_merge_logs where tenant_id = %s)",
            [tenant],
        )

    def _pay_late(self, connection: Connection, tenant: int, now: datetime) -> None:
        self._pay(connection, tenant, self._any(connection, "orders", tenant), now)

    def _amount(self, tenant: int) -> Decimal:
        """In dong there are no cents."""
        digits = self._draw.randrange(1_000, 99_999)
        return Decimal(digits * 1_000) if tenant == LAN else Decimal(digits).scaleb(-2)

    def _any(self, connection: Connection, table: str, tenant: int) -> int:
        query = f"select id from {table} where tenant_id = %s order by id"
        return int(self._draw.choice(connection.execute(query.encode(), [tenant]).fetchall())[0])


_EVENTS: Final[tuple[Callable[[LivingShops, Connection, int, datetime], None], ...]] = (
    LivingShops._refund, LivingShops._back_date, LivingShops._cancel, LivingShops._correct,
    LivingShops._remove, LivingShops._merge, LivingShops._undo_merge, LivingShops._pay_late,
)  # fmt: skip


def _found(connection: Connection, tenant: int, name: str) -> None:
    """A shop's products, customers, and its owner, who may see everything of it."""
    for table, column in (("product", "name"), ("sys_users", "full_name")):
        connection.execute(
            f"update {table} set {column} = %s || ' ' || id where tenant_id = %s".encode(),
            [name, tenant],
        )
    connection.execute(
        "update sys_users set email = %s where id = %s", [OWNERS[tenant], tenant * 100 + 1]
    )
    connection.execute(
        "insert into crm_customers (id, tenant_id) select %s * 100 + n, %s"
        " from generate_series(2, %s) as n",
        [tenant, tenant, _CUSTOMERS],
    )
    role = _add(connection, "sys_roles", tenant_id=tenant, code="owner", name="Owner")
    _add(connection, "sys_user_roles", tenant_id=tenant, user_id=tenant * 100 + 1, role_id=role)


def _add(connection: Connection, table: str, **row: Any) -> int:
    """A row with the next id; returns the id."""
    values = ", ".join(["%s"] * len(row))
    statement = (
        f"insert into {table} (id, {', '.join(row)})"
        f" select coalesce(max(id), 0) + 1, {values} from {table} returning id"
    )
    [(id_,)] = connection.execute(statement.encode(), [*row.values()]).fetchall()
    return int(id_)
