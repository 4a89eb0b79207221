"""What people worked, missed and asked for is what the operational tables say, on both engines."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.project.compare import assert_same
from tests.project.conftest import NOW
from tests.project.people_figures import (
    METRICS,
    expected_cover,
    expected_evaluations,
    expected_requests,
    expected_shifts,
    served_cover,
    served_evaluations,
    served_requests,
    served_shifts,
)


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_hours_are_what_the_operational_tables_say(
    demo_database: str, engine: str, publish: Callable[..., Any]
) -> None:
    expected = expected_shifts(demo_database, NOW)
    served = publish(demo_database, engine)

    assert_same(expected, served_shifts(served))
    assert {name for _, name, *_ in expected} == set(METRICS) - {"reports_missing"}
    rated = expected_evaluations(demo_database, NOW)
    assert_same(rated, served_evaluations(served))
    assert {figure for _, figure, _ in rated} >= {"mark", "change", "criterion", "disputed"}
    assert_same(expected_cover(demo_database, NOW), served_cover(served))
    asked = expected_requests(demo_database, NOW)
    assert_same(asked, served_requests(served))
    assert {figure for _, figure, _ in asked} >= {
        *("time off waiting", "time off approved", "change moved approved", "swap"),
        *("wish unavailable", "wish preferred"),
    }
