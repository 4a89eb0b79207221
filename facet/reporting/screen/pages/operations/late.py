"""What was changed later than it should have been: stock, and orders that were closed."""

import streamlit as st

from facet.reporting.screen.pages.operations.data import (
    ROWS_SHOWN,
    changes_after_closing,
    late_movements,
)
from facet.reporting.screen.parts.cells import column, moment_of, or_dash
from facet.reporting.screen.parts.empty import nothing_wrong
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.table import cut_listing
from facet.reporting.screen.session.view import View


def late_changes(view: View) -> None:
    """List movements of stock entered late, and orders changed after they were closed."""
    subheading(view.text("late.title"))
    st.caption(view.text("late.means"))
    _movements(view)
    _orders(view)


def _movements(view: View) -> None:
    minor_heading(view.text("late.stock"))
    found = late_movements(view)
    if not found:
        nothing_wrong(view.text("late.no_stock"))
        return
    columns = [
        column(view, "late.entered", moment_of(view, "changed_at"), kind="moment"),
        column(view, "late.meant", "meant_date", kind="day"),
        column(view, "late.days", "days_late", kind="count"),
        column(view, "late.product", or_dash("product_name"), width=200),
        column(view, "late.sku", or_dash("sku")),
        column(view, "late.movement", lambda row: view.word("movement_type", row["movement_type"])),
        column(view, "late.units", "quantity_change", kind="count"),
        column(view, "late.reference", or_dash("reference")),
    ]
    cut_listing(view, "late-stock", found, columns, most=ROWS_SHOWN, says="late.latest")


def _orders(view: View) -> None:
    minor_heading(view.text("late.orders"))
    found = changes_after_closing(view)
    if not found:
        nothing_wrong(view.text("late.no_orders"))
        return
    columns = [
        column(view, "late.changed", moment_of(view, "changed_at"), kind="moment"),
        column(view, "late.person", or_dash("user_name")),
        column(view, "late.order", "order_number"),
        column(view, "late.change", lambda row: view.text(f"late_action.{row['action']}")),
        column(view, "late.closed", "meant_date", kind="day"),
        column(view, "late.days", "days_late", kind="count"),
        column(
            view,
            "late.reason",
            lambda row: view.word("late_reason", row["reason_group"]),
            width=220,
        ),
    ]
    cut_listing(view, "late-orders", found, columns, most=ROWS_SHOWN, says="late.latest")
