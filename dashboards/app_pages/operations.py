"""Operations: what needs somebody, how systems and workflows did, errors, unusual and late acts."""

import streamlit as st

from facet.reporting.screen.pages.operations.activity import (
    error_lists,
    note_list,
    unusual_activity,
    workflow_list,
)
from facet.reporting.screen.pages.operations.alerts import alerts
from facet.reporting.screen.pages.operations.calls import calls
from facet.reporting.screen.pages.operations.late import late_changes
from facet.reporting.screen.pages.operations.tiles import operation_tiles, what_needs_somebody
from facet.reporting.screen.session.state import current_view

view = current_view()

st.caption(view.text("operations.about"))
what_needs_somebody(view)
operation_tiles(view)

alerts(view)
calls(view)
workflow_list(view)
error_lists(view)
unusual_activity(view)
late_changes(view)
note_list(view)
