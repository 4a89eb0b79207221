"""What people worked, missed and asked for is what the operational tables say, on both engines."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.project.compare import assert_same, rows
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
    assert {name for _, name, *_ in expected} == set(METRICS)
    rated = expected_evaluations(demo_database, NOW)
    assert_same(rated, served_evaluations(served))
    assert {figure for _, figure, _ in rated} >= {"mark", "change", "criterion", "disputed"}
    assert_same(expected_cover(demo_database, NOW), served_cover(served))
    asked = expected_requests(demo_database, NOW)
    assert_same(asked, served_requests(served))
    assert {figure for _, figure, _ in asked} >= {
        *("time off waiting", "time off approved", "change moved approved", "swap"),
        *("wish unavailable", "wish preferred", "warning resolved"),
    }


def test_planted_shifts_and_requests_come_out_as_their_page_says(
    demo_database: str, publish: Callable[..., Any]
) -> None:
    release = publish(demo_database, "duckdb").release
    shifts = {
        (tenant, number % 500): tuple(told)
        for tenant, number, *told in rows(
            release,
            "select tenant_id, schedule_id, shift_state, planned_seconds, is_early, lacks_report"
            " from fct_shifts where schedule_id < 1000",
        )
    }
    waits = rows(
        release,
        "select tenant_id, wait_days, is_overdue from fct_time_off_requests"
        " where time_off_request_id < 1000",
    )

    # 4 of 8 hours as reported; a report without an end says nothing of leaving early
    wanted = {
        1: ("worked", 28_800, True, False),
        2: ("worked", 25_200, False, False),
        3: ("absent", 10_800, False, True),
    }
    houses = {tenant for tenant, _ in shifts}
    assert len(houses) == 2
    assert shifts == {(tenant, n): told for tenant in houses for n, told in wanted.items()}
    assert sorted(row[1:] for row in waits) == [(5, False), (5, False)]
