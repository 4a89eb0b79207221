"""Each sales metric of each local day is what the operational tables say, to the cent.

What they say is in tests/oracle/sales_metrics.sql.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.project.compare import assert_same
from tests.project.conftest import NOW
from tests.project.figures import SALES, expected_sales, served_sales


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_every_sales_metric_of_every_local_day_is_what_the_operational_tables_say(
    database: str, engine: str, publish: Callable[..., Any]
) -> None:
    expected = expected_sales(database, NOW)
    assert {metric for _, metric, _ in expected} == set(SALES), "an oracle for each metric"
    assert_same(expected, served_sales(publish(database, engine)))
