"""Inbound: how long suppliers take, what they bring too little or too much, and what is overdue."""

from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.query.table import Record
from facet.reporting.screen.pages.fulfilment.data import open_inbound
from facet.reporting.screen.parts.cells import Column, column, or_dash, summed
from facet.reporting.screen.parts.empty import nothing_wrong, nothing_yet
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.parts.tiles import tiles
from facet.reporting.screen.session.view import View

_TILES: Final = ("inbound_received", "median_inbound_lead_days", "inbound_short", "inbound_over")
_BREAKDOWN: Final = (
    *("inbound_received", "median_inbound_lead_days", "inbound_short", "inbound_short_units"),
    *("inbound_over", "inbound_over_units"),
)
_SUPPLIER: Final = "inbound_shipment__supplier_name"


def inbound(view: View) -> None:
    """What is on its way, then the period's receipts by supplier."""
    if not view.marts.count("fct_inbound_shipments"):
        nothing_yet(view.text("inbound.never"), view.text("inbound.never_why"), key="no-inbound")
        return
    if tiles(view, _TILES, of="inbound").is_empty:
        st.caption(view.text("inbound.none"))
    _on_the_way(view)
    _by_supplier(view)


def _on_the_way(view: View) -> None:
    rows = open_inbound(view)
    subheading(view.text("inbound.open"))
    if not rows:
        nothing_wrong(view.text("inbound.none_open"))
        return
    columns = [
        column(view, "inbound.number", "shipment_number"),
        column(view, "inbound.supplier", partial(_supplier, view, "supplier_name")),
        column(view, "shipment.status", partial(_status, view)),
        column(view, "shipment.late_days", "late_days", kind="count"),
        column(view, "inbound.expected", or_dash("expected_date"), kind="day"),
        column(view, "inbound.ordered", or_dash("ordered_date"), kind="day"),
        summed(view, "shipment.units", "ordered_units", kind="count"),
        summed(view, "inbound.waiting", "waiting_order_count", kind="count"),
        column(view, "inbound.notes", "note_count", kind="count"),
    ]
    listing(view, "inbound-open", rows, columns, has_total=True)


def _by_supplier(view: View) -> None:
    found = view.query(
        _BREAKDOWN,
        by=[_SUPPLIER],
        period=view.period,
        order_by=["-inbound_received", _SUPPLIER],
    ).records()
    rows = [row for row in found if row["inbound_received"]]
    if not rows:
        return
    minor_heading(view.text("inbound.by_supplier"))
    columns = [
        column(view, "inbound.supplier", partial(_supplier, view, _SUPPLIER)),
        *(
            Column(
                label=view.label(name),
                value=name,
                kind=view.kind(name),
                help=view.description(name),
            )
            for name in _BREAKDOWN
        ),
    ]
    listing(view, "inbound-by-supplier", rows, columns)


def _status(view: View, row: Record) -> str:
    return view.word("inbound_status", row["inbound_status"])


def _supplier(view: View, name: str, row: Record) -> str:
    return view.text("shipment.unknown") if row[name] is None else str(row[name])
