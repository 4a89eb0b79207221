"""Changes to an operational database that chance makes: any row of any table, whoever's it is.

Half of them hit what rows are built by key of (docs/decisions/0034): lines that go to another
order, orders of another customer or day, late refunds, merges that are made or undone. A change is
a few numbers, which Hypothesis draws. What the database refuses is no change.
"""

import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

import psycopg

from facet.operational.connection import Connection

#: How a column changes, by the kind of its type; chance picks one.
_CHANGES: Final = {
    "number": ("{0} + 1", "{0} * 2", "null", "0"),
    "moment": (
        *("{0} + interval '1 hour'", "{0} - interval '40 days'", "null"),
        *("{0} - interval '100 years'", "{0} + interval '100 years'"),  # refused, and again not
    ),
    "date": ("{0} + 1", "{0} - 31", "null"),
    "boolean": ("not {0}", "null"),
    "other": ("null",),
}
_KINDS: Final = {
    "bigint": "number", "integer": "number", "numeric": "number", "boolean": "boolean",
    "timestamp with time zone": "moment", "date": "date",
}  # fmt: skip

_KEYED: Final = (
    *("orders", "order_items", "order_payments", "order_refunds", "order_returns"),
    *("orders_meta", "order_meta_crm", "lead_sales", "mkt_promotion_redemptions", "product"),
    *("crm_customers", "crm_customer_merge_logs", "crm_personal_keys", "crm_leads"),
    *("outbound_shipments", "outbound_shipment_orders", "outbound_shipment_products"),
    *("order_statuses", "order_item_statuses", "order_item_pre_orders", "order_item_customization"),
    *("order_items_after_sales", "omnichannel_conversation", "omnichannel_message"),
    *("omnichannel_message_attachment", "omnichannel_message_reaction"),
)


@dataclass(frozen=True)
class Change:
    """What is changed: a table, a row of it, what is done, and two more picks for how."""

    table: int
    row: int
    action: int
    column: int
    value: int


def draw_changes(draw: random.Random, count: int) -> list[Change]:
    """So many changes, without Hypothesis: where a sequence is too long to be made smaller."""
    return [
        Change(*(draw.randrange(top) for top in (10_000, 10_000, 8, 10_000, 10_000)))
        for _ in range(count)
    ]


def apply(url: str, changes: Iterable[Change], *, untouched: Collection[str] = ()) -> list[str]:
    """Make changes, each in a transaction of its own; returns the statements that took place.

    ``untouched`` are tables that are left as they are.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        tables = [one for one in _tables(connection) if one[0] not in untouched]
        return [done for change in changes if (done := _apply(connection, tables, change))]


def _tables(connection: Connection) -> list[tuple[str, list[tuple[str, str]]]]:
    """Tables with rows and an id, each with the columns that may be written and their types."""
    found = connection.execute(
        "select table_name, array_agg(column_name::text order by ordinal_position),"
        " array_agg(data_type::text order by ordinal_position)"
        " from information_schema.columns where table_schema = 'public' and is_generated = 'NEVER'"
        " group by 1 having bool_or(column_name = 'id') order by 1"
    ).fetchall()
    return [
        (table, list(zip(names, types, strict=True)))
        for table, names, types in found
        if connection.execute(f"select 1 from {table} limit 1").fetchone()
    ]


def _apply(
    connection: Connection, tables: list[tuple[str, list[tuple[str, str]]]], change: Change
) -> str | None:
    keyed = [table for table in tables if table[0] in _KEYED]
    chosen = keyed if change.table % 2 else tables
    table, columns = chosen[change.table // 2 % len(chosen)]
    rows = connection.execute(f"select id from {table} order by id").fetchall()
    if not rows:
        return None
    row_id = rows[change.row % len(rows)][0]
    statement = _statement(table, columns, row_id, change, len(rows))
    try:
        done = connection.execute(statement.encode())
    except psycopg.Error:
        return None
    return statement if done.rowcount else None


def _statement(
    table: str, columns: list[tuple[str, str]], row_id: Any, change: Change, count: int
) -> str:
    names = [name for name, _ in columns if name != "id"]
    if change.action == 0:
        return f"delete from {table} where id = {row_id}"
    if change.action == 1:
        listed = ", ".join(names)
        return (
            f"insert into {table} (id, {listed}) select (select max(id) + 1 from {table}),"
            f" {listed} from {table} where id = {row_id}"
        )
    name, kind = [column for column in columns if column[0] not in ("id", "tenant_id")][
        change.column % (len(columns) - 1 - ("tenant_id" in names))
    ]
    if change.action in (2, 3, 4):  # what another row says, of the same tenant
        same = "true" if table == "sys_tenants" else f"of.tenant_id = {table}.tenant_id"
        same = same if "tenant_id" in names or table == "sys_tenants" else "true"
        value = (
            f"(select of.{name} from {table} as of where {same}"
            f" order by of.id offset {change.value % count} limit 1)"
        )
    else:
        ways = _CHANGES[_KINDS.get(kind, "other")]
        value = ways[change.value % len(ways)].format(name)
    return (
        f"update {table} set {name} = {value}"
        f" where id = {row_id} and {name} is distinct from {value}"
    )
