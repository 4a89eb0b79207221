"""People of a tenant whom a reader may see, and which of their figures the shop has more of."""

from dataclasses import dataclass
from typing import Final

from facet.reporting.present.tenant_view import TenantView

SALES: Final = "credited_net_sales"
#: What the shop has more of than its people; targets and hours are held against these alone.
OF_ORDERS: Final = (
    SALES,
    "credited_orders",
    "credited_average_order_value",
    "credited_units_per_order",
)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who works for the tenant."""

    user_id: int
    name: str
    job_title: str | None


def people_of(view: TenantView) -> dict[int, Person]:
    """People whom the reader may see, by name."""
    rows = view.marts.rows(
        "dim_staff", ["user_id", "full_name", "job_title"], order_by=["full_name", "user_id"]
    )
    seen = view.principal.people
    return {
        int(str(user_id)): Person(
            user_id=int(str(user_id)),
            name=str(name),
            job_title=None if job_title is None else str(job_title),
        )
        for user_id, name, job_title in rows.rows
        if seen is None or user_id in seen
    }
