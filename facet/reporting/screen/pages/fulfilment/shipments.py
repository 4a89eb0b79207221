"""Shipments: what is late, how promises were held over time, by carrier and by region."""

from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.query.table import Record
from facet.reporting.screen.pages.fulfilment.data import (
    SHIPMENTS,
    delivered_shipments,
    open_shipments,
)
from facet.reporting.screen.parts.cells import Column, column, or_dash, summed
from facet.reporting.screen.parts.empty import nothing_wrong, nothing_yet
from facet.reporting.screen.parts.figures import trend_chart
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.orders import orders_behind
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.parts.tiles import tiles
from facet.reporting.screen.session.view import View

_TILES: Final = (
    *("on_time_rate", "shipments_delivered", "median_days_to_dispatch", "median_days_to_deliver"),
)
_BREAKDOWN: Final = (
    *("shipments_delivered", "shipments_on_time", "on_time_rate", "median_days_to_deliver"),
)
#: By what shipments are told apart, with the words of each.
_PARTS: Final = ("carrier", "region", "service")


def shipments(view: View) -> None:
    """How promises were held in the period, what waits, and who carried it."""
    if not view.marts.count("fct_shipments"):
        nothing_yet(
            view.text("shipment.never"), view.text("shipment.never_why"), key="no-shipments"
        )
        return
    numbers = tiles(view, _TILES)
    if numbers.is_empty:
        st.caption(view.text("shipment.none_in_period"))
    _open(view)
    if numbers.now.get("on_time_rate") is not None:
        _promises_over_time(view)
    elif numbers.now.get("shipments_delivered"):
        st.caption(view.text("shipment.none_promised"))
    if numbers.now.get("shipments_delivered"):
        _by(view)


def _open(view: View) -> None:
    """A list of what is late, came back, or is open, the longest promised first."""
    subheading(view.text("shipment.needs"))
    chosen = one_of(
        view.text("shipment.which"),
        SHIPMENTS,
        lambda name: view.text(f"shipment.{name}"),
        key="shipments",
        is_label_shown=False,
    )
    rows = open_shipments(view, chosen)
    if not rows:
        nothing_wrong(view.text(f"shipment.no_{chosen}"))
        return
    columns = [
        column(view, "shipment.number", "shipment_number"),
        column(view, "shipment.status", partial(_status, view)),
        column(view, "shipment.late_days", "late_days", kind="count"),
        column(view, "shipment.promised", or_dash("promised_date"), kind="day"),
        column(view, "shipment.dispatched", or_dash("dispatched_date"), kind="day"),
        column(view, "shipment.orders", or_dash("order_numbers")),
        summed(view, "shipment.units", "unit_count", kind="count"),
        *(column(view, f"shipment.{part}", partial(_part, view, part)) for part in _PARTS[:2]),
    ]
    listing(view, f"shipments-{chosen}", rows, columns, has_total=True)


def _promises_over_time(view: View) -> None:
    """Draw the on-time rate over the period, and list the shipments of a bar that was clicked."""
    bar = trend_chart(view, "on_time_rate")
    if bar is None or bar.period is None:
        return
    columns = [
        column(view, "shipment.number", "shipment_number"),
        column(view, "shipment.late_days", "late_days", kind="count"),
        column(view, "shipment.promised", "promised_date", kind="day"),
        column(view, "shipment.delivered", "delivered_date", kind="day"),
        column(view, "shipment.orders", or_dash("order_numbers")),
        *(column(view, f"shipment.{part}", partial(_part, view, part)) for part in _PARTS[:2]),
    ]
    rows = delivered_shipments(view, bar.period)
    counts = {
        "count": view.count(len(rows)),
        "on_time": view.count(sum(bool(row["was_on_time"]) for row in rows)),
    }
    orders_behind(
        view,
        "drill-shipments",
        rows,
        columns,
        title=view.text("shipment.behind_title", part=bar.label),
        caption=view.text("shipment.behind", **counts),
    )


def _by(view: View) -> None:
    """Deliveries of the period by carrier, region or service, the most first."""
    part = one_of(
        view.text("shipment.by"),
        _PARTS,
        lambda name: view.text(f"shipment.{name}"),
        key="shipment-part",
    )
    dimension = f"shipment__{part}"
    found = view.query(
        _BREAKDOWN,
        by=[dimension],
        period=view.period,
        order_by=["-shipments_delivered", dimension],
    ).records()
    rows = [{**row, part: row[dimension]} for row in found if row["shipments_delivered"]]
    if not rows:
        st.caption(view.text("chart.empty"))
        return
    total = view.query(_BREAKDOWN, period=view.period).records()[0]
    named = column(view, f"shipment.{part}", lambda row: _part(view, str(part), row))
    columns = [named, *(_metric(view, name) for name in _BREAKDOWN)]
    every = {**total, part: view.text("table.total")}
    listing(view, f"shipments-by-{part}", rows, columns, total=every)


def _metric(view: View, name: str) -> Column:
    return Column(
        label=view.label(name), value=name, kind=view.kind(name), help=view.description(name)
    )


def _status(view: View, row: Record) -> str:
    return view.word("shipment_status", row["shipment_status"])


def _part(view: View, part: str, row: Record) -> str:
    """The name of a carrier, region or service; a word where there is none."""
    value = row[part]
    if part == "service" and value is not None:
        return view.word("shipment_service", value)
    return view.text("shipment.unknown") if value is None else str(value)
