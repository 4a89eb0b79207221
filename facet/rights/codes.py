"""The permissions that Facet knows, as they stand in ``sys_permissions``."""

from dataclasses import dataclass
from typing import Final

SALES: Final = "facet.sales"
STAFF: Final = "facet.staff"
MARKETING: Final = "facet.marketing"
PLATFORM: Final = "facet.platform"
EXPORT: Final = "facet.export"
PERSONAL_DATA: Final = "facet.personal_data"
ALL_STAFF: Final = "facet.all_staff"
ADMINISTRATION: Final = "facet.administration"


@dataclass(frozen=True, kw_only=True)
class Permission:
    """A permission, what it allows, and the roles that have it where nobody decided otherwise."""

    code: str
    description: str
    roles: tuple[str, ...]


PERMISSIONS: Final = (
    Permission(
        code=SALES,
        description=(
            "See the dashboards Home, Overview, Sales, Customers, Products, Fulfilment and Messages"
        ),
        roles=("owner", "manager", "marketing", "analyst"),
    ),
    Permission(
        code=STAFF,
        description=(
            "See the dashboards Home, Sales team and People (oneself and the people under one)"
            " and Projects"
        ),
        roles=("owner", "manager", "analyst", "sales"),
    ),
    Permission(
        code=MARKETING,
        description="See the dashboards Home, Campaigns, Promotions and Marketing",
        roles=("owner", "manager", "marketing", "analyst"),
    ),
    Permission(
        code=PLATFORM,
        description="See the dashboards Home, Migration, Operations, Quarantine and Warehouse",
        roles=("owner", "analyst"),
    ),
    Permission(
        code=EXPORT,
        description="Export tables as CSV and Excel",
        roles=("owner", "manager", "analyst"),
    ),
    Permission(
        code=PERSONAL_DATA,
        description="See the names of customers and affiliates",
        roles=("owner", "manager"),
    ),
    Permission(
        code=ALL_STAFF,
        description="See everybody's performance, not only that of the people under one",
        roles=("owner", "analyst"),
    ),
    Permission(
        code=ADMINISTRATION,
        description=("See the dashboards Home, Administration, Access, Operations and Quarantine"),
        roles=("owner",),
    ),
)

CODES: Final = frozenset(permission.code for permission in PERMISSIONS)
