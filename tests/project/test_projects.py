"""Projects are what the operational tables say: each count, rate, median, percentile and state."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest

from tests.project.compare import assert_same, rows
from tests.project.conftest import NOW
from tests.project.project_figures import (
    METRICS,
    expected_projects,
    expected_tasks,
    served_projects,
    served_tasks,
)


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_every_figure_of_tasks_is_what_the_operational_tables_say(
    demo_database: str, engine: str, publish: Callable[..., Any]
) -> None:
    expected = expected_tasks(demo_database, NOW)

    assert_same(expected, served_tasks(publish(demo_database, engine)))
    assert {name for _, name, *_ in expected} == set(METRICS)


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_where_work_stands_is_what_the_operational_tables_say(
    demo_database: str, engine: str, publish: Callable[..., Any]
) -> None:
    expected = expected_projects(demo_database, NOW)

    assert_same(expected, served_projects(publish(demo_database, engine)))
    assert {figure for _, figure, _ in expected} >= {
        *("task todo", "task blocked", "task done", "task waits", "task overdue", "task begun"),
        *("mention unanswered", "task comment unanswered", "milestone hit", "milestone slipped"),
        *("milestone overdue", "turn on_time", "turn not_made", "in progress"),
    }


#: Task: days late, whether it is overdue, blocked, was on time. See docs/demo_cases.md.
_CASES = {
    1: (10, True, False, False),
    2: (1, True, True, False),
    3: (None, False, False, False),
    4: (1, False, False, False),
    5: (None, False, False, True),
    6: (None, False, False, False),
}


def test_a_planted_task_comes_out_as_its_page_says(
    demo_database: str, publish: Callable[..., Any]
) -> None:
    found: dict[int, dict[int, tuple[Any, ...]]] = defaultdict(dict)
    for tenant, task, *fate in rows(
        publish(demo_database, "duckdb").release,
        "select tenant_id, task_id, late_days, is_overdue, is_blocked, was_on_time"
        " from fct_tasks where task_id < 1000",
    ):
        found[tenant][task % 500] = tuple(fate)

    assert len(found) == 2
    for fates in found.values():
        assert {number: fates[number] for number in _CASES} == _CASES
