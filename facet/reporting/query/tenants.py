"""The tenant of a principal: its name, calendar, currency and locale."""

from dataclasses import dataclass
from datetime import date, datetime

from facet.errors import ReleaseError
from facet.release import Release
from facet.reporting.identity.identity import Principal
from facet.reporting.query.gateway import Gateway
from facet.reporting.query.periods import Calendar


@dataclass(frozen=True, kw_only=True)
class Tenant:
    """A tenant as its file describes it."""

    tenant_id: int
    name: str
    calendar: Calendar
    currency: str
    locale: str
    #: The day that returns count on: their own (`refund_date`) or the order's (`order_date`).
    return_dating: str
    #: The moment of the operational database that its numbers are of.
    as_of: datetime
    #: True when the newest run failed the tenant's tests, so that an earlier file is shown.
    is_kept: bool

    @property
    def today(self) -> date:
        """The tenant's local day of the data: later days cannot have any."""
        return self.calendar.day_of(self.as_of)

    @property
    def as_of_local(self) -> datetime:
        """The moment of the data on the tenant's clocks."""
        return self.calendar.local(self.as_of)


def tenant_of(gateway: Gateway, principal: Principal, release: Release) -> Tenant:
    """The principal's tenant.

    Raises:
        ReleaseError: the release does not have it.
    """
    entry = release.tenant(principal.tenant_id)
    rows = gateway.query(
        principal,
        release,
        """
        select *
        from warehouse.facet_marts.dim_tenants
        where tenant_id = $tenant_id
        """,
        {"tenant_id": principal.tenant_id},
    ).records()
    if len(rows) != 1:
        raise ReleaseError(
            f"{entry.file_name} of release {release.id} does not describe its tenant",
            why=f"dim_tenants has {len(rows)} rows in it.",
            next_step="Run `facet run`, or roll back with `facet release rollback`.",
        )
    row = rows[0]
    return Tenant(
        tenant_id=principal.tenant_id,
        name=str(row["tenant_name"]),
        calendar=Calendar(
            timezone=str(row["timezone"]),
            week_start=int(str(row["week_start"])),
            fiscal_year_start_month=int(str(row["fiscal_year_start_month"])),
            has_weeks_of_retail=row.get("calendar_type") == "retail_454",
        ),
        currency=str(row["currency_code"]),
        locale=str(row["locale"]).replace("-", "_"),
        return_dating=str(row["return_dating"]),
        as_of=entry.snapshot_at or release.snapshot.at,
        is_kept=entry.status == "kept",
    )
