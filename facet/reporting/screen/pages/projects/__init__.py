"""Projects: what is to be done, what is late or blocked, and how long work takes."""

from typing import Final

from facet.reporting.screen.session.page import Page
from facet.rights import codes

PAGE: Final = Page(
    name="projects",
    section="work",
    icon="task_alt",
    permissions=(codes.STAFF,),
    shows=("projects", "people", "campaigns"),
    controls=("period", "compare"),
    parameters=("part",),
    marts=(
        "fct_tasks",
        "rpt_task_days",
        "rpt_projects",
        "rpt_milestones",
        "rpt_recurring_turns",
        "rpt_task_mentions",
    ),
)
