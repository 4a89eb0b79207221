"""A tenant of somebody else's shop, to read from and to write to, and its dice."""

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import psycopg

#: The moment that tests take the data to be of.
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

Rows = list[tuple[Any, ...]]


class Tenant:
    """What a tenant has, and chance: the same for a seed."""

    def __init__(
        self, connection: psycopg.Connection[Any], draw: random.Random, tenant: int
    ) -> None:
        self.connection, self.draw, self.tenant = connection, draw, tenant
        self.orders = self.rows(
            "select o.id, o.ordered_at, c.personal_key_id from orders o"
            " left join crm_customers c on c.tenant_id = o.tenant_id and c.id = o.customer_id"
            " where o.tenant_id = %s order by 1"
        )
        self.users, self.keys, self.pages, self.customers = (
            [id_ for (id_,) in self.rows(f"select id from {table} where tenant_id = %s order by 1")]
            for table in (
                "sys_users", "crm_personal_keys", "channels_platform_pages", "crm_customers"
            )
        )  # fmt: skip

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query with the tenant as its only parameter says."""
        return self.connection.execute(query.encode(), [self.tenant]).fetchall()

    def write(self, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows."""
        with self.connection.cursor().copy(f"copy {table} ({columns}) from stdin") as copy:
            for row in rows:
                copy.write_row(row)

    def some(self, chance: float) -> bool:
        """Whether something happens that has this chance."""
        return self.draw.random() < chance

    def maybe(self, value: Any) -> Any:
        """The value, or in three of ten cases nothing."""
        return None if self.some(0.3) else value
