"""$english: $about_english"""

from typing import Final

from facet.reporting.screen.session.page import $imported
from facet.rights import codes

PAGE: Final = Page(
    name="$name",
    section="$section",
    icon="$icon",
    permissions=(codes.$permission,),
    shows=($shows),
    controls=$controls,
)
