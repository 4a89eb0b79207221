"""The subscriptions of a home for who looks after them: what came of each, and how it looks."""

from dataclasses import dataclass
from datetime import UTC, datetime

from facet.config import Settings
from facet.errors import DeliveryError
from facet.reports.report import report_of, zone_of
from facet.reports.sending import RENDERERS, Sender
from facet.reports.sendings import Sending
from facet.reports.subscriptions import FileFormat, Subscription, read_subscriptions


@dataclass(frozen=True, kw_only=True)
class Status:
    """A subscription, its last sending and its next; without a next one it says why.

    `next_at` is on the recipient's clocks. `hidden` are its sections that the recipient may not
    see; all of them where they may see nothing.
    """

    subscription: Subscription
    last: Sending | None
    next_at: datetime | None
    is_unsubscribed: bool
    hidden: tuple[str, ...]


def statuses(settings: Settings, *, now: datetime | None = None) -> tuple[Status, ...]:
    """Every subscription, by name.

    Raises:
        ConfigurationError: the subscriptions are not set up as they must be.
        ReleaseError: nothing can be served.
        RightsError: who may see what is not known, or was known too long ago.
    """
    sender = Sender(settings, now or settings.as_of or datetime.now(UTC))
    return tuple(_status(sender, subscription) for subscription in read_subscriptions(settings))


def preview(
    settings: Settings, subscription: Subscription, kind: FileFormat, *, now: datetime | None = None
) -> bytes:
    """A report's file as its recipient would get it now; nothing is sent.

    Raises:
        DeliveryError: the recipient may not have it.
        FacetError: see `send_due`.
    """
    sender = Sender(settings, now or settings.as_of or datetime.now(UTC))
    order = sender.present_order(subscription)
    is_theirs = order is not None and (order.is_permitted or bool(order.sections))
    if order is None or not is_theirs or kind not in (*order.formats, "pdf"):
        raise DeliveryError(
            f"Report {subscription.name}",
            why="Its recipient may see none of it, may not export, or gets no such file.",
            next_step="Look at their roles in the CRM: docs/operations.md, Who may see what.",
        )
    return RENDERERS[kind](report_of(order))


def _status(sender: Sender, subscription: Subscription) -> Status:
    order = sender.present_order(subscription)
    is_unsubscribed = sender.is_unsubscribed(subscription)
    next_at, hidden = None, subscription.sections
    if order is not None and order.page is not None:
        hidden = () if order.is_permitted else (order.page.name,)
        if order.is_permitted:
            zone = zone_of(subscription, order.view)
            next_at = subscription.schedule.next(sender.now, zone).astimezone(zone)
    elif order is not None:
        seen = {section.name for section in order.sections}
        hidden = tuple(name for name in subscription.sections if name not in seen)
        if seen and not is_unsubscribed:
            zone = zone_of(subscription, order.view)
            next_at = subscription.schedule.next(sender.now, zone).astimezone(zone)
    return Status(
        subscription=subscription,
        last=sender.sendings.last(subscription),
        next_at=next_at,
        is_unsubscribed=is_unsubscribed,
        hidden=hidden,
    )
