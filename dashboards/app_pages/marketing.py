"""Marketing: affiliates, links and channels, the calendar of activities, files, and brands."""

import streamlit as st

from facet.reporting.screen.pages.marketing.activities import activity_calendar
from facet.reporting.screen.pages.marketing.brands import brands
from facet.reporting.screen.pages.marketing.files import document_list, file_list, folder_tree
from facet.reporting.screen.pages.marketing.links import affiliate_list, channel_list, link_list
from facet.reporting.screen.pages.marketing.needs import marketing_tiles, what_needs_somebody
from facet.reporting.screen.session.query_params import query_param_select
from facet.reporting.screen.session.state import current_view

view = current_view()

st.caption(view.text("marketing.about"))
what_needs_somebody(view)
marketing_tiles(view)

parts = ("links", "activities", "files", "brand")
part = query_param_select(
    "part",
    view.text("marketing.choose"),
    {name: view.text(f"marketing_part.{name}") for name in parts},
    default="links",
    width=420,
)
if part == "activities":
    activity_calendar(view)
elif part == "files":
    file_list(view)
    folder_tree(view)
    document_list(view)
elif part == "brand":
    brands(view)
else:
    affiliate_list(view)
    link_list(view)
    channel_list(view)
