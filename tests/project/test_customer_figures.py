"""Segments, days between orders, cohorts and lead stages are what the operational tables say."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.project.compare import assert_same
from tests.project.conftest import NOW
from tests.project.customer_figures import expected_customers, served_customers


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_every_person_cohort_and_lead_is_what_the_operational_tables_say(
    database: str, engine: str, publish: Callable[..., Any]
) -> None:
    expected = expected_customers(database, NOW)
    assert {figure for _, figure, *_ in expected} == {"person", "cohort", "lead"}
    assert_same(expected, served_customers(publish(database, engine)))
