"""What is said in a random tenant: on pages and by text message, now and then at one moment."""

from datetime import timedelta

from tests.project.random_tenant import Tenant


def add_conversations(t: Tenant) -> None:
    """Conversations of known and unknown contacts, some of which became leads."""
    if not t.ids("channels_platform_pages"):
        return
    for n in range(2):
        t.add(
            "omnichannel_contact",
            page_id=1, external_id=f"x{n}", personal_key_id=t.maybe(t.one("crm_personal_keys")),
            is_blocked=t.some(10),
        )  # fmt: skip
    for _ in t.times(4):
        at, contact, status = t.moment(), t.pick(1, 2), t.pick("open", "pending", "closed")
        conversation = t.add(
            "omnichannel_conversation",
            page_id=1, contact_id=contact, assigned_user_id=t.maybe(t.one("sys_users")),
            lead_id=t.maybe(t.one("crm_leads")), status=status, opened_at=at,
            closed_at=at if status == "closed" else None, deleted_at=at if t.some(5) else None,
        )  # fmt: skip
        for _ in t.times(9):
            at += timedelta(seconds=t.pick(0, 37, 600, 86_400, 250_000))
            kind = t.pick("customer", "staff", "bot")
            message = t.add(
                "omnichannel_message",
                page_id=1, contact_id=contact, conversation_id=conversation,
                admin_id=t.maybe(t.one("sys_users")) if kind == "staff" else None,
                direction="inbound" if kind == "customer" else "outbound", sender_kind=kind,
                status=t.pick("sent", "sent", "read", "failed"), sent_at=at,
                deleted_at=at if t.some(5) else None,
            )  # fmt: skip
            if t.some(15):
                t.add(
                    "omnichannel_message_attachment",
                    message_id=message, attachment_type="image", url="u",
                )  # fmt: skip
                t.add(
                    "omnichannel_message_reaction",
                    message_id=message, contact_id=contact, emoji="!", reacted_at=at,
                )  # fmt: skip


def add_texts(t: Tenant) -> None:
    """Text messages through several services, billed in this currency or that, and opt-outs."""
    if t.some(30):
        return
    for n in range(2):
        account = t.add(
            "sms_sender_accounts",
            provider="p", name=f"A{n}", status=t.pick("active", "suspended"),
            currency_code=t.pick(t.currency, t.currency, "USD", None),
            balance_amount=t.pick(0, -1, 5, None),
        )  # fmt: skip
        t.add(
            "sms_sender_phone_numbers",
            sender_account_id=account, phone_number=f"+{n}", status=t.pick("active", "released"),
            deleted_at=t.moment() if t.some(10) else None,
        )  # fmt: skip
        t.add(
            "sms_service_accounts",
            sender_account_id=account, phone_number_id=t.maybe(t.pick(1, account)), name=f"S{n}",
            purpose=t.pick("marketing", "service"), is_active=t.some(80),
        )  # fmt: skip
        is_out = t.some(40)
        contact = t.add(
            "sms_contacts",
            phone_number=f"+9{n}", is_opted_out=is_out, opted_out_at=t.moment() if is_out else None,
            deleted_at=t.moment() if t.some(10) else None,
        )  # fmt: skip
        status = t.pick("open", "closed")
        t.add(
            "sms_meta_conversation",
            service_account_id=account, contact_id=contact, status=status,
            closed_at=t.moment() if status == "closed" else None,
            deleted_at=t.moment() if t.some(10) else None,
        )  # fmt: skip
    for _ in t.times(9):
        _add_text(t)


def _add_text(t: Tenant) -> None:
    kind, at = t.pick("customer", "staff", "bot"), t.moment()
    out = t.pick("delivered", "delivered", "sent", "queued", "failed", "undelivered")
    status = "received" if kind == "customer" else out
    service = t.pick(1, 2)
    message = t.add(
        "sms_messages",
        service_account_id=service, phone_number_id=t.maybe(t.pick(1, 2)),
        conversation_id=t.maybe(service), contact_id=service,
        direction="inbound" if kind == "customer" else "outbound", sender_kind=kind,
        status=status, segment_count=t.pick(1, 3), error_code=t.pick(None, "30003", " "),
        cost_amount=t.pick(None, "0.04", "1.5", 0), currency_code=t.pick(None, t.currency, "USD"),
        sent_at=at, delivered_at=at if status == "delivered" else None,
        deleted_at=at if t.some(5) else None,
    )  # fmt: skip
    if t.some(20):
        t.add("sms_attachments", message_id=message, url="u")
        t.add("sms_reactions", message_id=message, contact_id=service, emoji="!", reacted_at=at)
