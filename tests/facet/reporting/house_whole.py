"""The house with everything in it, and more kinds of people: who may see what is told from it.

Beside the house's staff New York has Ian, who analyses everything without the names of customers,
Nora, who has no role, and Jo, who sells here and markets in Saigon. Whatever names people beside
what they did (campaigns, activities, projects, violations) names several.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

import duckdb

from facet.audit.trail import AuditTrail, Event
from facet.config import Settings
from facet.release import Release
from tests.facet.reporting import (
    house_administration,
    house_campaigns,
    house_customers,
    house_forecast,
    house_hours,
    house_marketing,
    house_messages,
    house_operations,
    house_products,
    house_projects,
    house_promotions,
    house_shipments,
    house_staff,
)
from tests.facet.reporting.house import ORDERS, publish_house
from tests.facet.reporting.house_people import Staff, write_rights
from tests.facet.reporting.house_staff import ADA, BEN, CY, ELI, MAI, TEAM

IAN, NORA, JO, BAO = 17, 18, 19, 22
STAFF: Final[tuple[Staff, ...]] = (
    *TEAM,
    (1, IAN, ADA, "Ian Nal", "analyst", True),
    (1, NORA, ADA, "Nora Less", "", True),
    (1, JO, ADA, "Jo Both", "sales", True),
    (2, JO, MAI, "Jo Hai", "marketing", True),
    (2, BAO, MAI, "Lê Văn Bảo", "sales", True),
)
PEOPLE: Final = {(tenant, user): name for tenant, user, _, name, *_ in STAFF}
#: What each has in orders, by the credits of `house_staff`.
ORDERS_OF: Final[Mapping[tuple[int, int], frozenset[str]]] = {
    (tenant, user): frozenset(
        f"{tenant}-{order:04}"
        for (shop, order), credits in house_staff.CREDITS.items()
        if shop == tenant and user in {credit[0] for credit in credits}
    )
    for tenant, user in PEOPLE
}
ORDER_NUMBERS: Final = {(o.tenant_id, f"{o.tenant_id}-{o.order_id:04}") for o in ORDERS}

_NAMED: Final = f"""
    update dim_campaigns set owner_id = {ADA} where tenant_id = 1 and campaign_id = 1;
    update dim_campaigns set owner_id = {MAI} where tenant_id = 2;
    update rpt_campaign_activities set owner_id = {BEN}, owner_name = 'Ben Ode'
        where activity_id = 1;
    update rpt_campaign_activities set owner_id = {ELI}, owner_name = 'Eli Jay'
        where activity_id = 2;
    update rpt_campaign_projects set owner_id = {CY}, owner_name = 'Cy Gone';
    update fct_promotion_redemptions set user_id = {BEN} where tenant_id = 1;
    update fct_promotion_violations set user_id = {ELI} where redemption_id = 9;
    insert into fct_promotion_violations
        select * replace ('staff_is_customer' as violation_type, {CY} as user_id,
            null as found_name)
        from fct_promotion_violations where redemption_id = 8;
    update rpt_schema_offenders set item = 'wrong_at_' || tenant_id where measure = 'existence';
"""


def make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    """Create the marts that pages have of their own; returns their names."""
    names = [
        *house_staff.make(connection),
        *house_forecast.make(connection),
        *house_promotions.make(connection),
        *house_campaigns.create(connection),
        *house_customers.make(connection, has_orders=False),
        *house_products.make(connection),
        *house_shipments.make(connection),
        *house_messages.make(connection),
        *house_marketing.make(connection),
        *house_operations.make(connection),
        *house_administration.make(connection),
        *house_projects.make(connection),
        *house_hours.make(connection),
    ]
    connection.execute("use facet_marts")
    connection.execute(_NAMED)
    connection.execute("use main")
    return names


def publish_whole(settings: Settings, manifest: object) -> Release:
    """Publish it; in its audit trail somebody of each shop has exported a table."""
    release = publish_house(settings, manifest, staff=STAFF, more=make)  # type: ignore[arg-type]
    for tenant, user, table in ((1, CY, "taken by Cy"), (2, MAI, "taken by Mai")):
        AuditTrail.of(settings).record(
            Event(
                at=datetime.now(UTC), tenant_id=tenant, user_id=user, kind="export",
                page="overview", details={"table": table, "format": "csv", "rows": 77_000 + user},
            )
        )  # fmt: skip
    return release


def grant(settings: Settings, *, suspended: Sequence[int] = ()) -> None:
    """Write down the rights of its people as of now, by addresses ``<user id>@house.example``."""
    write_rights(settings, STAFF, suspended=suspended)


def colleagues(tenant: int) -> set[str]:
    """The names of everybody of a shop."""
    return {name for (shop, _), name in PEOPLE.items() if shop == tenant}
