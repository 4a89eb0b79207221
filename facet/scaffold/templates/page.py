"""$english: $about_english"""

from typing import Final

from facet.reporting.screen.session.page import EVERYTHING_BUT_MEASURE, Page
from facet.rights import codes

PAGE: Final = Page(
    name="$name",
    section="$section",
    icon="$icon",
    permissions=(codes.$permission,),
    shows=("sales", "orders"),
    controls=EVERYTHING_BUT_MEASURE,
)
