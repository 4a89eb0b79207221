"""A shop so small that every figure of it can be worked out on paper, written for two tenants."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import psycopg

#: Returns on the day of the refund in Paris, on that of the order in Auckland.
PARIS, AUCKLAND = 1, 2
TENANTS = {PARIS: ("Europe/Paris", "refund_date"), AUCKLAND: ("Pacific/Auckland", "order_date")}

_IDS = {
    "id", "order_id", "product_id", "promotion_id", "customer_id", "personal_key_id", "user_id",
    "from_customer_id", "into_customer_id", "admin_id", "assigned_user_id", "page_id", "lead_id",
    "sales_user_id", "contact_id", "conversation_id", "campaign_id", "utm_link_id",
    "parent_goal_id", "order_item_id", "return_id", "category_id", "parent_id", "attempted_by",
    "outbound_shipment_id", "component_product_id",
}  # fmt: skip


class PaperShop:
    """Writes the rows of one tenant; in each next one, ids are 100,000 more than they say here.

    Moments are in UTC.
    """

    def __init__(
        self, connection: psycopg.Connection[Any], tenant: int, timezone: str, **settings: Any
    ) -> None:
        self._connection, self.tenant = connection, tenant
        #: What ids are more than they say.
        self.first = 100_000 * (tenant - 1)
        names = dict.fromkeys(("name", "slug", "timezone"), timezone)
        self._insert("sys_tenants", {"id": tenant, **names, **settings})

    def add(self, table: str, **row: Any) -> None:
        """A row of a table."""
        moved = {
            name: value + self.first if value is not None and name in _IDS else value
            for name, value in row.items()
        }
        self._insert(table, {"tenant_id": self.tenant, **moved})

    def fill(self, statement: str) -> None:
        """Many rows at once: SQL with ``{tenant}``, and with ``{first}`` to add to ids."""
        statement = statement.format(tenant=self.tenant, first=self.first)
        self._connection.execute(statement.encode())

    def order(self, order: int, at: str, price: str | None = None, **more: Any) -> None:
        """An order of one line (none without a price).

        ``product``, ``quantity`` and ``cost`` are the line's.
        """
        line = {"quantity": more.pop("quantity", 1), "unit_cost": more.pop("cost", None)}
        product = more.pop("product", 1)
        self.add(
            "orders",
            **{"id": order, "order_number": str(order), "status": "completed", "ordered_at": at,
               "currency_code": "EUR", **more},
        )  # fmt: skip
        if price is not None:
            self.add(
                "order_items", id=order, order_id=order, product_id=product,
                unit_price=Decimal(price), **line,
            )  # fmt: skip

    def open(self, hours: str) -> None:
        """The tenant's business hours, as JSON."""
        self._connection.execute(
            "update sys_tenants set business_hours = %s where id = %s", [hours, self.tenant]
        )

    def settings(self, metadata: str) -> None:
        """The tenant's metadata, as JSON."""
        self._connection.execute(
            "update sys_tenants set metadata = %s where id = %s", [metadata, self.tenant]
        )

    def refund(self, order: int, at: str, amount: str) -> None:
        """A refund that names no line."""
        self.add(
            "order_refunds", order_id=order, amount=Decimal(amount), status="succeeded",
            refunded_at=at,
        )  # fmt: skip

    def _insert(self, table: str, row: dict[str, Any]) -> None:
        names, values = ", ".join(row), ", ".join(["%s"] * len(row))
        statement = f"insert into {table} ({names}) values ({values})"
        self._connection.execute(statement.encode(), [*row.values()])


def write(url: str, *fill: Callable[[PaperShop], None]) -> str:
    """Write the same for both tenants into an empty operational schema; returns its URL."""
    with psycopg.connect(url) as connection:
        connection.execute("set timezone to 'UTC'")
        connection.execute("insert into channels_platforms (id, code, name) values (1, 'web', 'W')")
        for tenant, (timezone, return_dating) in TENANTS.items():
            shop = PaperShop(connection, tenant, timezone, return_dating=return_dating)
            shop.add("product", id=1, name="Ring")
            for part in fill:
                part(shop)
    return url
