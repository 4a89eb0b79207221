"""All products with their figures, and one of them with its variants."""

from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.screen.pages.products.actions import class_of, cover_of
from facet.reporting.screen.pages.products.data.details import prices_of, set_items_of, variants_of
from facet.reporting.screen.pages.products.data.products import CLASSES, Product, Products
from facet.reporting.screen.parts.cells import column, summed
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import Select, listing, written_table
from facet.reporting.screen.session.query_params import query_param_select
from facet.reporting.screen.session.view import View

_ALL: Final = "all"
#: Faults of the catalogue by which the list can be narrowed.
FAULTS: Final = (
    *("is_below_cost", "has_unknown_cost", "lacks_photograph", "is_never_sold"),
    *("has_unmatched_sku", "has_invalid_attribute"),
)
#: Prices and costs of a product, by their names in words.
PRICES: Final = {
    "list_price": "list_price",
    "unit_cost": "unit_cost",
    "material_cost": "material_cost_amount",
    "last_unit_cost": "last_unit_cost_amount",
    "cost_gap": "cost_gap_amount",
}


def product_list(view: View, products: Products) -> Product:
    """List products, by class or fault; returns the one that was picked, at first the first."""
    subheading(view.text("product.all"), key="list-of-products")
    st.caption(view.text("product.all_means"))
    chosen = one_of(
        view.text("product.class"),
        [_ALL, *CLASSES, *FAULTS],
        partial(_choice, view),
        key="class",
    )
    rows = [row for row in products.rows if _has(row, chosen)]
    columns = [
        column(view, "product.product", "product_name", width=200),
        column(view, "product.class", partial(class_of, view), width=60),
        summed(view, "product.units", lambda row: row.of_period("net_units"), "count", width=64),
        summed(view, "product.sales", lambda row: row.of_period("net_sales_amount"), is_short=True),
        column(view, "product.margin", lambda row: row.margin, kind="money", is_short=True),
        column(view, "product.sell_through", lambda row: row.sell_through, kind="rate"),
        summed(view, "product.on_hand", "units_on_hand", "count", width=64),
        summed(view, "product.at_cost", "stock_at_cost_amount", is_short=True, needs_all=True),
        column(view, "product.cover", cover_of, kind="count", width=70),
        column(view, "product.gmroi", "return_on_inventory", kind="decimal", width=70),
        column(view, "product.last_sold", "last_sold_date", kind="day"),
    ]
    chooses = Select(chooses=lambda product: {"product": product.key})
    listing(view, "products", rows, columns, select=chooses, has_total=True)
    labels = {row.key: _label(row) for row in products.rows}
    key = query_param_select(
        "product", view.text("product.choose"), labels, default=products.rows[0].key, width=420
    )
    return next(row for row in products.rows if row.key == key)


def product_detail(view: View, product: Product) -> None:
    """Costs of one product and, where it has some, its variants."""
    with st.container(key="product-detail", border=True):
        st.markdown(f"**{escaped(_label(product))}**")
        prices = prices_of(view, product["product_id"], tuple(PRICES.values()))
        facts = [
            (view.text(f"product.{name}"), view.formats.exact(prices[column_name], "money"))
            for name, column_name in PRICES.items()
            if prices[column_name] is not None
        ]
        st.markdown(" · ".join(f"{escaped(label)} **{escaped(value)}**" for label, value in facts))
        variants = variants_of(view, product["product_id"])
        if variants:
            columns = [
                column(view, "product.variant", "variant_name"),
                column(view, "product.sku", "sku"),
                column(view, "product.on_hand", "units_on_hand", kind="count"),
                column(view, "product.reserved", "reserved_units", kind="count"),
                column(view, "product.sold_units", "year_sold_units", kind="count"),
                column(view, "product.last_sold", "last_sold_date", kind="day"),
            ]
            written_table(view, variants, columns)


def set_list(view: View) -> None:
    """Sets, and how many of each the components on hand would make."""
    items = set_items_of(view)
    if not items:
        return
    with st.expander(view.text("product.sets"), icon=":material/category:"):
        st.caption(view.text("product.sets_means"))
        columns = [
            column(view, "product.set", "product_name"),
            column(view, "product.component", "component_name"),
            column(view, "product.quantity", "quantity", kind="count"),
            column(view, "product.available", "available_units", kind="count"),
            column(view, "product.set_units", "set_units", kind="count"),
        ]
        listing(view, "sets", items, columns)


def _choice(view: View, name: str) -> str:
    if name == _ALL:
        return view.text("filter.all")
    return view.text(f"fault.{name}" if name in FAULTS else f"abc.{name}")


def _has(product: Product, chosen: str) -> bool:
    if chosen in FAULTS:
        return bool(product[chosen])
    return chosen in (_ALL, product["abc_class"])


def _label(product: Product) -> str:
    return f"{product.name} · {product['sku']}" if product["sku"] else product.name
