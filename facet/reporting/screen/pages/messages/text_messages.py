"""Text messages: whether they arrive, what they cost, and what they are sent from."""

from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.query.table import Record, as_number
from facet.reporting.screen.pages.messages.data import TROUBLES, failures, senders
from facet.reporting.screen.pages.messages.waiting import waiting_exchange_list
from facet.reporting.screen.parts.cells import column, metric_columns, or_dash, summed
from facet.reporting.screen.parts.empty import nothing_wrong, nothing_yet
from facet.reporting.screen.parts.figures import trend_chart
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.parts.tiles import tiles
from facet.reporting.screen.session.view import View

_TILES: Final = (
    *("sms_sent", "sms_delivery_rate", "sms_not_delivered", "sms_received", "sms_segments"),
    *("sms_cost", "sms_opt_outs", "sms_reactions"),
)
_BREAKDOWN: Final = (
    *("sms_sent", "sms_delivered", "sms_delivery_rate", "sms_not_delivered", "sms_segments"),
    "sms_cost",
)
_SERVICE: Final = "sms_hour__service_name"


def text_messages(view: View) -> None:
    """How text messages fared in the period, and what they are sent from now."""
    if not view.marts.count("fct_sms_hours"):
        nothing_yet(view.text("sms.never"), view.text("sms.never_why"), key="no-sms")
        _senders(view)
        return
    numbers = tiles(view, _TILES)
    if numbers.is_empty:
        st.caption(view.text("sms.none_in_period"))
    else:
        _cost_known(view)
    waiting_exchange_list(view)
    _senders(view)
    if numbers.now.get("sms_sent"):
        if numbers.now.get("sms_delivery_rate") is not None:
            trend_chart(view, "sms_sent", opens=False)
        _failures(view)
        _by_service(view)


def _cost_known(view: View) -> None:
    """Say for how many messages the cost is known, where it is not for all."""
    found = view.query(["sms_cost_coverage_rate"], period=view.period)
    share = as_number(found.number("sms_cost_coverage_rate"))
    if share is not None and share < 1:
        st.caption(view.text("sms.cost_known", share=view.formats.share(share)))


def _senders(view: View) -> None:
    subheading(view.text("sender.title"))
    rows = senders(view)
    if not rows:
        nothing_yet(view.text("sender.none"), view.text("sender.none_why"), key="no-senders")
        return
    st.caption(view.text("sender.means"))
    columns = [
        column(view, "sender.account", "account_name"),
        column(
            view,
            "sender.number",
            lambda row: row["number_label"] or row["sender_number"] or view.text("sender.picked"),
        ),
        column(view, "sender.trouble", partial(_trouble, view)),
        column(view, "sender.services", or_dash("service_names")),
        column(view, "sender.status", partial(_status, view)),
        column(view, "sender.recent", "recent_message_count", kind="count"),
        column(view, "sender.not_delivered", "recent_not_delivered_count", kind="count"),
        column(view, "sender.rate", "recent_arrival_rate", kind="rate"),
        column(view, "sender.last_used", "last_used_date", kind="day"),
        column(view, "sender.balance", "balance_amount", kind="decimal"),
        column(view, "sender.monthly", "monthly_cost_amount", kind="decimal"),
        column(view, "sender.currency", or_dash("currency_code")),
    ]
    listing(view, "senders", rows, columns)


def _failures(view: View) -> None:
    rows = failures(view)
    subheading(view.text("failure.title"))
    if not rows:
        nothing_wrong(view.text("failure.none"))
        return
    columns = [
        column(view, "failure.code", lambda row: _code(view, row)),
        column(view, "waits.service", or_dash("service_name")),
        summed(view, "failure.count", "not_delivered_count", "count"),
    ]
    listing(view, "failures", rows, columns, has_total=True)


def _by_service(view: View) -> None:
    found = view.query(
        _BREAKDOWN, by=[_SERVICE], period=view.period, order_by=["-sms_sent", _SERVICE]
    ).records()
    rows = [row for row in found if row["sms_sent"]]
    columns = [
        column(view, "failure.service", or_dash(_SERVICE)),
        *metric_columns(view, _BREAKDOWN),
    ]
    listing(view, "sms-by-service", rows, columns)


def _trouble(view: View, row: Record) -> str:
    return ", ".join(view.text(f"sender.{name}") for flag, name in TROUBLES.items() if row[flag])


def _status(view: View, row: Record) -> str:
    """The number's status, else its account's: whichever keeps it from sending."""
    statuses = [row["number_status"], row["account_status"]]
    stopped = [status for status in statuses if status not in (None, "active")]
    return view.word("sender_status", (stopped or [statuses[1]])[0])


def _code(view: View, row: Record) -> str:
    code = str(row["error_code"])
    return view.text("failure.no_code") if code == "none" else view.word("sms_error", code)
