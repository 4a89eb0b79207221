"""Where a change says which keys of a tenant it reaches, the rows of these alone are built."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from facet.config import Engine, Settings
from facet.pipeline import changes
from facet.pipeline.dbt import build
from facet.pipeline.warehouse import writing
from tests.facet.pipeline.conftest import SHOP_SQL

#: Ten orders of each tenant, of five customers who take turns, on five days.
ORDERS = """
    drop table public.orders cascade;
    create table public.orders as
    select
        tenant_id, n as id, mod(n, 5) as customer_id, cast(1 as numeric(18, 2)) as total,
        timestamptz '2026-01-01 12:00:00+00' + mod(n, 5) * interval '1 day' as ordered_at
    from generate_series(1, 10) as orders(n)
    cross join generate_series(1, 2) as tenants(tenant_id);
    create table public.customers as
    select distinct tenant_id, customer_id as id, 'A' as name from public.orders;
"""
MODELS = {
    "staging/stg_shop__orders.sql": """
        select *, id as order_id from {{ source('shop', 'orders') }}
    """,
    "staging/stg_shop__customers.sql": """
        select tenant_id, id as customer_id, name from {{ source('shop', 'customers') }}
    """,
    "marts/sales/fct_orders.sql": """
        select
            cast(orders.tenant_id as bigint) as tenant_id,
            cast(orders.order_id as bigint) as order_id,
            cast(orders.total as numeric(18, 2)) as total_amount,
            cast(orders.ordered_at as date) as order_date,
            cast(orders.ordered_at as timestamptz) as ordered_at,
            cast(customers.name as text) as customer_name
        from {{ ref('stg_shop__orders') }} as orders
        inner join {{ ref('stg_shop__customers') }} as customers
            on customers.tenant_id = orders.tenant_id
            and customers.customer_id = orders.customer_id
    """,
    "marts/sales/fct_days.sql": """
        select
            cast(tenant_id as bigint) as tenant_id,
            cast(order_date as date) as order_date,
            cast(sum(total_amount) as numeric(18, 2)) as total_amount
        from {{ ref('fct_orders') }}
        group by tenant_id, order_date
    """,
}
YAML = """
  - name: fct_orders
    config:
      meta:
        incremental:
          {key: order_id, through: {customer_id: stg_shop__orders}, tells: [order_date]}
    data_tests:
      - within_tenant:
          arguments: {claim: total_amount >= 0}
    columns:
      - {name: tenant_id, data_type: bigint}
      - {name: order_id, data_type: bigint}
      - {name: total_amount, data_type: "numeric(18, 2)"}
      - {name: order_date, data_type: date}
      - {name: ordered_at, data_type: timestamptz}
      - {name: customer_name, data_type: text}

  - name: fct_days
    config: {meta: {incremental: {key: order_date}}}
    columns:
      - {name: tenant_id, data_type: bigint}
      - {name: order_date, data_type: date}
      - {name: total_amount, data_type: "numeric(18, 2)"}
"""

Write = Callable[[str], list[Any]]


@pytest.fixture
def keyed_project(settings: Settings) -> None:
    models = settings.project_dir / "models"
    for name, text in MODELS.items():
        (models / name).write_text(text)
    marts = models / "marts/sales/marts.yml"
    marts.write_text(marts.read_text().partition("  - name: fct_orders")[0] + YAML)
    sources = models / "staging/sources.yml"
    sources.write_text(sources.read_text() + "      - name: customers\n")


EVERYTHING = {(tenant, order) for tenant in (1, 2) for order in range(1, 11)}

#: What a change tells, and the orders that are built for it.
CASES = {
    "by the key itself, whatever else is told": (
        ["'orders', 1, 'order_id', 3", "'orders', 1, 'customer_id', 3"],
        {(1, 3)},
    ),
    "through the customer": (["'customers', 2, 'customer_id', 4"], {(2, 4), (2, 9)}),
    "a whole tenant beside a key of another": (
        ["'orders', 1, 'order_id', 3", "'orders', 1, null, null", "'orders', 2, 'order_id', 5"],
        {*((1, order) for order in range(1, 11)), (2, 5)},
    ),
    "what leads to no key": (
        ["'customers', 1, 'region_id', 3"],
        {(1, order) for order in range(1, 11)},
    ),
    "everybody's": (["'orders', null, 'order_id', 3"], EVERYTHING),
    "what is neither there nor was": (["'orders', 1, 'order_id', 77"], set()),
}


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
@pytest.mark.usefixtures("keyed_project")
def test_rows_of_told_keys_alone_are_built(
    settings: Settings, shop: Callable[[str], None], postgres_url: str, engine: Engine
) -> None:
    shop(ORDERS)
    settings = replace(settings, engine=engine)
    if engine == "postgres":
        with writing(settings, postgres_url) as execute:
            execute(SHOP_SQL + ORDERS)
    build(settings, postgres_url)
    changes.forget(settings, postgres_url)
    totals = dict.fromkeys(EVERYTHING, 1)

    for number, (name, (told, expected)) in enumerate(CASES.items(), start=2):
        with writing(settings, postgres_url) as execute:
            execute(f"update public.orders set total = {number}")  # all; only some are told
            for table in ("changes", "tenants"):
                execute(f"delete from facet_build.{table}")
            execute("insert into facet_build.tenants values (1), (2)")
            for change in told:
                execute(f"insert into facet_build.changes values ({change})")

        assert not build(settings, postgres_url, only_changes=True).of_everything, name

        totals |= dict.fromkeys(expected, number)
        with writing(settings, postgres_url) as execute:
            assert _orders(execute) == totals, name
            assert _days(execute) == _summed(totals), name
            assert _told(execute) == expected, name
    if engine == "postgres":  # the server is others', too
        with writing(settings, postgres_url) as execute:
            execute(f"drop schema facet_build cascade; {SHOP_SQL}")


def _orders(execute: Write) -> dict[tuple[int, int], int]:
    rows = execute("select tenant_id, order_id, total_amount from facet_marts.fct_orders")
    return {(tenant, order): total for tenant, order, total in rows}


def _days(execute: Write) -> dict[tuple[int, int], int]:
    day = "cast(extract(day from order_date) as integer)"
    rows = execute(f"select tenant_id, {day}, total_amount from facet_marts.fct_days")
    return {(tenant, day): total for tenant, day, total in rows}


def _summed(totals: dict[tuple[int, int], int]) -> dict[tuple[int, int], int]:
    """Orders n and n + 5 are of the day n + 1, but for 5 and 10, which are of the first."""
    return {
        (tenant, day + 1): sum(totals[tenant, order] for order in range(1, 11) if order % 5 == day)
        for tenant in (1, 2)
        for day in range(5)
    }


def _told(execute: Write) -> set[tuple[int, int]]:
    """The keys of rows that came out otherwise, as readers are told."""
    rows = execute(
        "select tenant_id, key_value from facet_build.changes"
        " where node = 'model.toy.fct_orders' and key_name = 'order_id'"
    )
    return {(tenant, order) for tenant, order in rows}
