"""Operations: alerts, calls between systems, workflows, errors, and what people did."""

from typing import Final

from facet.reporting.screen.session.page import Page
from facet.rights import codes

PAGE: Final = Page(
    name="operations",
    section="company",
    icon="monitor_heart",
    permissions=(codes.PLATFORM, codes.ADMINISTRATION),
    shows=("operations", "products", "orders", "people"),
    controls=("period", "compare"),
    marts=(
        "fct_alerts",
        "fct_webhook_days",
        "rpt_webhook_endpoints",
        "fct_workflow_runs",
        "fct_log_days",
        "fct_action_hours",
        "fct_late_changes",
        "rpt_notes",
    ),
)
