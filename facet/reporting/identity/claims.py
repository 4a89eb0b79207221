"""Claims of an OpenID provider about somebody, checked before they are used.

Streamlit (Authlib) has verified the token's signature and nonce. Audience, issuer, times and the
verified address are checked here, because nothing else does so at each click.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from facet.config import Oidc

ClaimsRefusal = Literal["wrong_token", "unverified"]


@dataclass(frozen=True, kw_only=True)
class Claims:
    """A token whose issuer, audience and verified address are what they must be."""

    issuer: str
    subject: str
    email: str
    nonce: str
    issued_at: datetime
    expires_at: datetime


def checked(user: Mapping[str, object], oidc: Oidc) -> Claims | ClaimsRefusal:
    """The claims of a signed-in user.

    Returns:
        The claims; ``wrong_token`` where issuer, audience, subject or times are missing or not what
        they must be, ``unverified`` where the provider does not vouch for the address.
    """
    audience = user.get("aud")
    audiences = audience if isinstance(audience, list | tuple) else [audience]
    issuer, subject = user.get("iss"), user.get("sub")
    issued_at, expires_at = _moment(user.get("iat")), _moment(user.get("exp"))
    if (
        not isinstance(issuer, str)
        or issuer.rstrip("/") != oidc.issuer
        or oidc.client_id not in audiences
        or (len(audiences) > 1 and user.get("azp") != oidc.client_id)
        or not isinstance(subject, str)
        or not subject
        or issued_at is None
        or expires_at is None
    ):
        return "wrong_token"
    email = user.get("email")
    if user.get("email_verified") is not True or not isinstance(email, str) or "@" not in email:
        return "unverified"
    return Claims(
        issuer=issuer,
        subject=subject,
        email=email,
        nonce=str(user.get("nonce") or ""),
        issued_at=issued_at,
        expires_at=expires_at,
    )


def _moment(seconds: object) -> datetime | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
