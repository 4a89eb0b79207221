"""What people of a random tenant have to do: projects, tasks, recurring ones, and what is said."""

from datetime import timedelta

from tests.project.random_tenant import Tenant

_STATES = ("todo", "in_progress", "in_review", "blocked", "done", "cancelled")


def add_projects(t: Tenant) -> None:
    """Projects with milestones and recurring tasks; now and then deleted."""
    for n in t.times(3):
        status = t.pick("active", "completed", "cancelled")
        project = t.add(
            "project",
            name=f"P{n}", owner_id=t.one("sys_users"), status=status, due_on=t.maybe(t.day()),
            completed_at=t.moment() if status == "completed" else None,
            deleted_at=t.moment() if t.some(10) else None,
        )  # fmt: skip
        for m in t.times(3):
            status = t.pick("planned", "reached", "cancelled")
            t.add(
                "milestone",
                project_id=project, name=f"M{m}", status=status, due_on=t.maybe(t.day()),
                reached_at=t.moment() if status == "reached" else None,
                deleted_at=t.moment() if t.some(10) else None,
            )  # fmt: skip
        for r in t.times(2):
            starts_on = t.moment().date()
            t.add(
                "recurring_task",
                project_id=project, title=f"R{r}", interval_count=t.pick(1, 1, 2, 5),
                frequency=t.pick("daily", "weekly", "monthly", "yearly"),
                day_of_week=t.pick(None, 1, 7), day_of_month=t.pick(None, 1, 29, 31),
                due_after_days=t.pick(0, 1, 9), is_active=not t.some(20), starts_on=starts_on,
                ends_on=starts_on + timedelta(days=40) if t.some(20) else None,
                created_at=t.moment(), deleted_at=t.moment() if t.some(10) else None,
            )  # fmt: skip


def add_tasks(t: Tenant) -> None:
    """Tasks in any state and order of their moments, which wait for each other, also in circles."""
    for n in t.times(8):
        status = t.pick(*_STATES)
        t.add(
            "task",
            project_id=t.maybe(t.one("project")), milestone_id=t.maybe(t.one("milestone")),
            recurring_task_id=t.one("recurring_task") if t.some(50) else None,
            assignee_id=t.maybe(t.one("sys_users")), title=f"T{n}", status=status,
            priority=t.pick("normal", "urgent"), estimate_minutes=t.pick(None, 0, 60),
            spent_minutes=t.pick(None, 0, 90), due_on=t.maybe(t.day()),
            started_at=t.maybe(t.moment()),
            completed_at=t.moment() if status == "done" else t.pick(None, t.moment()),
            cancelled_at=t.moment() if t.some(50) else None, created_at=t.moment(),
            deleted_at=t.moment() if t.some(10) else None,
        )  # fmt: skip
    for task in t.ids("task"):
        for other in t.subset("task", 2):
            if other != task:
                kind = t.pick("finish_to_start", "start_to_start", "finish_to_finish")
                t.add(
                    "task_dependency", task_id=task, depends_on_task_id=other, dependency_type=kind
                )


def add_comments(t: Tenant) -> None:
    """What is said and noted about tasks, and whom it names."""
    if not (t.ids("task") and t.ids("sys_users")):
        return
    for n in t.times(5):
        comment = t.add(
            "task_comment",
            task_id=t.one("task"), author_id=t.one("sys_users"), body=f"C{n}",
            created_at=t.moment(), deleted_at=t.moment() if t.some(10) else None,
        )  # fmt: skip
        for user in t.subset("sys_users", 2):
            t.add("task_comment_mention", task_comment_id=comment, user_id=user)
    for _ in t.times(3):
        t.add(
            "task_activity", task_id=t.one("task"), activity_type="assigned", occurred_at=t.moment()
        )
