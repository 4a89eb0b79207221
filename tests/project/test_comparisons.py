"""The 30 days up to a moment within a day are compared like with like, whatever a shop's zone."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from facet.reporting.query.comparing import Compared, compared_with
from facet.reporting.query.periods import Calendar, preset_period
from tests.oracle.query import query_oracle
from tests.project.conftest import NOW

_METRICS = ("demand_sales", "leads_assigned", "orders", "redemption_attempts", "taxes", "units")


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_the_year_before_counts_up_to_the_same_time_of_day(
    demo_database: str, engine: str, publish: Callable[..., Any]
) -> None:
    rows = query_oracle(demo_database, "compared_until", as_of=NOW)
    expected = {(tenant, metric): Decimal(cut) for tenant, metric, _, cut in rows}
    assert sum(whole != cut for _, _, whole, cut in rows) > len(_METRICS), "the cut cuts something"

    served = publish(demo_database, engine)
    actual: dict[tuple[int, str], Decimal] = {}
    clocks = set()
    for tenant in served.release.tenants:
        reader = served.reader(tenant.tenant_id)
        own = _calendar(served, tenant.tenant_id)
        as_of = NOW.astimezone(ZoneInfo(own.timezone))
        clocks.add(as_of.time())
        period = preset_period("last_30_days", as_of.date(), own)
        found = compared_with(period, "last_30_days", "year", as_of=as_of)
        assert isinstance(found, Compared)
        days = {"start": found.period.start, "end": found.period.end, "until": found.period.until}
        record = reader.metrics(_METRICS, **days).records()[0]
        actual |= {(tenant.tenant_id, name): Decimal(record[name] or 0) for name in _METRICS}
        # what is split over people, and what is kept by day, month and channel, is cut alike
        credited = reader.metrics(["credited_demand_sales"], **days)
        assert credited.number("credited_demand_sales") == record["demand_sales"]
        for by in ("metric_time__day", "metric_time__local_week", "ledger_entry__channel_name"):
            parts = reader.metrics(["demand_sales"], by=[by], **days)
            assert parts.total("demand_sales") == record["demand_sales"]
    assert {key: value for key, value in actual.items() if value or key in expected} == expected
    assert len(clocks) > 2
    assert len({tenant for tenant, _ in expected}) >= 2


def _calendar(served: Any, tenant_id: int) -> Calendar:
    """The tenant's calendar, as the operational database has it."""
    with psycopg.connect(served.url) as connection:
        row = connection.execute(
            "select timezone, week_start, fiscal_year_start_month from sys_tenants where id = %s",
            [tenant_id],
        ).fetchone()
    assert row is not None
    return Calendar(timezone=row[0], week_start=row[1], fiscal_year_start_month=row[2])
