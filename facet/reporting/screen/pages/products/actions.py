"""What to order and what to mark down, each with its reason."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

import streamlit as st

from facet.reporting.query.table import as_number
from facet.reporting.screen.pages.products.data.details import lost_sales_of
from facet.reporting.screen.pages.products.data.products import Product, Products
from facet.reporting.screen.parts.cells import Column, column, summed
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.table import Select, listing
from facet.reporting.screen.session.view import View


def reorder_list(view: View, products: Products) -> None:
    """Products of which too little is there, with how many last for 90 days."""
    lost = lost_sales_of(view)
    columns = [
        column(view, "product.product", "product_name", width=220),
        summed(view, "product.to_order", "reorder_units", "count"),
        column(view, "product.reason", partial(_reason, view, "reorder")),
        column(view, "product.class", partial(class_of, view)),
        column(view, "product.available", "available_units", kind="count"),
        column(view, "product.year_units", "year_net_units", kind="count"),
        column(view, "product.cover", cover_of, kind="count"),
        column(view, "product.out_days", "stock_out_day_count", kind="count"),
        summed(view, "product.lost", lambda row: lost.get(row["product_id"]), is_short=True),
    ]
    if products.has_stock_records:
        _list(view, "reorder", products.to_reorder, columns)


def mark_down_list(view: View, products: Products) -> None:
    """Products of which too much lies for too long, with the money in them."""
    columns = [
        column(view, "product.product", "product_name", width=220),
        column(view, "product.reason", partial(_reason, view, "mark_down")),
        column(view, "product.class", partial(class_of, view)),
        summed(view, "product.on_hand", "units_on_hand", "count"),
        summed(view, "product.at_cost", "stock_at_cost_amount", is_short=True, needs_all=True),
        summed(view, "age.old", "old_units", "count"),
        summed(view, "age.ageless", "ageless_units", "count"),
        column(view, "product.cover", cover_of, kind="count"),
        column(view, "product.last_sold", "last_sold_date", kind="day"),
        column(view, "product.list_price", "list_price", kind="money"),
    ]
    if products.has_stock_records:
        _list(view, "mark_down", products.to_mark_down, columns)


def class_of(view: View, product: Product) -> str:
    """Its ABC class in words."""
    return view.text(f"abc.{product['abc_class']}")


def cover_of(product: Product) -> Decimal | None:
    """Its cover in whole days."""
    days = as_number(product["cover_days"])
    return None if days is None else days.quantize(Decimal(1), rounding=ROUND_HALF_UP)


def _reason(view: View, action: str, product: Product) -> str:
    return view.text(f"{action}.{product[f'{action}_reason']}")


def _list(view: View, action: str, rows: Sequence[Product], columns: Sequence[Column]) -> None:
    subheading(view.text(f"{action}.title"), key=f"list-of-{action}")
    if not rows:
        nothing_yet(view.text(f"{action}.nothing"), icon="check_circle", key=f"no-{action}")
        return
    st.caption(view.text(f"{action}.means"))
    chooses = Select(chooses=lambda product: {"product": product.key})
    listing(view, action, rows, columns, select=chooses, has_total=True)
