"""Orders of a random tenant: what they have, who has credit, what led to them, what they redeem."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from tests.project.random_tenant import Tenant

_SPOILT = ("draft", "cancelled")
_RATES = ("1", "1", "0.5", "1.005", "0.00004", "3.33333333", "24500.12345678")
_CREDIT_RATES = ("1", "0.5", "0", "0.333333", "0.000001", "0.9")
_MICROSECOND = timedelta(microseconds=1)


def add_order(t: Tenant, at: datetime) -> None:
    rate = t.pick(*_RATES)
    customer = t.maybe(t.one("crm_customers"), nothing=15)
    status = t.pick(*_SPOILT) if t.some(12) else "completed"
    cancelled_at = t.maybe(at + timedelta(days=t.pick(0, 1, 9)), nothing=10)
    order = t.add(
        "orders",
        order_number=f"N{len(t.ids('orders'))}", customer_id=customer, ordered_at=at,
        status=status, cancelled_at=cancelled_at if status == "cancelled" else None,
        currency_code=t.currency if rate == "1" else t.pick("CHF", "JPY", "KWD", "VND"),
        exchange_rate=rate,
        discount_amount=t.money() if t.some(35) else 0,
        shipping_amount=t.money() if t.some(20) else 0,
        tax_amount=t.money() if t.some(20) else 0,
        is_test=t.some(5), deleted_at=at if t.some(8) else None,
    )  # fmt: skip
    lines = [_line(t, order) for _ in t.times(4)]
    for _ in t.times(2):
        t.add(
            "order_payments",
            order_id=order, method=t.pick("card", "gift_card", None), paid_at=at,
            status=t.pick("succeeded", "succeeded", "succeeded", "failed"),
            amount=t.pick(t.money(), _worth(t, lines)), reference=t.pick(None, "", "a", "b"),
        )  # fmt: skip
    for _ in t.times(4) if t.some(60) else ():
        _back(t, order, lines, at)
    if t.some(70):
        t.add(
            "order_meta_crm",
            order_id=order, sales_user_id=t.maybe(t.one("sys_users")),
            page_id=t.maybe(t.one("channels_platform_pages")),
            lead_id=t.maybe(t.one("crm_leads"), nothing=50),
        )  # fmt: skip
    if t.some(35):
        t.add("orders_meta", order_id=order, utm_link_id=t.maybe(t.one("mkt_utm_links")))
    for _ in t.times(4) if t.some(70) else ():
        add_credit(t, order, None)
    for _ in t.times(4) if t.some(75) else ():
        add_touch(t, customer, at)
    for _ in range(t.pick(0, 0, 1, 1, 2, 3, 10)):
        redeem(t, order, at)


def _line(t: Tenant, order: int) -> int:
    price, quantity = t.money(), t.pick(1, 1, 2, 3, 7)
    return t.add(
        "order_items",
        order_id=order, product_id=t.one("product"), quantity=quantity, unit_price=price,
        discount_amount=t.pick(0, 0, 0, Decimal("0.01"), price * quantity, price * quantity + 1),
        unit_cost=t.maybe(t.money(), nothing=15), is_gift_card=t.some(12), is_free_item=t.some(15),
        deleted_at=t.moment() if t.some(8) else None,
    )  # fmt: skip


def _back(t: Tenant, order: int, lines: Sequence[int], at: datetime) -> None:
    """A refund of a line, by name or by its return, or of the whole; of all or of a cent; now and
    then of a line of whatever order."""
    later = t.pick(at, at + timedelta(hours=1), at + timedelta(days=9), t.moment())
    line = t.pick(*lines) if lines and t.some(50) else None
    if t.some(8):
        line = t.one("order_items")
    goods = None
    if t.some(50):
        goods = t.add(
            "order_returns",
            order_id=order, order_item_id=line, quantity=t.pick(1, 1, 2, 9),
            status=t.pick("received", "received", "requested", "rejected"), received_at=later,
        )  # fmt: skip
    is_paid = t.some(85)
    t.add(
        "order_refunds",
        order_id=order, order_item_id=line if t.some(50) else None,
        return_id=goods if t.some(80) else t.one("order_returns") if t.some(10) else None,
        amount=t.pick(t.money(), t.money(), _worth(t, [line] if line else lines)),
        tax_amount=t.money() if t.some(20) else 0, shipping_amount=0,
        status="succeeded" if is_paid else t.pick("pending", "failed"),
        refunded_at=later if is_paid else t.maybe(later),
    )  # fmt: skip


def _worth(t: Tenant, lines: Sequence[int]) -> Decimal:
    """What lines came to, before any discount."""
    rows = [t.rows["order_items"][line - 1] for line in lines]
    return sum((row["quantity"] * row["unit_price"] for row in rows), Decimal(0))


def add_credit(t: Tenant, order: int | None, lead: int | None) -> None:
    if t.ids("sys_users"):
        t.add(
            "lead_sales",
            order_id=order, lead_id=lead, user_id=t.one("sys_users"),
            credit_role=t.pick("primary", "shared", "shared", "overlay", "originator"),
            contribution_rate=t.pick(*_CREDIT_RATES), assigned_at=t.maybe(t.moment()),
        )  # fmt: skip


#: A touch that is written after what it brought.
_AFTER = (*[timedelta()] * 6, timedelta(seconds=1), timedelta(minutes=5))


def add_touch(t: Tenant, customer: int | None, at: datetime) -> None:
    """On the end of a window or a microsecond beside it, of the person or of anybody."""
    key = t.rows["crm_customers"][customer - 1]["personal_key_id"] if customer else None
    if key is None or t.some(20):
        key = t.one("crm_personal_keys")
    if key is None:
        return
    age = timedelta(days=t.pick(0, 0, 1, 1, 7, 7, 14, 14, 28, 28, 3, 20))
    t.add(
        "crm_personal_journey",
        personal_key_id=key, touchpoint="ad_click",
        campaign_id=t.maybe(t.one("mkt_campaigns"), nothing=10),
        utm_link_id=t.maybe(t.one("mkt_utm_links"), nothing=60),
        occurred_at=at - age + t.pick(0, 0, 1, -1) * _MICROSECOND + t.pick(*_AFTER),
    )  # fmt: skip


def redeem(t: Tenant, order: int | None, at: datetime) -> None:
    if not t.ids("mkt_promotions"):
        return
    promotion = t.one("mkt_promotions")
    drawn = t.rows["mkt_promotions"][promotion - 1]
    moment = t.pick(at, at, at, at + timedelta(minutes=1), drawn["starts_at"], drawn["ends_at"])
    t.add(
        "mkt_promotion_redemptions",
        promotion_id=promotion, order_id=order,
        customer_id=t.maybe(t.one("crm_customers"), nothing=60),
        page_id=t.maybe(t.one("channels_platform_pages")),
        attempted_by=t.maybe(t.one("sys_users"), nothing=50),
        status=t.pick("accepted", "accepted", "accepted", "accepted", "rejected", "rolled_back"),
        rejection_reason=t.pick("expired", None, ""),
        discount_amount=t.pick(None, t.money(), t.money()), redeemed_at=t.maybe(moment, nothing=10),
        created_at=t.moment(),
    )  # fmt: skip
