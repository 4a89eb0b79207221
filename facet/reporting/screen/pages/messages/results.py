"""What comes of conversations: leads, orders and net sales."""

from typing import Final

import streamlit as st

from facet.reporting.query.table import Record
from facet.reporting.screen.parts.cells import column, metric_columns
from facet.reporting.screen.parts.counts import steps_chart
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.parts.figures import trend_chart
from facet.reporting.screen.parts.table import export_of, written_table
from facet.reporting.screen.parts.tiles import tiles
from facet.reporting.screen.session.view import View

_TILES: Final = (
    *("conversations", "conversation_lead_rate", "conversation_order_rate"),
    *("conversation_orders", "conversation_net_sales"),
)
_STEPS: Final = (
    *("conversations", "conversations_to_lead", "conversations_converted", "conversations_ordered"),
)
_BREAKDOWN: Final = (*_STEPS, "conversation_order_rate", "conversation_net_sales")
_CHANNEL: Final = "conversation__channel_name"


def results(view: View) -> None:
    """How far the conversations of the period came, and on which pages."""
    if not view.marts.count("fct_conversations"):
        nothing_yet(
            view.text("result.never"), view.text("result.never_why"), key="no-conversations"
        )
        return
    numbers = tiles(view, _TILES)
    if numbers.is_empty:
        st.caption(view.text("result.none_in_period"))
        return
    unknown = view.query(["unknown_conversations"], period=view.period)
    st.caption(view.text("result.means"))
    if count := unknown.number("unknown_conversations"):
        st.caption(view.text("result.unknown", count=view.count(count)))
    steps_chart(view, "conversation-steps", view.text("result.steps"), _STEPS)
    if numbers.now.get("conversation_net_sales"):
        trend_chart(view, "conversation_net_sales", opens=False)
    _by_channel(view)


def _by_channel(view: View) -> None:
    found = view.query(
        _BREAKDOWN, by=[_CHANNEL], period=view.period, order_by=["-conversations", _CHANNEL]
    ).records()
    rows = [row for row in found if row["conversations"]]

    def name(row: Record) -> str:
        return str(row[_CHANNEL] or view.text("missing.channel"))

    columns = [
        column(view, "filter.channel", name),
        *metric_columns(view, _BREAKDOWN),
    ]
    written_table(view, rows, columns)
    export_of(view, "conversations-by-channel", rows, columns)
