"""The oracle of campaigns itself, on a shop so small that every figure was worked out on paper."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.oracle.query import query_oracle
from tests.project.paper_shop import AUCKLAND, PARIS, TENANTS, PaperShop, write

#: Tuesday, 10 March 2026 in Paris; the next day, at one o'clock in the morning, in Auckland.
_AS_OF = datetime(2026, 3, 10, 12, tzinfo=UTC)
_USING = ("00_sales", "01_parts", "02_attribution")


def _campaigns(shop: PaperShop) -> None:
    for campaign in (1, 2, 3):
        shop.add("mkt_campaigns", id=campaign, name=f"C{campaign}", starts_on="2026-03-01",
                 ends_on="2026-03-10")  # fmt: skip
        shop.add("mkt_utm_links", id=campaign, campaign_id=campaign)
    shop.add("mkt_utm_links", id=4)
    for key in (20, 23, 24):
        shop.add("crm_personal_keys", id=key)
    shop.add("crm_customers", id=21, personal_key_id=20)
    shop.add("crm_customers", id=22, personal_key_id=23)
    shop.add("crm_customer_merge_logs", from_customer_id=21, into_customer_id=22)


def _touches(shop: PaperShop) -> None:
    """On the ends of windows before noon of 8 March, two at once, one a microsecond too early."""
    for touch, key, campaign, moment in (
        (1, 20, 1, "02-08T10:00"), (2, 23, 2, "03-01T10:00"), (3, 20, 3, "03-07T10:00"),
        (4, 23, 1, "03-07T10:00"), (5, 20, 2, "02-08T09:59:59.999999"),
        (6, 20, 1, "03-08T10:00:01"), (7, 20, None, "03-08T09:00"), (8, 24, 3, "03-02T10:00"),
    ):  # fmt: skip
        shop.add("crm_personal_journey", id=touch, personal_key_id=key, campaign_id=campaign,
                 touchpoint="visit", occurred_at=f"2026-{moment}Z")  # fmt: skip


def _orders(shop: PaperShop) -> None:
    shop.order(1, "2026-03-08T10:00Z", "100.01", cost="40.01", customer_id=22)
    # touch 6, link 2, then a redemption that is of campaigns 2 and 3
    shop.order(2, "2026-03-08T12:00Z", "3.00", quantity=3, customer_id=21)
    shop.add("orders_meta", order_id=2, utm_link_id=2)
    # guests: by link 1; by a link of no campaign
    shop.order(3, "2026-03-09T12:00Z", "5.00")
    shop.add("orders_meta", order_id=3, utm_link_id=1)
    shop.refund(3, "2026-03-09T23:30Z", "2.01")
    shop.order(4, "2026-03-09T12:00Z", "50.00")
    shop.add("orders_meta", order_id=4, utm_link_id=4)
    for n, (day, price) in enumerate(((1, 10), (2, 10), (3, 10), (4, 10), (10, 60))):
        shop.order(10 + n, f"2025-03-{day:02}T10:00Z", str(price))


def _redemptions(shop: PaperShop) -> None:
    for promotion, campaigns in ((1, (2, 3)), (2, (1, 2, 3))):
        shop.add("mkt_promotions", id=promotion, name="P", promotion_type="percentage")
        for campaign in campaigns:
            shop.add("mkt_promotion_campaigns", promotion_id=promotion, campaign_id=campaign)
    for row, promotion, order, status, moment in (
        (1, 1, 2, "accepted", "2026-03-08T23:30Z"), (2, 2, None, "accepted", "2026-03-08T10:00Z"),
        (3, 2, 1, "rejected", "2026-03-08T10:00Z"), (4, 2, 1, "rolled_back", "2026-03-08T10:00Z"),
    ):  # fmt: skip
        shop.add("mkt_promotion_redemptions", id=row, promotion_id=promotion, order_id=order,
                 status=status, redeemed_at=moment)  # fmt: skip


def _leads(shop: PaperShop) -> None:
    for lead, key in ((1, 23), (2, 24), (3, None)):
        shop.add("crm_leads", id=lead, personal_key_id=key, created_at="2026-03-08T10:00:01Z")


def _goals(shop: PaperShop) -> None:
    whole, most = ("2026-03-01", "2026-03-10"), ("2026-03-02", "2026-03-11")
    for goal, campaign, metric, target, days, more in (
        (1, 3, "net_sales", 200, (None, None), {}),
        (2, 2, "orders", 2, ("2026-03-05", "2026-03-12"), {}),
        (3, 1, "new_customers", 5, ("2026-03-10", "2026-03-20"), {}),
        (4, 1, "custom", 0, whole, {"manual_value": 3}),
        (5, 1, "custom", None, whole, {}),
        (6, 1, "custom", 100, most, {"manual_value": "79.19"}),
        (7, 1, "custom", 100, most, {"manual_value": "79.20"}),
        (8, 1, "custom", 100, most, {"manual_value": "64.80"}),
        (9, 1, "custom", 100, most, {"manual_value": "64.79"}),
        (10, 1, "custom", 100, ("2026-03-12", "2026-03-13"), {}),
        (11, 1, "custom", 100, ("2026-03-10", "2026-03-09"), {}),
        (12, 2, "redemptions", 1, whole, {}),
        (13, 1, "redemptions", 10, whole, {"parent_goal_id": 12}),
        (14, 2, "redemptions", 20, whole, {"parent_goal_id": 12}),
        (15, 2, "units", 20, whole, {"parent_goal_id": 12}),
        (16, 1, "net_sales", 10, whole, {}),
    ):
        shop.add("mkt_campaign_goals", id=goal, campaign_id=campaign, name="G", metric=metric,
                 target_value=target, starts_on=days[0], ends_on=days[1], **more)  # fmt: skip


@pytest.fixture(scope="module")
def shop(operational_database: Callable[[], str]) -> str:
    return write(
        operational_database(), _campaigns, _touches, _orders, _redemptions, _leads, _goals
    )


@pytest.fixture(scope="module")
def sums(shop: str) -> dict[tuple[Any, ...], str]:
    """By tenant, metric, model, window, campaign and day of the month, without zeros."""
    return {
        (tenant, metric, model, window, campaign % 100_000, day.day): f"{value.normalize():f}"
        for tenant, metric, campaign, model, window, day, value in query_oracle(
            shop, "campaign_sales", using=_USING
        )
        if value
    }


def _of(
    sums: dict[tuple[Any, ...], str], tenant: int, metric: str, model: str, window: int
) -> dict[tuple[int, int], str]:
    wanted = (tenant, metric, model, window)
    return {key[4:]: value for key, value in sums.items() if key[:4] == wanted}


#: Campaigns' parts of orders 1 and 2. Touches of order 1 are 1 to 4 (campaigns 1, 2, 3, 1), those
#: of order 2 are 2, 3, 4, 6 (2, 3, 1, 1), link 2 and the redemption (2 and 3). A week leaves 3, 4
#: of the former and 3, 4, 6 of the latter, a day 3, 4 and 6.
_PARTS = {
    ("last_touch", 28): ({3: "1"}, {2: "0.5", 3: "0.5"}),
    ("last_touch", 1): ({3: "1"}, {2: "0.5", 3: "0.5"}),
    ("first_touch", 28): ({1: "1"}, {2: "1"}),
    ("first_touch", 7): ({2: "1"}, {3: "1"}),
    ("first_touch", 1): ({3: "1"}, {1: "1"}),
    ("linear", 28): (
        {1: "0.5", 2: "0.25", 3: "0.25"},
        # four of five sixths get one of the four hundred-millionths left over
        {1: "0.33333334", 2: "0.41666666", 3: "0.25"},
    ),
    ("linear", 7): (
        {1: "0.33333333", 2: "0.33333334", 3: "0.33333333"},
        {1: "0.4", 2: "0.3", 3: "0.3"},
    ),
    # a third, a third, and twice a sixth, whose remainders are the larger
    ("linear", 1): ({1: "0.5", 3: "0.5"}, {1: "0.33333333", 2: "0.5", 3: "0.16666667"}),
    ("position_based", 28): ({1: "0.8", 2: "0.1", 3: "0.1"}, {1: "0.1", 2: "0.65", 3: "0.25"}),
    ("position_based", 7): (
        {1: "0.4", 2: "0.4", 3: "0.2"},
        {1: "0.13333334", 2: "0.26666666", 3: "0.6"},
    ),
    ("position_based", 1): ({1: "0.5", 3: "0.5"}, {1: "0.4", 2: "0.4", 3: "0.2"}),
    # of order 1 62,500, 500,000, 905,724 and 905,724 millionths
    ("time_decay", 28): (
        {1: "0.40785392", 2: "0.21061961", 3: "0.38152647"},
        {1: "0.35767971", 2: "0.37770663", 3: "0.26461366"},
    ),
    ("time_decay", 7): (
        {1: "0.39184269", 2: "0.21631462", 3: "0.39184269"},
        {1: "0.39472177", 2: "0.31326063", 3: "0.2920176"},
    ),
    # of order 2 991,783 and twice 1,000,000
    ("time_decay", 1): (
        {1: "0.5", 3: "0.5"},
        {1: "0.33150232", 2: "0.50137326", 3: "0.16712442"},
    ),
}


@pytest.mark.parametrize(("model", "window"), _PARTS, ids=lambda value: str(value))
def test_an_order_is_shared_out_as_on_paper(
    sums: dict[tuple[Any, ...], str], model: str, window: int
) -> None:
    first, second = _PARTS[model, window]
    orders = _of(sums, AUCKLAND, "orders", model, window)
    assert {campaign: value for (campaign, day), value in orders.items() if day == 8} == first
    assert {campaign: value for (campaign, day), value in orders.items() if day == 9} == second
    both = {
        (campaign, 8): Decimal(first.get(campaign, 0)) + Decimal(second.get(campaign, 0))
        for campaign in first.keys() | second.keys()
    }
    in_paris = {key: Decimal(v) for key, v in _of(sums, PARIS, "orders", model, window).items()}
    assert in_paris == both | {(1, 9): 1}


@pytest.mark.parametrize(
    ("metric", "model", "window", "paris", "auckland"),
    [
        ("net_sales", "last_touch", 28,
         {(3, 8): "104.51", (2, 8): "4.5", (1, 9): "5", (1, 10): "-2.01"},
         {(3, 8): "100.01", (2, 9): "4.5", (3, 9): "4.5", (1, 10): "2.99"}),
        ("returns", "linear", 1, {(1, 10): "2.01"}, {(1, 10): "2.01"}),
        ("net_sales", "linear", 28,
         {(1, 8): "53.01", (2, 8): "28.75", (3, 8): "27.25", (1, 9): "5", (1, 10): "-2.01"},
         {(1, 8): "50.01", (2, 8): "25", (3, 8): "25", (1, 9): "3", (2, 9): "3.75",
          (3, 9): "2.25", (1, 10): "2.99"}),
        # cents left over: one to the larger weight, one to the lower campaign
        ("demand_sales", "linear", 7,
         {(1, 8): "36.94", (2, 8): "36.04", (3, 8): "36.03", (1, 9): "5"},
         {(1, 8): "33.34", (2, 8): "33.34", (3, 8): "33.33", (1, 9): "3.6", (2, 9): "2.7",
          (3, 9): "2.7", (1, 10): "5"}),
        ("gross_margin", "linear", 28,
         # only of order 1 is a cost known; what comes back alone takes margin away
         {(1, 8): "33", (2, 8): "18.75", (3, 8): "17.25", (1, 10): "-2.01"},
         {(1, 8): "30", (2, 8): "15", (3, 8): "15"}),
        ("units", "linear", 28,
         {(1, 8): "1.50000002", (2, 8): "1.49999998", (3, 8): "1", (1, 9): "1"},
         {(1, 8): "0.5", (2, 8): "0.25", (3, 8): "0.25", (1, 9): "1.00000002",
          (2, 9): "1.24999998", (3, 9): "0.75", (1, 10): "1"}),
        ("new_customers", "linear", 28, *[{(1, 8): "0.5", (2, 8): "0.25", (3, 8): "0.25"}] * 2),
        ("leads", "linear", 28, *[{(1, 8): "0.5", (2, 8): "0.25", (3, 8): "1.25"}] * 2),
        ("leads", "linear", 7, *[{(1, 8): "0.66666666", (3, 8): "1.33333334"}] * 2),
        ("leads", "last_touch", 1, *[{(1, 8): "1"}] * 2),
        ("redemptions", "", 0, *[
            {(1, 8): "0.33333334", (2, 8): "0.33333333", (3, 8): "0.33333333", (2, 9): "0.5",
             (3, 9): "0.5"}] * 2),
    ],
    ids=lambda value: str(value) if isinstance(value, str | int) else "",
)  # fmt: skip
def test_a_figure_of_each_campaign_and_day_is_that_on_paper(
    sums: dict[tuple[Any, ...], str],
    metric: str,
    model: str,
    window: int,
    paris: dict[tuple[int, int], str],
    auckland: dict[tuple[int, int], str],
) -> None:
    assert _of(sums, PARIS, metric, model, window) == paris
    assert _of(sums, AUCKLAND, metric, model, window) == auckland


#: Of each goal: basis, event, status, actual, that up to yesterday, elapsed share, expected,
#: attainment, pace, projected, required a day, actual and target of its children; in Paris,
#: then in Auckland.
_GOALS = {
    1: ("last_year - on_track 104.51 104.51 0.4 80 0.52255 1.306375 261.28 95.49 - -",
        "last_year - missed 104.51 104.51 1 200 0.52255 0.52255 104.51 - - -"),
    2: ("days - at_risk 0.5 0.5 0.625 1.25 0.25 0.4 0.8 0.5 - -",
        "days - at_risk 0.5 0.5 0.75 1.5 0.25 0.33333333 0.67 0.75 - -"),
    3: ("days - started 0 0 0 0 0 - - 0.45 - -",
        "days - at_risk 0 0 0.09090909 0.45 0 0 0 0.5 - -"),
    4: ("last_year - achieved 3 3 0.4 0 - - 7.5 0 - -", "last_year - achieved 3 3 1 0 - - 3 - - -"),
    5: ("last_year - - 0 0 0.4 - - - 0 - - -", "last_year - - 0 0 1 - - - 0 - - -"),
    6: ("days - behind 79.19 79.19 0.8 80 0.7919 0.989875 98.99 10.41 - -",
        "days - behind 79.19 79.19 0.9 90 0.7919 0.87988888 87.99 20.81 - -"),
    7: ("days - on_track 79.2 79.2 0.8 80 0.792 0.99 99 10.4 - -",
        "days - behind 79.2 79.2 0.9 90 0.792 0.88 88 20.8 - -"),
    8: ("days - behind 64.8 64.8 0.8 80 0.648 0.81 81 17.6 - -",
        "days - at_risk 64.8 64.8 0.9 90 0.648 0.72 72 35.2 - -"),
    9: ("days - at_risk 64.79 64.79 0.8 80 0.6479 0.809875 80.99 17.61 - -",
        "days - at_risk 64.79 64.79 0.9 90 0.6479 0.71988888 71.99 35.21 - -"),
    10: ("days - not_started 0 0 0 0 0 - - 50 - -", "days - not_started 0 0 0 0 0 - - 50 - -"),
    12: ("last_year - on_track 0.83 0.83 0.4 0.4 0.83333333 2.08333332 2.08 0.17 1.17 30",
         "last_year - missed 0.83 0.83 1 1 0.83333333 0.83333333 0.83 - 1.17 30"),
    13: ("last_year - at_risk 0.33 0.33 0.4 4 0.03333333 0.08333333 0.83 9.67 - -",
         "last_year - missed 0.33 0.33 1 10 0.03333333 0.03333333 0.33 - - -"),
    14: ("last_year - at_risk 0.83 0.83 0.4 8 0.04166666 0.10416666 2.08 19.17 - -",
         "last_year - missed 0.83 0.83 1 20 0.04166666 0.04166666 0.83 - - -"),
    15: ("last_year - at_risk 1.5 1.5 0.4 8 0.075 0.1875 3.75 18.5 - -",
         "last_year - missed 1.5 1.5 1 20 0.075 0.075 1.5 - - -"),
    16: ("last_year - on_track 2.99 5 0.4 4 0.299 1.25 12.5 5 - -",
         "last_year - missed 2.99 2.99 1 10 0.299 0.299 2.99 - - -"),
}  # fmt: skip


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "-" if value is None else value


def test_a_goal_stands_as_on_paper(shop: str) -> None:
    found: dict[int, dict[int, str]] = {tenant: {} for tenant in TENANTS}
    for tenant, goal, model, window, *values in query_oracle(
        shop,
        "campaign_goals",
        using=(*_USING, "03_events", "04_pace", "campaign_sales"),
        as_of=_AS_OF,
    ):
        if (model, window) == ("last_touch", 28):
            found[tenant][goal % 100_000] = " ".join(_text(value) for value in values)
    assert found[PARIS] == {goal: paris for goal, (paris, _) in _GOALS.items()}
    assert found[AUCKLAND] == {goal: auckland for goal, (_, auckland) in _GOALS.items()}
