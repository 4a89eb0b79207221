"""What is to settle: balances due by age, deposits, and orders that ShipStation knows otherwise."""

from functools import partial

import streamlit as st

from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Record, total
from facet.reporting.screen.pages.fulfilment.data import (
    balances,
    balances_by_age,
    differences,
    overshipped,
)
from facet.reporting.screen.parts.cells import column, or_dash, summed
from facet.reporting.screen.parts.empty import nothing_wrong, nothing_yet
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.table import listing, written_table
from facet.reporting.screen.session.view import View

_AMOUNTS = ("balance_due_amount", "overpaid_amount", "deposit_amount")


def balances_due(view: View) -> None:
    """What customers owe, overpaid and paid ahead: by the age of the order, then order by order."""
    subheading(view.text("balance.title"))
    st.caption(view.text("balance.means"))
    ages = balances_by_age(view)
    if view.first_day is None:
        nothing_yet(view.text("empty.never"), key="no-orders")
        return
    if not ages:
        nothing_wrong(view.text("balance.none"))
        return
    whole = {"age_band": None, **{name: total(ages, name) for name in ("row_count", *_AMOUNTS)}}
    columns = [
        column(view, "balance.age", partial(_age, view)),
        column(view, "balance.orders", "row_count", kind="count"),
        *(column(view, f"balance.{name}", name, kind="money") for name in _AMOUNTS),
    ]
    written_table(view, [*ages, whole], columns, strong=[len(ages)])
    columns = [
        column(view, "balance.order", "order_number"),
        column(view, "balance.status", lambda row: view.word("order_status", row["order_status"])),
        column(view, "balance.date", "order_date", kind="day"),
        column(view, "balance.age_days", "age_days", kind="count"),
        *(summed(view, f"balance.{name}", name) for name in _AMOUNTS),
        column(view, "shipment.promised", or_dash("promised_date"), kind="day"),
    ]
    listing(view, "balances", balances(view), columns, has_total=True)


def disagreements(view: View) -> None:
    """Orders that ShipStation knows otherwise, and lines of which more left than was ordered."""
    subheading(view.text("difference.title"))
    found = differences(view)
    if found:
        columns = [
            column(view, "difference.order", "order_number"),
            column(view, "difference.what", partial(_difference, view)),
            column(
                view, "difference.here", lambda row: view.word("order_status", row["order_status"])
            ),
            column(view, "difference.shipment", partial(_shipment, view)),
            column(view, "difference.there", partial(_there, view)),
            column(view, "difference.synced", or_dash("synced_date"), kind="day"),
        ]
        listing(view, "differences", found, columns)
    elif view.marts.count("rpt_shipstation_orders"):
        nothing_wrong(view.text("difference.none"))
    else:
        nothing_yet(
            view.text("difference.never"), view.text("difference.never_why"), key="no-shipstation"
        )
    lines = overshipped(view)
    if lines:
        minor_heading(view.text("difference.overshipped"))
        columns = [
            column(view, "difference.order", "order_number"),
            column(view, "difference.shipments", "shipment_numbers"),
            summed(view, "difference.ordered", "ordered_units", kind="count"),
            summed(view, "difference.shipped", "shipped_units", kind="count"),
        ]
        listing(view, "overshipped", lines, columns, has_total=True)


def _age(view: View, row: Record) -> str:
    band = row["age_band"]
    return view.text("table.total") if band is None else view.word("age_band", band)


def _difference(view: View, row: Record) -> str:
    return view.word("difference_type", row["difference_type"])


def _shipment(view: View, row: Record) -> str:
    """The shipment's number and how far it has come; a dash where there is none."""
    if row["shipment_number"] is None:
        return DASH
    return f"{row['shipment_number']}, {view.word('shipment_status', row['shipment_status'])}"


def _there(view: View, row: Record) -> str:
    return view.word("shipstation_status", row["shipstation_status"])
