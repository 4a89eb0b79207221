"""Sending what is due: once for each local date, to whom it is for, when the data are there."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import EmailMessage
from functools import cached_property
from typing import Any, Final, Literal

from facet.audit.trail import AuditTrail, Event, Kind
from facet.config import Settings
from facet.errors import BusyError, ConfigurationError, DeliveryError, FacetError
from facet.lock import exclusive
from facet.mail_delivery import UnreachableError, deliver, mail_server
from facet.release import Release, current
from facet.reporting.identity.identity import Principal, recipient_of
from facet.reporting.present.document.pdf import to_pdf
from facet.reporting.present.document.workbook import to_excel
from facet.reporting.present.tenant_view import TenantView
from facet.reports.mail import notice_mail, report_mail
from facet.reports.report import Order, report_of, zone_of
from facet.reports.schedule import WINDOW
from facet.reports.sendings import Sendings
from facet.reports.subscriptions import Subscription, read_chosen, read_operators
from facet.rights.document import Rights, RightsError, rights_of
from facet.rights.keys import email_key, secret_of
from facet.saved.file import SavedError
from facet.zones import clock

#: What came of a subscription: `sent`; `notice`: its recipient was told that it is late; `waiting`:
#: they were told before; `not_due`: nothing is to be sent now, or it was; `unsubscribed`;
#: `refused`: its recipient may not have it; `failed`: it is tried again.
Result = Literal["sent", "notice", "waiting", "not_due", "unsubscribed", "refused", "failed"]

RENDERERS: Final = {"pdf": to_pdf, "xlsx": to_excel}


def send_due(settings: Settings, *, now: datetime | None = None) -> Mapping[str, Result]:
    """Send every report that is due and was not sent; returns what came of each, by name.

    Raises:
        BusyError: reports are being sent already.
        ConfigurationError: the subscriptions or the mail server are not set up as they must be.
        ReleaseError: nothing can be served.
        RightsError: who may see what is not known, or was known too long ago.
        DeliveryError: something was not sent, after all else was; it is tried again.
    """
    subscriptions, errors = read_operators(settings), []
    try:
        subscriptions += read_chosen(settings)
    except SavedError as error:  # the operator's are sent for all that
        errors.append(str(error))
    count = len(subscriptions) + len(errors)
    if not count:
        return {}
    with _sender(settings, now) as sender:
        results: dict[str, Result] = {}
        for subscription in subscriptions:
            try:
                results[subscription.name] = sender.send_due(subscription)
            except (ConfigurationError, RightsError, UnreachableError):
                raise  # it is the same for all of them
            except (FacetError, OSError) as error:
                results[subscription.name] = "failed"
                errors.append(f"{subscription.name}: {error}")
    if errors:
        raise DeliveryError(
            f"{len(errors)} of {count} reports were not sent",
            why="\n".join(errors),
            next_step="Mend what the lines name; the next `facet reports send --due` tries again.",
        )
    return results


def send_now(
    settings: Settings, subscription: Subscription, *, now: datetime | None = None
) -> Result:
    """Send a report whatever its schedule says, as of the recipient's present date.

    Raises:
        DeliveryError: the mail server did not take it.
        FacetError: see `send_due`.
    """
    with _sender(settings, now) as sender:
        return sender.send_now(subscription)


@dataclass(frozen=True)
class Sender:
    """Sends for one home at one moment, each mail over a connection of its own."""

    settings: Settings
    now: datetime

    @cached_property
    def release(self) -> Release:
        """What is served."""
        return current(self.settings.releases_dir)

    @cached_property
    def rights(self) -> Rights:
        """Who may see what, now."""
        return rights_of(self.release.directory, self.settings)

    @cached_property
    def secret(self) -> bytes:
        """What addresses are compared by."""
        return secret_of(self.settings)

    @cached_property
    def sendings(self) -> Sendings:
        """What was sent before."""
        return Sendings.of(self.settings)

    def recipient(self, subscription: Subscription) -> Principal | None:
        """Whom the CRM knows by the address; None where it leads to nobody who may see anything."""
        found = recipient_of(
            subscription.recipient,
            self.rights,
            self.secret,
            self.release,
            tenant_id=subscription.tenant_id,
        )
        if not isinstance(found, Principal) or subscription.user_id not in (None, found.user_id):
            return None  # whoever has the address now did not ask for it
        return found

    def is_unsubscribed(self, subscription: Subscription) -> bool:
        """Whether the recipient has ended it."""
        key = email_key(self.secret, subscription.recipient)
        return self.sendings.is_unsubscribed(subscription, key)

    def present_order(self, subscription: Subscription) -> Order | None:
        """The report of the recipient's present date; None where they may see nothing."""
        principal = self.recipient(subscription)
        if principal is None:
            return None
        view = TenantView.of(principal, self.release, subscription.language)
        day = self.now.astimezone(zone_of(subscription, view)).date()
        return Order.of(subscription, principal, self.release, day)

    def send_due(self, subscription: Subscription) -> Result:
        """Send a report if it is due."""
        if self.is_unsubscribed(subscription):
            return "unsubscribed"
        principal = self.recipient(subscription)
        if principal is None:
            day = subscription.schedule.due(self.now, clock(subscription.time_zone or "UTC"))
            return "not_due" if day is None else self._refuse(subscription, day, None)
        view = TenantView.of(principal, self.release, subscription.language)
        day = subscription.schedule.due(self.now, zone_of(subscription, view))
        if day is None or self.sendings.outcome(subscription, day) == "sent":
            return "not_due"
        order = Order.of(subscription, principal, self.release, day)
        if not order.is_permitted:
            return self._refuse(subscription, day, principal)
        if view.tenant.is_kept or not order.is_complete:
            return self._notice(order)
        self._send(order)
        self.sendings.record(subscription, day, "sent")
        return "sent"

    def send_now(self, subscription: Subscription) -> Result:
        """Send a report of the present date, unless its recipient may not or wants not to have it.

        Raises:
            DeliveryError: the data do not reach over its days.
        """
        if self.is_unsubscribed(subscription):
            return "unsubscribed"
        order = self.present_order(subscription)
        if order is None or not order.is_permitted:
            return "refused"
        if order.view.tenant.is_kept or not order.is_complete:
            raise DeliveryError(
                f"Report {subscription.name}",
                why=f"{self._reason(order)} Nobody is sent old numbers.",
                next_step="See `facet status`, and run `facet run`.",
            )
        self._send(order)
        return "sent"

    def _send(self, order: Order) -> None:
        """Make a report and hand it over; it is written down before, or it is not handed over."""
        report = report_of(order)
        files = {kind: RENDERERS[kind](report) for kind in order.formats}
        view = order.view
        self._deliver(
            order,
            report_mail(self.settings, order, files),
            {
                "date": order.day.isoformat(),
                "formats": list(files),
                **_held(order),
                "days": [view.period.start.isoformat(), view.period.end.isoformat()],
                "metrics": sorted(view.reader.queried),
                "marts": sorted(view.marts.queried),
            },
        )

    def _notice(self, order: Order) -> Result:
        """Tell the recipient once that a report is late, however many dates that lasts."""
        last = self.sendings.last(order.subscription)
        is_told = last is not None and last.outcome == "notice"
        if not is_told:
            zone = zone_of(order.subscription, order.view)
            until = order.view.formats.moment((order.due_at + WINDOW).astimezone(zone))
            message = notice_mail(self.settings, order, self._reason(order), until)
            self._deliver(order, message, {"date": order.day.isoformat(), "notice": True})
        self.sendings.record(order.subscription, order.day, "notice")
        return "waiting" if is_told else "notice"

    def _refuse(self, subscription: Subscription, day: date, principal: Principal | None) -> Result:
        """Write down once for each date that its recipient may not have a report."""
        if self.sendings.outcome(subscription, day) != "refused":
            details = {"report": subscription.name, "reason": "report.recipient"}
            self._record(subscription, principal, "refused", details)
            self.sendings.record(subscription, day, "refused")
        return "refused"

    def _deliver(self, order: Order, message: EmailMessage, details: Mapping[str, Any]) -> None:
        """Hand over a mail.

        Raises:
            DeliveryError: the server did not take it, which is written down.
            OSError: it cannot be written down.
        """
        own, principal = order.subscription, order.view.principal
        with mail_server(self.settings) as server:
            self._record(own, principal, "report", {"report": own.name, **details})
            try:
                deliver(self.settings, server, message)
            except DeliveryError:
                refused = {"report": own.name, "reason": "report.delivery"}
                self._record(own, principal, "refused", refused)
                raise

    def _reason(self, order: Order) -> str:
        """Why a report cannot be sent yet."""
        view = order.view
        key = "footer.kept" if view.tenant.is_kept else "report.stale"
        return view.text(key, moment=view.formats.moment(view.tenant.as_of_local))

    def _record(
        self,
        subscription: Subscription,
        principal: Principal | None,
        kind: Kind,
        details: Mapping[str, Any],
    ) -> None:
        event = Event(
            at=datetime.now(UTC),
            tenant_id=subscription.tenant_id,
            user_id=principal.user_id if principal else None,
            kind=kind,
            release_id=self.release.id,
            details=details,
        )
        AuditTrail.of(self.settings).record(event)


def _held(order: Order) -> dict[str, Any]:
    """What of a tenant a report shows, for the audit trail."""
    if order.page is not None:
        return {"page": order.page.name, "filters": dict(order.subscription.address)}
    return {"sections": [section.name for section in order.sections]}


@contextmanager
def _sender(settings: Settings, now: datetime | None) -> Iterator[Sender]:
    """A sender under the lock of reports: one process sends at a time."""
    settings.create_home()
    with exclusive(
        settings.home / "reports.lock",
        lambda: BusyError(
            "Reports are being sent",
            why="Another process holds reports.lock.",
            next_step="Wait until it has ended; what is due then is sent by the next one.",
        ),
    ):
        yield Sender(settings, now or settings.as_of or datetime.now(UTC))
