"""What the oracle says of users and of what roles allow, and a release's."""

from datetime import datetime
from typing import Any, Final

from tests.oracle.query import query_oracle
from tests.project.compare import Figures, rows

#: In the order of the oracle: what it is of, its key in words, numbers.
_QUERIES: Final = {
    "user": "select tenant_id, 'user', concat_ws('|', user_id, use_state), permission_count,"
    " act_count, epoch_us(last_act_at) - epoch_us(timestamptz '2000-01-01 00:00:00+00')"
    " from rpt_users",
    "grant": "select tenant_id, 'grant', concat_ws('|', user_id, role_id, permission_id),"
    " epoch_us(allowed_since_at) - epoch_us(timestamptz '2000-01-01 00:00:00+00')"
    " from rpt_user_permissions",
    "role": "select tenant_id, 'role', concat_ws('|', role_id, permission_code),"
    " user_count, using_user_count from rpt_role_permissions",
}
FIGURES: Final = frozenset(_QUERIES)


def expected_administration(url: str, as_of: datetime) -> Figures:
    """Users, what they may do and what roles allow, by their keys."""
    found = query_oracle(url, "administration", as_of=as_of)
    return {(tenant, figure, words): tuple(numbers) for tenant, figure, words, numbers in found}


def served_administration(served: Any) -> Figures:
    """The same of the marts."""
    return {row[:3]: row[3:] for query in _QUERIES.values() for row in rows(served.release, query)}
