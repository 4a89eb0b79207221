"""Tokens made and revoked, with what is checked before and recorded of it."""

from datetime import UTC, datetime
from typing import Final

from facet.api.tokens import Issued, Token, Tokens
from facet.audit.trail import AuditTrail, Event
from facet.config import Settings
from facet.errors import ConfigurationError
from facet.metrics.shop import principal_of
from facet.release import current
from facet.rights.codes import CODES

_LONGEST_NAME: Final = 80


def issue_to_person(settings: Settings, *, tenant_id: int, address: str, days: int) -> Issued:
    """Make a token of somebody of the CRM, whose address is not kept.

    Raises:
        NotPermittedError: they may see nothing of the tenant.
        ConfigurationError: it would be good for too long.
    """
    principal = principal_of(settings, current(settings.releases_dir), tenant_id, address)
    issued = Tokens.of(settings).issue(
        tenant_id=tenant_id, user_id=principal.user_id, name=principal.full_name, days=days
    )
    _record(settings, issued.token, "made")
    return issued


def issue_to_service(
    settings: Settings, *, tenant_id: int, name: str, permissions: frozenset[str], days: int
) -> Issued:
    """Make a token of a program, with permissions of its own.

    Raises:
        NotPermittedError: there is no such tenant.
        ConfigurationError: it has no name, or permissions that there are none of.
    """
    name = " ".join(name.split())
    if not 1 <= len(name) <= _LONGEST_NAME:
        raise ConfigurationError(
            "The service has no name",
            why=f"The audit trail tells it by one of up to {_LONGEST_NAME} letters.",
            next_step="Name what it is for: --service cash-forecast.",
        )
    if not permissions or not permissions <= CODES:
        raise ConfigurationError(
            f"Permissions of {name}: {', '.join(sorted(permissions)) or 'none'}",
            why="There are no such permissions." if permissions else "It could see nothing.",
            next_step=f"Choose of: {', '.join(sorted(CODES))}.",
        )
    principal_of(settings, current(settings.releases_dir), tenant_id, None)
    issued = Tokens.of(settings).issue(
        tenant_id=tenant_id, name=name, permissions=permissions, days=days
    )
    _record(settings, issued.token, "made")
    return issued


def revoke(settings: Settings, token_id: int) -> Token:
    """End a token at once.

    Raises:
        ConfigurationError: there is none of that number that was still good.
    """
    token = Tokens.of(settings).revoke(token_id)
    if token is None:
        raise ConfigurationError(
            f"Token {token_id}",
            why="There is none, or it was revoked before.",
            next_step="Choose one of `facet token list`.",
        )
    _record(settings, token, "revoked")
    return token


def _record(settings: Settings, token: Token, act: str) -> None:
    event = Event(
        at=datetime.now(UTC),
        tenant_id=token.tenant_id,
        user_id=None,
        kind="token",
        details={
            "act": act,
            "token": token.id,
            "of_user": token.user_id,
            "who": token.name,
            "permissions": sorted(token.permissions),
            "expires_at": token.expires_at.isoformat(timespec="seconds"),
        },
    )
    AuditTrail.of(settings).record(event)
