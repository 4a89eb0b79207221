"""$english: what the operational tables say, on both engines."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.oracle.query import query_oracle
from tests.project.compare import assert_same, measured


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_it_is_what_the_operational_tables_say(
    demo_database: str, engine: str, publish: Callable[..., Any]
) -> None:
    expected = {
        (tenant, metric, day): Decimal(value)
        for tenant, metric, day, value in query_oracle(demo_database, "$metric")
    }
    assert expected, "tests/oracle/$metric.sql is still to be written"
    served = measured(publish(demo_database, engine), ["$metric"], ["metric_time__day"])

    assert_same(expected, served)
