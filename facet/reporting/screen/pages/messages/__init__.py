"""Messages: what customers write, who waits for an answer, and what comes of it."""

from typing import Final

from facet.reporting.screen.session.page import Page
from facet.rights import codes

PAGE: Final = Page(
    name="messages",
    section="sales",
    icon="forum",
    permissions=(codes.SALES,),
    shows=("messages", "sales", "people"),
    controls=("period", "compare"),
    parameters=("part",),
    marts=(
        "fct_message_hours",
        "fct_conversations",
        "fct_sms_hours",
        "fct_sms_contacts",
        "fct_sms_conversations",
        "rpt_sms_senders",
    ),
)
