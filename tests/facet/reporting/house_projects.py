"""What the house has to do, few enough to count: tasks, projects, milestones, turns, mentions.

In March New York did three tasks, two of them with a due day, one on time: after 4, 6 and 10 days,
of which two say when they began, 2 and 5 days before. Three are open.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import duckdb

from tests.facet.reporting.contracts import Record, create
from tests.facet.reporting.house_staff import BEN, CY, ELI, MAI

TODAY: Final = date(2026, 3, 18)
_NAMES: Final = {
    BEN: "Ben Ode", CY: "Cy Gone", ELI: "Eli Jay", MAI: "Trần Thị Mai", None: None
}  # fmt: skip
_PROJECTS: Final = {1: (10, "Stock count 26"), 2: (20, "Kiểm kê kho")}


def _task(
    tenant: int,
    number: int,
    title: str,
    status: str,
    user: int | None,
    created: str,
    *,
    due: str | None = None,
    done: str | None = None,
    days: tuple[int | None, int | None] = (None, None),
    late: int | None = None,
    **more: Any,
) -> Record:
    """A task as its mart has it; `days` are its lead and cycle times."""
    project, name = _PROJECTS[tenant]
    is_open = done is None
    age = (TODAY - date.fromisoformat(created)).days if is_open else None
    bands = (("up_to_7", 7), ("up_to_30", 30), ("up_to_90", 90), ("over_90", 9999))
    return {
        "tenant_id": tenant, "task_id": number, "project_id": project, "assignee_id": user,
        "title": title, "project_name": name, "assignee_name": _NAMES[user],
        "task_status": status, "priority": "normal", "lead_days": days[0], "cycle_days": days[1],
        "age_band": None if age is None else next(band for band, most in bands if age <= most),
        "age_days": age, "quiet_days": age, "late_days": late,
        **dict.fromkeys(
            ("waits_for_count", "holds_up_count", "comment_count", "unanswered_mention_count",
             "watcher_count", "attachment_count", "unread_notice_count"), 0,
        ),
        "is_open": is_open, "is_in_progress": status == "in_progress",
        "lacks_assignee": user is None, "lacks_estimate": is_open,
        "is_overdue": is_open and late is not None, "is_blocked": False,
        "was_on_time": bool(done and due and late is None),
        "was_late": bool(done and late is not None), "has_unanswered_comment": False,
        "created_date": created, "completed_date": done, "due_date": due,
        "created_at_local": f"{created} 09:00:00",
        "completed_at_local": done and f"{done} 09:00:00",
        **more,
    }  # fmt: skip


TASKS: Final = (
    _task(1, 1, "Count the rings", "done", BEN, "2026-03-01", due="2026-03-06", done="2026-03-05",
          days=(4, 2)),
    _task(1, 2, "Count the chains", "done", ELI, "2026-03-02", due="2026-03-08",
          done="2026-03-12", days=(10, None), late=4),
    _task(1, 3, "Print the lists", "done", BEN, "2026-03-04", done="2026-03-10", days=(6, 5)),
    _task(1, 4, "Count the studs", "in_progress", ELI, "2026-03-08", due="2026-03-15", late=3,
          holds_up_count=1, has_unanswered_comment=True, comment_wait_days=2, comment_count=3,
          left_minutes=90, lacks_estimate=False),
    _task(1, 5, "Write the report", "blocked", None, "2026-02-01", due="2026-03-25",
          waits_for_count=1, is_blocked=True),
    _task(1, 6, "Clean the vault", "todo", CY, "2025-11-01", left_minutes=30,
          lacks_estimate=False),
    _task(2, 1, "Đếm nhẫn", "todo", MAI, "2026-03-10", due="2026-03-16", late=2),
    _task(2, 2, "In danh sách", "done", MAI, "2026-03-01", due="2026-03-02", done="2026-03-02",
          days=(1, 0)),
)  # fmt: skip

_COUNTS: Final = dict.fromkeys(
    (
        *("task_count", "todo_task_count", "in_progress_task_count", "in_review_task_count"),
        *("blocked_task_count", "done_task_count", "cancelled_task_count", "overdue_task_count"),
        *("held_up_task_count", "milestone_count", "hit_milestone_count", "file_count"),
        *("slipped_milestone_count", "overdue_milestone_count", "planned_milestone_count"),
        *("cancelled_milestone_count", "no_date_milestone_count", "campaign_count"),
    ),
    0,
)
_TURN: Final[Record] = {
    "recurring_task_id": 1, "assignee_count": 1, "frequency": "weekly", "task_count": 1,
    "was_on_time": False, "was_late": False, "is_missed": False, "was_due": True,
}  # fmt: skip
#: By mart the rows of New York, then those of Saigon.
ROWS: Final[dict[str, Sequence[Record]]] = {
    "fct_tasks": TASKS,
    "rpt_task_days": [
        {"tenant_id": tenant, "open_count": 3, "in_progress_count": count, "date_day": day}
        for tenant, count, day in (
            (1, 2, "2026-03-16"), (1, 1, "2026-03-17"), (1, 1, "2026-03-18"), (2, 0, "2026-03-18"),
        )
    ],
    "rpt_projects": [
        {**_COUNTS, "tenant_id": 1, "project_id": 10, "project_name": "Stock count 26",
         "project_status": "active", "priority": "high", "owner_id": BEN, "owner_name": "Ben Ode",
         "department_name": "Shop floor", "task_count": 6, "done_task_count": 3,
         "todo_task_count": 1, "in_progress_task_count": 1, "blocked_task_count": 1,
         "overdue_task_count": 1, "held_up_task_count": 1, "milestone_count": 3,
         "hit_milestone_count": 1, "slipped_milestone_count": 1, "overdue_milestone_count": 1,
         "file_count": 2, "done_rate": "0.5", "late_days": 8, "is_open": True, "is_overdue": True,
         "due_date": "2026-03-10"},
        {**_COUNTS, "tenant_id": 2, "project_id": 20, "project_name": "Kiểm kê kho",
         "project_status": "active", "priority": "normal", "owner_id": MAI,
         "owner_name": "Trần Thị Mai", "task_count": 2, "done_task_count": 1,
         "todo_task_count": 1, "overdue_task_count": 1, "done_rate": "0.5", "is_open": True,
         "is_overdue": False, "due_date": "2026-04-10"},
    ],
    "rpt_milestones": [
        {"tenant_id": tenant, "milestone_id": number, "project_id": project, "owner_id": owner,
         "owner_name": _NAMES[owner], "milestone_name": name, "project_name": project_name,
         "outcome": outcome, "position": 1, "task_count": 2, "open_task_count": still,
         "slip_days": slip, "due_date": due, "reached_date": reached}
        for tenant, number, project, project_name, owner, name, outcome, still, slip, due, reached
        in (
            (1, 1, 10, "Stock count 26", BEN, "Plan", "hit", 0, -1, "2026-03-06", "2026-03-05"),
            (1, 2, 10, "Stock count 26", BEN, "Lists", "slipped", 0, 2, "2026-03-08", "2026-03-10"),
            (1, 3, 10, "Stock count 26", BEN, "Count", "overdue", 1, 3, "2026-03-15", None),
            (1, 4, 10, "Stock count 26", BEN, "Old", "hit", 0, 0, "2025-03-08", "2025-03-08"),
            (2, 1, 20, "Kiểm kê kho", MAI, "Bắt đầu", "planned", 1, None, "2026-03-18", None),
        )
    ],
    "rpt_recurring_turns": [
        {**_TURN, "tenant_id": tenant, "project_id": project, "title": title,
         "project_name": name, "assignee_id": user, "assignee_name": _NAMES[user],
         "outcome": outcome, flag: True, "turn_date": day, "due_date": day}
        for tenant, project, name, title, user, outcome, flag, day in (
            (1, 10, "Stock count 26", "Wind the clocks", ELI, "on_time", "was_on_time",
             "2026-03-02"),
            (1, 10, "Stock count 26", "Wind the clocks", ELI, "late", "was_late", "2026-03-09"),
            (1, 10, "Stock count 26", "Wind the clocks", ELI, "not_made", "is_missed",
             "2026-03-16"),
            (1, 10, "Stock count 26", "Wind the clocks", ELI, "given_up", "is_missed",
             "2026-02-09"),
            (2, 20, "Kiểm kê kho", "Lau tủ kính", MAI, "on_time", "was_on_time", "2026-03-02"),
        )
    ],
    "rpt_task_mentions": [
        {"tenant_id": 1, "task_comment_id": 1, "user_id": ELI, "author_id": BEN, "task_id": 4,
         "project_id": 10, "title": "Count the studs", "project_name": "Stock count 26",
         "user_name": "Eli Jay", "author_name": "Ben Ode", "wait_days": 2, "was_read": True,
         "was_answered": False, "is_unanswered": True, "mentioned_date": "2026-03-16"},
        {"tenant_id": 2, "task_comment_id": 2, "user_id": MAI, "author_id": MAI, "task_id": 1,
         "project_id": 20, "title": "Đếm nhẫn", "project_name": "Kiểm kê kho",
         "user_name": "Trần Thị Mai", "author_name": "Trần Thị Mai", "wait_days": None,
         "was_read": True, "was_answered": True, "is_unanswered": False,
         "mentioned_date": "2026-03-12"},
    ],
}  # fmt: skip


def make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    """Create the marts of projects with the house's rows; returns their names."""
    for name, rows in ROWS.items():
        create(connection, name, rows)
    return tuple(ROWS)
