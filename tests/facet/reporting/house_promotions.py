"""The house's promotions: one of each kind of life, few enough to add up on paper.

New York has one that runs with a budget, one without an end, one to come, one that paid, one that
is paused and one that was deleted before anybody tried it; Saigon one that lost. Columns and types
are those of the marts' own contracts.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import duckdb

from tests.facet.reporting import contracts
from tests.facet.reporting.contracts import Record, cell_of
from tests.facet.reporting.house_redemptions import (
    FREE_ITEMS,
    FRIENDS,
    PARTS,
    REDEMPTIONS,
    SPRING,
    STACKED,
    VIOLATIONS,
)

MARTS: Final = (
    "dim_promotions",
    "rpt_promotions",
    "rpt_promotion_lift",
    "rpt_promotion_days",
    "fct_promotion_redemptions",
    "fct_redemption_lines",
    "fct_promoted_orders",
    "fct_promotion_violations",
    "fct_stacked_promotions",
    "fct_free_items",
    "rpt_promotion_terms",
)

_PROMOTIONS: Final[tuple[Record, ...]] = (
    {
        "tenant_id": 1, "promotion_id": 1, "promotion_code": "SPRING",
        "promotion_name": "Spring sale",
        "promotion_type": "percentage", "promotion_status": "active", "discount_value": "10.00",
        "max_discount_amount": "90.00", "min_order_amount": "150.00", "per_customer_limit_count": 1,
        "category_names": "Rings + 1", "is_stackable": True, "attempt_count": 6,
        "redemption_count": 3, "net_redemption_count": 2, "rejected_count": 2,
        "rolled_back_count": 1,
        "promoted_order_count": 2, "stacked_order_count": 1, "person_count": 2,
        "violation_count": 2, "violating_redemption_count": 1, "discount_cost_amount": "80.10",
        "free_item_cost_amount": "5.00", "budget_amount": "100.00", "budget_used_rate": "0.801",
        "promoted_sales_amount": "1150.40", "margin_after_promotion_amount": "650.40",
        "rejection_rate": "0.33333333", "stacking_rate": "0.5",
        "influence_of_its_days_rate": "0.25",
        "start_date": "2026-03-01", "end_date": "2026-03-31", "last_redeemed_date": "2026-03-12",
        "budget_burnout_date": "2026-03-24", "budget_outlook": "runs_out",
        "pace_day_count": 14, "use_count": 3,
    },
    {
        "tenant_id": 1, "promotion_id": 2, "promotion_code": "FRIENDS",
        "promotion_name": "Friends & family", "promotion_type": "fixed_amount",
        "promotion_status": "active", "discount_value": "10.00", "attempt_count": 4,
        "redemption_count": 4, "net_redemption_count": 4, "promoted_order_count": 4,
        "stacked_order_count": 1, "person_count": 4, "violation_count": 3,
        "violating_redemption_count": 3, "usage_limit_count": 4, "usage_used_rate": "1",
        "use_count": 4,
        "discount_cost_amount": "40.00", "promoted_sales_amount": "6850.50", "rejection_rate": "0",
        "margin_after_promotion_amount": "4250.50", "stacking_rate": "0.25",
        "start_date": "2025-01-01", "last_redeemed_date": "2026-03-10",
    },
    {
        "tenant_id": 1, "promotion_id": 3, "promotion_code": "SUMMER", "promotion_name": "Summer",
        "promotion_type": "free_shipping", "promotion_status": "draft", "budget_amount": "500.00",
        "budget_used_rate": "0", "start_date": "2026-06-01", "end_date": "2026-06-30",
    },
    {
        "tenant_id": 1, "promotion_id": 4, "promotion_name": "Christmas gift",
        "promotion_type": "free_item", "promotion_status": "expired", "attempt_count": 1,
        "redemption_count": 1, "net_redemption_count": 1, "promoted_order_count": 1,
        "discount_cost_amount": "55.00", "budget_amount": "50.00", "budget_used_rate": "1.1",
        "promoted_sales_amount": "300.00", "margin_after_promotion_amount": "120.00",
        "rejection_rate": "0", "stacking_rate": "0", "start_date": "2025-12-01",
        "end_date": "2025-12-24", "last_redeemed_date": "2025-12-20",
        "budget_burnout_date": "2025-12-20", "budget_outlook": "ran_out", "is_over": True,
    },
    {
        "tenant_id": 1, "promotion_id": 5, "promotion_name": "Never mind",
        "promotion_type": "percentage", "promotion_status": "active", "is_deleted": True,
        "is_over": True,
    },
    {
        "tenant_id": 1, "promotion_id": 6, "promotion_name": "Old flyer",
        "promotion_type": "percentage", "promotion_status": "paused", "start_date": "2025-05-01",
        "attempt_count": 1, "rejected_count": 1, "rejection_rate": "1",
    },
    {
        "tenant_id": 2, "promotion_id": 1, "promotion_code": "TET",
        "promotion_name": "Tết Bính Ngọ",
        "promotion_type": "percentage", "promotion_status": "active", "discount_value": "10.00",
        "max_discount_amount": "200000", "attempt_count": 1, "redemption_count": 1,
        "net_redemption_count": 1, "promoted_order_count": 1, "person_count": 1,
        "violation_count": 1, "violating_redemption_count": 1, "discount_cost_amount": "250000",
        "budget_amount": "1000000", "budget_used_rate": "0.25", "promoted_sales_amount": "2250000",
        "margin_after_promotion_amount": "1350000", "rejection_rate": "0", "stacking_rate": "0",
        "influence_of_its_days_rate": "0.1", "start_date": "2026-01-20", "end_date": "2026-03-20",
        "last_redeemed_date": "2026-03-17", "budget_outlook": "lasts", "pace_day_count": 14,
    },
)  # fmt: skip

_LIFTS: Final[tuple[Record, ...]] = (
    {  # (1,000.00 × 0.5 − 80.10) / 80.10; the interval's ends by −500.00 and 2,500.00
        "tenant_id": 1, "promotion_id": 1, "actual_amount": "3000.00", "baseline_amount": "2000.00",
        "lift_amount": "1000.00", "lift_low_amount": "-500.00", "lift_high_amount": "2500.00",
        "cannibalisation_amount": "-30.00", "margin_rate": "0.5", "promotion_roi": "5.24219725",
        "days_measured": 17, "trend_rate": "1.25",
    },
    {"tenant_id": 1, "promotion_id": 2, "lift_reason": "too_short_history", "days_measured": 0},
    {"tenant_id": 1, "promotion_id": 3, "lift_reason": "not_started", "days_measured": 0},
    {
        "tenant_id": 1, "promotion_id": 4, "actual_amount": "900.00", "baseline_amount": "400.00",
        "lift_amount": "500.00", "lift_low_amount": "200.00", "lift_high_amount": "800.00",
        "pull_forward_amount": "-120.00", "margin_rate": "0.5", "promotion_roi": "3.54545454",
        "days_measured": 24, "trend_rate": "0.7",
    },
    {  # nothing spent
        "tenant_id": 1, "promotion_id": 6, "actual_amount": "90.00", "baseline_amount": "100.00",
        "lift_amount": "-10.00", "lift_low_amount": "-20.00", "lift_high_amount": "0.00",
        "margin_rate": "0.5", "days_measured": 300, "trend_rate": "1",
    },
    {
        "tenant_id": 2, "promotion_id": 1, "actual_amount": "3000000", "baseline_amount": "4000000",
        "lift_amount": "-1000000", "lift_low_amount": "-1500000", "lift_high_amount": "-500000",
        "margin_rate": "0.5", "promotion_roi": "-3", "days_measured": 57,
        "trend_rate": "1",
    },
)  # fmt: skip

#: What is never null, of a promotion and of an attempt.
_ZERO: Final = (
    *("attempt_count", "redemption_count", "net_redemption_count", "rejected_count"),
    *("rolled_back_count", "promoted_order_count", "stacked_order_count", "person_count"),
    *("violation_count", "violating_redemption_count", "discount_amount", "discount_cost_amount"),
    *("free_item_cost_amount", "promoted_sales_amount", "margin_after_promotion_amount"),
)


def make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    """Create the marts of promotions with the house's rows; returns their names."""
    for name, rows in _rows().items():
        create(connection, name, rows)
    return MARTS


def _rows() -> dict[str, Sequence[Record]]:
    redemptions = [{"promotion_type": "percentage", **_costed(row)} for row in REDEMPTIONS]
    return {
        "dim_promotions": [{"source_table": "mkt_promotions", **row} for row in _PROMOTIONS],
        "rpt_promotions": [_costed(row) for row in _PROMOTIONS],
        "rpt_promotion_lift": _LIFTS,
        "rpt_promotion_days": _days(),
        "fct_promotion_redemptions": redemptions,
        "fct_redemption_lines": [
            {**row, "order_item_id": n, "category_name": category, "product_name": product,
             "discount_amount": amount}
            for row in redemptions
            for n, (category, product, amount) in enumerate(
                PARTS.get(
                    (row["tenant_id"], row["redemption_id"]),
                    (("Rings", "Solitaire", row["discount_amount"]),),
                )
            )
        ],
        "fct_promoted_orders": [
            {**row, "accepted_promotion_count": 2 if row["order_id"] == 2 else 1,
             "redemption_count": 1, "demand_sales_amount": row["promoted_sales_amount"],
             "costed_demand_amount": row["promoted_costed_amount"],
             "recorded_margin_amount": row["promoted_recorded_margin_amount"],
             "gross_margin_amount": row["margin_after_promotion_amount"],
             "is_stacked": row["tenant_id"] == 1 and row["order_id"] == 2,
             "promotion_key": (
                 "several" if (row["tenant_id"], row["order_id"]) == (1, 2)
                 else str(row["promotion_id"])
             ),
             "order_date": row["redeemed_date"]}
            for row in redemptions
            if row.get("is_net") and row["redemption_id"] != 7
        ],
        "rpt_promotion_terms": [
            {"tenant_id": 1, "promotion_id": 1, "term_type": kind, "thing_id": thing,
             "asked_value": value, "thing_name": name, "quantity": quantity,
             "discount_rate": rate, "product_count": products}
            for kind, thing, value, name, quantity, rate, products in (
                ("attribute", 7, "Gold", "Metal", None, None, 12),
                ("buy", 1, "", "Solitaire", 2, None, None),
                ("get", 2, "", "Studs", 1, "0.2", None),
            )
        ],
        "fct_promotion_violations": VIOLATIONS,
        "fct_stacked_promotions": STACKED,
        "fct_free_items": FREE_ITEMS,
    }  # fmt: skip


def _costed(row: Record) -> Record:
    """What it says of margin, where every unit cost is known."""
    return {
        "promoted_costed_amount": row.get("promoted_sales_amount", "0"),
        "promoted_recorded_margin_amount": row.get("margin_after_promotion_amount", "0"),
        **row,
    }


def _days() -> list[Record]:
    """Spring: 100.00 a day before, 300.00 against 125.00 in its days; 300 days of friends."""
    begun, last = date(2026, 3, 1), date(2026, 3, 17)
    spring: list[Record] = [
        {
            **SPRING, "date_day": day, "phase": "during" if day >= begun else "before",
            "sales_in_scope_amount": "300.00" if day >= begun else "100.00",
            "baseline_amount": "125.00" if day >= begun else None,
            "redemption_count": int(day.day in (2, 10, 12)) if day >= begun else 0,
            "discount_cost_amount": "0",
        }
        for day in (begun + timedelta(days=n) for n in range(-56, (last - begun).days + 1))
    ]  # fmt: skip
    friends: list[Record] = [
        {
            **FRIENDS, "date_day": date(2025, 1, 1) + timedelta(days=n), "phase": "during",
            "sales_in_scope_amount": "10.00", "redemption_count": 0, "discount_cost_amount": "0",
        }
        for n in range(300)
    ]  # fmt: skip
    return spring + friends


def create(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Record]) -> None:
    """Create a mart of promotions by its contract, with these rows."""
    contracts.create(connection, name, rows, value=_value)


def _value(row: Record, column: str, kind: str) -> Any:
    """What a row says; where it says nothing, what is counted or paid is 0 and a flag false."""
    if (value := cell_of(row, column)) is not None:
        return value
    if kind == "boolean":
        return False
    return 0 if column in _ZERO else None
