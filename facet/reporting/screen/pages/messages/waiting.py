"""What needs somebody now, whatever the period: who waits, and what can no longer be sent."""

from collections.abc import Iterator

import streamlit as st

from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Record, number_of
from facet.reporting.screen.pages.messages.data import (
    ROWS_SHOWN,
    TROUBLES,
    after_opt_out,
    exchanges_waiting,
    senders,
    waiting,
    waiting_by_band,
    waiting_exchanges,
)
from facet.reporting.screen.parts.attention import Line, needs_attention
from facet.reporting.screen.parts.cells import column, moment_of, or_dash
from facet.reporting.screen.parts.empty import nothing_wrong
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.table import cut_listing
from facet.reporting.screen.session.view import View


def what_needs_somebody(view: View) -> None:
    """A line for each thing; nothing where no message is recorded at all."""
    lines = list(_lines(view))
    if lines or view.marts.count("fct_conversations") or view.marts.count("fct_sms_conversations"):
        needs_attention(view, lines, nothing=view.text("messages.needs_nobody"))


def waiting_list(view: View) -> None:
    """List the conversations that wait, the longest first."""
    subheading(view.text("waits.title"))
    rows = waiting(view)
    if not rows:
        nothing_wrong(view.text("waits.none"))
        return
    st.caption(view.text("waits.means"))
    columns = [
        column(view, "waits.since", moment_of(view, "waiting_since_at"), kind="moment"),
        column(view, "waits.days", "waiting_days", kind="days"),
        column(view, "waits.business", "waiting_business_minutes", kind="minutes"),
        column(view, "filter.channel", or_dash("channel_name")),
        column(view, "waits.platform", or_dash("platform_name")),
        column(view, "waits.person", _person),
        column(view, "waits.lead", lambda row: view.text("waits.has_lead") * bool(row["has_lead"])),
        column(view, "waits.number", "conversation_id"),
    ]
    cut_listing(view, "waiting", rows, columns, most=ROWS_SHOWN, says="waits.longest")


def waiting_exchange_list(view: View) -> None:
    """List the exchanges of text messages that wait, the longest first."""
    rows = waiting_exchanges(view)
    if not rows:
        return
    subheading(view.text("waits.sms_title"))
    columns = [
        column(view, "waits.since", moment_of(view, "waiting_since_at"), kind="moment"),
        column(view, "waits.days", "waiting_days", kind="days"),
        column(view, "waits.service", or_dash("service_name")),
        column(view, "waits.person", _person),
        column(view, "waits.in", "inbound_count", kind="count"),
        column(view, "waits.out", "outbound_count", kind="count"),
        column(view, "waits.number", "conversation_id"),
    ]
    cut_listing(view, "waiting-sms", rows, columns, most=ROWS_SHOWN, says="waits.longest")


def _person(row: Record) -> str:
    return str(row["assigned_user_name"] or DASH)


def _lines(view: View) -> Iterator[Line]:
    for band, count in waiting_by_band(view).items():
        yield Line("mark_chat_unread", view.text(f"messages.waits_{band}", count=view.count(count)))
    if exchanges := exchanges_waiting(view):
        yield Line("sms", view.text("messages.sms_waits", count=view.count(exchanges)))
    found = senders(view)
    for flag, trouble in TROUBLES.items():
        names = dict.fromkeys(_named(row, trouble) for row in found if row[flag])
        if names:
            yield Line("sms_failed", view.text(f"messages.{trouble}", names=", ".join(names)))
    opted_out = after_opt_out(view)
    if number_of(opted_out["messages"]):
        told = {name: view.count(value) for name, value in opted_out.items()}
        yield Line("do_not_disturb_on", view.text("messages.after_opt_out", **told))


def _named(row: Record, trouble: str) -> str:
    """An account by its name; what is of a number alone with the number's."""
    account, label = str(row["account_name"]), row["number_label"] or row["sender_number"]
    return account if trouble == "in_debt" or label is None else f"{account} – {label}"
