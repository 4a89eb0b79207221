"""Stock by age, classes, categories, and places whose record is not what history says."""

from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.screen.pages.products.data.details import (
    Category,
    categories_of,
    differences_of,
)
from facet.reporting.screen.pages.products.data.products import AGES, CLASSES, Products
from facet.reporting.screen.pages.products.groups import Group, sum_of
from facet.reporting.screen.parts.cells import column, metric_columns, or_dash, share_of, summed
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.table import export_of, listing, written_table
from facet.reporting.screen.session.view import View

#: An em space, which lists do not trim.
_INDENT: Final = "\u2003"
#: Kinds of orders, as the CRM has them.
ORDER_TYPES: Final = ("standard", "pre_order", "custom")
_ORDER_TYPE: Final = "ledger_entry__order_type"
#: The first columns of classes are of sales, the others of stock.
_OF_SALES: Final = 4
_OF_ORDERS: Final = ("net_sales", "orders", "average_order_value", "gross_margin_rate")


def classes_by_age(view: View, products: Products) -> None:
    """What each class sells, and how long its stock has been there."""
    classes = [
        Group(
            label=view.text(f"abc.{name}"),
            rows=[row for row in products.rows if row["abc_class"] == name],
        )
        for name in CLASSES
    ]
    everything = Group(label=view.text("table.total"), rows=products.rows)
    sales = everything.sum("year_net_sales_amount")
    columns = [
        column(view, "product.class", lambda row: row.label),
        column(view, "product.products", lambda row: len(row.rows), kind="count"),
        column(view, "product.year_sales", partial(sum_of, "year_net_sales_amount"), kind="money"),
        column(
            view,
            "table.share",
            lambda row: share_of(row.sum("year_net_sales_amount"), sales),
            kind="share",
        ),
        column(
            view,
            "product.at_cost",
            lambda row: row.sum_if_known("stock_at_cost_amount"),
            kind="money",
        ),
        *(
            column(view, f"age.{age}", partial(sum_of, f"{age}_units"), kind="count")
            for age in AGES
        ),
    ]
    if not products.has_stock_records:
        columns = columns[:_OF_SALES]
    with st.container(key="table-classes"):
        subheading(view.text("stock.by_class"))
        if products.has_stock_records:
            st.caption(view.text("stock.by_class_means"))
        written_table(view, [*classes, everything], columns, strong=[len(classes)])
        export_of(view, "classes", classes, columns, total=everything)


def category_tree(view: View) -> None:
    """Categories, each with all that is below it."""
    categories = categories_of(view)
    if not categories:
        return
    subheading(view.text("stock.categories"))
    st.caption(view.text("stock.categories_means"))
    columns = [
        column(view, "stock.category", partial(_branch, view), width=240),
        column(view, "product.products", "product_count", kind="count"),
        column(view, "product.on_hand", "units_on_hand", kind="count"),
        column(view, "product.at_cost", "stock_at_cost_amount", kind="money", is_short=True),
        column(view, "product.year_sales", "year_net_sales_amount", kind="money", is_short=True),
        column(
            view, "product.year_margin", "year_gross_margin_amount", kind="money", is_short=True
        ),
        column(view, "product.gmroi", "return_on_inventory", kind="decimal"),
    ]
    listing(view, "categories", categories, columns)


def difference_list(view: View, products: Products) -> None:
    """Places whose record is not what all movements add up to."""
    if not (products.has_stock_records and products.has_movements):
        return
    subheading(view.text("stock.differences"), key="list-of-differences")
    found = differences_of(view)
    if not found:
        nothing_yet(view.text("stock.agrees"), icon="check_circle", key="no-differences")
        return
    st.caption(view.text("stock.differences_means"))
    columns = [
        column(view, "product.product", "product_name", width=220),
        column(view, "product.variant", or_dash("variant_name")),
        column(view, "stock.location", or_dash("location_code")),
        column(view, "stock.history", "history_units", kind="count"),
        column(view, "stock.recorded", "recorded_units", kind="count"),
        summed(view, "stock.difference", "difference_units", "count"),
    ]
    listing(view, "differences", found, columns, has_total=True)


def order_types(view: View) -> None:
    """Net sales and margin of what is made to order beside what is sold from stock."""
    rows = view.query(
        _OF_ORDERS, by=[_ORDER_TYPE], period=view.period, order_by=["-net_sales"]
    ).records()
    rows = tuple(row for row in rows if row["orders"] or row["net_sales"])
    if len(rows) <= 1:  # one kind alone has nothing beside it
        return
    columns = [
        column(view, "stock.order_type", lambda row: view.word("order_type", row[_ORDER_TYPE])),
        *metric_columns(view, _OF_ORDERS),
    ]
    with st.container(key="table-order-types"):
        minor_heading(view.text("stock.order_types"))
        written_table(view, rows, columns)
        export_of(view, "order-types", rows, columns)


def _branch(view: View, category: Category) -> str:
    """The name of a category, further in the deeper it is."""
    name = category["category_name"]
    label = view.text("missing.category") if name is None else str(name)
    return _INDENT * category.depth + label
