"""Rows that the documentation allows go in, rows that it does not are refused: two tenants."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from psycopg import errors

from tests.facet.operational.live_catalogue import Connection
from tests.facet.operational.whole_shop import ALSO, Schema

#: Columns that may go below zero.
SIGNED = {
    "quantity_on_hand", "quantity_change", "target_value", "manual_value", "balance_amount",
}  # fmt: skip


@contextmanager
def _undone(connection: Connection) -> Iterator[None]:
    with connection.transaction(force_rollback=True):
        yield


def _refused(
    connection: Connection, statement: str, values: list[object], why: type[Exception]
) -> bool:
    """Whether the statement, with deferred checks made at once, fails for this reason."""
    try:
        with _undone(connection):
            connection.execute("set constraints all immediate")
            assert connection.execute(statement, values).rowcount == 1, statement
    except why:
        return True
    return False


def test_documented_or_required_columns_are_enough_for_a_row_of_every_table(
    shop: Connection, schema: Schema
) -> None:
    counts = {t: shop.execute(f"select count(*) from {t}").fetchone() for t in schema.given}
    assert counts == dict.fromkeys(schema.given, (2,))


def test_no_reference_can_cross_to_another_tenant(shop: Connection, schema: Schema) -> None:
    tenanted = {table for table in schema.given if (table, "tenant_id") in schema.kinds}
    references = [
        (table, column)
        for (table, column), target in schema.targets.items()
        if table in tenanted and target in tenanted and column != "tenant_id"
        and table not in ALSO and table != "mkt_promotion_exclusions"
    ]  # fmt: skip
    assert len(references) > 400
    crossed = [
        (table, column)
        for table, column in references
        if not _refused(
            shop,
            f"update {table} set {column} = 2 where tenant_id = 1",
            [],
            errors.ForeignKeyViolation,
        )
    ]
    assert crossed == []


def test_enums_take_the_documented_values_and_no_other(
    shop: Connection, enums: dict[tuple[str, str], tuple[str, ...]]
) -> None:
    for (table, column), values in enums.items():
        statement = f"update {table} set {column} = %s where {_tenant(table)} = 1"
        for value in values:
            with _undone(shop):
                assert shop.execute(statement, [value]).rowcount == 1
        assert _refused(shop, statement, ["nonsense"], errors.CheckViolation), (table, column)


@pytest.mark.parametrize("value", ["-1", "NaN"])
def test_amounts_and_counts_are_numbers_and_never_negative(
    shop: Connection, schema: Schema, value: str
) -> None:
    kinds = ("numeric",) if value == "NaN" else ("numeric", "int4", "int8")
    signed = set() if value == "NaN" else SIGNED
    numbers = [
        (table, column)
        for (table, column), kind in schema.kinds.items()
        if kind in kinds
        and table in schema.given
        and column not in signed | {"id", "subject_id"}
        and (table, column) not in schema.targets
    ]
    assert len(numbers) > 70
    accepted = [
        (table, column)
        for table, column in numbers
        if not _refused(
            shop,
            f"update {table} set {column} = %s where {_tenant(table)} = 1",
            [value],
            errors.CheckViolation,
        )
    ]
    assert accepted == []


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("update order_items set quantity = 0 where id = 1", errors.CheckViolation),
        ("update lead_sales set contribution_rate = 1.01 where id = 1", errors.CheckViolation),
        ("update sys_tenants set week_start = 8 where id = 1", errors.CheckViolation),
        ("update sys_tenants set fiscal_year_start_month = 13 where id = 1", errors.CheckViolation),
        ("update sys_tenants set timezone = 'Mars/Olympus' where id = 1", errors.CheckViolation),
        ("update sys_tenants set timezone = 'FOO5' where id = 1", errors.CheckViolation),
        ("update sys_tenants set timezone = '' where id = 1", errors.CheckViolation),
        (
            "update order_payments set status = 'succeeded', paid_at = null where id = 1",
            errors.CheckViolation,
        ),
        (
            "update order_refunds set status = 'succeeded', refunded_at = null where id = 1",
            errors.CheckViolation,
        ),
        (
            "update order_returns set status = 'received', received_at = null where id = 1",
            errors.CheckViolation,
        ),
        (
            "update mkt_promotion_exclusions set product_id = null where id = 1",
            errors.CheckViolation,
        ),
        ("update order_items set product_id = null where id = 1", errors.NotNullViolation),
        (
            "insert into orders (tenant_id, order_number, ordered_at, currency_code)"
            " select tenant_id, order_number, now(), 'VND' from orders where id = 1",
            errors.UniqueViolation,
        ),
        (
            "insert into product (tenant_id, sku, name) select tenant_id, sku, 'x' from product"
            " where id = 1",
            errors.UniqueViolation,
        ),
        (
            "insert into mkt_promotion_exclusions (tenant_id, promotion_id, product_id)"
            " select tenant_id, promotion_id, product_id from mkt_promotion_exclusions"
            " where id = 1",
            errors.UniqueViolation,
        ),
        (
            "insert into orders_meta (tenant_id, order_id) select tenant_id, order_id"
            " from orders_meta where tenant_id = 1",
            errors.UniqueViolation,
        ),
        ("delete from crm_customers where id = 1", errors.RestrictViolation),
        (
            "update task set status = 'done', completed_at = null where id = 1",
            errors.CheckViolation,
        ),
        ("update task set parent_task_id = id where id = 1", errors.CheckViolation),
        ("update sms_messages set direction = 'inbound' where id = 1", errors.CheckViolation),
        (
            "update outbound_shipments set status = 'delivered', dispatched_at = now()"
            " where id = 1",
            errors.CheckViolation,
        ),
        ("update alerts set subject_type = 'no_table' where id = 1", errors.CheckViolation),
        ("update logs_system set subject_type = 'orders' where id = 1", errors.CheckViolation),
        ("update notes set subject_id = null where id = 1", errors.NotNullViolation),
        ("insert into product_tag values (1, 1, 'gold,silver')", errors.CheckViolation),
        (
            "insert into diamond (tenant_id, product_id) select tenant_id, product_id from diamond"
            " where id = 1",
            errors.UniqueViolation,
        ),
    ],
)
def test_what_cannot_be_is_refused(shop: Connection, statement: str, why: type[Exception]) -> None:
    assert _refused(shop, statement, [], why)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Ho_Chi_Minh", "America/Argentina/Buenos_Aires"])
def test_time_zones_of_the_world_are_taken(shop: Connection, zone: str) -> None:
    with _undone(shop):
        shop.execute("update sys_tenants set timezone = %s where id = 1", [zone])
        assert shop.execute("select timezone from sys_tenants where id = 1").fetchall() == [(zone,)]


def test_updated_at_moves_when_a_row_changes_and_only_then(shop: Connection) -> None:
    before = _updated_at(shop)
    shop.execute("update orders set is_test = is_test where id = 1")
    assert _updated_at(shop) == before
    shop.execute("update orders set is_test = not is_test where id = 1")
    assert _updated_at(shop) > before


@pytest.mark.parametrize(
    ("table", "column", "others"),
    [
        ("sys_users", "manager_id", {}),
        ("category", "parent_id", {"name": "Rings"}),
        (
            "mkt_campaign_goals",
            "parent_goal_id",
            {"campaign_id": 1, "name": "x", "metric": "units"},
        ),
    ],
)
def test_a_transaction_may_write_who_is_below_before_who_is_above(
    shop: Connection, table: str, column: str, others: dict[str, object]
) -> None:
    with _undone(shop):
        for row_id, above in ((-1, -2), (-2, None)):
            row = {"id": row_id, "tenant_id": 1, column: above, **others}
            shop.execute(
                f"insert into {table} ({', '.join(row)}) values ({', '.join(['%s'] * len(row))})",
                list(row.values()),
            )
        shop.execute("set constraints all immediate")
        written = shop.execute(f"select id, {column} from {table} where id < 0 order by id")
        assert written.fetchall() == [(-2, None), (-1, -2)]


def test_deleting_an_order_takes_what_belongs_to_it(shop: Connection) -> None:
    with _undone(shop):
        shop.execute("delete from mkt_promotion_redemptions where order_id = 1")
        shop.execute("delete from orders where id = 1")
        left = shop.execute("select id from order_items union all select id from order_refunds")
        assert left.fetchall() == [(2,), (2,)]


def _tenant(table: str) -> str:
    return "id" if table == "sys_tenants" else "tenant_id"


def _updated_at(shop: Connection) -> Any:
    row = shop.execute("select updated_at from orders where id = 1").fetchone()
    assert row is not None
    return row[0]
