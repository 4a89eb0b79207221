"""The house's products: one for each thing that may be wrong, few enough to add up on paper.

New York's Solitaire ran out, its Pearl lasts, its Studs are dead; Saigon has bands. As of 17 March
2026, the last whole day. Columns and types are those of the marts' own contracts.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import duckdb

from tests.facet.reporting.contracts import Record, cell_of, create
from tests.facet.reporting.house import SAIGON

_SOLITAIRE: Final[Record] = {
    "tenant_id": 1, "product_id": 1, "product_name": "Solitaire", "sku": "S-1", "abc_class": "a",
    "reorder_reason": "ran_out", "reserved_units": 1, "available_units": -1, "reorder_units": 19,
    "year_net_units": 73, "year_net_sales_amount": "7300.00", "year_gross_margin_amount": "3000.00",
    "year_sold_units": 73, "cover_days": "0", "list_price": "1000.00", "unit_cost": "400.00",
    "material_cost_amount": "450.00", "last_unit_cost_amount": "400.00",
    "cost_gap_amount": "50.00", "stock_at_cost_amount": "0", "month_ends_at_cost_amount": "5200.00",
    "return_on_inventory": "7.5", "stock_out_day_count": 3, "lost_units": "0.6",
    "lost_sales_amount": "100.00", "was_ever_stocked": True, "last_sold_date": "2026-03-02",
    "as_of_date": "2026-03-18",
}  # fmt: skip
_PEARL: Final[Record] = {
    "tenant_id": 1, "product_id": 2, "product_name": "Pearl “Nacre”", "abc_class": "b",
    "units_on_hand": 10, "available_units": 10, "young_units": 10, "year_net_units": 2,
    "year_sold_units": 2, "year_net_sales_amount": "250.50", "year_gross_margin_amount": "150.50",
    "cover_days": "1825", "list_price": "125.25", "unit_cost": "40.00",
    "stock_at_cost_amount": "400.00", "month_ends_at_cost_amount": "5200.00",
    "return_on_inventory": "0.376", "was_ever_stocked": True, "last_sold_date": "2026-03-10",
    "last_received_date": "2026-02-01", "as_of_date": "2026-03-18",
}  # fmt: skip
_STUDS: Final[Record] = {
    "tenant_id": 1, "product_id": 3, "product_name": "Studs", "abc_class": "dead",
    "mark_down_reason": "dead", "units_on_hand": 4, "available_units": 4, "old_units": 3,
    "ageless_units": 1, "list_price": "25.00", "unit_cost": "30.00",
    "stock_at_cost_amount": "120.00", "month_ends_at_cost_amount": "1560.00",
    "return_on_inventory": "0", "was_ever_stocked": True, "lacks_photograph": True,
    "is_below_cost": True, "is_never_sold": True, "as_of_date": "2026-03-18",
}  # fmt: skip
_BAND: Final[Record] = {
    "tenant_id": 2, "product_id": 1, "product_name": "Nhẫn cưới", "abc_class": "a",
    "year_net_units": 1, "year_sold_units": 1, "year_net_sales_amount": "25000000",
    "year_gross_margin_amount": "13000000", "list_price": "25000000", "unit_cost": "12000000",
    "last_sold_date": "2026-03-01", "as_of_date": "2026-03-18",
}  # fmt: skip
#: The Solitaire and the Pearl are of rose gold, the Studs 2 mm wide and worth nobody knows what.
_FEATURES: Final[Sequence[Record]] = (
    {"tenant_id": 1, "feature_type": "attribute", "product_attribute_id": 1,
     "feature_name": "Metal", "feature_value": "18k rose gold", "product_count": 2,
     "stocked_product_count": 1, "units_on_hand": 10, "stock_at_cost_amount": "400.00",
     "year_net_units": 75, "year_net_sales_amount": "7550.50"},
    {"tenant_id": 1, "feature_type": "attribute", "product_attribute_id": 2,
     "feature_name": "Width (mm)", "feature_value": "2", "product_count": 1,
     "stocked_product_count": 1, "units_on_hand": 4},
    {"tenant_id": 1, "feature_type": "attribute", "product_attribute_id": 3,
     "feature_name": "Nickel free", "feature_value": "true", "product_count": 1,
     "stock_at_cost_amount": "0"},
    {"tenant_id": 1, "feature_type": "tag", "feature_value": "new arrival", "product_count": 1,
     "stocked_product_count": 0, "stock_at_cost_amount": "0", "year_net_units": 73,
     "year_net_sales_amount": "7300.00"},
    {"tenant_id": 2, "feature_type": "attribute", "product_attribute_id": 1,
     "feature_name": "Chất liệu", "feature_value": "Vàng hồng 18K", "product_count": 1,
     "year_net_units": 1, "year_net_sales_amount": "25000000"},
)  # fmt: skip
_MADE_TO_ORDER: Final[Sequence[Record]] = (
    {"tenant_id": 1, "product_id": 1, "product_name": "Solitaire", "is_engravable": True,
     "engraving_max_length": 20, "surcharge_amount": "60.00", "lead_time_days": 30,
     "piece_count": 5, "open_count": 2, "net_sales_amount": "4500.00", "median_done_days": "31.5",
     "over_lead_time_count": 2},
    {"tenant_id": 1, "product_id": 2, "product_name": "Pearl “Nacre”", "piece_count": 1,
     "net_sales_amount": "125.25"},
    {"tenant_id": 1, "product_id": 3, "product_name": "Studs", "is_engravable": True,
     "lead_time_days": 10, "over_lead_time_count": 0},
)  # fmt: skip
#: What is unknown in Saigon, which records neither stock nor movements.
_OF_STOCK: Final = {
    *("units_on_hand", "oversold_units", "reserved_units", "available_units", "young_units"),
    *("middle_units", "old_units", "ageless_units", "stock_at_cost_amount"),
    *("month_ends_at_cost_amount", "stock_out_day_count", "lost_units", "lost_sales_amount"),
    "stocked_product_count",
}

#: Product, day, units sold, net sales, cost, units that came or went, of these received.
_DAYS: Final = (
    (1, 1, "2026-01-01", 0, "0", "0", 1, 1), (1, 1, "2026-03-02", 1, "899.90", "400.00", -1, 0),
    (1, 2, "2026-02-01", 0, "0", "0", 12, 12), (1, 2, "2026-03-10", 2, "250.50", "100.00", -2, 0),
    (1, 3, "2024-01-01", 0, "0", "0", 4, 3), (2, 1, "2026-03-01", 1, "25000000", "12000000", 0, 0),
)  # fmt: skip


def make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    """Create the marts of products; returns their names."""
    marts = _rows()
    for name, rows in marts.items():
        create(connection, name, rows, value=_value)
    return tuple(marts)


def _rows() -> Mapping[str, Sequence[Record]]:
    tops = {"product_count": 3, "units_on_hand": 14, "stock_at_cost_amount": "520.00",
            "year_net_sales_amount": "7550.50"}  # fmt: skip
    return {
        "rpt_products": [_SOLITAIRE, _PEARL, _STUDS, _BAND],
        "fct_product_days": [
            {
                "tenant_id": tenant, "product_id": product, "activity_date": day,
                "sold_units": units, "net_units": units, "net_sales_amount": sales,
                "demand_sales_amount": sales, "costed_demand_amount": sales, "cost_amount": cost,
                "change_units": change, "receipt_units": received,
            }
            for tenant, product, day, units, sales, cost, change, received in _DAYS
        ],
        "fct_stock_out_days": [
            {"tenant_id": 1, "product_id": 1, "stock_out_date": f"2026-03-{day:02}",
             "lost_units": "0.2", "lost_sales_amount": "33.33"}
            for day in (2, 3)
        ],
        "rpt_stock_differences": [
            {"tenant_id": 1, "product_id": 2, "product_name": "Pearl “Nacre”",
             "location_code": "NYC", "history_units": 10, "recorded_units": 9,
             "difference_units": -1},
            {"tenant_id": 1, "product_id": 3, "product_name": "Studs", "location_code": "NYC",
             "history_units": 4, "recorded_units": 4},
        ],
        "rpt_product_categories": [
            {"tenant_id": 1, "category_id": 1, "category_name": "Jewellery", **tops},
            {"tenant_id": 1, "category_id": 2, "parent_id": 1, "category_name": "Rings",
             "product_count": 1, "year_net_sales_amount": "7300.00"},
            {"tenant_id": 1, "category_id": 8, "parent_id": 9, "category_name": "Round"},
            {"tenant_id": 1, "category_id": 9, "parent_id": 8, "category_name": "About"},
        ],
        "rpt_materials": [
            {"tenant_id": 1, "material_id": 1, "material_code": "AU750Y", "unit": "gram",
             "material_name": "18k gold", "material_type": "metal", "unit_cost": "62.00",
             "product_count": 1, "year_quantity": "10", "year_cost_amount": "620.00"},
            {"tenant_id": 1, "material_id": 2, "material_code": "PT950", "unit": "gram",
             "material_name": "Platinum", "material_type": "metal", "unit_cost": "34.00",
             "product_count": 1, "year_quantity": "10", "year_cost_amount": "340.00"},
        ],
        "rpt_stones": [
            {"tenant_id": 1, "product_id": 1, "stone_type": "diamond", "stone_name": "diamond",
             "product_name": "Solitaire", "shape": "round", "carat_weight": "0.5",
             "list_price": "1000.00", "price_per_carat_amount": "2000.00", "year_net_units": 73,
             "known_units": 2, "days_to_sell": "60"},
        ],
        "rpt_product_variants": [
            {"tenant_id": 1, "variant_id": 1, "product_id": 1, "variant_name": "Size 52",
             "sku": "S-1-52", "year_sold_units": 70},
        ],
        "rpt_product_features": _FEATURES,
        "rpt_product_customizations": _MADE_TO_ORDER,
        "rpt_product_set_items": [
            {"tenant_id": 1, "product_id": 3, "component_product_id": 2, "product_name": "Studs",
             "component_name": "Pearl “Nacre”", "quantity": 3, "available_units": 10,
             "set_units": 3},
        ],
    }  # fmt: skip


def _value(row: Record, column: str, kind: str) -> Any:
    """What a row says; where it says nothing, what is counted or paid is 0 and a flag false."""
    if (value := cell_of(row, column)) is not None or kind.startswith(("text", "date", "time")):
        return value
    if kind == "boolean":
        return False
    is_uncounted = row["tenant_id"] == SAIGON and column in _OF_STOCK
    return None if column in _UNKNOWN or is_uncounted else 0


#: What may be unknown, unlike what is counted or paid.
_UNKNOWN: Final = {
    *("parent_id", "variant_id", "cover_days", "material_cost_amount", "last_unit_cost_amount"),
    *("cost_gap_amount", "return_on_inventory", "days_to_sell", "year_gross_margin_amount"),
    *("stock_at_cost_amount", "product_attribute_id", "engraving_max_length", "surcharge_amount"),
    *("lead_time_days", "median_done_days", "over_lead_time_count"),
}
