"""Migration: what of the old database has moved, and how good the schema is that it moved to."""

import streamlit as st

from facet.reporting.screen.pages.migration.entities import entity_diagram
from facet.reporting.screen.pages.migration.maintenance import (
    growth,
    key_headroom,
    report_costs,
    unused_indexes,
)
from facet.reporting.screen.pages.migration.progress import (
    migration_headline,
    migration_tiles,
    progress_chart,
    stop_unless_measured,
    tables_left,
)
from facet.reporting.screen.pages.migration.scorecard import offenders, scorecard
from facet.reporting.screen.session.state import current_view

view = current_view()

migration_headline(view)
migration_tiles(view)

left, right = st.columns([3, 2], gap="medium")
with left:
    progress_chart(view, by="domain")
with right:
    progress_chart(view, by="priority")
tables_left(view)

stop_unless_measured(view)

scorecard(view)
offenders(view)

entity_diagram(view)

growth(view)
unused_indexes(view)
key_headroom(view)
report_costs(view)
