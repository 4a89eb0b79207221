"""Alerts, calls between systems, workflows, logs, actions and notes: as the tables say."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.project.compare import assert_same
from tests.project.conftest import NOW
from tests.project.operations_figures import FIGURES, expected_operations, served_operations


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_every_figure_of_operations_is_what_the_operational_tables_say(
    demo_database: str, engine: str, publish: Callable[..., Any]
) -> None:
    expected = expected_operations(demo_database, NOW)
    assert {figure for _, figure, *_ in expected} == FIGURES
    assert_same(expected, served_operations(publish(demo_database, engine)))


def test_in_each_house_of_the_demo_stock_and_orders_were_changed_late(demo_database: str) -> None:
    expected = expected_operations(demo_database, NOW)
    late = {
        (tenant, words.partition("|")[0]) for tenant, figure, words in expected if figure == "late"
    }
    assert late >= {(tenant, kind) for tenant in (1, 2, 3, 4) for kind in ("stock", "order")}
