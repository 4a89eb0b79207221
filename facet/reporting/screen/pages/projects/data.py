"""Tasks, projects and what belongs to them, as it stands now or in the period."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from facet.reporting.query.conditions import Where
from facet.reporting.query.periods import Period
from facet.reporting.query.table import Cell, Record
from facet.reporting.screen.session.view import View

#: Tasks of a list: of these, those that are due first come first.
TASKS: Final[dict[str, Where]] = {
    "overdue": {"is_overdue": [True]},
    "blocked": {"is_blocked": [True]},
    "in_progress": {"is_in_progress": [True]},
    "unassigned": {"lacks_assignee": [True], "is_open": [True]},
    "open": {"is_open": [True]},
}
AGE_BANDS: Final = ("up_to_7", "up_to_30", "up_to_90", "over_90")
#: In the order in which work goes.
STATUSES: Final = ("todo", "in_progress", "in_review", "blocked", "done", "cancelled")
OUTCOMES: Final = ("overdue", "slipped", "hit", "planned", "no_date", "cancelled")
MISSED: Final = ("not_made", "given_up", "not_done")
FREQUENCIES: Final = ("daily", "weekly", "monthly", "yearly")
PRIORITIES: Final = ("low", "normal", "high", "urgent")
#: By which a campaign's goals are measured where nothing else was chosen.
_ATTRIBUTION: Final[Where] = {"attribution_model": ["last_touch"], "window_days": [28]}

_FLAGS: Final = (
    *("is_open", "is_in_progress", "is_overdue", "is_blocked", "has_unanswered_comment"),
)
_TASK: Final = (
    *("task_id", "title", "project_name", "task_status", "priority", "assignee_name", "due_date"),
    *("late_days", "age_days", "quiet_days", "waits_for_count", "holds_up_count"),
    *("lacks_assignee", "unanswered_mention_count", "attachment_count", "watcher_count"),
)


def standing(view: View) -> Record:
    """How many tasks there are, open, in progress, overdue, blocked, and to be answered."""
    return view.marts.totals("fct_tasks", _FLAGS).records()[0]


def tasks(view: View, where: Where) -> Sequence[Record]:
    """Tasks of which something holds, those due first before all."""
    return view.marts.rows(
        "fct_tasks", _TASK, where=where, order_by=["due_date", "created_date", "task_id"]
    ).records()


def done_tasks(view: View, period: Period) -> Sequence[Record]:
    """Tasks done in a period, the longest first."""
    return view.marts.rows(
        "fct_tasks",
        [
            *("title", "project_name", "assignee_name", "lacks_assignee", "completed_date"),
            *("due_date", "late_days", "lead_days", "cycle_days"),
        ],
        between={"completed_date": (period.start, period.end)},
        order_by=["-lead_days", "task_id"],
    ).records()


def ages(view: View) -> Mapping[Cell, Record]:
    """How many open tasks are of each age, and of these in progress, overdue and blocked."""
    found = view.marts.totals(
        "fct_tasks",
        ["is_in_progress", "is_overdue", "is_blocked"],
        by=["age_band"],
        where={"is_open": [True]},
    ).records()
    return {row["age_band"]: row for row in found}


def workload(view: View) -> Sequence[Record]:
    """Open tasks of each person, and of nobody; of people who may not be seen together."""
    return view.marts.totals(
        "fct_tasks",
        [
            *("is_in_progress", "is_overdue", "is_blocked", "holds_up_count"),
            *("left_minutes", "lacks_estimate", "has_unanswered_comment"),
        ],
        by=["assignee_id", "assignee_name", "lacks_assignee"],
        where={"is_open": [True]},
        order_by=["-row_count", "assignee_name"],
    ).records()


def days(view: View) -> Sequence[Record]:
    """How many tasks were open and in progress at the end of each day of the period."""
    return view.marts.rows(
        "rpt_task_days",
        ["date_day", "open_count", "in_progress_count"],
        between={"date_day": (view.period.start, view.period.end)},
        order_by=["date_day"],
    ).records()


def projects(view: View) -> Sequence[Record]:
    """Projects, those that are open and due first before all."""
    return view.marts.rows(
        "rpt_projects",
        [
            *("project_id", "project_code", "project_name", "project_status", "owner_name"),
            *("owner_id", "department_name", "task_count", "done_rate", "overdue_task_count"),
            *("held_up_task_count", "milestone_count", "hit_milestone_count"),
            *("slipped_milestone_count", "overdue_milestone_count", "file_count", "late_days"),
            *("is_open", "is_overdue", "due_date", "budget_amount"),
            *(f"{status}_task_count" for status in STATUSES),
        ],
        order_by=["-is_open", "due_date", "project_id"],
    ).records()


def milestones(view: View) -> Sequence[Record]:
    """Milestones that are not reached, or were to be or were reached in the period."""
    found = view.marts.rows(
        "rpt_milestones",
        [
            *("milestone_name", "project_name", "owner_name", "outcome", "slip_days"),
            *("due_date", "reached_date", "task_count", "open_task_count"),
        ],
        order_by=["due_date", "milestone_id"],
    ).records()
    start, end = view.period.start, view.period.end

    def is_told(row: Record) -> bool:
        day = row["reached_date"] or row["due_date"]
        return row["outcome"] == "overdue" or (isinstance(day, date) and start <= day <= end)

    return sorted(filter(is_told, found), key=lambda row: OUTCOMES.index(str(row["outcome"])))


def recurring(view: View) -> Sequence[Record]:
    """What became of the turns of each recurring task that were due in the period."""
    return view.marts.totals(
        "rpt_recurring_turns",
        ["was_due", "was_on_time", "was_late", "is_missed"],
        by=["recurring_task_id", "title", "project_name", "frequency", "assignee_name"],
        between={"due_date": (view.period.start, view.period.end)},
        order_by=["-is_missed", "title", "recurring_task_id"],
    ).records()


def missed_turns(view: View) -> Sequence[Record]:
    """Turns that were due in the period and are missed, the latest first."""
    return view.marts.rows(
        "rpt_recurring_turns",
        ["title", "project_name", "assignee_name", "outcome", "turn_date", "due_date"],
        where={"is_missed": [True]},
        between={"due_date": (view.period.start, view.period.end)},
        order_by=["-due_date", "recurring_task_id"],
    ).records()


def unanswered_mentions(view: View) -> Sequence[Record]:
    """Mentions that nobody has answered, the longest first."""
    return view.marts.rows(
        "rpt_task_mentions",
        [
            *("title", "project_name", "user_name", "author_name", "wait_days"),
            *("was_read", "mentioned_date"),
        ],
        where={"is_unanswered": [True]},
        order_by=["mentioned_date", "task_comment_id"],
    ).records()


def unanswered_comments(view: View) -> Sequence[Record]:
    """Open tasks whose last comment is not their assignee's, the longest first."""
    return view.marts.rows(
        "fct_tasks",
        [
            *("title", "project_name", "assignee_name", "lacks_assignee"),
            *("comment_wait_days", "comment_count", "due_date"),
        ],
        where={"has_unanswered_comment": [True]},
        order_by=["-comment_wait_days", "task_id"],
    ).records()


def campaign_projects(view: View) -> Sequence[Record]:
    """Projects that carry campaigns out, each with its campaign's goals that are shown there."""
    carried = view.marts.rows(
        "rpt_campaign_projects",
        [
            *("campaign_id", "campaign_name", "project_name", "project_status", "done_rate"),
            *("overdue_task_count", "is_overdue", "due_date"),
        ],
        order_by=["due_date", "campaign_id", "project_id"],
    ).records()
    goals = view.marts.rows(
        "rpt_campaign_goals",
        ["campaign_id", "goal_name", "goal_status", "attainment_rate"],
        where=_ATTRIBUTION,
        order_by=["campaign_id", "goal_id"],
    ).records()
    by_campaign: dict[Cell, list[Record]] = {}
    for goal in goals:
        by_campaign.setdefault(goal["campaign_id"], []).append(goal)
    nothing: Record = {"goal_name": None, "goal_status": None, "attainment_rate": None}
    return [
        {**row, **goal}
        for row in carried
        for goal in by_campaign.get(row["campaign_id"], [nothing])
    ]
