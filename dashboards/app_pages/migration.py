"""Migration: what of the old database has moved, and how good the schema is that it moved to."""

import streamlit as st

from facet.reporting import screen

MARTS = (
    "rpt_migration_progress",
    "rpt_migration_tables",
    "rpt_schema_tables",
    "rpt_schema_references",
    "rpt_schema_quality",
    "rpt_schema_offenders",
    "rpt_table_growth",
    "rpt_unused_indexes",
    "rpt_narrow_keys",
    "rpt_model_costs",
)

view = screen.view_of_session()
screen.stop_without(view, *MARTS)

screen.migration_headline(view)
screen.migration_tiles(view)

left, right = st.columns([3, 2], gap="medium")
with left:
    screen.progress_chart(view, by="domain")
with right:
    screen.progress_chart(view, by="priority")
screen.tables_left(view)

screen.stop_unless_measured(view)

screen.scorecard(view)
screen.offenders(view)

screen.entity_diagram(view)

screen.growth(view)
screen.unused_indexes(view)
screen.key_headroom(view)
screen.report_costs(view)
