"""Ending a report without signing in: a signed token that says of which, for which address."""

import hashlib
import hmac
from datetime import UTC, datetime
from urllib.parse import quote

from facet.audit.trail import AuditTrail, Event
from facet.config import Settings
from facet.errors import ConfigurationError
from facet.reporting.present.languages import Language
from facet.reports.sendings import Sendings
from facet.reports.subscriptions import Subscription, read_subscriptions
from facet.rights.keys import email_key, secret_of
from facet.saved.file import NotSavedError
from facet.saved.subscriptions import PageSubscriptions

_DIGITS = 32


def token_of(settings: Settings, subscription: Subscription) -> str:
    """What ends a subscription of its recipient; nobody else can make it up."""
    return f"{subscription.tenant_id}.{subscription.name}.{_signature(settings, subscription)}"


def subscription_of(settings: Settings, token: str) -> Subscription:
    """The subscription that a token ends.

    Raises:
        ConfigurationError: the token is none of a report that is set up.
    """
    for subscription in read_subscriptions(settings):
        if hmac.compare_digest(token.encode(), token_of(settings, subscription).encode()):
            return subscription
    raise ConfigurationError(
        "The token is of no report",
        why="It was changed on its way, or its report or recipient is not set up any more.",
        next_step="Take it from the latest mail; of what is not set up nothing is sent.",
    )


def unsubscribe(settings: Settings, token: str) -> Subscription:
    """End what a token is of: from now on nothing of it is sent to its recipient.

    Raises:
        ConfigurationError: the token is none of a report that is set up.
    """
    subscription = subscription_of(settings, token)
    if _end(settings, subscription):
        AuditTrail.of(settings).record(
            Event(
                at=datetime.now(UTC),
                tenant_id=subscription.tenant_id,
                user_id=None,
                kind="unsubscribe",
                details={"report": subscription.name},
            )
        )
    return subscription


def _end(settings: Settings, subscription: Subscription) -> bool:
    """End a subscription where it is kept; False where it had ended."""
    if subscription.user_id is None:
        recipient = email_key(secret_of(settings), subscription.recipient)
        return Sendings.of(settings).unsubscribe(subscription, recipient)
    own = PageSubscriptions.of(
        settings, tenant_id=subscription.tenant_id, user_id=subscription.user_id
    )
    try:
        own.end(subscription.name.rpartition(".")[2])
    except NotSavedError:
        return False
    return True


def resubscribe(settings: Settings, subscription: Subscription) -> bool:
    """Send a report again to the recipient who had ended it; False where they had not."""
    recipient = email_key(secret_of(settings), subscription.recipient)
    return Sendings.of(settings).resubscribe(subscription, recipient)


def url_of(settings: Settings, token: str, language: Language) -> str | None:
    """Where one click ends it, in the language of the mail; None where no address is set up."""
    base = settings.unsubscribe_url
    return None if base is None else f"{base}/unsubscribe?lang={language}&token={quote(token)}"


def _signature(settings: Settings, subscription: Subscription) -> str:
    secret = secret_of(settings)
    said = "\n".join(
        [
            "unsubscribe",
            str(subscription.tenant_id),
            subscription.name,
            email_key(secret, subscription.recipient),
        ]
    )
    return hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()[:_DIGITS]
