"""Projects: what is late or blocked, how long work takes, and who has how much to do."""

import streamlit as st

from facet.reporting.screen.pages.projects.data import standing
from facet.reporting.screen.pages.projects.needs import task_tiles, what_needs_somebody
from facet.reporting.screen.pages.projects.people import unanswered, work_of_people
from facet.reporting.screen.pages.projects.projects import (
    campaign_project_list,
    milestone_list,
    project_list,
)
from facet.reporting.screen.pages.projects.recurring import recurring_tasks
from facet.reporting.screen.pages.projects.tasks import (
    done_over_time,
    open_tasks,
    work_in_progress,
)
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.session.query_params import query_param_select
from facet.reporting.screen.session.state import current_view

view = current_view()
now = standing(view)

st.caption(view.text("projects.about"))
if now["row_count"]:
    what_needs_somebody(view)
    task_tiles(view, now)
else:
    nothing_yet(view.text("task.never"), view.text("task.never_why"), key="no-tasks")

parts = ("tasks", "projects", "people", "recurring")
part = query_param_select(
    "part",
    view.text("projects.choose"),
    {name: view.text(f"projects_part.{name}") for name in parts},
    default="tasks",
    width=420,
)
if part == "projects":
    project_list(view)
    milestone_list(view)
    campaign_project_list(view)
elif part == "people":
    if now["row_count"]:
        work_of_people(view)
    unanswered(view)
elif part == "recurring":
    recurring_tasks(view)
elif now["row_count"]:
    open_tasks(view)
    done_over_time(view)
    work_in_progress(view)
