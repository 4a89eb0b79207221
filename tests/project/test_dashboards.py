"""What a signed-in manager of each tenant reads is what SQL on the operational PostgreSQL says."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser

from facet.release import Release
from facet.reporting.identity.identity import demo_users
from facet.rights.document import rights_of
from tests.dashboards.conftest import serve_home
from tests.dashboards.driver import Dashboard, open_dashboard
from tests.oracle.query import query_oracle

_DAYS = 365
_BRIDGE = {
    "Gross sales": "gross_sales",
    "Discounts": "discounts",
    "Demand sales": "demand_sales",
    "Returns": "returns",
    "Net sales": "net_sales",
    "Taxes": "taxes",
    "Shipping": "shipping",
    "Total sales": "total_sales",
}
_VIETNAMESE = {
    "Doanh số gộp": "gross_sales",
    "Giảm giá": "discounts",
    "Doanh số đặt hàng": "demand_sales",
    "Hàng trả lại": "returns",
    "Doanh thu thuần": "net_sales",
    "Thuế": "taxes",
    "Phí vận chuyển": "shipping",
    "Tổng doanh thu": "total_sales",
}


@pytest.fixture(scope="module")
def served(demo_database: str, publish: Callable[..., Any]) -> Any:
    return publish(demo_database, "duckdb")


@pytest.fixture(scope="module")
def pages(served: Any) -> Iterator[str]:
    with serve_home(served.settings.home) as address:
        yield address


@pytest.fixture(scope="module")
def expected(served: Any) -> dict[tuple[int, str], Decimal]:
    """Sums over the year before the demo's as-of date, by tenant and metric."""
    first, last = _period(served.release)
    sums: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for tenant, metric, day, value in query_oracle(served.url, "sales_metrics"):
        if first <= day <= last:
            sums[tenant, metric] += value
    return sums


def _period(release: Release) -> tuple[date, date]:
    last = release.snapshot.at.date() - timedelta(days=1)
    return last - timedelta(days=_DAYS - 1), last


def _number(text: str, *, is_vietnamese: bool) -> Decimal:
    digits = re.sub(r"[^0-9.,-]", "", text.replace("−", "-"))
    thousands, point = (".", ",") if is_vietnamese else (",", ".")
    return Decimal(digits.replace(thousands, "").replace(point, "."))


@pytest.mark.parametrize("tenant_id", [1, 2, 3, 4])
def test_a_manager_of_each_tenant_reads_the_operational_numbers(
    browser: Browser,
    pages: str,
    served: Any,
    expected: dict[tuple[int, str], Decimal],
    tenant_id: int,
) -> None:
    start, end = _period(served.release)
    rights = rights_of(served.release.directory, served.settings)
    user = next(user for user in demo_users(served.release, rights) if user.tenant_id == tenant_id)
    with open_dashboard(browser, pages) as dashboard:
        dashboard.open(f"/sales?period=custom&from={start}&to={end}")
        dashboard.sign_in(user.tenant_name, user.full_name)
        read = _bridge(dashboard)
        assert read == {
            metric: expected.get((tenant_id, metric), Decimal(0)) for metric in _BRIDGE.values()
        }
        assert read["net_sales"] > 0
        units = _number(dashboard.tile("units"), is_vietnamese=tenant_id == 1)
        assert units == expected[tenant_id, "units"]

        dashboard.go_to("Tổng quan" if tenant_id == 1 else "Overview")
        for metric in ("orders", "new_customer_orders", "repeat_orders"):
            shown = _number(dashboard.tile(metric), is_vietnamese=tenant_id == 1)
            assert shown == expected[tenant_id, metric], metric


def _bridge(dashboard: Dashboard) -> dict[str, Decimal]:
    rows = dashboard.table("table-bridge")
    names = _VIETNAMESE if rows[1][0] in _VIETNAMESE else _BRIDGE
    return {
        names[name]: _number(value, is_vietnamese=names is _VIETNAMESE)
        for name, value, *_ in rows[1:]
    }
