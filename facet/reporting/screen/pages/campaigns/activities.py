"""Activities and projects of a campaign."""

import streamlit as st

from facet.reporting.present.charts.style import LOSS
from facet.reporting.screen.pages.campaigns.data.campaigns import Campaign
from facet.reporting.screen.parts.cells import Column, column, or_dash, summed
from facet.reporting.screen.parts.headings import minor_heading
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View


def campaign_activities(view: View, campaign: Campaign) -> None:
    """Activities of a campaign and their costs."""
    activities = view.marts.rows(
        "rpt_campaign_activities",
        ["activity_name", "activity_type", "activity_status", "marketing_channel_name",
         "owner_name", "budget_amount", "spent_amount", "click_count", "is_overdue", "start_date",
         "due_date"],
        where={"campaign_id": [campaign["campaign_id"]]},
        order_by=["start_date", "activity_id"],
    ).records()  # fmt: skip
    minor_heading(view.text("activity.title"))
    if not activities:
        st.caption(view.text("activity.none"))
        return
    columns = [
        column(view, "activity.activity", "activity_name"),
        column(
            view,
            "activity.type",
            lambda activity: view.word("activity_type", activity["activity_type"]),
        ),
        _status(view, "activity_status"),
        column(view, "activity.channel", or_dash("marketing_channel_name")),
        column(view, "activity.start", "start_date", "day"),
        column(view, "activity.due", "due_date", "day"),
        summed(view, "activity.budget", "budget_amount"),
        summed(view, "campaign.spent", "spent_amount"),
        summed(view, "link.clicks", "click_count", "count"),
        column(view, "activity.owner", or_dash("owner_name")),
    ]
    listing(view, "activities", activities, columns, has_total=True)


def campaign_projects(view: View, campaign: Campaign) -> None:
    """The projects that carry it out, and how far they are; nothing where there are none."""
    projects = view.marts.rows(
        "rpt_campaign_projects",
        ["project_name", "project_status", "owner_name", "budget_amount", "task_count",
         "overdue_task_count", "done_rate", "is_overdue", "due_date"],
        where={"campaign_id": [campaign["campaign_id"]]},
        order_by=["due_date", "project_id"],
    ).records()  # fmt: skip
    if not projects:
        return
    minor_heading(view.text("project.title"))
    columns = [
        column(view, "project.project", "project_name"),
        _status(view, "project_status"),
        column(view, "project.done", "done_rate", "rate"),
        summed(view, "project.tasks", "task_count", "count"),
        summed(view, "project.overdue", "overdue_task_count", "count"),
        column(view, "activity.due", "due_date", "day"),
        summed(view, "activity.budget", "budget_amount"),
        column(view, "activity.owner", or_dash("owner_name")),
    ]
    listing(view, "projects", projects, columns)


def _status(view: View, name: str) -> Column:
    """The label of its status, or that it is late."""
    late = view.text("activity.late")
    return column(
        view,
        "goal.status",
        lambda row: late if row["is_overdue"] else view.word(name, row[name]),
        colours={late: LOSS},
    )
