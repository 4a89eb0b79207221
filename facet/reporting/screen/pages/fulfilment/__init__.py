"""Fulfilment: orders after the sale, and how shipments keep their promises."""

from typing import Final

from facet.reporting.screen.session.page import Page
from facet.rights import codes

PAGE: Final = Page(
    name="fulfilment",
    section="sales",
    icon="local_shipping",
    permissions=(codes.SALES,),
    shows=("shipments", "sales", "products", "orders", "people"),
    controls=("period", "compare"),
    parameters=("part",),
    marts=(
        "fct_shipments",
        "fct_service_cases",
        "fct_returns",
        "fct_refund_times",
        "fct_inbound_shipments",
        "rpt_balances_due",
        "rpt_stage_days",
        "rpt_shipstation_differences",
        "rpt_shipstation_orders",
        "rpt_overshipped_lines",
    ),
)
