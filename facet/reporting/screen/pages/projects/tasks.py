"""Tasks one by one, by age, and how much work was in progress day by day."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from facet.reporting.present.charts.over_time import trend
from facet.reporting.present.charts.style import Point, Series
from facet.reporting.query.table import Record, number_of
from facet.reporting.screen.pages.projects.data import (
    AGE_BANDS,
    TASKS,
    ages,
    days,
    done_tasks,
    tasks,
)
from facet.reporting.screen.parts.cells import Column, column, or_dash
from facet.reporting.screen.parts.empty import nothing_wrong
from facet.reporting.screen.parts.figures import axis, static_chart, trend_chart, unit
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.orders import orders_behind
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import listing, written_table
from facet.reporting.screen.session.view import View


def open_tasks(view: View) -> None:
    """A list of what is overdue, blocked, in progress, nobody's, or open, and its ages."""
    subheading(view.text("task.open_title"))
    chosen = one_of(
        view.text("task.which"),
        TASKS,
        lambda name: view.text(f"task_list.{name}"),
        key="tasks",
        is_label_shown=False,
    )
    rows = tasks(view, TASKS[chosen])
    if rows:
        task_list(view, f"tasks-{chosen}", rows)
    else:
        nothing_wrong(view.text(f"task_none.{chosen}"))
    _by_age(view)


def task_list(view: View, name: str, rows: Sequence[Record]) -> None:
    """Tasks, with what each waits for and since when nothing happened."""
    columns = [
        column(view, "task.task", "title", width=260),
        column(view, "task.project", or_dash("project_name")),
        column(view, "task.status", lambda row: view.word("task_status", row["task_status"])),
        column(view, "task.assignee", partial(whose, view)),
        column(view, "task.due", or_dash("due_date"), kind="day"),
        column(view, "task.late_days", "late_days", kind="days"),
        column(view, "task.age_days", "age_days", kind="days"),
        column(view, "task.quiet_days", "quiet_days", kind="days"),
        column(view, "task.waits_for", "waits_for_count", kind="count"),
        column(view, "task.holds_up", "holds_up_count", kind="count"),
        column(view, "task.priority", lambda row: view.word("task_priority", row["priority"])),
        column(view, "task.files", "attachment_count", kind="count"),
        column(view, "task.watchers", "watcher_count", kind="count"),
    ]
    listing(view, name, rows, columns)


def done_over_time(view: View) -> None:
    """Draw what was done over the period, and list the tasks of a bar that was clicked."""
    bar = trend_chart(view, "tasks_completed")
    if bar is None or bar.period is None:
        return
    rows = done_tasks(view, bar.period)
    columns = [
        column(view, "task.task", "title", width=260),
        column(view, "task.project", or_dash("project_name")),
        column(view, "task.assignee", partial(whose, view)),
        column(view, "task.done", "completed_date", kind="day"),
        column(view, "task.late_days", "late_days", kind="days"),
        column(view, "task.lead_days", "lead_days", kind="days"),
        column(view, "task.cycle_days", "cycle_days", kind="days"),
    ]
    late = sum(row["late_days"] is not None for row in rows)
    orders_behind(
        view,
        "drill-tasks",
        rows,
        columns,
        title=view.text("task.behind_title", part=bar.label),
        caption=view.text("task.behind", count=view.count(len(rows)), late=view.count(late)),
    )


def work_in_progress(view: View) -> None:
    """Draw how many tasks were in progress at the end of each day of the period."""
    found = days(view)
    if not found:
        return

    def build() -> Any:
        points = tuple(_point(view, row) for row in found)
        ticks = axis(view, [point.value for point in points], "count")
        name = view.text("task_now.in_progress")
        return trend(Series(name=name, points=points), None, ticks=ticks)

    subtitle = f"{unit(view, 'count')}, {view.text('task.in_progress_means')}"
    static_chart(view, "work-in-progress", view.text("task.in_progress_title"), subtitle, build)


def whose(view: View, row: Record) -> str:
    """Whose a task is: a name, nobody, or somebody whom the reader may not see."""
    if row["assignee_name"] is not None:
        return str(row["assignee_name"])
    return view.text("task.nobody" if row["lacks_assignee"] else "task.somebody")


def _by_age(view: View) -> None:
    found = ages(view)
    rows = [found[band] for band in AGE_BANDS if band in found]
    if not rows:
        return
    minor_heading(view.text("task.by_age"))
    columns: list[Column] = [
        column(view, "task.age", lambda row: view.word("task_age", row["age_band"])),
        column(view, "task.tasks", "row_count", kind="count"),
        column(view, "task_now.in_progress", "is_in_progress", kind="count"),
        column(view, "task_list.overdue", "is_overdue", kind="count"),
        column(view, "task_list.blocked", "is_blocked", kind="count"),
    ]
    written_table(view, rows, columns)


def _point(view: View, row: Record) -> Point:
    day = row["date_day"]
    assert isinstance(day, date)
    return Point(
        label=view.formats.day(day),
        value=float(number_of(row["in_progress_count"])),
        text=view.count(row["in_progress_count"]),
        tick=view.formats.bucket(day, "day"),
    )
