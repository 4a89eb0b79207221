"""What the page Messages reads of marts: what waits now, hours of the week, senders."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from facet.reporting.query.table import Cell, Record, number_of
from facet.reporting.screen.session.view import View

#: Of a long list, those that have waited longest.
ROWS_SHOWN: Final = 1000
#: How long ago a question was asked that waits, the longest first.
BANDS: Final = ("older", "week", "yesterday", "today")
#: What a sender's trouble is called, by the flag that says so.
TROUBLES: Final = {"is_blocked": "blocked", "is_failing": "failing", "is_in_debt": "in_debt"}
_WAITING: Final = (
    *("waiting_days", "waiting_business_minutes", "waiting_since_at", "channel_name"),
    *("platform_name", "assigned_user_name", "conversation_status", "has_lead", "conversation_id"),
)
_EXCHANGE: Final = (
    *("waiting_days", "waiting_since_at", "service_name", "assigned_user_name"),
    *("inbound_count", "outbound_count", "conversation_id"),
)
_SENDER: Final = (
    *("sender_account_id", "account_name", "provider", "account_status", "number_label"),
    *("sender_number", "number_status", "service_names", "currency_code", "balance_amount"),
    *("monthly_cost_amount", "recent_message_count", "recent_not_delivered_count"),
    *("recent_arrival_rate", "is_in_use", "last_used_date", *TROUBLES),
)
_AFTER_OPT_OUT: Final = "marketing_after_opt_out_count"


def waiting_by_band(view: View) -> dict[str, Cell]:
    """How many conversations wait, by how long."""
    found = view.marts.totals(
        "fct_conversations", [], by=["waiting_band"], where={"is_waiting": [True]}
    ).records()
    counts = {str(row["waiting_band"]): row["row_count"] for row in found}
    return {band: counts[band] for band in BANDS if band in counts}


def waiting(view: View) -> Sequence[Record]:
    """Conversations that wait for a reply, the longest first."""
    return view.marts.rows(
        "fct_conversations",
        _WAITING,
        where={"is_waiting": [True]},
        order_by=["waiting_since_at", "conversation_id"],
        limit=ROWS_SHOWN,
    ).records()


def exchanges_waiting(view: View) -> Cell:
    """How many exchanges of text messages wait."""
    return view.marts.count("fct_sms_conversations", {"is_waiting": [True]})


def waiting_exchanges(view: View) -> Sequence[Record]:
    """Exchanges of text messages that wait for a reply, the longest first."""
    return view.marts.rows(
        "fct_sms_conversations",
        _EXCHANGE,
        where={"is_waiting": [True]},
        order_by=["waiting_since_at", "conversation_id"],
        limit=ROWS_SHOWN,
    ).records()


def hours_of_week(view: View, sender: str | None) -> dict[tuple[int, int], Decimal]:
    """Messages of the period by day of the week and hour; of one kind of sender, or of all."""
    found = view.marts.totals(
        "fct_message_hours",
        ["message_count"],
        by=["day_of_week", "sent_hour"],
        where={"sender_kind": [sender]} if sender else {},
        between={"sent_date": (view.period.start, view.period.end)},
    ).records()
    return {
        (int(number_of(row["day_of_week"])), int(number_of(row["sent_hour"]))): number_of(
            row["message_count"]
        )
        for row in found
    }


def failures(view: View) -> Sequence[Record]:
    """Text messages of the period that did not arrive, by the provider's code and by service."""
    found = view.marts.totals(
        "fct_sms_hours",
        ["not_delivered_count"],
        by=["error_code", "service_name"],
        where={"message_status": ["failed", "undelivered"]},
        between={"sent_date": (view.period.start, view.period.end)},
        order_by=["-not_delivered_count", "error_code", "service_name"],
    )
    return found.records()


def senders(view: View) -> Sequence[Record]:
    """Accounts and numbers, those with trouble and those used last before the others."""
    found = view.marts.rows(
        "rpt_sms_senders",
        _SENDER,
        order_by=["-last_used_date", "sender_account_id", "phone_number_id"],
    ).records()
    return sorted(found, key=lambda row: not any(row[flag] for flag in TROUBLES))


def after_opt_out(view: View) -> Record:
    """How much marketing went to contacts that had opted out, and to how many of them."""
    found = view.marts.totals(
        "fct_sms_contacts",
        [_AFTER_OPT_OUT],
        between={_AFTER_OPT_OUT: (1, 10**9)},
    )
    return {"messages": found.number(_AFTER_OPT_OUT), "contacts": found.number("row_count")}
