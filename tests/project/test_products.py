"""What the marts say of products is what the operational tables make of them."""

from collections.abc import Callable
from typing import Any

from tests.project.compare import rows
from tests.project.conftest import NOW
from tests.project.product_oracle import expected_products

_SERVED = """
    select tenant_id, product_id, abc_class, stock_out_day_count, lost_sales_amount, young_units,
        middle_units, old_units, ageless_units,
        round(month_ends_at_cost_amount / unit_cost)::bigint
    from rpt_products where unit_cost > 0
"""


def test_classes_ages_stock_outs_and_month_ends_are_those_of_the_movements(
    demo_database: str, publish: Callable[..., Any]
) -> None:
    expected = expected_products(demo_database, NOW)
    served = {
        (tenant, product): tuple(figures)
        for tenant, product, *figures in rows(publish(demo_database, "duckdb").release, _SERVED)
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
