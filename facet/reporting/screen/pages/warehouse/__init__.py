"""Warehouse: how runs went, what they took, what failed, and how much there is."""

from typing import Final

from facet.reporting.screen.session.page import Page
from facet.rights import codes

PAGE: Final = Page(
    name="warehouse",
    section="company",
    icon="database",
    permissions=(codes.PLATFORM,),
    shows=("runs", "quarantine"),
    marts=(
        "rpt_run_days",
        "rpt_node_timings",
        "rpt_failed_tests",
        "rpt_release_days",
        "rpt_quarantine_days",
    ),
)
