"""How goals and targets are paced, on a shop so small that every figure was worked out on paper."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.oracle.query import query_oracle
from tests.project.paper_shop import AUCKLAND, PARIS, PaperShop, write

#: Tuesday, 10 March 2026 in Paris; the next day, at one o'clock in the morning, in Auckland.
_AS_OF = datetime(2026, 3, 10, 12, tzinfo=UTC)
_CAMPAIGN = ("00_sales", "01_parts", "02_attribution", "03_events", "04_pace", "campaign_sales")
_STAFF = ("00_sales", "01_parts", "03_events", "04_pace", "staff_sales")

#: One shop keeps Tết; the other, by its locale in the United States, has entered a fair of its own.
_METADATA = {
    PARIS: '{"country": "vn"}',
    AUCKLAND: '{"events": [{"name": "Fair", "starts_on": "2026-03-05"}, {"name": "Fair",'
    ' "starts_on": "2025-02-05", "ends_on": "2025-02-07"}, {"name": "Fair", "starts_on": "soon"}]}',
}


def _settings(shop: PaperShop) -> None:
    shop.settings(_METADATA[shop.tenant])
    shop.add("sys_users", id=7, full_name="Mai")


def _last_year(shop: PaperShop) -> None:
    """Tết of 2025 was on 29 January, God of Wealth's day on 7 February."""
    sales = {**dict.fromkeys(range(1, 11), "10"), 14: "40", 19: "60"}
    for day, price in sales.items():
        shop.order(day, f"2025-02-{day:02}T08:00Z", price)


def _this_year(shop: PaperShop) -> None:
    """50.00 yesterday and 50.00 today, by campaign 1 and by Mai, in Paris."""
    shop.add("mkt_campaigns", id=1, name="C", starts_on="2026-03-09", ends_on="2026-03-18")
    shop.add("mkt_utm_links", id=1, campaign_id=1)
    for order, day in ((101, 9), (102, 10)):
        shop.order(order, f"2026-03-{day:02}T08:00Z", "50")
        shop.add("orders_meta", order_id=order, utm_link_id=1)
        shop.add("order_meta_crm", order_id=order, sales_user_id=7)


#: Days that goals and targets are for, with the amount.
_SPANS = {
    1: ("2026-03-09", "2026-03-18", 1000),
    2: ("2026-02-20", "2026-03-11", 200),
    3: ("2026-03-05", "2026-03-14", 300),
    4: ("2026-03-10", "2026-03-11", 100),
    5: ("2026-03-10", "2026-03-12", 50),
}


def _aims(shop: PaperShop) -> None:
    for aim, (first, last, amount) in _SPANS.items():
        shop.add("mkt_campaign_goals", id=aim, campaign_id=1, name="G", metric="net_sales",
                 target_value=amount, starts_on=first, ends_on=last)  # fmt: skip
        shop.add("sales_performance", id=aim, user_id=7, period_start=first, period_end=last,
                 target_amount=amount)  # fmt: skip


#: Basis, event, status, actual, that up to yesterday, share, expected, attainment, pace, projected,
#: required a day; in Paris, then in Auckland, where two days are over.
_STANDS = {
    # one of ten days is over, with half of what it was to bring; so it is after midnight
    1: ("days - at_risk 100 50 0.1 100 0.1 0.5 500 105.56",
        "days - at_risk 100 100 0.2 200 0.1 0.5 500 112.5"),
    # of the 200.00 of 1 to 20 February 2025, 140.00 had come in by the 18th, 11 days after the day
    # of the god of wealth, as 9 March is; by the fair all there was, 1 to 10 February, had
    2: ("event god_of_wealth at_risk 100 50 0.7 140 0.5 0.35714285 100 75",
        "event own:_Fair at_risk 100 100 1 200 0.5 0.5 100 100"),
    # the fair: 60.00 of the 100.00 of 5 to 14 February 2025 by the 10th
    3: ("days - at_risk 100 50 0.5 150 0.33333333 0.33333333 100 50",
        "event own:_Fair at_risk 100 100 0.6 180 0.33333333 0.55555555 166.67 50"),
    # nothing can be said on the first day
    4: ("days - started 50 0 0 0 0.5 - - 50", "days - on_track 50 50 0.5 50 0.5 1 100 50"),
    # but that it is reached
    5: ("days - achieved 50 0 0 0 1 - - 0",
        "days - achieved 50 50 0.33333333 16.67 1 3.00000003 150 0"),
}  # fmt: skip


@pytest.fixture(scope="module")
def shop(operational_database: Callable[[], str]) -> str:
    return write(operational_database(), _settings, _last_year, _this_year, _aims)


def _text(value: Any) -> str:
    if value is None or isinstance(value, str):
        return (value or "-").replace(" ", "_")
    return f"{value.normalize():f}"


def _stands(rows: list[tuple[Any, ...]]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {PARIS: {}, AUCKLAND: {}}
    for tenant, aim, *values in rows:
        found[tenant][aim % 100_000] = " ".join(map(_text, values))
    return found


_EXPECTED = {
    PARIS: {aim: paris for aim, (paris, _) in _STANDS.items()},
    AUCKLAND: {aim: auckland for aim, (_, auckland) in _STANDS.items()},
}


def test_a_goal_is_paced_as_on_paper(shop: str) -> None:
    rows = query_oracle(shop, "campaign_goals", using=_CAMPAIGN, as_of=_AS_OF)
    last_touch = [row[:2] + row[4:-2] for row in rows if row[2:4] == ("last_touch", 28)]
    assert _stands(last_touch) == _EXPECTED


def test_a_target_is_paced_as_a_goal_is(shop: str) -> None:
    rows = query_oracle(shop, "sales_targets", using=_STAFF, as_of=_AS_OF)
    assert _stands([row[:2] + row[3:] for row in rows]) == _EXPECTED
