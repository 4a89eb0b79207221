"""The oracle of promotions itself, on a shop so small that every figure was worked out on paper."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.project.paper_shop import AUCKLAND, PARIS, PaperShop, write
from tests.project.promotion_oracle import PromotionOracle, promotion_oracle

#: Tuesday, 10 March 2026 in Paris; the next day, at one o'clock in the morning, in Auckland.
_AS_OF = datetime(2026, 3, 10, 12, tzinfo=UTC)
_RING, _CHAIN, _CLOTH, _CARD, _BAND = 1, 2, 3, 4, 5
_JEWELLERY, _RINGS, _CHAINS = 10, 11, 12


def _order(
    shop: PaperShop,
    order: int,
    at: str,
    *lines: tuple[int, str],
    uncosted: int | None = None,
    **more: Any,
) -> None:
    """An order; a line is a product and its price, its cost a quarter of that where known."""
    shop.order(order, at, **more)
    for place, (product, price) in enumerate(lines):
        shop.add(
            "order_items", id=order * 10 + place, order_id=order, product_id=product,
            quantity=1, unit_price=Decimal(price),
            unit_cost=None if product == uncosted else Decimal(price) / 4,
            is_gift_card=product == _CARD, is_free_item=product == _CLOTH,
        )  # fmt: skip


def _redeem(
    shop: PaperShop, redemption: int, promotion: int, order: int | None, **more: Any
) -> None:
    row = {"id": redemption, "promotion_id": promotion, "order_id": order, "status": "accepted"}
    shop.add("mkt_promotion_redemptions", **{**row, **more})


def _fill(shop: PaperShop) -> None:
    shop.add("category", id=_JEWELLERY, name="Jewellery")
    for category in (_RINGS, _CHAINS):
        shop.add("category", id=category, parent_id=_JEWELLERY, name=str(category))
    for product in (_CHAIN, _CLOTH, _CARD, _BAND):
        shop.add("product", id=product, name=str(product))
    for product, category in ((_RING, _RINGS), (_BAND, _RINGS), (_CHAIN, _CHAINS)):
        shop.add("product_category", product_id=product, category_id=category)
    shop.add("sys_users", id=7, email=" ANN@shop.example")
    shop.add("crm_personal_keys", id=20, email="ann@shop.example")
    shop.add("crm_customers", id=21)
    shop.add("crm_customers", id=22, personal_key_id=20)
    shop.add("crm_customer_merge_logs", from_customer_id=21, into_customer_id=22)
    shop.add("channels_platform_pages", id=31, platform_id=1, name="Shop")
    shop.add("channels_platform_pages", id=32, platform_id=1, name="Chat")


def _promotions(shop: PaperShop) -> None:
    promotion = {"promotion_type": "percentage", "name": "P"}
    shop.add("mkt_promotions", id=1, **promotion, max_discount_amount="0.50", usage_limit=1,
             budget_amount="10.00", is_stackable=True, issued_count=4)  # fmt: skip
    shop.add("mkt_promotions", id=2, **promotion, per_customer_limit=1, budget_amount="0.40",
             max_discount_amount="0.30")  # fmt: skip
    shop.add("mkt_promotion_categories", promotion_id=2, category_id=_JEWELLERY)
    shop.add("mkt_promotion_exclusions", promotion_id=2, category_id=_CHAINS)
    shop.add("mkt_promotion_channels", promotion_id=2, page_id=31)
    shop.add("mkt_promotions", id=3, **promotion, min_order_amount="16.00", budget_amount="100.00",
             starts_at="2026-03-01T23:00+00:00", ends_at="2026-03-03T23:00+00:00")  # fmt: skip
    shop.add("mkt_promotion_products", promotion_id=3, product_id=_RING)
    shop.add("mkt_promotion_free_items", promotion_id=3, product_id=_CLOTH)
    shop.add("mkt_promotions", id=4, **promotion, is_stackable=True, budget_amount="1.00",
             starts_at="2026-02-19T23:00+00:00", ends_at="2026-03-31T12:00+00:00")  # fmt: skip


def _redemptions(shop: PaperShop) -> None:
    """Three lines of 10.00 at a rate of 0.5, and what was redeemed on them and elsewhere."""
    lines = ((_RING, "10.00"), (_CHAIN, "10.00"), (_BAND, "10.00"))
    _order(shop, 1, "2026-03-02T10:00", *lines, exchange_rate="0.5", customer_id=22, uncosted=_BAND)
    _redeem(shop, 1, 1, 1, discount_amount="1.00")  # 0.50: 0.17 + 0.17 + 0.16
    _redeem(shop, 2, 2, 1, discount_amount="0.61", page_id=31)  # 0.31: 0.16 + 0.15
    _order(shop, 2, "2026-03-03T10:00", (_CHAIN, "9.00"), (_CARD, "50.00"), (_CLOTH, "0.40"),
               customer_id=21)  # fmt: skip
    shop.add("order_meta_crm", order_id=2, page_id=32, sales_user_id=7)
    _redeem(shop, 3, 2, 2, discount_amount="0.10", redeemed_at="2026-03-03T22:59:59+00:00")
    _redeem(shop, 4, 3, 2, redeemed_at="2026-03-03T23:00+00:00", discount_amount="5.00")
    _redeem(shop, 5, 1, None, status="rejected", rejection_reason="expired",
                redeemed_at="2026-02-23T23:00+00:00")  # fmt: skip
    _redeem(shop, 6, 1, None, status="rolled_back", redeemed_at="2026-02-24T00:00+00:00")
    _order(shop, 3, "2026-03-02T10:30", (_RING, "20.00"), status="cancelled", customer_id=21)
    _redeem(shop, 7, 1, 3, discount_amount="0.30", attempted_by=7)
    _order(shop, 4, "2026-03-09T12:00", (_RING, "12.00"), (_CHAIN, "20.00"), discount_amount="2.00")
    shop.add("order_refunds", order_id=4, amount="30.00", status="succeeded",
             refunded_at="2026-03-09T13:00+00:00")  # fmt: skip
    _redeem(shop, 8, 1, 4, discount_amount="0.40")


def _refunds(shop: PaperShop) -> None:
    """All that was paid went back, 10.01 of 10.01, and a cent is left here: 2.51 less 2.50. Of the
    other, 9.99 of 10.00 went back, which here is all: 5.00 of 5.00. It was redeemed twice. Nobody
    knows what chains cost there.
    """
    for order, price, rate, back in ((5, "10.02", "0.25", "10.01"), (6, "10.01", "0.5", "9.99")):
        _order(shop, order, "2026-02-20T12:00", (_CHAIN, price), exchange_rate=rate,
                   currency_code="USD", discount_amount="0.01", uncosted=_CHAIN)  # fmt: skip
        shop.add("order_refunds", order_id=order, amount=back, status="succeeded",
                 refunded_at="2026-02-21T13:00+00:00")  # fmt: skip
    _redeem(shop, 9, 4, 5, discount_amount="0.01")
    _redeem(shop, 10, 4, 6, discount_amount="0.01")
    _redeem(shop, 11, 4, 6, discount_amount="0.01")


def _history_in_paris(shop: PaperShop) -> None:
    """Eight weeks before promotion 3: rings 64 on a Monday, 16 on a Tuesday; others 80."""
    if shop.tenant != PARIS:
        return
    lines = (_RING, "64.00"), (_CHAIN, "40.00"), (_BAND, "40.00")
    _order(shop, 101, "2026-01-05T12:00", *lines)
    _order(shop, 102, "2026-01-13T12:00", (_RING, "16.00"))


@pytest.fixture(scope="module")
def oracle(operational_database: Callable[[], str]) -> Iterator[PromotionOracle]:
    url = write(
        operational_database(), _fill, _promotions, _redemptions, _refunds, _history_in_paris
    )
    with promotion_oracle(url, _AS_OF) as oracle:
        yield oracle


def _per_tenant(oracle: PromotionOracle, query: str) -> dict[int, dict[tuple[Any, ...], Any]]:
    """Rows (tenant, key…, value) by tenant, so that both can be held against the same."""
    found: dict[int, dict[tuple[Any, ...], Any]] = {PARIS: {}, AUCKLAND: {}}
    for tenant, *key, value in oracle.rows(query):
        found[tenant][tuple(key)] = value
    return found


def test_a_redemption_is_converted_once_and_split_over_the_lines_in_scope(
    oracle: PromotionOracle,
) -> None:
    found = _per_tenant(
        oracle,
        "select tenant_id, redemption_id % 100000, line_id % 100000,"
        " amount from portion where amount > 0",
    )
    expected: dict[tuple[Any, ...], Any] = {
        (1, 10): Decimal("0.17"), (1, 11): Decimal("0.17"), (1, 12): Decimal("0.16"),
        (2, 10): Decimal("0.16"), (2, 12): Decimal("0.15"),
        (3, None): Decimal("0.10"), (4, None): Decimal("5.00"), (7, None): Decimal("0.30"),
        (8, 40): Decimal("0.15"), (8, 41): Decimal("0.25"),
        (10, 60): Decimal("0.01"), (11, 60): Decimal("0.01"),
    }  # fmt: skip
    assert found[PARIS] == found[AUCKLAND] == expected


def test_violations_are_those_on_paper(oracle: PromotionOracle) -> None:
    found = _per_tenant(
        oracle, "select tenant_id, redemption_id % 100000, violation_type, found from violation"
    )
    expected: dict[int, dict[str, Decimal | None]] = {
        2: {"stacked_not_stackable": None, "above_max_discount": Decimal("0.31")},
        3: {
            **dict.fromkeys(
                ("stacked_not_stackable", "excluded_category", "not_its_channel",
                 "staff_is_customer")
            ),
            "above_person_limit": Decimal(2),
        },
        4: {
            **dict.fromkeys(
                ("outside_window", "stacked_not_stackable", "not_its_product", "staff_is_customer")
            ),
            "below_minimum": Decimal("9.40"),
        },
        7: dict.fromkeys(("on_cancelled_order", "staff_is_customer")),
        8: {"above_usage_limit": Decimal(2)},
    }  # fmt: skip
    flat: dict[tuple[Any, ...], Any] = {
        (id_, name): found for id_, named in expected.items() for name, found in named.items()
    }
    assert found[PARIS] == found[AUCKLAND] == flat


def test_figures_stand_on_the_local_day_of_the_redemption(oracle: PromotionOracle) -> None:
    found = _per_tenant(
        oracle,
        "select tenant_id, promotion_id % 100000, metric, detail, to_char(day, 'MM-DD'), value"
        " from per_day",
    )
    in_paris: dict[tuple[Any, ...], Any] = {
        (1, "redemption_attempts", None, "02-24"): 2,
        (1, "redemption_attempts", None, "03-02"): 2,
        (1, "redemption_attempts", None, "03-09"): 1,
        (1, "rejected_attempts", "expired", "02-24"): 1,
        (1, "redemptions", None, "03-02"): 2,
        (1, "redemptions", None, "03-09"): 1,
        (1, "uses", None, "03-02"): 1,
        (1, "uses", None, "03-09"): 1,
        (1, "net_redemptions", None, "03-02"): 1,
        (1, "discount_cost", None, "03-02"): Decimal("0.50"),
        (2, "discount_cost", None, "03-02"): Decimal("0.31"),
        (2, "discount_cost", None, "03-03"): Decimal("0.10"),
        (3, "discount_cost", None, "03-04"): Decimal("5.10"),  # with a cloth of 0.10
        (3, "promoted_sales", None, "03-04"): Decimal("9.40"),
        (3, "margin_after_promotion", None, "03-04"): Decimal("7.05"),
        (4, "redemption_attempts", None, "02-20"): 3,
        (4, "redemptions", None, "02-20"): 3,
        (4, "uses", None, "02-20"): 3,
        (4, "net_redemptions", None, "02-20"): 2,
        (4, "discount_cost", None, "02-20"): Decimal("0.02"),
        (4, "promoted_sales", None, "02-20"): Decimal("5.00"),
        (4, "margin_after_promotion", None, "02-20"): None,
    }
    for promotion in (1, 2):
        in_paris[promotion, "promoted_sales", None, "03-02"] = Decimal("15.00")
        in_paris[promotion, "margin_after_promotion", None, "03-02"] = Decimal("12.50")
    in_paris[2, "promoted_sales", None, "03-03"] = Decimal("9.40")
    in_paris[2, "margin_after_promotion", None, "03-03"] = Decimal("7.05")
    for promotion, day in ((2, "03-02"), (2, "03-03"), (3, "03-04")):
        for metric in ("redemption_attempts", "redemptions", "uses", "net_redemptions"):
            in_paris[promotion, metric, None, day] = 1
    assert found[PARIS] == in_paris
    later = {
        "02-20": "02-21",
        "03-03": "03-04",
        "03-09": "03-10",
    }  # redeemed at noon or later in UTC
    assert found[AUCKLAND] == {
        (*key, later.get(day, day)): value for (*key, day), value in in_paris.items()
    }


def test_an_order_counts_once_in_the_shop_on_its_own_day(oracle: PromotionOracle) -> None:
    rows = oracle.rows(
        "select day, promoted_orders, promoted_sales, margin_after_promotion, stacked_orders"
        f" from per_shop_day where tenant_id = {PARIS} order by day"
    )
    assert rows == [
        (date(2026, 2, 20), 1, Decimal("5.00"), None, 0),
        (date(2026, 3, 2), 1, Decimal("15.00"), Decimal("12.50"), 1),
        (date(2026, 3, 3), 1, Decimal("9.40"), Decimal("7.05"), 1),
    ]


def test_budgets_run_out_when_they_did_or_will_or_last(oracle: PromotionOracle) -> None:
    found = _per_tenant(
        oracle,
        "select tenant_id, promotion_id % 100000, round(budget_used, 4), usage_used,"
        " redemption_rate, budget_outlook, budget_burnout_date from per_promotion",
    )
    # 9.50 are left, 0.50 went in the 8 days since the 2nd (Auckland: in 9): 152 (171) days more.
    # The third has ended; nobody used the fourth in the last 14 days.
    assert found == {
        tenant: {
            (1, Decimal("0.05"), 2, Decimal("0.25"), "runs_out"): date(2026, 8, last),
            (2, Decimal("1.0250"), None, None, "ran_out"): date(2026, 3, ran_out),
            (3, Decimal("0.0510"), None, None, None): None,
            (4, Decimal("0.02"), None, None, "lasts"): None,
        }
        for tenant, last, ran_out in ((PARIS, 9, 3), (AUCKLAND, 29, 4))
    }


def test_what_looks_as_if_it_had_been_told_twice_is_that_on_paper(oracle: PromotionOracle) -> None:
    found = _per_tenant(
        oracle, "select tenant_id, source_table, source_id % 100000, cause from told_twice"
    )
    expected = {
        ("mkt_promotion_redemptions", 11): "promotion_redeemed_twice",
        **{("orders", order): "redeemed_above_discounts" for order in (1, 2, 6)},
    }
    assert found[PARIS] == found[AUCKLAND] == expected


def test_lift_is_that_on_paper_where_there_are_56_days_before(oracle: PromotionOracle) -> None:
    found = oracle.rows(
        "select tenant_id, trend, actual, baseline, lift, lift_low, lift_high, pull_forward,"
        " cannibalisation, margin_rate, round(promotion_roi, 6)"
        " from per_promotion where promotion_id % 100000 = 3 order by tenant_id"
    )
    # Monday 8 and Tuesday 2 in scope, Monday 10 out of it, where 19.40 were sold: a trend of 1.94.
    # Around the means 3,808 / 49 squared: 8.8156 × 1.645 × 1.94 × √(2 × 1.125) = 42.20.
    # After it, 11.25 against a Monday of 8 × 18.75 / (10 + 7.51 / 8). Bands: 5.00 against one of
    # 5 × 1.94.
    assert found == [
        (PARIS, *map(Decimal, ("1.94", "5", "19.40", "-14.40", "-56.60", "27.80", "-2.46",
                                "-4.70", "0.75", "-3.117647"))),
        (AUCKLAND, *[None] * 10),
    ]  # fmt: skip
