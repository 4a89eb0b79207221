"""What the house's customers write, few enough to count: messages, conversations, text messages."""

from collections.abc import Sequence
from typing import Final

import duckdb

from tests.facet.reporting.contracts import Record, create
from tests.facet.reporting.house_staff import BEN, ELI, MAI

_HOUR: Final[Record] = {"failed_count": 0, "attachment_count": 0, "reaction_count": 0}
_TALK: Final[Record] = {
    "conversation_status": "closed", "waiting_band": "none", "customer_message_count": 1,
    "staff_message_count": 0, "bot_message_count": 0, "order_count": 0, "net_sales_amount": "0",
    "is_unanswered": False, "is_waiting": False, "has_known_person": True, "has_lead": False,
    "has_converted_lead": False, "was_followed_by_order": False,
}  # fmt: skip
_TEXT: Final[Record] = {
    "service_account_id": 3, "service_name": "Parcels", "purpose": "notification",
    "sender_kind": "bot", "error_code": "none", "sent_count": 0, "delivered_count": 0,
    "not_delivered_count": 0, "segment_count": 0, "costed_count": 0, "billable_count": 0,
    "attachment_count": 0, "reaction_count": 0, "sent_hour": 10,
}  # fmt: skip
_SENDER: Final[Record] = {
    "account_status": "active", "provider": "twilio", "number_status": "active",
    "recent_message_count": 0, "recent_not_delivered_count": 0, "is_in_use": False,
    "is_failing": False, "is_blocked": False, "is_in_debt": False,
}  # fmt: skip


def _hour(
    tenant: int, day: str, weekday: int, hour: int, page: str, sender: str, count: int, **more: int
) -> Record:
    return {
        **_HOUR, "tenant_id": tenant, "page_id": len(page), "channel_name": page,
        "platform_name": "Store" if page == "Boutique" else "Web", "sender_kind": sender,
        "direction": "inbound" if sender == "customer" else "outbound", "message_count": count,
        "sent_date": day, "day_of_week": weekday, "sent_hour": hour,
        "sent_at_local": f"{day} {hour:02}:00:00", **more,
    }  # fmt: skip


#: Of March 11 messages of New York, 5 of them in; of Saigon 4.
_HOURS: Final = (
    _hour(1, "2026-03-02", 1, 9, "Website", "customer", 3),
    _hour(1, "2026-03-02", 1, 9, "Website", "staff", 2),
    _hour(1, "2026-03-02", 1, 9, "Website", "bot", 1),
    _hour(1, "2026-03-10", 2, 14, "Boutique", "customer", 2, attachment_count=1, reaction_count=2),
    _hour(1, "2026-03-10", 2, 14, "Boutique", "bot", 3, failed_count=1),
    # the month before
    _hour(1, "2026-02-10", 2, 9, "Website", "customer", 4),
    _hour(2, "2026-03-17", 2, 20, "Zalo", "customer", 2),
    _hour(2, "2026-03-17", 2, 20, "Zalo", "staff", 2),
)
#: By mart the rows of both shops.
ROWS: Final[dict[str, Sequence[Record]]] = {
    "fct_message_hours": _HOURS,
    "fct_conversations": [
        {**_TALK, "tenant_id": 1, "conversation_id": 1, "channel_name": "Website",
         "platform_name": "Web", "person_key": 1, "lead_id": 1, "has_lead": True,
         "has_converted_lead": True, "was_followed_by_order": True, "order_count": 1,
         "net_sales_amount": "250.50", "started_date": "2026-03-02"},
        {**_TALK, "tenant_id": 1, "conversation_id": 2, "channel_name": "Boutique",
         "platform_name": "Store", "person_key": 3, "lead_id": 2, "has_lead": True,
         "conversation_status": "open", "is_unanswered": True, "is_waiting": True,
         "waiting_band": "yesterday", "waiting_days": 1, "waiting_business_minutes": "125",
         "waiting_since_date": "2026-03-17", "waiting_since_at": "2026-03-17 10:00:00+00",
         "assigned_user_id": BEN, "assigned_user_name": "Ben Ode", "started_date": "2026-03-10"},
        {**_TALK, "tenant_id": 1, "conversation_id": 3, "channel_name": "Boutique",
         "platform_name": "Store", "has_known_person": False, "conversation_status": "open",
         "is_unanswered": True, "is_waiting": True, "waiting_band": "older", "waiting_days": 13,
         "waiting_since_date": "2026-03-05", "waiting_since_at": "2026-03-05 09:30:00+00",
         "assigned_user_id": ELI, "assigned_user_name": "Eli Jay", "started_date": "2026-03-05"},
        {**_TALK, "tenant_id": 1, "conversation_id": 4, "channel_name": "Website",
         "platform_name": "Web", "person_key": 2, "is_unanswered": True, "waiting_days": 36,
         "waiting_since_date": "2026-02-10", "waiting_since_at": "2026-02-10 09:00:00+00",
         "started_date": "2026-02-10"},
        {**_TALK, "tenant_id": 2, "conversation_id": 1, "channel_name": "Zalo",
         "platform_name": "Zalo", "person_key": 21, "was_followed_by_order": True,
         "order_count": 1, "net_sales_amount": "2250000", "started_date": "2026-03-17"},
        {**_TALK, "tenant_id": 2, "conversation_id": 2, "channel_name": "Zalo",
         "platform_name": "Zalo", "person_key": 22, "conversation_status": "open",
         "is_unanswered": True, "is_waiting": True, "waiting_band": "today", "waiting_days": 0,
         "waiting_since_date": "2026-03-18", "waiting_since_at": "2026-03-18 08:15:00+00",
         "assigned_user_id": MAI, "assigned_user_name": "Trần Thị Mai",
         "started_date": "2026-03-17"},
    ],
    "fct_sms_hours": [
        {**_TEXT, "tenant_id": tenant, "direction": direction, "message_status": status,
         "error_code": code, "message_count": count, "sent_date": day, "day_of_week": 2,
         "sent_at_local": f"{day} 10:00:00", "sent_count": sent,
         "delivered_count": count if status == "delivered" else 0,
         "not_delivered_count": count if status == "undelivered" else 0, "segment_count": sent,
         "cost_amount": cost, "costed_count": count if cost else 0,
         "billable_count": 0 if status == "queued" else count}
        for tenant, direction, status, code, count, sent, cost, day in (
            (1, "outbound", "delivered", "none", 8, 8, "0.32", "2026-03-03"),
            (1, "outbound", "undelivered", "30003", 2, 2, "0.08", "2026-03-03"),
            (1, "inbound", "received", "none", 1, 0, None, "2026-03-03"),
            (1, "outbound", "queued", "none", 1, 0, None, "2026-03-03"),
            (2, "outbound", "delivered", "none", 3, 3, None, "2026-03-17"),
        )
    ],
    "fct_sms_contacts": [
        {"tenant_id": 1, "contact_id": 1, "message_count": 9, "is_opted_out": True,
         "marketing_after_opt_out_count": 2, "opted_out_date": "2026-03-04",
         "opted_out_at_local": "2026-03-04 09:00:00"},
        {"tenant_id": 1, "contact_id": 2, "message_count": 3, "is_opted_out": False,
         "marketing_after_opt_out_count": 0},
        {"tenant_id": 2, "contact_id": 1, "message_count": 3, "is_opted_out": False,
         "marketing_after_opt_out_count": 0},
    ],
    "fct_sms_conversations": [
        {"tenant_id": 1, "conversation_id": 1, "conversation_status": "open",
         "service_name": "Parcels", "inbound_count": 1, "outbound_count": 2, "waiting_days": 2,
         "is_unanswered": True, "is_waiting": True, "waiting_since_date": "2026-03-16",
         "waiting_since_at": "2026-03-16 11:00:00+00", "assigned_user_id": BEN,
         "assigned_user_name": "Ben Ode"},
        {"tenant_id": 2, "conversation_id": 1, "conversation_status": "closed",
         "service_name": "Parcels", "inbound_count": 0, "outbound_count": 3,
         "is_unanswered": False, "is_waiting": False},
    ],
    "rpt_sms_senders": [
        {**_SENDER, "tenant_id": 1, "sender_account_id": 1, "phone_number_id": 1,
         "account_name": "Twilio one", "number_label": "Service", "sender_number": "+1 200",
         "service_names": "Parcels", "recent_message_count": 25, "is_in_use": True,
         "recent_not_delivered_count": 5, "recent_arrival_rate": "0.8", "is_failing": True,
         "currency_code": "USD", "balance_amount": "12.50", "monthly_cost_amount": "2.00",
         "last_used_date": "2026-03-17"},
        {**_SENDER, "tenant_id": 1, "sender_account_id": 2, "phone_number_id": 0,
         "account_name": "Vonage one", "number_status": None, "account_status": "closed",
         "service_names": "Offers", "is_blocked": True, "currency_code": "USD",
         "balance_amount": "0"},
        {**_SENDER, "tenant_id": 2, "sender_account_id": 1, "phone_number_id": 1,
         "account_name": "Viettel hai", "number_label": "Tổng đài", "recent_message_count": 3,
         "is_in_use": True, "is_in_debt": True, "currency_code": "VND",
         "balance_amount": "-5000", "last_used_date": "2026-03-17"},
    ],
}  # fmt: skip


def make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    """Create the marts of messages with the house's rows; returns their names."""
    for name, rows in ROWS.items():
        create(connection, name, rows)
    return tuple(ROWS)
