"""What the page of promotions is made of: parts that add up, days, and rules in plain words."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from facet.release import Release
from facet.reporting.query.table import Cell
from facet.reporting.screen.pages.promotions.data.days import buckets_of
from facet.reporting.screen.pages.promotions.data.orders import Breakdowns, discounts_of
from facet.reporting.screen.pages.promotions.data.promotions import Promotion, promotions_of
from facet.reporting.screen.pages.promotions.detail import verdict, why_not
from facet.reporting.screen.pages.promotions.list import columns_of
from facet.reporting.screen.pages.promotions.violations import describe_violation
from facet.reporting.screen.session.view import View
from tests.facet.reporting import fixtures
from tests.facet.reporting.house import NEW_YORK

_FACTS: Final = (
    "promotion_code", "promotion_name", "found_amount", "allowed_amount", "found_count",
    "allowed_count", "found_name", "allowed_names", "excluded_name", "found_at",
    "allowed_from_at", "allowed_until_at",
)  # fmt: skip


def _in_new_york(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of 2026 by the house's clocks, as a mart has it."""
    local = datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("America/New_York"))
    return local.astimezone(UTC)


def test_every_bar_of_the_discount_is_the_sum_of_its_orders(promotion_house: Release) -> None:
    view, promotion = _of(promotion_house, NEW_YORK, "1")
    breakdowns = Breakdowns.of(view, promotion)

    assert breakdowns.cost_by("category_name") == {
        "Rings": Decimal("63.10"), "Earrings": Decimal("12.00"), "Gifts": Decimal("5.00"),
    }  # fmt: skip
    assert breakdowns.cost_by("channel_name") == {
        "Boutique": Decimal("60.10"), "Website": Decimal("20.00"),
    }  # fmt: skip
    assert len(breakdowns.cost_by("product_name")) == 4
    for name in ("category_name", "product_name", "channel_name"):
        costs = breakdowns.cost_by(name)
        assert sum(costs.values()) == promotion.number("discount_cost_amount")
        for value, cost in costs.items():
            orders = discounts_of(view, promotion, {name: [value]})
            assert sum(order.number("cost") for order in orders) == cost


def test_many_days_are_told_by_the_week_and_phases_stay_apart(promotion_house: Release) -> None:
    spring = buckets_of(*_of(promotion_house, NEW_YORK, "1"))
    assert [bucket.phase for bucket in spring] == ["before"] * 56 + ["during"] * 17
    assert (spring[0].baseline, spring[-1].baseline) == (None, Decimal("125.00"))

    friends = buckets_of(*_of(promotion_house, NEW_YORK, "2"))
    assert len(friends) == 43  # 300 days
    assert [friends[0].days.days, friends[-1].days.days] == [7, 6]
    assert friends[0].sales == Decimal("70.00")


@pytest.mark.parametrize(
    ("rule", "facts", "message"),
    [
        (
            "outside_window",
            {"found_at": _in_new_york(10, 5, 12), "allowed_from_at": _in_new_york(6, 27),
             "allowed_until_at": _in_new_york(8, 16)},
            "Redeemed Oct 5, 2026, 12:00 PM; valid Jun 27, 2026 – Aug 15, 2026",
        ),
        (
            "outside_window",
            {"found_at": _in_new_york(10, 5, 12), "allowed_until_at": _in_new_york(10, 5, 9, 30)},
            "Redeemed Oct 5, 2026, 12:00 PM; valid … – Oct 5, 2026, 9:30 AM",
        ),
        (
            "above_usage_limit", {"found_count": 3, "allowed_count": 2},
            "Redemption no. 3 in force; 2 allowed in all",
        ),
        (
            "above_person_limit", {"found_count": 2, "allowed_count": 1},
            "Redemption no. 2 in force of this person; 1 allowed",
        ),
        ("excluded_product", {"found_name": "Studs"}, "Studs is excluded"),
        (
            "excluded_category", {"found_name": "Studs", "excluded_name": "Gold"},
            "Studs is of Gold, which is excluded",
        ),
        (
            "not_its_product", {"found_name": "Ring", "allowed_names": "Band + 1"},
            "For Band + 1; the order has Ring",
        ),
        (
            "not_its_category", {"allowed_names": "Chains"},
            "For Chains; the order has No category",
        ),
        (
            "not_its_channel", {"found_name": "Zalo", "allowed_names": "Web"},
            "For Web; redeemed on Zalo",
        ),
        (
            "stacked_not_stackable", {"promotion_code": "A", "found_name": "B"},
            "A + B on one order; A goes with no other",
        ),
        (
            "stacked_not_stackable", {"promotion_name": "Friends", "found_name": "B"},
            "Friends + B on one order; Friends goes with no other",
        ),
        (
            "on_deleted_order", {"found_at": _in_new_york(3, 13, 9, 30)},
            "Order deleted Mar 13, 2026, 9:30 AM",
        ),
        ("on_cancelled_order", {}, "The order is cancelled"),
        ("staff_is_customer", {}, "Ben Ode is the customer and works here"),
        ("some_new_rule", {"found_at": _in_new_york(3, 13, 9, 30)}, "Mar 13, 2026, 9:30 AM"),
    ],
)  # fmt: skip
def test_each_rule_is_told_with_what_proves_it(
    promotion_house: Release, rule: str, facts: dict[str, Cell], message: str
) -> None:
    view = View.of(fixtures.sign_in(promotion_house, NEW_YORK), promotion_house, "en")
    record = {**dict.fromkeys(_FACTS), "violation_type": rule, **facts}
    assert describe_violation(view, record, "Ben Ode") == message


def test_a_reason_that_is_new_is_told_without_its_code(promotion_house: Release) -> None:
    view, promotion = _of(promotion_house, NEW_YORK, "2")
    new = Promotion(record={**promotion.record, "lift_reason": "some_new_reason"}, state="ended")

    assert why_not(view, new) == "Not known: there is not enough to compare with."


@pytest.mark.parametrize(
    ("trend", "is_steady"),
    [("0.66666666", True), ("0.66666665", False), ("1.5", True), ("1.50000001", False)],
)
def test_a_trend_of_too_little_is_not_relied_on(trend: str, is_steady: bool) -> None:
    record = {"lift_amount": Decimal(1), "trend_rate": Decimal(trend)}
    assert Promotion(record=record, state="running").is_steady is is_steady


def test_where_the_trend_swings_the_page_warns_and_the_list_has_no_figures(
    promotion_house: Release,
) -> None:
    view, promotion = _of(promotion_house, NEW_YORK, "4")
    swinging = replace(promotion, record={**promotion.record, "trend_rate": Decimal("8.66")})

    assert "Do not rely on these figures." in verdict(view, swinging)
    assert "sold 8.66 times what it did before" in verdict(view, swinging)
    shown = {column.label: column.cell(swinging) for column in columns_of(view, [swinging])}
    assert [shown[view.text(f"promotion.list_{name}")] for name in ("lift", "roi")] == [
        "not reliable", None,
    ]  # fmt: skip


def _of(release: Release, tenant_id: int, key: str) -> tuple[View, Promotion]:
    view = View.of(fixtures.sign_in(release, tenant_id), release, "en")
    return view, next(found for found in promotions_of(view) if found.key == key)
