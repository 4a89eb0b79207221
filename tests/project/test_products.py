"""What the marts say of products is what the operational tables make of them."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.oracle.query import query_oracle
from tests.project.compare import Figures, assert_same, measured, rows
from tests.project.conftest import NOW
from tests.project.product_oracle import expected_products

_SERVED = """
    select tenant_id, product_id, abc_class, stock_out_day_count, lost_sales_amount, young_units,
        middle_units, old_units, ageless_units,
        round(month_ends_at_cost_amount / unit_cost)::bigint
    from rpt_products where unit_cost > 0
"""

_STOCK_OUTS = """
    select tenant_id, product_id, count(*), sum(lost_sales_amount)
    from fct_stock_out_days join dim_tenants using (tenant_id)
    where stock_out_date >= as_of_date - 365
    group by all
"""


def test_classes_ages_stock_outs_and_month_ends_are_those_of_the_movements(
    demo_database: str, publish: Callable[..., Any]
) -> None:
    expected = expected_products(demo_database, NOW)
    release = publish(demo_database, "duckdb").release
    served = {
        (tenant, product): tuple(figures) for tenant, product, *figures in rows(release, _SERVED)
    }

    nothing = ("dead", 0, 0, 0, 0, 0, 0, 0)
    differing = {
        key: (expected.get(key, nothing), found)
        for key, found in served.items()
        if expected.get(key, nothing) != found
    }
    assert differing == {}
    assert len({tenant for tenant, _ in served}) == 4
    assert sum(figures[1] for figures in served.values()) > 100
    assert {figures[0] for figures in served.values()} == {"a", "b", "c", "dead"}
    days = {key[:2]: key[2:] for key in rows(release, _STOCK_OUTS)}
    assert days == {key: found[1:3] for key, found in expected.items() if found[1]}


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_units_of_each_month_are_what_lines_and_movements_say(
    demo_database: str, engine: str, publish: Callable[..., Any]
) -> None:
    expected: Figures = {
        (tenant, metric, month): int(units)
        for tenant, metric, month, units in query_oracle(demo_database, "product_metrics")
    }
    metrics = ("net_units", "units_received")
    assert {metric for _, metric, _ in expected} == set(metrics)
    served = measured(publish(demo_database, engine), metrics, ["metric_time__month"])
    assert_same(expected, served)
