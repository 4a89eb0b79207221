"""Places whose stock differs, categories, materials, stones, variants, sets and features."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from facet.reporting.present.costs import where_costed
from facet.reporting.query.table import Cell, Record, Row
from facet.reporting.query.tree import as_tree
from facet.reporting.screen.pages.products.data.products import REORDER
from facet.reporting.screen.session.view import View

_DIFFERENCE: Final = (
    *("product_name", "sku", "variant_name", "location_code", "history_units"),
    *("recorded_units", "difference_units"),
)
_CATEGORY: Final = (
    *("category_id", "parent_id", "category_name", "product_count", "units_on_hand"),
    *("stock_at_cost_amount", "year_net_sales_amount", "year_gross_margin_amount"),
    *("return_on_inventory", "own_product_count", "own_net_sales_amount"),
)
_MATERIAL: Final = (
    *("material_id", "material_code", "material_name", "material_type", "unit", "unit_cost"),
    *("quantity_on_hand", "product_count", "year_quantity", "year_cost_amount", "is_to_reorder"),
)
_STONE: Final = (
    *("stone_type", "stone_name", "product_name", "shape", "carat_weight", "color", "clarity"),
    *("cut_grade", "fluorescence", "origin_type", "certificate_number", "list_price"),
    *("price_per_carat_amount", "units_on_hand", "year_net_units", "days_to_sell", "known_units"),
)
_MARGIN: Final = (
    *("year_gross_margin_amount", "year_costed_demand_amount", "year_demand_sales_amount"),
)
_FEATURES: Final = "rpt_product_features"
_FEATURE: Final = (
    *("feature_name", "feature_value", "product_count", "stocked_product_count", "units_on_hand"),
    *("stock_at_cost_amount", "year_net_units", "year_net_sales_amount"),
)
_CUSTOMIZATIONS: Final = "rpt_product_customizations"
_CUSTOMIZATION: Final = (
    *("product_name", "is_engravable", "engraving_max_length", "surcharge_amount"),
    *("lead_time_days", "piece_count", "open_count", "net_sales_amount", "median_done_days"),
    "over_lead_time_count",
)


@dataclass(frozen=True, kw_only=True)
class Category(Row):
    """A category at its place in the tree; `depth` is 0 at the top."""

    depth: int


def differences_of(view: View) -> Sequence[Record]:
    """Places whose record is not what history says, the largest difference first."""
    rows = view.marts.rows("rpt_stock_differences", _DIFFERENCE, order_by=["product_id"]).records()
    found = [row for row in rows if row["difference_units"]]
    return sorted(found, key=lambda row: -abs(int(str(row["difference_units"]))))


def materials_of(view: View) -> Sequence[Record]:
    """Materials, those that most of the year's sales would cost first."""
    table = view.marts.rows("rpt_materials", _MATERIAL, order_by=["-year_cost_amount"])
    return table.records()


def stones_of(view: View) -> Sequence[Record]:
    """Stones, the heaviest first."""
    return view.marts.rows("rpt_stones", _STONE, order_by=["-carat_weight"]).records()


def variants_of(view: View, product_id: Cell) -> Sequence[Record]:
    """Variants of a product."""
    columns = ["variant_name", "sku", "units_on_hand", "oversold_units", "reserved_units"]
    columns += ["year_sold_units", "last_sold_date"]
    where = {"product_id": [product_id]}
    order = ["sku", "variant_id"]
    table = view.marts.rows("rpt_product_variants", columns, where=where, order_by=order)
    return table.records()


def prices_of(view: View, product_id: Cell, columns: Sequence[str]) -> Record:
    """Prices and costs of a product, which of all products nobody looks at."""
    return view.marts.rows("rpt_products", columns, where={"product_id": [product_id]}).records()[0]


def lost_sales_of(view: View) -> Mapping[Cell, Cell]:
    """What products that are to be ordered lost while they were out of stock, by their id."""
    columns = ["product_id", "lost_sales_amount"]
    table = view.marts.rows("rpt_products", columns, where={"reorder_reason": REORDER})
    return {row["product_id"]: row["lost_sales_amount"] for row in table.records()}


def year_margin_of(view: View) -> Decimal | None:
    """Gross margin of the year; None where something was sold and no cost of it is known."""
    table = view.marts.totals("rpt_products", _MARGIN)
    return where_costed(*map(table.total, _MARGIN))


def set_items_of(view: View) -> Sequence[Record]:
    """Components of all sets."""
    columns = ["product_id", "product_name", "component_name", "quantity"]
    columns += ["available_units", "set_units"]
    order = ["product_name", "component_name"]
    return view.marts.rows("rpt_product_set_items", columns, order_by=order).records()


def features_of(view: View, kind: str) -> Sequence[Record]:
    """What products of a kind of feature have in common, the best-selling first."""
    if not view.marts.shows(_FEATURES):
        return ()
    order = ["-year_net_sales_amount", "-units_on_hand", "feature_name", "feature_value"]
    where = {"feature_type": [kind]}
    return view.marts.rows(_FEATURES, _FEATURE, where=where, order_by=order).records()


def customizations_of(view: View) -> Sequence[Record]:
    """Products that can be made to order, those made most first."""
    if not view.marts.shows(_CUSTOMIZATIONS):
        return ()
    order = ["-net_sales_amount", "product_id"]
    return view.marts.rows(_CUSTOMIZATIONS, _CUSTOMIZATION, order_by=order).records()


def categories_of(view: View) -> Sequence[Category]:
    """Categories as a tree, each below its parent, the best-selling first.

    A circle of parents begins at the category of it that is found first.
    """
    table = view.marts.rows(
        "rpt_product_categories", _CATEGORY, order_by=["-year_net_sales_amount", "category_id"]
    )
    tree = as_tree(table.records(), key="category_id", parent="parent_id")
    return tuple(Category(record=record, depth=depth) for record, depth in tree)
