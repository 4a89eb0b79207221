"""What somebody should look at: access that nobody makes use of."""

from collections.abc import Iterator, Sequence

from facet.reporting.query.table import Record
from facet.reporting.screen.pages.administration.data import Permission, Role
from facet.reporting.screen.parts.attention import Line, needs_attention
from facet.reporting.screen.session.view import View


def what_needs_somebody(
    view: View, people: Sequence[Record], roles: Sequence[Role], permissions: Sequence[Permission]
) -> None:
    """A line for each kind of access that could be taken away."""
    lines = _lines(view, people, roles, permissions)
    needs_attention(view, lines, nothing=view.text("administration.needs_nobody"))


def is_unused(permission: Permission, role: Role) -> bool:
    """Whether a role grants a permission that none of its users, of whom there are, made use of."""
    return role.user_count > 0 and permission.roles.get(role.role_id) == 0


def _lines(
    view: View, people: Sequence[Record], roles: Sequence[Role], permissions: Sequence[Permission]
) -> Iterator[Line]:
    counts = {
        "without_use": ("person_off", sum(row["use_state"] == "without_use" for row in people)),
        "without_permissions": (
            "no_accounts",
            sum(row["use_state"] == "without_permissions" for row in people),
        ),
        "unused": (
            "key_off",
            sum(is_unused(permission, role) for permission in permissions for role in roles),
        ),
        "empty": ("group_off", sum(not role.user_count for role in roles)),
    }
    for name, (icon, count) in counts.items():
        if count:
            yield Line(icon, view.text(f"administration_needs.{name}", count=view.count(count)))
