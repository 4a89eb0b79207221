"""Who has signed in, for tests that are not about signing in."""

from typing import Final

from facet.reporting.identity.identity import _PROOF, Principal
from facet.reporting.identity.scope import DataScope
from facet.rights.codes import CODES

#: All of a tenant.
EVERYTHING: Final = DataScope(people=None, has_personal_data=True)


def principal(tenant_id: int, *, people: frozenset[int] | None = None) -> Principal:
    """Somebody of a tenant who may do everything, and sees all its people unless some are named."""
    return Principal(
        tenant_id=tenant_id,
        user_id=1,
        full_name="Test",
        role_codes="",
        permissions=CODES,
        people=people,
        proof=_PROOF,
    )
