"""What leads pass on, on a shop so small that every figure was worked out on paper."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.oracle.query import query_oracle
from tests.project.paper_shop import TENANTS, PaperShop, write

_AN, _BO, _CO, _DI = 1, 2, 3, 4


def _credit(shop: PaperShop) -> None:
    """Lead 1 is of An and Bo, with Co beside; of lead 2 nothing is said, of lead 3 an order."""
    for user in (_AN, _BO, _CO, _DI):
        shop.add("sys_users", id=user)
    for lead in (1, 2, 3):
        shop.add("crm_leads", id=lead, created_at="2026-01-01T10:00Z")
    for number, price, lead in ((1, "100", 1), (2, "50", 1), (3, "7", 2), (4, "9", 3)):
        shop.order(number, "2026-03-02T08:00Z", price)
        shop.add("order_meta_crm", order_id=number, lead_id=lead, sales_user_id=_DI)
    for row, of_lead, order, user, role, rate in (
        (1, 1, None, _AN, "primary", "0.6"), (2, 1, None, _BO, "shared", "0.4"),
        (3, 1, None, _CO, "overlay", "1"), (4, None, 2, _DI, "primary", "1"),
        (5, 3, 1, _BO, "originator", "0.5"),
    ):  # fmt: skip
        shop.add("lead_sales", id=row, lead_id=of_lead, order_id=order, user_id=user,
                 credit_role=role, contribution_rate=rate)  # fmt: skip


def _touches(shop: PaperShop) -> None:
    """Touches after leads 11 to 14 and after order 20, all of which came at ten."""
    for campaign in (1, 2):
        shop.add("mkt_campaigns", id=campaign, name="C")
    for key, campaign, time in (
        (11, 1, "10:00:01"), (12, 2, "10:05"), (13, 1, "10:05:00.000001"), (14, 1, "09:00"),
        (14, 2, "10:00:01"), (20, 1, "10:00:01"),
    ):  # fmt: skip
        if key != 14 or campaign == 1:
            shop.add("crm_personal_keys", id=key)
        shop.add("crm_personal_journey", personal_key_id=key, campaign_id=campaign,
                 touchpoint="lead_form", occurred_at=f"2026-03-08T{time}Z")  # fmt: skip
    for lead in (11, 12, 13, 14):
        shop.add("crm_leads", id=lead, personal_key_id=lead, created_at="2026-03-08T10:00Z")
    shop.add("crm_customers", id=20, personal_key_id=20)
    shop.order(20, "2026-03-08T10:00Z", "1", customer_id=20)


@pytest.fixture(scope="module")
def shop(operational_database: Callable[[], str]) -> str:
    return write(operational_database(), _credit, _touches)


def test_credit_of_an_order_falls_back_on_its_lead_then_on_its_seller(shop: str) -> None:
    found: dict[int, dict[tuple[str, int], str]] = {tenant: {} for tenant in TENANTS}
    for tenant, metric, person, day, _, value in query_oracle(
        shop, "staff_sales", using=("00_sales", "01_parts")
    ):
        if metric.endswith("net_sales") and person is not None and day.day == 2:
            found[tenant][metric, person % 100_000] = f"{value.normalize():f}"
    assert [*found.values()] == [
        {
            ("credited_net_sales", _AN): "60",
            ("credited_net_sales", _BO): "40",
            # order 2, which names her; 3, of whose lead nothing is said; 4, whose lead has an order
            ("credited_net_sales", _DI): "66",
            ("overlay_net_sales", _CO): "150",
            ("originator_net_sales", _BO): "50",
        }
    ] * 2


@pytest.mark.parametrize(
    ("model", "campaigns"),
    [
        ("last_touch", {1: "1", 2: "2"}),
        ("first_touch", {1: "2", 2: "1"}),
        ("linear", {1: "1.5", 2: "1.5"}),
    ],
)
def test_a_lead_is_of_a_touch_of_the_next_five_minutes(
    shop: str, model: str, campaigns: dict[int, str]
) -> None:
    found: dict[int, dict[int, Any]] = {tenant: {} for tenant in TENANTS}
    for tenant, metric, campaign, named, window, _, value in query_oracle(
        shop, "campaign_sales", using=("00_sales", "01_parts", "02_attribution")
    ):
        assert metric != "orders" or not value
        if (metric, named, window) == ("leads", model, 1) and value:
            found[tenant][campaign % 100_000] = f"{value.normalize():f}"
    assert [*found.values()] == [campaigns] * 2
