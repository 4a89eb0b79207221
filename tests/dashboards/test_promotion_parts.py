"""What the page of promotions is made of: parts that add up, days, and rules in plain words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from facet.release import Release
from facet.reporting.screen.pages.promotions.breakdowns import Parts
from facet.reporting.screen.pages.promotions.data import Promotion, promotions_of
from facet.reporting.screen.pages.promotions.days import stretches_of
from facet.reporting.screen.pages.promotions.detail import verdict, why_not
from facet.reporting.screen.pages.promotions.list import cell_of
from facet.reporting.screen.pages.promotions.orders import discounts_of
from facet.reporting.screen.pages.promotions.violations import in_words
from facet.reporting.screen.session.view import View
from tests.facet.reporting import fixtures
from tests.facet.reporting.house import NEW_YORK


def test_every_bar_of_the_discount_is_the_sum_of_its_orders(promotion_house: Release) -> None:
    view, promotion = _of(promotion_house, NEW_YORK, "1")
    parts = Parts.of(view, promotion)

    assert parts.cost_by("category_name") == {
        "Rings": Decimal("63.10"), "Earrings": Decimal("12.00"), "Gifts": Decimal("5.00"),
    }  # fmt: skip
    assert parts.cost_by("channel_name") == {
        "Boutique": Decimal("60.10"), "Website": Decimal("20.00"),
    }  # fmt: skip
    assert len(parts.cost_by("product_name")) == 4
    for name in ("category_name", "product_name", "channel_name"):
        costs = parts.cost_by(name)
        assert sum(costs.values()) == promotion.number("discount_cost_amount")
        for value, cost in costs.items():
            orders = discounts_of(view, promotion, {name: value})
            assert sum(order["cost"] for order in orders) == cost


def test_many_days_are_told_by_the_week_and_phases_stay_apart(promotion_house: Release) -> None:
    spring = stretches_of(*_of(promotion_house, NEW_YORK, "1"))
    assert [stretch.phase for stretch in spring] == ["before"] * 56 + ["during"] * 17
    assert (spring[0].baseline, spring[-1].baseline) == (None, Decimal("125.00"))

    friends = stretches_of(*_of(promotion_house, NEW_YORK, "2"))
    assert len(friends) == 43  # 300 days
    assert [friends[0].days.days, friends[-1].days.days] == [7, 6]
    assert friends[0].sales == Decimal("70.00")


@pytest.mark.parametrize(
    ("rule", "found", "allowed", "told"),
    [
        (
            "outside_window", "2026-10-05 12:00:00", "2026-06-27 00:00:00 – 2026-08-16 00:00:00",
            "Redeemed Oct 5, 2026, 12:00 PM; valid Jun 27, 2026 – Aug 15, 2026",
        ),
        (
            "outside_window", "2026-10-05 12:00:00", "… – 2026-10-05 09:30:00",
            "Redeemed Oct 5, 2026, 12:00 PM; valid … – Oct 5, 2026, 9:30 AM",
        ),
        ("above_usage_limit", "3", "2", "Redemption no. 3 in force; 2 allowed in all"),
        ("above_person_limit", "2", "1", "Redemption no. 2 in force of this person; 1 allowed"),
        ("excluded_product", "Studs", "≠ Studs", "Studs is excluded"),
        ("not_its_product", "Ring", "Band + 1", "For Band + 1; the order has Ring"),
        ("not_its_channel", "Zalo", "Web", "For Web; redeemed on Zalo"),
        ("stacked_not_stackable", "A + B", "A", "A + B on one order; A goes with no other"),
        ("on_deleted_order", "2026-03-13 09:30:00", None, "Order deleted Mar 13, 2026, 9:30 AM"),
        ("staff_is_customer", "Ben Ode", None, "Ben Ode is the customer and works here"),
        ("some_new_rule", "on 2026-03-13 09:30:00", None, "on Mar 13, 2026, 9:30 AM"),
    ],
)  # fmt: skip
def test_each_rule_is_told_with_what_proves_it(
    promotion_house: Release, rule: str, found: str, allowed: str | None, told: str
) -> None:
    view = View.of(fixtures.sign_in(promotion_house, NEW_YORK), promotion_house, "en")
    record = {
        "violation_type": rule, "found_value": found, "allowed_value": allowed,
        "found_amount": None, "allowed_amount": None,
    }  # fmt: skip
    assert in_words(view, record) == told


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
    assert [cell_of(view, swinging, name) for name in ("lift", "promotion_roi")] == [
        "not reliable", None,
    ]  # fmt: skip


def _of(release: Release, tenant_id: int, key: str) -> tuple[View, Promotion]:
    view = View.of(fixtures.sign_in(release, tenant_id), release, "en")
    return view, next(found for found in promotions_of(view) if found.key == key)
