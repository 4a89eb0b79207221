"""Metrics of customers, month by month, are what the operational tables say."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.oracle.query import query_oracle
from tests.project.compare import Figures, assert_same, measured

_METRICS = (
    "customers", "new_customers", "returning_customers", "returning_customer_rate",
    "net_sales_of_customers", "net_sales_per_customer",
)  # fmt: skip


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_customers_of_each_month_are_what_the_operational_tables_say(
    database: str, engine: str, publish: Callable[..., Any]
) -> None:
    expected: Figures = {
        (tenant, metric, month): value
        for tenant, metric, month, value in query_oracle(database, "customer_metrics")
    }
    served = measured(publish(database, engine), _METRICS, ["metric_time__month"])

    assert {metric for _, metric, _ in expected} == set(_METRICS)
    assert_same(expected, served)
