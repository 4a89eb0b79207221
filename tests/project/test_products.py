"""What the marts say of products is what the operational tables make of them."""

from collections.abc import Callable
from decimal import Decimal
from statistics import median
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
    assert len({tenant for tenant, _ in served}) == 6
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


_FEATURES = """
    select tenant_id, feature_type, feature_name, feature_value, product_count,
        stocked_product_count, units_on_hand, stock_at_cost_amount, year_net_units,
        year_net_sales_amount
    from rpt_product_features
"""


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_features_have_what_the_products_with_them_have(
    demo_database: str, engine: str, publish: Callable[..., Any]
) -> None:
    using = ("00_sales", "product_days")
    expected = query_oracle(demo_database, "product_features", using=using, as_of=NOW)
    served = [*rows(publish(demo_database, engine).release, _FEATURES)]

    assert {row[:4]: row[4:] for row in served} == {row[:4]: row[4:] for row in expected}
    assert len(served) == len(expected)
    assert {row[1] for row in served} == {"attribute", "tag", "material_attribute"}
    assert len({row[0] for row in served}) == 6
    assert any(row[4] > row[5] > 0 and row[9] > 0 for row in served)


_CUSTOMIZATIONS = """
    select tenant_id, product_id, is_engravable, engraving_max_length, surcharge_amount,
        lead_time_days, piece_count, open_count, over_lead_time_count, net_sales_amount,
        median_done_days
    from rpt_product_customizations
"""


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_what_is_made_to_order_takes_the_days_that_its_lines_took(
    demo_database: str, engine: str, publish: Callable[..., Any]
) -> None:
    expected = {
        row[:2]: (*row[2:-1], Decimal(str(median(row[-1]))) if row[-1] else None)
        for row in query_oracle(demo_database, "product_customizations", as_of=NOW)
    }
    served = rows(publish(demo_database, engine).release, _CUSTOMIZATIONS)
    found = {row[:2]: row[2:] for row in served}

    assert found == expected
    assert {tenant for tenant, _ in found} >= {1, 2, 3, 4}
    assert sum(row[5] for row in found.values()) > 0
    assert sum(row[6] for row in found.values()) > 0
    assert any(row[8] is not None and row[8] > row[3] for row in found.values())


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_faults_of_the_catalogue_are_those_that_the_operational_tables_have(
    demo_database: str, engine: str, publish: Callable[..., Any]
) -> None:
    faults = query_oracle(demo_database, "product_faults")
    found = rows(
        publish(demo_database, engine).release,
        """
        select tenant_id, product_id, has_unmatched_sku, has_invalid_attribute
        from rpt_products where has_unmatched_sku or has_invalid_attribute
        """,
    )
    assert {*found} == {*faults}
    assert {row[0] for row in faults if row[2]} == {row[0] for row in faults if row[3]}
