"""What the oracles say of tasks and projects, and the same of a release."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from math import ceil
from statistics import median
from typing import Any

from tests.oracle.query import query_oracle
from tests.project.compare import Figures, measured, rows

_USING = ("00_sales", "06_tasks")
_COUNTS = ("tasks_created", "tasks_completed", "tasks_completed_of_due", "tasks_on_time")
_DAYS = ("lead", "cycle")
METRICS = (
    *_COUNTS,
    "task_on_time_rate",
    *(f"{how}_task_{what}_days" for what in _DAYS for how in ("median", "slow")),
)


def _slow(days: Sequence[int]) -> int:
    """The nearest rank: the least number of days within which 85 of 100 were done."""
    return sorted(days)[ceil(Decimal("0.85") * len(days)) - 1]


def expected_tasks(url: str, as_of: datetime) -> Figures:
    """Counts, rate, medians and percentiles by project, priority and month."""
    counts: dict[Any, int] = defaultdict(int)
    days: dict[Any, list[int]] = defaultdict(list)
    for tenant, metric, day, project, priority, _, value in query_oracle(
        url, "tasks", using=_USING, as_of=as_of
    ):
        key = (tenant, None if project is None else str(project), priority, day.replace(day=1))
        if metric in _DAYS:
            days[metric, *key].append(value)
        else:
            counts[metric, *key] += value
    figures: Figures = {
        (tenant, name, *key): Decimal(number) for (name, tenant, *key), number in counts.items()
    }
    for (what, tenant, *key), found in days.items():
        figures[tenant, f"median_task_{what}_days", *key] = Decimal(str(median(found)))
        figures[tenant, f"slow_task_{what}_days", *key] = Decimal(_slow(found))
    for (name, tenant, *key), whole in counts.items():
        if name == "tasks_completed_of_due":
            part = Decimal(counts.get(("tasks_on_time", tenant, *key), 0))
            rate = (part / whole).quantize(Decimal("1e-8"), rounding=ROUND_DOWN)
            figures[tenant, "task_on_time_rate", *key] = rate
    return figures


def served_tasks(served: Any) -> Figures:
    """The same of a release's metrics."""
    found = measured(served, METRICS, ["task__project_id", "task__priority", "metric_time__month"])
    return {
        (tenant, name, None if project is None else str(project), *key): value
        for (tenant, name, project, *key), value in found.items()
    }


def expected_projects(url: str, as_of: datetime) -> Figures:
    """Where each task, milestone, turn and mention stands, by its id."""
    return {
        (tenant, figure, thing): value
        for tenant, figure, thing, value in query_oracle(url, "projects", using=_USING, as_of=as_of)
    }


def served_projects(served: Any) -> Figures:
    """The same of a release's marts."""
    return {tuple(row[:3]): row[3] for row in rows(served.release, _PUBLISHED)}


#: The rows of `tests/oracle/projects.sql`, as the marts have them.
_PUBLISHED = """
    with task as (select * from fct_tasks),
    last_days as (
        select *, max(date_day) over (partition by tenant_id) - 60 as since from rpt_task_days
    )
    select tenant_id, 'task ' || task_status, cast(task_id as text), coalesce(age_days, -1)
    from task
    union all
    select tenant_id, 'task overdue', cast(task_id as text), late_days from task where is_overdue
    union all
    select tenant_id, 'task late', cast(task_id as text), late_days from task where was_late
    union all
    select tenant_id, 'task begun', cast(task_id as text), coalesce(progress_days, -1)
    from task where is_in_progress
    union all
    select tenant_id, 'task waits', cast(task_id as text), waits_for_count
    from task where waits_for_count > 0
    union all
    select tenant_id, 'task blocked', cast(task_id as text), 1 from task where is_blocked
    union all
    select tenant_id, 'task left', cast(task_id as text), left_minutes
    from task where left_minutes is not null
    union all
    select tenant_id, 'task quiet', cast(task_id as text), quiet_days from task where is_open
    union all
    select tenant_id, 'task comment unanswered', cast(task_id as text), comment_wait_days
    from task where has_unanswered_comment
    union all
    select tenant_id, 'mention unanswered', task_comment_id || ' ' || user_id, wait_days
    from rpt_task_mentions where is_unanswered
    union all
    select tenant_id, 'open', cast(date_day as text), open_count
    from last_days where date_day >= since
    union all
    select tenant_id, 'in progress', cast(date_day as text), in_progress_count
    from last_days where date_day >= since
    union all
    select tenant_id, 'milestone ' || outcome, cast(milestone_id as text), slip_days
    from rpt_milestones
    union all
    select tenant_id, 'turn ' || outcome, recurring_task_id || ' ' || turn_date, task_count
    from rpt_recurring_turns
    union all
    select tenant_id, 'project', cast(project_id as text), task_count from rpt_projects
"""
