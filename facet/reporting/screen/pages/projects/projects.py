"""Projects and their milestones, and those that carry campaigns out, with their goals."""

from functools import partial

import streamlit as st

from facet.reporting.present.charts.style import LOSS
from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Record
from facet.reporting.screen.pages.projects.data import (
    campaign_projects,
    milestones,
    projects,
    tasks,
)
from facet.reporting.screen.pages.projects.tasks import task_list
from facet.reporting.screen.parts.cells import Column, column, or_dash
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.table import Select, listing
from facet.reporting.screen.session.view import View
from facet.rights import codes


def project_list(view: View) -> None:
    """Projects, and the tasks of one that is picked."""
    subheading(view.text("projects.title"))
    rows = projects(view)
    if not rows:
        nothing_yet(view.text("projects.none"), view.text("projects.none_why"), key="no-projects")
        return
    columns = [
        column(view, "projects.project", "project_name", width=220),
        _status(view),
        column(view, "projects.done", "done_rate", kind="rate"),
        column(view, "task.due", or_dash("due_date"), kind="day"),
        column(view, "task.late_days", "late_days", kind="days"),
        column(view, "task.tasks", "task_count", kind="count"),
        column(view, "task_list.overdue", "overdue_task_count", kind="count"),
        column(view, "task_list.blocked", "held_up_task_count", kind="count"),
        column(view, "projects.hit", "hit_milestone_count", kind="count"),
        column(view, "projects.slipped", "slipped_milestone_count", kind="count"),
        column(view, "projects.overdue", "overdue_milestone_count", kind="count"),
        column(view, "projects.owner", partial(_owner, view)),
        column(view, "projects.department", or_dash("department_name")),
        column(view, "projects.files", "file_count", kind="count"),
    ]
    picked = listing(view, "projects", rows, columns, select=Select(by="project_id"))
    if picked is None:
        return
    found = tasks(view, {"project_id": [picked["project_id"]]})
    minor_heading(view.text("projects.tasks_of"))
    if found:
        task_list(view, "tasks-of-project", found)
    else:
        st.caption(view.text("projects.no_tasks"))


def milestone_list(view: View) -> None:
    """Milestones that are overdue, or of the period: hit, slipped or to come."""
    subheading(view.text("milestone.title"))
    if not view.marts.count("rpt_milestones"):
        nothing_yet(
            view.text("milestone.never"), view.text("milestone.never_why"), key="no-milestones"
        )
        return
    rows = milestones(view)
    if not rows:
        st.caption(view.text("milestone.none"))
        return
    late = {view.text(f"milestone_outcome.{name}"): LOSS for name in ("overdue", "slipped")}
    columns = [
        column(view, "milestone.milestone", "milestone_name", width=200),
        column(view, "projects.project", "project_name", width=180),
        column(view, "milestone.outcome", partial(_outcome, view), colours=late),
        column(view, "milestone.slip_days", "slip_days", kind="days"),
        column(view, "task.due", or_dash("due_date"), kind="day"),
        column(view, "milestone.reached", or_dash("reached_date"), kind="day"),
        column(view, "milestone.open_tasks", "open_task_count", kind="count"),
        column(view, "projects.owner", partial(_owner, view)),
    ]
    listing(view, "milestones", rows, columns)


def campaign_project_list(view: View) -> None:
    """Projects that carry campaigns out with the goals they serve, for who may see campaigns."""
    if not view.principal.may(codes.MARKETING) or not view.marts.has("rpt_campaign_projects"):
        return
    rows = campaign_projects(view)
    if not rows:
        return
    subheading(view.text("projects.campaigns"))
    columns = [
        column(view, "projects.campaign", "campaign_name", width=220),
        column(view, "projects.project", "project_name", width=220),
        _status(view),
        column(view, "projects.done", "done_rate", kind="rate"),
        column(view, "task_list.overdue", "overdue_task_count", kind="count"),
        column(view, "projects.goal", or_dash("goal_name")),
        column(view, "projects.attainment", "attainment_rate", kind="rate"),
        column(view, "projects.goal_status", partial(_goal_status, view)),
        column(view, "task.due", or_dash("due_date"), kind="day"),
    ]
    listing(view, "campaign-projects", rows, columns)


def _status(view: View) -> Column:
    late = view.text("projects.late")
    return column(
        view,
        "task.status",
        lambda row: (
            late if row["is_overdue"] else view.word("project_status", row["project_status"])
        ),
        colours={late: LOSS},
    )


def _owner(view: View, row: Record) -> str:
    return str(row["owner_name"] or DASH)


def _outcome(view: View, row: Record) -> str:
    return view.word("milestone_outcome", row["outcome"])


def _goal_status(view: View, row: Record) -> str:
    return DASH if row["goal_status"] is None else view.word("goal_status", row["goal_status"])
