"""People: what they were to work and worked, how they are evaluated, and what they asked for."""

from typing import Final

from facet.reporting.screen.session.page import Page
from facet.rights import codes

PAGE: Final = Page(
    name="people",
    section="work",
    icon="badge",
    permissions=(codes.STAFF,),
    shows=("people", "sales"),
    controls=("period", "compare"),
    parameters=("part", "evaluated"),
    marts=(
        "fct_shifts",
        "fct_evaluations",
        "fct_person_evaluations",
        "fct_criterion_scores",
        "fct_time_off_requests",
        "fct_schedule_changes",
        "fct_cover_hours",
        "rpt_staff_warnings",
    ),
)
