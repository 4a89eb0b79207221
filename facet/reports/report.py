"""A report: whose it is, of which days, and its parts."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from facet.release import Release
from facet.reporting.identity.identity import Principal
from facet.reporting.present.document.parts import Document, Part
from facet.reporting.present.filters import Filters
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.periods import Period
from facet.reports.contents import part_of
from facet.reports.sections import SECTIONS, Section
from facet.reports.subscriptions import FileFormat, Subscription
from facet.rights.codes import EXPORT
from facet.zones import clock

if TYPE_CHECKING:
    from facet.reporting.screen.session.page import Page

#: What a file takes beside the permissions of its sections.
_TAKES: Final[dict[FileFormat, str]] = {"xlsx": EXPORT}


@dataclass(frozen=True, kw_only=True)
class Order:
    """A report that is to be made: for whom, of what, of which local date.

    `day` is the date of the recipient's clocks that its sending goes by, `page` what it is of; None
    of one of sections.
    """

    subscription: Subscription
    view: TenantView
    page: "Page | None"
    day: date
    due_at: datetime

    @classmethod
    def of(
        cls, subscription: Subscription, principal: Principal, release: Release, day: date
    ) -> "Order":
        """The order of a subscription's report of a local date.

        Raises:
            ReleaseError: the release does not have the tenant, or cannot be read.
        """
        view = TenantView.of(principal, release, subscription.language)
        due_at = subscription.schedule.moment(day, zone_of(subscription, view))
        calendar = view.tenant.calendar
        period = subscription.schedule.period(calendar.day_of(due_at), calendar)
        page = None if subscription.page is None else _page_named(subscription.page)
        if page is not None:
            view = _view_of(page, subscription, principal, release, period)
        else:
            filters = Filters(preset="custom", custom=period, comparison=subscription.comparison)
            view = view.showing(filters)
        return cls(subscription=subscription, view=view, page=page, day=day, due_at=due_at)

    @property
    def is_complete(self) -> bool:
        """Whether the data reach over all of its days."""
        return self.view.tenant.today > self.view.period.end

    @property
    def sections(self) -> tuple[Section, ...]:
        """Those of its sections that the recipient may see."""
        asked = (SECTIONS[name] for name in self.subscription.sections)
        return tuple(own for own in asked if self.view.principal.may(own.permission))

    @property
    def is_permitted(self) -> bool:
        """Whether the recipient may have anything of it."""
        sees = self.page is not None and self.page.is_for(self.view.principal.permissions)
        return bool(self.sections or sees) and bool(self.formats)

    @property
    def formats(self) -> tuple[FileFormat, ...]:
        """Those of its files that the recipient may have: Excel is an export."""
        may = self.view.principal.may
        asked = self.subscription.formats
        return tuple(own for own in asked if own not in _TAKES or may(_TAKES[own]))

    @property
    def title(self) -> str:
        """What it is called."""
        if self.page is not None:
            title = self.view.text(f"page.{self.page.name}")
            return title if self.subscription.title is None else f"{self.subscription.title}"
        return self.view.text(f"report.title_{self.subscription.schedule.every}")

    @property
    def document(self) -> Document:
        """What it is of, without its numbers."""
        has_period = self.page is None or self.page.has_period
        return Document(view=self.view, title=self.title, has_period=has_period)


def report_of(order: Order) -> Document:
    """A report with everything that the recipient may see of it.

    Raises:
        PageError: its page could not be drawn.
    """
    if order.page is not None:
        return replace(order.document, parts=_parts_of(order.page, order))
    parts = tuple(part_of(order.view, section) for section in order.sections)
    return replace(order.document, parts=parts)


def _page_named(name: str) -> "Page | None":
    from facet.reporting.screen.frame.unattended import page_named

    return page_named(name)


def _view_of(
    page: "Page", own: Subscription, principal: Principal, release: Release, period: Period
) -> TenantView:
    """The view of a page at the address that was chosen, of the report's days."""
    from facet.reporting.screen.frame.unattended import view_of

    return view_of(principal, release, own.language, page=page, address=own.address, period=period)


def _parts_of(page: "Page", order: Order) -> tuple[Part, ...]:
    from facet.reporting.screen.frame.unattended import drawn
    from facet.reporting.screen.session.view import View

    assert isinstance(order.view, View), "an order of a page has its view"
    return drawn(order.view, page, order.subscription.address).parts


def zone_of(subscription: Subscription, view: TenantView) -> ZoneInfo:
    """The clocks that a subscription goes by."""
    return clock(subscription.time_zone or view.tenant.calendar.timezone)
