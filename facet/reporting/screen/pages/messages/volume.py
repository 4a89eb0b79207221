"""Messages on pages: how many, when in the week, on which page, and how soon they are answered."""

from typing import Final

import streamlit as st

from facet.reporting.query.table import Record
from facet.reporting.screen.pages.messages.data import hours_of_week
from facet.reporting.screen.pages.messages.waiting import waiting_list
from facet.reporting.screen.parts.cells import column, metric_columns
from facet.reporting.screen.parts.counts import week_chart
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.parts.figures import trend_chart, unit
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import export_of, written_table
from facet.reporting.screen.parts.tiles import tiles
from facet.reporting.screen.session.view import View

_TILES: Final = (
    *("messages", "messages_in", "messages_out", "bot_message_rate", "messages_failed"),
    *("conversations", "message_files", "message_reactions"),
)
_REPLIES: Final = (
    *("median_first_reply_minutes", "median_first_reply_business_minutes"),
    *("median_next_reply_minutes", "median_next_reply_business_minutes"),
)
_BREAKDOWN: Final = (
    *("messages", "messages_in", "messages_of_staff", "messages_of_bots", "bot_message_rate"),
    "messages_failed",
)
_PARTS: Final = {"channel": "message_hour__channel_name", "platform": "message_hour__platform_name"}
#: Whose messages a week can be of; "all" of everybody.
_SENDERS: Final = {"all": None, "customer": "customer", "staff": "staff", "bot": "bot"}


def page_messages(view: View) -> None:
    """What was written in the period, how soon it was answered, and what waits now."""
    if not view.marts.count("fct_message_hours"):
        nothing_yet(
            view.text("volume.never"), view.text("volume.never_why"), key="no-page-messages"
        )
        return
    numbers = tiles(view, _TILES)
    if numbers.is_empty:
        st.caption(view.text("volume.none_in_period"))
        waiting_list(view)
        return
    tiles(view, _REPLIES, of="replies")
    whose = "everybody" if view.principal.people is None else "yours"
    st.caption(view.text(f"volume.replies_{whose}"))
    waiting_list(view)
    trend_chart(view, "messages", opens=False)
    _hours(view)
    _by(view)


def _hours(view: View) -> None:
    sender = one_of(
        view.text("volume.whose"),
        _SENDERS,
        lambda name: view.text(f"volume.of_{name}"),
        key="week-of",
    )

    week_chart(
        view,
        f"week-{sender}",
        view.text("volume.week"),
        unit(view, "count"),
        lambda: hours_of_week(view, _SENDERS[sender]),
        view.count,
    )


def _by(view: View) -> None:
    part = one_of(
        view.text("volume.by"), _PARTS, lambda name: view.text(f"volume.{name}"), key="messages-by"
    )
    dimension = _PARTS[part]
    found = view.query(
        _BREAKDOWN, by=[dimension], period=view.period, order_by=["-messages", dimension]
    ).records()
    rows = [row for row in found if row["messages"]]

    def name(row: Record) -> str:
        return str(row[dimension] or view.text("missing.channel"))

    columns = [
        column(view, f"volume.{part}", name),
        *metric_columns(view, _BREAKDOWN),
    ]
    written_table(view, rows, columns)
    export_of(view, f"messages-by-{part}", rows, columns)
