"""Who may do what in the house, little enough to count."""

from collections.abc import Sequence
from typing import Final

import duckdb

from tests.facet.reporting.contracts import Record, create
from tests.facet.reporting.house_staff import ADA, BEN, CY, ELI, MAI

_NAMES: Final = {
    (1, "owner"): "Head jeweller", (1, "sales"): "Window keeper", (2, "owner"): "Chủ tiệm vàng",
}  # fmt: skip


def _user(
    tenant: int, user: int, name: str, roles: str, state: str, acts: int, last: str | None
) -> Record:
    permissions = {"owner": 4, "sales": 2, "": 0}[roles] if state != "inactive" else 0
    return {
        "tenant_id": tenant, "user_id": user, "user_name": name,
        "role_names": _NAMES.get((tenant, roles), ""),
        "use_state": state, "permission_count": permissions, "act_count": acts,
        "created_at": "2024-03-01 15:00:00+00",
        "last_act_at": last and f"{last} 15:00:00+00",
    }  # fmt: skip


_CODES: Final = {
    "orders.refund": "Hand money back",
    "orders.edit": "Amend what was ordered",
    "facet.sales": "See dashboards",
    "facet.export": "Export",
    "facet.marketing": "See dashboards of marketing",
}
#: Role, its name, how many have it; by permission how many of them made use of it.
_GRANTS: Final[Sequence[tuple[int, int, str, int, dict[str, int | None]]]] = (
    (1, 1, "Head jeweller", 1,
     {"orders.refund": 0, "orders.edit": None, "facet.sales": None, "facet.export": None}),
    (1, 2, "Window keeper", 2, {"orders.refund": 1, "orders.edit": None}),
    (1, 3, "Window keeper", 0, {"orders.refund": 0}),
    (2, 4, "Chủ tiệm vàng", 1, {"orders.refund": 1, "facet.sales": None, "facet.marketing": None}),
)  # fmt: skip
_HOLDERS: Final = {1: [(ADA, "Ada Frost")], 2: [(BEN, "Ben Ode"), (ELI, "Eli Jay")], 3: [],
                   4: [(MAI, "Trần Thị Mai")]}  # fmt: skip

ROWS: Final[dict[str, Sequence[Record]]] = {
    "rpt_users": [
        _user(1, ADA, "Ada Frost", "owner", "in_use", 40, "2026-03-17"),
        _user(1, BEN, "Ben Ode", "sales", "in_use", 7, "2026-03-16"),
        _user(1, CY, "Cy Gone", "sales", "inactive", 0, "2025-06-01"),
        _user(1, ELI, "Eli Jay", "sales", "without_use", 0, "2025-11-01"),
        _user(1, 30, "Zoe Last", "", "without_permissions", 0, None),
        _user(2, MAI, "Trần Thị Mai", "owner", "in_use", 5, "2026-03-17"),
    ],
    "rpt_role_permissions": [
        {"tenant_id": tenant, "role_id": role, "permission_id": number, "role_code": f"r{role}",
         "role_name": name, "permission_code": code, "permission_description": _CODES[code],
         "user_count": users, "using_user_count": using, "granted_at": "2024-03-01 15:00:00+00"}
        for tenant, role, name, users, granted in _GRANTS
        for number, (code, using) in enumerate(granted.items(), 10 * role)
    ],
    "rpt_user_permissions": [
        {"tenant_id": tenant, "user_id": user, "role_id": role, "permission_id": number,
         "user_name": user_name, "role_name": name, "permission_code": code,
         "allowed_since_at": f"2024-03-0{role} 15:00:00+00"}
        for tenant, role, name, _, granted in _GRANTS
        for number, code in enumerate(granted, 10 * role)
        for user, user_name in _HOLDERS[role]
    ],
}  # fmt: skip


def make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    """Create the marts of administration with the house's rows; returns their names."""
    for name, rows in ROWS.items():
        create(connection, name, rows)
    return tuple(ROWS)
