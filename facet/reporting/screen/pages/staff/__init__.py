"""Staff: team, leaderboard, one person, commission."""

from typing import Final

from facet.reporting.screen.session.page import Page
from facet.rights import codes

PAGE: Final = Page(
    name="staff",
    section="sales",
    icon="groups",
    permissions=(codes.STAFF,),
    shows=("sales", "people"),
    controls=("period", "compare"),
    parameters=("team", "person"),
    marts=("dim_staff", "fct_sales_credits"),
    rows_of="dim_staff",
)
