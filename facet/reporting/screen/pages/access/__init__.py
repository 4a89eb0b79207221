"""Access: who looked at what."""

from typing import Final

from facet.reporting.screen.session.page import Page
from facet.rights import codes

PAGE: Final = Page(
    name="access",
    section="company",
    icon="policy",
    permissions=(codes.ADMINISTRATION,),
    shows=("audit", "people"),
    controls=("period",),
)
