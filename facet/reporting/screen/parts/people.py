"""Names of members of staff."""

from collections.abc import Iterable

from facet.reporting.query.table import Cell
from facet.reporting.screen.session.view import View


def staff_names(view: View, users: Iterable[Cell] | None = None) -> dict[Cell, str]:
    """The names of all, or of some, by user id; whom the reader may not see is not there."""
    wanted = None if users is None else {user for user in users if user is not None}
    if wanted is not None and not wanted:
        return {}
    where = None if wanted is None else {"user_id": sorted(wanted, key=str)}
    staff = view.marts.rows("dim_staff", ["user_id", "full_name"], where=where)
    return {user: str(name) for user, name in staff.rows}
