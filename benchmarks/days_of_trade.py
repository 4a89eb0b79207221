"""A day goes on in every shop of an operational database: orders, customers, refunds, corrections.

New rows are modelled on old ones, drawn by chance: an order gets another id and is of now, and so
do its lines, payments and what else hangs on it.
"""

from collections.abc import Mapping
from typing import Final

import psycopg

from facet.operational.connection import Connection

#: What hangs on an order and is repeated with it, and the column that says when it was.
_OF_AN_ORDER: Final = {
    "order_items": None,
    "order_payments": "paid_at",
    "order_statuses": "entered_at",
    "orders_meta": None,
    "order_meta_crm": None,
    "lead_sales": "assigned_at",
    "mkt_promotion_redemptions": "redeemed_at",
}
#: Of the changed lines: those of new orders; corrected; given money back for.
_NEW, _CORRECTED, _REFUNDED = 0.85, 0.1, 0.05
#: New customers, among those of new orders; merged ones, among the new.
_NEWCOMERS, _MERGED = 0.3, 0.02


def trade(url: str, lines: int) -> Mapping[str, int]:
    """Change about so many order lines; returns how many rows of each kind were written."""
    done: dict[str, int] = {}
    with psycopg.connect(url) as connection:
        connection.execute("set local jit = off")
        connection.execute("set local work_mem = '256MB'")
        _draw_orders(connection, round(lines * _NEW))
        done["new customers"] = _add_customers(connection)
        done["customers merged"] = _merge(connection)
        _repeat(connection, "orders", "id", "ordered_at")
        for name, moment in _OF_AN_ORDER.items():
            done[f"new {name}"] = _repeat(connection, name, "order_id", moment)
        done["shipments"] = _ship(connection)
        done["corrected lines"] = _correct(connection, round(lines * _CORRECTED))
        done["refunds"] = _refund(connection, round(lines * _REFUNDED))
    return done


def _execute(connection: Connection, statement: str) -> int:
    return connection.execute(statement.encode()).rowcount


def _highest(connection: Connection, name: str) -> int:
    return int(connection.execute(f"select max(id) from {name}".encode()).fetchall()[0][0])


def _draw_orders(connection: Connection, lines: int) -> None:
    """Orders of any age that together have so many lines, each with the id that it gets."""
    highest = _highest(connection, "orders")
    _execute(
        connection,
        "create temporary table drawn on commit drop as"
        f" select tenant_id, id, {highest} + row_number() over (order by id) as new_id,"
        " customer_id, now() - random() * interval '8 hours' as moment"
        " from (select orders.tenant_id, orders.id, orders.customer_id,"
        " sum(count(*)) over (order by random()) as so_far"
        " from orders join order_items on order_items.order_id = orders.id"
        " where orders.status not in ('draft', 'cancelled') and orders.deleted_at is null"
        " group by 1, 2, 3"
        f") as orders where so_far <= {lines}",
    )
    _execute(connection, "create index on drawn (id)")
    _execute(connection, "analyze drawn")


def _add_customers(connection: Connection) -> int:
    """Some of the new orders are of people who were not there before."""
    people, customers = (_highest(connection, f"crm_{of}") for of in ("personal_keys", "customers"))
    _execute(
        connection,
        "create temporary table newcomers on commit drop as"
        f" select tenant_id, new_id, moment, {people} + row_number() over () as person,"
        f" {customers} + row_number() over () as customer"
        f" from drawn where random() < {_NEWCOMERS}",
    )
    _execute(
        connection,
        "insert into crm_personal_keys (id, tenant_id, full_name)"
        " select person, tenant_id, 'Someone ' || person from newcomers",
    )
    added = _execute(
        connection,
        "insert into crm_customers (id, tenant_id, personal_key_id, customer_code, first_seen_at)"
        " select customer, tenant_id, person, 'N-' || customer, moment from newcomers",
    )
    _execute(
        connection,
        "update drawn set customer_id = customer from newcomers"
        " where newcomers.new_id = drawn.new_id",
    )
    return added


def _merge(connection: Connection) -> int:
    """Some newcomers turn out to be somebody whom the shop knew."""
    highest = _highest(connection, "crm_customer_merge_logs")
    return _execute(
        connection,
        "insert into crm_customer_merge_logs (id, tenant_id, from_customer_id, into_customer_id)"
        f" select {highest} + row_number() over (), tenant_id, customer, known from newcomers"
        " cross join lateral (select customer_id as known from drawn"
        " where drawn.tenant_id = newcomers.tenant_id and drawn.new_id <> newcomers.new_id"
        " and drawn.customer_id is not null and drawn.customer_id not in"
        " (select customer from newcomers) limit 1) as others"
        f" where random() < {_MERGED}",
    )


def _repeat(connection: Connection, name: str, order: str, moment: str | None) -> int:
    """Insert what the drawn orders have in a table once more, for the new orders."""
    new = {"created_at": "moment", "updated_at": "moment", "customer_id": "drawn.customer_id"}
    if name == "orders":
        new |= {"order_number": "'N-' || new_id", "promised_on": "null", "id": "new_id"}
    else:
        highest = _highest(connection, name)
        new |= {"id": f"{highest} + row_number() over ()", "order_id": "new_id"}
    if moment:
        new[moment] = f"case when {name}.{moment} is not null then moment end"
    columns = [
        str(column)
        for (column,) in connection.execute(
            "select column_name from information_schema.columns where table_schema = 'public'"
            " and table_name = %s and is_generated = 'NEVER'",
            [name],
        )
    ]
    return _execute(
        connection,
        f"insert into {name} ({', '.join(columns)})"
        f" select {', '.join(new.get(column, f'{name}.{column}') for column in columns)}"
        f" from {name} join drawn on drawn.id = {name}.{order}",
    )


def _ship(connection: Connection) -> int:
    """As many parcels leave as orders came, with the youngest that have not left."""
    shipments, carried, packed, stages = (
        _highest(connection, name)
        for name in (
            *("outbound_shipments", "outbound_shipment_orders"),
            *("outbound_shipment_products", "order_item_statuses"),
        )
    )
    _execute(
        connection,
        "create temporary table parcels on commit drop as"
        f" select tenant_id, id as order_id, {shipments} + row_number() over () as parcel"
        " from (select tenant_id, id from orders where status not in ('draft', 'cancelled')"
        " and not exists (select from outbound_shipment_orders as sent"
        " where sent.tenant_id = orders.tenant_id and sent.order_id = orders.id)"
        " order by ordered_at desc limit (select count(*) from drawn)) as waiting",
    )
    sent = _execute(
        connection,
        "insert into outbound_shipments (id, tenant_id, shipment_number, status, dispatched_at)"
        " select parcel, tenant_id, 'N-' || parcel, 'dispatched', now() from parcels",
    )
    _execute(
        connection,
        "insert into outbound_shipment_orders (id, tenant_id, outbound_shipment_id, order_id)"
        f" select {carried} + row_number() over (), tenant_id, parcel, order_id from parcels",
    )
    lines = " from order_items join parcels using (tenant_id, order_id)"
    _execute(
        connection,
        "insert into outbound_shipment_products"
        " (id, tenant_id, outbound_shipment_id, order_item_id, product_id, quantity)"
        f" select {packed} + row_number() over (), tenant_id, parcel, order_items.id, product_id,"
        f" quantity{lines} where product_id is not null",
    )
    _execute(
        connection,
        "insert into order_item_statuses (id, tenant_id, order_item_id, status, entered_at)"
        f" select {stages} + row_number() over (), tenant_id, order_items.id, 'shipped', now()"
        f"{lines}",
    )
    return sent


def _correct(connection: Connection, lines: int) -> int:
    """Lines of any age have one more piece; the younger, the likelier."""
    return _execute(
        connection,
        "update order_items set quantity = quantity + 1, updated_at = now()"
        " where id in (select id from (select id, row_number() over (order by id) as place,"
        " count(*) over () as lines from order_items) as numbered"
        f" where random() < 4.0 * {lines} / lines * power(1.0 * place / lines, 3))",
    )


def _refund(connection: Connection, lines: int) -> int:
    """Money is given back now for lines of up to a year ago."""
    highest = _highest(connection, "order_refunds")
    return _execute(
        connection,
        "insert into order_refunds"
        " (id, tenant_id, order_id, order_item_id, amount, status, refunded_at)"
        f" select {highest} + row_number() over (), tenant_id, order_id, order_item_id, amount,"
        " 'succeeded', now() from (select order_items.tenant_id, order_id,"
        " order_items.id as order_item_id, round(quantity * unit_price / 2, 0) as amount"
        " from order_items join orders on orders.id = order_items.order_id"
        " where ordered_at > now() - interval '1 year' and not is_gift_card"
        f" order by random() limit {lines}) as drawn",
    )
