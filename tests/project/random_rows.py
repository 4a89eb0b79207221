"""What happens in a tenant of a random database: orders, staff, campaigns, promotions.

All of it is small and dense: few people, products and moments, so that what may meet does meet.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.project.random_tenant import Tenant

_EMAILS = (None, "an@shop.example", " AN@Shop.Example ", "bo@shop.example", "")
_SPOILT = ("draft", "cancelled")
_RATES = ("1", "1", "0.5", "1.005", "0.00004", "3.33333333", "24500.12345678")
_CREDIT_RATES = ("1", "0.5", "0", "0.333333", "0.000001", "0.9")
_MICROSECOND = timedelta(microseconds=1)
_METRICS = (
    "net_sales",
    "net_sales",
    "orders",
    "units",
    "new_customers",
    "leads",
    "redemptions",
    "custom",
)


@st.composite
def tenants(draw: st.DrawFn) -> Tenant:
    """A tenant with whatever may happen; the plainest has nothing at all."""
    tenant = Tenant(draw)
    _people(tenant)
    _catalogue(tenant)
    _campaigns(tenant)
    _promotions(tenant)
    _leads(tenant)
    for _ in tenant.times(32 if tenant.some(25) else 16):
        _order(tenant, tenant.moment())
    _work(tenant)
    _conversations(tenant)
    _goals(tenant)
    for _ in tenant.times(2):
        _redeem(tenant, None, tenant.moment())
    return tenant


def draw_tenants(seed: int, count: int) -> list[Tenant]:
    """So many tenants, always the same for a seed; the first has nothing at all."""
    return [_drawn(seed * 1000 + n, examples=2 if n else 1) for n in range(count)]


def _drawn(seed: int, *, examples: int) -> Tenant:
    """The last of so many examples: Hypothesis begins with the plainest, then draws by chance."""
    drawn: list[Tenant] = []

    @hypothesis.seed(seed)
    @settings(
        max_examples=examples,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(tenants())
    def collect(tenant: Tenant) -> None:
        drawn.append(tenant)

    collect()
    return drawn[-1]


def _people(t: Tenant) -> None:
    for n in t.times(4):
        t.add("sys_users", email=t.pick(*_EMAILS), full_name=f"U{n}", manager_id=t.one("sys_users"))
    for n in t.times(3):
        t.add("channels_platform_pages", platform_id=1, name=f"P{n}", external_id=f"{n}")
    for _ in t.times(4):
        t.add("crm_personal_keys", email=t.pick(*_EMAILS), full_name=None)
    for _ in t.times(6):
        t.add(
            "crm_customers",
            personal_key_id=t.maybe(t.one("crm_personal_keys"), nothing=40),
            deleted_at=t.moment() if t.some(10) else None,
        )
    for _ in t.times(3) if t.ids("crm_customers") else ():
        t.add(
            "crm_customer_merge_logs",
            from_customer_id=t.one("crm_customers"),
            into_customer_id=t.one("crm_customers"),
        )


def _catalogue(t: Tenant) -> None:
    for n in t.times(4):
        t.add("category", name=f"C{n}", parent_id=t.maybe(t.one("category")))
    for n in range(3):
        product = t.add("product", name=f"R{n}", sku=f"R{n}")
        for m, category in enumerate(t.subset("category", 2)):
            t.add("product_category", product_id=product, category_id=category, is_primary=m == 0)


def _campaigns(t: Tenant) -> None:
    for n in t.times(3):
        start, end = _span(t)
        t.add(
            "mkt_campaigns",
            name=f"M{n}", status=t.pick("active", "completed", "cancelled"), starts_on=start,
            ends_on=end, spent_amount=t.maybe(t.money()),
            deleted_at=t.moment() if t.some(10) else None,
        )  # fmt: skip
    for n in t.times(1):
        t.add("mkt_affiliates", name=f"A{n}", commission_rate=t.pick("0.1", "0.005", "0", None))
    for _ in t.times(3):
        t.add(
            "mkt_utm_links",
            campaign_id=t.maybe(t.one("mkt_campaigns"), nothing=20),
            affiliate_id=t.maybe(t.one("mkt_affiliates")),
            deleted_at=t.moment() if t.some(10) else None,
        )
    for n in t.times(2) if t.ids("mkt_campaigns") else ():
        t.add(
            "mkt_campaign_activities",
            campaign_id=t.one("mkt_campaigns"), name=f"V{n}", activity_type="post",
            spent_amount=t.money(), deleted_at=t.moment() if t.some(20) else None,
        )  # fmt: skip


def _span(t: Tenant) -> tuple[Any, Any]:
    """Days of a campaign or goal: one or many, over, under way, to come; reversed; not told."""
    start = t.day()
    return t.maybe(start, nothing=10), t.maybe(
        start + timedelta(days=t.pick(0, 1, 1, 2, 7, 27, 60, -1, 364, 3659, 3660)), nothing=10
    )


def _goals(t: Tenant) -> None:
    """Goals; for some of them, orders of the same days a year earlier."""
    for n in t.times(5) if t.ids("mkt_campaigns") else ():
        start, end = _span(t)
        for day in range(t.pick(0, 0, 1, 2, 3)) if start else ():
            noon = datetime(start.year - 1, start.month, start.day, 12, tzinfo=t.zone)
            _order(t, noon + timedelta(days=day))
        t.add(
            "mkt_campaign_goals",
            campaign_id=t.one("mkt_campaigns"), parent_goal_id=t.maybe(t.one("mkt_campaign_goals")),
            name=f"G{n}", metric=t.pick(*_METRICS),
            target_value=t.pick("100", None, "0", "0.01", "1", "2.5", "5000"),
            manual_value=t.maybe("7.77"), starts_on=start, ends_on=end,
            deleted_at=t.moment() if t.some(10) else None,
        )  # fmt: skip


def _promotions(t: Tenant) -> None:
    for n in t.times(5):
        start = t.moment()
        promotion = t.add(
            "mkt_promotions",
            name=f"P{n}", promotion_type=t.pick("percentage", "fixed_amount", "free_item"),
            max_discount_amount=t.maybe(t.money(), nothing=60),
            min_order_amount=t.maybe(t.money(), nothing=60),
            starts_at=t.maybe(start),
            ends_at=t.maybe(start + timedelta(days=t.pick(1, 7, 14, 28, 0, -1, 70))),
            usage_limit=t.pick(None, None, 0, 1, 2), per_customer_limit=t.pick(None, None, 0, 1),
            issued_count=t.pick(None, 0, 1, 7), budget_amount=t.maybe(t.money()),
            is_stackable=t.some(50), deleted_at=t.moment() if t.some(10) else None,
        )  # fmt: skip
        for kind, column, table, chance in (
            ("campaigns", "campaign_id", "mkt_campaigns", 60),
            ("channels", "page_id", "channels_platform_pages", 25),
            ("products", "product_id", "product", 35),
            ("categories", "category_id", "category", 35),
        ):
            for id_ in t.subset(table, 2) if t.some(chance) else ():
                t.add(f"mkt_promotion_{kind}", promotion_id=promotion, **{column: id_})
        for column, table in (("product_id", "product"), ("category_id", "category")):
            for id_ in t.subset(table, 1) if t.some(30) else ():
                out = {"product_id": None, "category_id": None, column: id_}
                t.add("mkt_promotion_exclusions", promotion_id=promotion, **out)
        for id_ in t.subset("product", 2) if t.some(40) else ():
            t.add("mkt_promotion_free_items", promotion_id=promotion, product_id=id_)


def _order(t: Tenant, at: datetime) -> None:
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
        _credit(t, order, None)
    for _ in t.times(4) if t.some(75) else ():
        _touch(t, customer, at)
    for _ in range(t.pick(0, 0, 1, 1, 2, 3, 10)):
        _redeem(t, order, at)


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


def _credit(t: Tenant, order: int | None, lead: int | None) -> None:
    if t.ids("sys_users"):
        t.add(
            "lead_sales",
            order_id=order, lead_id=lead, user_id=t.one("sys_users"),
            credit_role=t.pick("primary", "shared", "shared", "overlay", "originator"),
            contribution_rate=t.pick(*_CREDIT_RATES), assigned_at=t.maybe(t.moment()),
        )  # fmt: skip


#: A touch that is written after what it brought.
_AFTER = (*[timedelta()] * 6, timedelta(seconds=1), timedelta(minutes=5))


def _touch(t: Tenant, customer: int | None, at: datetime) -> None:
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
        occurred_at=at - age + t.pick(0, 0, 1, -1) * _MICROSECOND + t.pick(*_AFTER),
    )  # fmt: skip


def _redeem(t: Tenant, order: int | None, at: datetime) -> None:
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


def _leads(t: Tenant) -> None:
    for _ in t.times(4):
        created_at, key = t.moment(), t.maybe(t.one("crm_personal_keys"))
        status = t.pick("new", "contacted", "qualified", "converted", "lost")
        is_won = status == "converted"
        lead = t.add(
            "crm_leads",
            personal_key_id=key, assigned_user_id=t.maybe(t.one("sys_users")), status=status,
            converted_customer_id=t.maybe(t.one("crm_customers")) if is_won else None,
            converted_at=t.maybe(created_at + timedelta(hours=5)) if is_won else None,
            created_at=created_at, deleted_at=created_at if t.some(10) else None,
        )  # fmt: skip
        for _ in t.times(2):
            _credit(t, None, lead)
        for _ in t.times(2):
            _touch(t, None, created_at)


def _work(t: Tenant) -> None:
    for _ in t.times(3) if t.ids("sys_users") else ():
        start = t.day()
        t.add(
            "sales_performance",
            user_id=t.one("sys_users"), period_start=start,
            period_end=start + timedelta(days=t.pick(0, 6, 30, 2, -1, 400)),
            target_amount=t.pick("1000", "0.05", "0", None, "9999999999"),
            target_orders=t.pick(7, 0, None, 1),
        )  # fmt: skip
        for _ in t.times(2):
            began, ended = _shift(t)
            t.add(
                "shift_report",
                user_id=t.one("sys_users"), shift_date=began.astimezone(t.zone).date(),
                started_at=t.maybe(began, nothing=10), ended_at=t.maybe(ended, nothing=10),
            )  # fmt: skip
        for _ in t.times(2):
            began, ended = _shift(t)
            t.add(
                "schedule",
                user_id=t.one("sys_users"), starts_at=began, ends_at=ended,
                status=t.pick("worked", "worked", "published", "absent"),
            )  # fmt: skip


def _shift(t: Tenant) -> tuple[datetime, datetime]:
    """Of a day's work, of nothing, over two midnights, backwards."""
    began = t.moment()
    return began, began + timedelta(seconds=t.pick(28_800, 0, 3_601, 90_000, -1))


def _conversations(t: Tenant) -> None:
    if not t.ids("channels_platform_pages"):
        return
    contact = t.add("omnichannel_contact", page_id=1, external_id="x")
    for _ in t.times(4):
        at = t.moment()
        conversation = t.add(
            "omnichannel_conversation",
            page_id=1, contact_id=contact, assigned_user_id=t.maybe(t.one("sys_users")),
            opened_at=at, deleted_at=at if t.some(5) else None,
        )  # fmt: skip
        for _ in t.times(9):
            at += timedelta(seconds=t.pick(0, 37, 600, 86_400, 250_000))
            kind = t.pick("customer", "staff", "bot")
            t.add(
                "omnichannel_message",
                page_id=1, contact_id=contact, conversation_id=conversation,
                admin_id=t.maybe(t.one("sys_users")) if kind == "staff" else None,
                direction="inbound" if kind == "customer" else "outbound", sender_kind=kind,
                status=t.pick("sent", "sent", "read", "failed"), sent_at=at,
                deleted_at=at if t.some(5) else None,
            )  # fmt: skip
