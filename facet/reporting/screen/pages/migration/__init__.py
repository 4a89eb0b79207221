"""Migration: what has moved, and what the new schema is worth."""

from typing import Final

from facet.reporting.screen.session.page import Page
from facet.rights import codes

PAGE: Final = Page(
    name="migration",
    section="company",
    icon="moving",
    permissions=(codes.PLATFORM,),
    shows=("schema",),
    marts=(
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
    ),
    rows_of="rpt_migration_progress",
)
