"""Customers: who comes back, who should have, and what becomes of leads."""

from typing import Final

from facet.reporting.screen.session.page import Page
from facet.rights import codes

PAGE: Final = Page(
    name="customers",
    section="sales",
    icon="group",
    permissions=(codes.SALES,),
    shows=("customers", "sales", "orders", "people"),
    controls=("period", "compare"),
    parameters=("segment", "customer"),
    marts=("dim_tenants", "rpt_persons", "rpt_cohort_months", "fct_lead_stages", "fct_orders"),
    rows_of="dim_tenants",
)
