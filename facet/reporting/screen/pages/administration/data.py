"""Users, what roles allow, and what is made use of, as the page reads them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final, cast

from facet.audit.trail import AuditTrail, Kind
from facet.config import Settings
from facet.reporting.query.table import Cell, Record
from facet.reporting.screen.session.page import Page
from facet.reporting.screen.session.view import View
from facet.rights import codes

_USE_DAYS: Final = 90


@dataclass(frozen=True, kw_only=True)
class Role:
    """A role: its name, and how many active users have it."""

    role_id: Cell
    name: str
    user_count: int


@dataclass(frozen=True, kw_only=True)
class Permission:
    """A permission, what it allows in the CRM's words, and the roles that grant it.

    `pages` are those of these dashboards that take it. `roles` are role ids, each with how many of
    its users made use of the permission; None: that is not known.
    """

    code: str
    description: str | None
    pages: Sequence[str]
    roles: Mapping[Cell, int | None]


def users(view: View) -> Sequence[Record]:
    """All users: those without use first, then without permissions, then by name."""
    found = view.marts.rows(
        "rpt_users",
        [
            *("user_id", "user_name", "role_names", "use_state", "permission_count", "act_count"),
            *("created_at", "last_act_at"),
        ],
        order_by=["user_name", "user_id"],
    ).records()
    order = ["without_use", "without_permissions", "in_use", "new", "inactive"]
    return sorted(found, key=lambda row: order.index(str(row["use_state"])))


def roles_and_permissions(
    view: View, pages: Sequence[Page]
) -> tuple[Sequence[Role], Sequence[Permission]]:
    """Roles by how many have them, and the permissions that they grant, by code.

    Args:
        view: for the marts and the tenant.
        pages: all pages, which say what permissions they take.
    """
    rows = view.marts.rows(
        "rpt_role_permissions",
        [
            *("role_id", "role_name", "permission_code", "permission_description"),
            *("user_count", "using_user_count"),
        ],
        order_by=["-user_count", "role_name", "role_id"],
    ).records()
    roles = {
        row["role_id"]: Role(
            role_id=row["role_id"],
            name=str(row["role_name"]),
            user_count=cast(int, row["user_count"]),
        )
        for row in rows
    }
    uses = _uses_of_dashboards(view, pages)
    by_code: dict[str, list[Record]] = {}
    for row in sorted(rows, key=lambda row: str(row["permission_code"])):
        by_code.setdefault(str(row["permission_code"]), []).append(row)
    return [*roles.values()], [
        Permission(
            code=code,
            description=cast(str | None, granted[0]["permission_description"]),
            pages=[page.name for page in pages if code in page.own_permissions],
            roles={row["role_id"]: _using(row, uses) for row in granted},
        )
        for code, granted in by_code.items()
    ]


def who_may(view: View, code: str) -> Sequence[Record]:
    """Users who have a permission, each once: through which roles, and since when."""
    rows = view.marts.rows(
        "rpt_user_permissions",
        ["user_id", "user_name", "role_name", "allowed_since_at"],
        where={"permission_code": [code]},
        order_by=["user_name", "user_id", "allowed_since_at", "role_name"],
    ).records()
    found: dict[Cell, Record] = {}
    for row in rows:
        seen = found.get(row["user_id"])
        names = row["role_name"] if seen is None else f"{seen['role_name']}, {row['role_name']}"
        found[row["user_id"]] = {**(seen or row), "role_name": names}
    return [*found.values()]


def _using(row: Record, uses: Mapping[tuple[Cell, str], int | None]) -> int | None:
    """How many users of a role made use of a permission; None where that is not known."""
    key = row["role_id"], str(row["permission_code"])
    return uses.get(key, cast(int | None, row["using_user_count"]))


def _uses_of_dashboards(view: View, pages: Sequence[Page]) -> Mapping[tuple[Cell, str], int | None]:
    """Of roles and permissions of these dashboards, how many users opened such a page or exported.

    None where nobody did who has been able to for long enough. Empty where the trail does not go
    back far enough to tell.
    """
    calendar = view.tenant.calendar
    first_day = calendar.day_of(datetime.now(UTC)) - timedelta(days=_USE_DAYS - 1)
    since = datetime.combine(first_day, time(), calendar.zone)
    trail = AuditTrail.of(Settings.from_environment())
    if not trail.begins_before(since, tenant_id=view.principal.tenant_id):
        return {}
    codes_of = {page.name: page.own_permissions for page in pages}
    used = {
        (user, code)
        for user, kind, page in trail.acts(view.principal.tenant_id, since=since)
        for code in _codes_used(kind, page, codes_of)
    }
    watched = {codes.EXPORT, *(code for taken in codes_of.values() for code in taken)}
    holders = view.marts.rows(
        "rpt_user_permissions",
        ["role_id", "permission_code", "user_id", "allowed_since_at"],
        where={"permission_code": sorted(watched)},
    ).rows
    counts = Counter[tuple[Cell, str]]()
    judged = set[tuple[Cell, str]]()
    for role, code, user, allowed_since in holders:
        counts[role, str(code)] += (user, str(code)) in used
        if allowed_since is not None and cast(datetime, allowed_since) < since:
            judged.add((role, str(code)))
    return {key: count if count or key in judged else None for key, count in counts.items()}


def _codes_used(
    kind: Kind, page: str | None, codes_of: Mapping[str, Sequence[str]]
) -> Sequence[str]:
    """The permissions of which an event of the trail is a use."""
    if kind == "export":
        return (codes.EXPORT,)
    return codes_of.get(page or "", ()) if kind in ("page", "file") else ()
