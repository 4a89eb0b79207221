"""A report: whose it is, of which days, and its parts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from facet.release import Release
from facet.reporting.identity.identity import Principal
from facet.reporting.present.filters import Filters
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.comparing import Compared
from facet.reports.contents import Part, part_of
from facet.reports.sections import SECTIONS, Section
from facet.reports.subscriptions import FileFormat, Subscription
from facet.rights.codes import EXPORT
from facet.zones import clock

#: What a file takes beside the permissions of its sections.
_TAKES: Final[dict[FileFormat, str]] = {"xlsx": EXPORT}


@dataclass(frozen=True, kw_only=True)
class Order:
    """A report that is to be made: for whom, of what, of which local date.

    `day` is the date of the recipient's clocks that its sending goes by.
    """

    subscription: Subscription
    view: TenantView
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
        filters = Filters(preset="custom", custom=period, comparison=subscription.comparison)
        return cls(subscription=subscription, view=view.showing(filters), day=day, due_at=due_at)

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
    def formats(self) -> tuple[FileFormat, ...]:
        """Those of its files that the recipient may have: Excel is an export."""
        may = self.view.principal.may
        asked = self.subscription.formats
        return tuple(own for own in asked if own not in _TAKES or may(_TAKES[own]))

    @property
    def title(self) -> str:
        """What it is called."""
        return self.view.text(f"report.title_{self.subscription.schedule.every}")

    @property
    def about(self) -> dict[str, str]:
        """Title, shop and period, as texts name them."""
        view = self.view
        period = view.formats.period(view.period)
        return {"title": self.title, "shop": view.tenant.name, "period": period}

    @property
    def as_of(self) -> str:
        """What moment its data are of."""
        tenant = self.view.tenant
        moment = self.view.formats.moment(tenant.as_of_local)
        return self.view.text("report.as_of", moment=moment, timezone=tenant.calendar.timezone)

    @property
    def compared(self) -> str:
        """What its days are compared with."""
        comparison = self.view.comparison
        if not isinstance(comparison, Compared):
            return self.view.text("report.not_compared")
        period = self.view.formats.period(comparison.period)
        return self.view.text("report.compared", period=period)


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report with its numbers."""

    order: Order
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, order: Order) -> "Report":
        """Ask for everything that the recipient may see of it."""
        return cls(
            order=order, parts=tuple(part_of(order.view, section) for section in order.sections)
        )


def zone_of(subscription: Subscription, view: TenantView) -> ZoneInfo:
    """The clocks that a subscription goes by."""
    return clock(subscription.time_zone or view.tenant.calendar.timezone)
