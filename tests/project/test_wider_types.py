"""Columns wider than declared: the same numbers, and the one that is absurd in quarantine."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest

from facet.release import Release
from tests.project.foreign_shop import EXTREMES, HISTORY, NOTHING, ONE_ORDER

#: As a shop's own database may have them, and what each column is declared as.
_WIDER = """
create domain money_amount as numeric;
alter table orders
    alter column order_number type varchar(60),
    alter column discount_amount type numeric,
    alter column tax_amount type money_amount,
    alter column ordered_at type timestamptz(3);
alter table order_items
    alter column quantity type bigint,
    alter column unit_price type numeric(30, 6);
"""
_MARTS = ("fct_orders", "fct_sales_ledger", "fct_order_lines", "fct_payments", "dim_products")


def _rows(file: Path, query: str) -> list[Any]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def releases(
    foreign_database: str,
    new_foreign_database: Callable[[int], str],
    publish: Callable[..., Any],
) -> tuple[Release, Release, int]:
    """The database as declared, the same with wider columns, and the order that is out of range."""
    wider = new_foreign_database(700)
    with psycopg.connect(wider) as connection:
        connection.execute(_WIDER)
        row = connection.execute(
            "update orders set discount_amount = 1e30 where id = (select min(id) from orders"
            " where tenant_id = %s and status = 'completed' and not is_test) returning id",
            [HISTORY],
        ).fetchone()
    assert row
    return publish(foreign_database, "duckdb").release, publish(wider, "duckdb").release, row[0]


@pytest.mark.parametrize("tenant", [ONE_ORDER, NOTHING, EXTREMES])
@pytest.mark.parametrize("mart", _MARTS)
def test_wider_columns_make_no_difference(
    releases: tuple[Release, Release, int], tenant: int, mart: str
) -> None:
    declared, wider, _ = releases
    query = f"from facet_marts.{mart} order by all"
    rows = _rows(declared.file_of(tenant), query)
    assert _rows(wider.file_of(tenant), query) == rows
    assert rows or tenant != EXTREMES


def test_what_is_out_of_range_is_quarantined_alone(releases: tuple[Release, Release, int]) -> None:
    declared, wider, order = releases
    assert wider.tenant(HISTORY).status == "fresh"
    query = (
        "select source_id, source_column from facet_marts.fct_quarantined_rows"
        f" where source_table = 'orders' and source_id = {order} and not is_counted"
    )
    assert _rows(wider.file_of(HISTORY), query) == [(order, "discount_amount")]
    assert _rows(declared.file_of(HISTORY), query) == []
    others = (
        "select order_id, event_type, amount from facet_marts.fct_sales_ledger"
        f" where order_id <> {order} order by all"
    )
    assert _rows(wider.file_of(HISTORY), others) == _rows(declared.file_of(HISTORY), others)
