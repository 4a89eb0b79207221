"""The house's attempts to redeem, the lines they came off, and what broke a rule."""

from typing import Any, Final

from tests.facet.reporting.contracts import Record

SPRING: Final = {"tenant_id": 1, "promotion_id": 1, "promotion_name": "Spring sale"}
FRIENDS: Final = {"tenant_id": 1, "promotion_id": 2, "promotion_name": "Friends & family"}
TET: Final = {"tenant_id": 2, "promotion_id": 1, "promotion_name": "Tết Bính Ngọ"}
_ACCEPTED: Final = {"redemption_status": "accepted", "is_redemption": True}
_NET: Final = {**_ACCEPTED, "is_net": True, "is_order_promoted_once": True}


def _redeemed(
    redemption_id: int, order_id: int | None, day: str, channel: str | None, buyer: str,
    discount: str,
    **more: Any,
) -> Record:  # fmt: skip
    tenant = more.get("tenant_id", 1)
    return {
        "redemption_id": redemption_id, "order_id": order_id, "redeemed_date": day,
        "order_number": order_id and f"{tenant}-{order_id:04}", "channel_name": channel,
        "buyer_type": buyer, "discount_amount": discount, "person_id": order_id, **more,
    }  # fmt: skip


REDEMPTIONS: Final = (
    _redeemed(1, 1, "2026-03-02", "Boutique", "new", "60.10", **SPRING, **_NET,
              discount_cost_amount="60.10", promoted_sales_amount="899.90",
              margin_after_promotion_amount="499.90"),
    _redeemed(2, 2, "2026-03-10", "Website", "repeat", "15.00", **SPRING, **_NET,
              free_item_cost_amount="5.00", discount_cost_amount="20.00",
              promoted_sales_amount="250.50", margin_after_promotion_amount="150.50"),
    _redeemed(3, None, "2026-03-11", "Website", "not_counted", "9.00", **SPRING,
              redemption_status="rejected", rejection_reason="below_minimum"),
    _redeemed(4, None, "2026-03-12", None, "not_counted", "0", **SPRING,
              redemption_status="rejected", rejection_reason="wrong_moon"),
    _redeemed(5, 900, "2026-03-12", "Boutique", "not_counted", "10.00", **SPRING, **_ACCEPTED),
    _redeemed(6, 901, "2026-03-13", "Boutique", "not_counted", "4.00", **SPRING,
              redemption_status="rolled_back"),
    *(
        _redeemed(number, order, day, channel, buyer, "10.00", **FRIENDS, **_NET,
                  discount_cost_amount="10.00", promoted_sales_amount=sales,
                  margin_after_promotion_amount=margin)
        for number, order, day, channel, buyer, sales, margin in (
            (7, 2, "2026-03-10", "Website", "repeat", "250.50", "150.50"),
            (8, 4, "2026-02-18", "Boutique", "new", "600.00", "400.00"),
            (9, 5, "2026-02-19", "Boutique", "new", "5000.00", "3100.00"),
            (10, 6, "2025-03-18", "Boutique", "repeat", "1000.00", "600.00"),
        )
    ),
    _redeemed(11, 800, "2025-12-20", "Website", "guest", "55.00", tenant_id=1, promotion_id=4,
              promotion_name="Christmas gift", **_NET, discount_cost_amount="55.00",
              promoted_sales_amount="300.00", margin_after_promotion_amount="120.00"),
    _redeemed(12, None, "2025-06-01", "Website", "not_counted", "0", tenant_id=1, promotion_id=6,
              promotion_name="Old flyer", redemption_status="rejected", rejection_reason="expired"),
    _redeemed(1, 2, "2026-03-17", "Zalo", "repeat", "250000", **TET, **_NET,
              discount_cost_amount="250000", promoted_sales_amount="2250000",
              margin_after_promotion_amount="1350000"),
)  # fmt: skip

#: Of each redemption, by tenant and number: the lines that its discount came off.
PARTS: Final = {
    (1, 1): (("Rings", "Solitaire", "60.10"),),
    (1, 2): (("Earrings", "Pearl “Nacre”", "12.00"), ("Rings", "Band", "3.00")),
    (2, 1): (("Bông tai", "Bông tai", "250000"),),
}

FREE_ITEMS: Final = (
    {
        **SPRING, "order_item_id": 77, "redemption_id": 2, "order_id": 2, "order_number": "1-0002",
        "channel_name": "Website", "buyer_type": "repeat", "product_name": "Cloth",
        "category_name": "Gifts", "quantity": 2, "cost_amount": "5.00", "is_net": True,
        "redeemed_date": "2026-03-10",
    },
)  # fmt: skip

STACKED: Final = (
    {
        **SPRING, "redemption_id": 2, "other_promotion_id": 2, "order_id": 2,
        "other_promotion_name": "Friends & family", "discount_cost_amount": "20.00",
        "other_discount_cost_amount": "10.00", "promoted_sales_amount": "250.50",
        "redeemed_date": "2026-03-10",
    },
)  # fmt: skip

VIOLATIONS: Final[tuple[Record, ...]] = (
    {
        **SPRING, "redemption_id": 5, "violation_type": "below_minimum", "order_number": "1-0900",
        "found_amount": "100.00", "allowed_amount": "150.00", "at_stake_amount": "10.00",
        "redeemed_date": "2026-03-12", "user_id": 12,
    },
    {
        **SPRING, "redemption_id": 5, "violation_type": "on_cancelled_order",
        "order_number": "1-0900", "found_at": "2026-03-13 09:30:00-04", "at_stake_amount": "10.00",
        "redeemed_date": "2026-03-12", "user_id": 12,
    },
    {
        **FRIENDS, "redemption_id": 9, "violation_type": "outside_window",
        "order_number": "1-0005",
        "found_at": "2026-02-19 12:00:00-05", "allowed_from_at": "2025-01-01 00:00:00-05",
        "at_stake_amount": "10.00", "redeemed_date": "2026-02-19",
    },
    {
        **FRIENDS, "redemption_id": 8, "violation_type": "excluded_category",
        "order_number": "1-0004", "found_name": "Solitaire", "excluded_name": "Rings",
        "at_stake_amount": "10.00", "redeemed_date": "2026-02-18",
    },
    {
        **FRIENDS, "redemption_id": 10, "violation_type": "on_cancelled_order",
        "order_number": "1-0006", "at_stake_amount": "25.00",
        "redeemed_date": "2025-03-18",
    },
    {
        **TET, "redemption_id": 1, "violation_type": "above_max_discount",
        "order_number": "2-0002", "found_amount": "250000", "allowed_amount": "200000",
        "at_stake_amount": "50000", "redeemed_date": "2026-03-17", "user_id": 21,
    },
)  # fmt: skip
