"""Administration: who may do what and since when, and who makes use of it."""

from typing import Final

from facet.reporting.screen.session.page import Page
from facet.rights import codes

PAGE: Final = Page(
    name="administration",
    section="company",
    icon="admin_panel_settings",
    permissions=(codes.ADMINISTRATION,),
    shows=("rights", "people"),
    parameters=("permission",),
    marts=("rpt_users", "rpt_user_permissions", "rpt_role_permissions"),
    rows_of="rpt_users",
)
