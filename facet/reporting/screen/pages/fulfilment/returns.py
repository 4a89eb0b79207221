"""Returns and refunds of the period: how many, how soon, of what, why and by whom sold."""

from typing import Final

import streamlit as st

from facet.reporting.query.table import Record
from facet.reporting.screen.parts.cells import Column, column
from facet.reporting.screen.parts.figures import trend_chart
from facet.reporting.screen.parts.orders import drill_down
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.parts.tiles import tiles
from facet.reporting.screen.session.view import View

_TILES: Final = (
    *("return_rate", "refund_rate", "returns_of_orders"),
    *("median_days_to_refund", "slow_days_to_refund"),
)
_BREAKDOWN: Final = ("returns_requested", "return_units_received", "returns_open")
#: By what returns are told apart: the dimensions that tell, the last with the name.
_PARTS: Final = {
    "reason": ("order_return__reason_group",),
    "product": ("order_return__product_id", "order_return__product_name"),
    "person": ("seller", "order_return__sales_user_name"),
}


def returns(view: View) -> None:
    """Rates and times, the refund rate over time, then returns by reason, product or person."""
    numbers = tiles(view, _TILES, of="returns")
    if numbers.is_empty:
        st.caption(view.text("returns.none"))
        return
    if numbers.now.get("refund_rate") or numbers.before.get("refund_rate"):
        drill_down(view, "returns_of_orders", trend_chart(view, "refund_rate"))
    _by(view)


def _by(view: View) -> None:
    part = one_of(
        view.text("returns.by"),
        _PARTS,
        lambda name: view.text(f"returns.{name}"),
        key="returns-part",
    )
    dimensions = _PARTS[part]
    found = view.query(
        _BREAKDOWN,
        by=dimensions,
        period=view.period,
        order_by=["-returns_requested", *dimensions],
    ).records()
    rows = [row for row in found if row["returns_requested"]]
    if not rows:
        st.caption(view.text("returns.none_sent"))
        return

    def name(row: Record) -> str:
        value = row[dimensions[-1]]
        if part == "reason":
            return view.word("return_reason", value)
        return view.text("shipment.unknown") if value is None else str(value)

    columns = [
        column(view, f"returns.{part}", name),
        *(
            Column(
                label=view.label(metric),
                value=metric,
                kind=view.kind(metric),
                help=view.description(metric),
                is_summed=True,
            )
            for metric in _BREAKDOWN
        ),
    ]
    listing(view, f"returns-by-{part}", rows, columns, has_total=True)
    if part == "reason":
        st.caption(view.text("returns.reasons_mean"))
