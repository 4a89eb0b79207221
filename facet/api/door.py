"""The door: who comes in by a token or an address, how often, and that it is recorded.

Nothing is kept of a visitor between two requests but how many there were: whoever leaves, and a
token that is revoked, is out with the next request.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from time import time
from typing import Any, Final

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from facet.api.refusals import TokenError, TooManyError, reason_of
from facet.api.tokens import Token, Tokens
from facet.audit.trail import AuditTrail, Event
from facet.config import Settings
from facet.errors import FacetError
from facet.metrics.shop import Shop, principal_of
from facet.release import Release, current
from facet.reporting.identity.identity import NOBODY, Principal, service, token_person
from facet.reporting.present.languages import Language
from facet.rights.document import rights_of

PER_MINUTE: Final = 60
_NEXT: Final = "Ask whoever runs Facet for a token (`facet token create`)."


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Somebody who was let in, for one request."""

    principal: Principal
    release: Release


class Door:
    """Lets visitors in, so many times a minute, and records whom and what is refused.

    Args:
        settings: of the home.
        way: by what way they come, for the audit trail: ``http``, ``mcp``.
        per_minute: how often each token may ask; and each place without one that is good.
    """

    def __init__(self, settings: Settings, *, way: str, per_minute: int = PER_MINUTE) -> None:
        self.settings = settings
        self._way = way
        self._tokens = Tokens.of(settings)
        self._room = RateLimitItemPerMinute(per_minute)
        self._once = RateLimitItemPerMinute(1)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def by_token(self, text: str | None, *, place: str) -> Visitor:
        """The holder of a token, with their rights of now.

        Args:
            text: the token.
            place: from where it comes, for those whom nobody knows.

        Raises:
            TokenError: there is none, or it opens nothing.
            TooManyError: it was used too often in this minute.
            RightsError: who may see what is not known, or was known too long ago.
            ReleaseError: nothing is published.
        """
        now = datetime.now(UTC)
        token = self._tokens.find(text) if text else None
        why = token.why_not(now) if token else None
        if token is None or why is not None:
            self._require_room(f"place {place}", token)
            raise self._refused_token(token, why)
        self._require_room(f"token {token.id}", token)
        release = current(self.settings.releases_dir)
        principal = self._principal(token, release)
        if not isinstance(principal, Principal):
            raise self._refused_token(token, f"By the CRM's users and roles: {principal}.")
        self._tokens.note_use(token, now)
        return Visitor(principal=principal, release=release)

    def by_address(self, address: str, tenant_id: int) -> Visitor:
        """Somebody of the CRM, at whose word whoever keeps Facet takes it, at its own machine.

        Raises:
            NotPermittedError: they may see nothing of the tenant.
            TooManyError, RightsError, ReleaseError: as of `by_token`.
        """
        release = current(self.settings.releases_dir)
        principal = principal_of(self.settings, release, tenant_id, address)
        self._require_room(f"user {principal.user_id}", None)
        return Visitor(principal=principal, release=release)

    def shop(self, visitor: Visitor, language: Language | None = None) -> Shop:
        """What a visitor may ask of their tenant."""
        principal, release = visitor.principal, visitor.release
        return Shop.seen_by(principal, release, self.settings, language=language, way=self._way)

    def record_refusal(
        self, visitor: Visitor, error: FacetError, metrics: Sequence[str] = ()
    ) -> None:
        """Write down that something was refused to a visitor."""
        principal = visitor.principal
        self._record(
            principal.tenant_id,
            None if principal.user_id == NOBODY else principal.user_id,
            error,
            who=principal.full_name,
            metrics=list(metrics),
        )

    def _principal(self, token: Token, release: Release) -> Principal | str:
        rights = rights_of(release.directory, self.settings)
        tenant_id = token.tenant_id
        if token.user_id is not None:
            return token_person(rights, release, tenant_id=tenant_id, user_id=token.user_id)
        return service(
            rights, release, tenant_id=tenant_id, name=token.name, permissions=token.permissions
        )

    def _require_room(self, key: str, token: Token | None) -> None:
        if self._limiter.hit(self._room, key):
            return
        reset = self._limiter.get_window_stats(self._room, key).reset_time
        error = TooManyError(self._room.amount, max(1, ceil(reset - time())))
        if self._limiter.hit(self._once, f"told {key}"):  # a flood does not fill the trail
            self._record_token(token, error)
        raise error

    def _refused_token(self, token: Token | None, why: str | None) -> TokenError:
        error = TokenError(
            "The token opens nothing", why=why or "It is none that is known.", next_step=_NEXT
        )
        self._record_token(token, error)
        return error

    def _record_token(self, token: Token | None, error: FacetError) -> None:
        if token is None:
            self._record(None, None, error)
        else:
            self._record(token.tenant_id, token.user_id, error, who=token.name, token=token.id)

    def _record(
        self, tenant_id: int | None, user_id: int | None, error: FacetError, **details: Any
    ) -> None:
        """What is refused is refused, too, where it cannot be written down."""
        event = Event(
            at=datetime.now(UTC),
            tenant_id=tenant_id,
            user_id=user_id,
            kind="refused",
            details={"reason": reason_of(error), "way": self._way, **details},
        )
        with suppress(OSError):
            AuditTrail.of(self.settings).record(event)
