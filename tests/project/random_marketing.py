"""Campaigns, promotions, goals and leads of a random tenant."""

from datetime import datetime, timedelta
from typing import Any

from tests.project.random_orders import add_credit, add_order, add_touch
from tests.project.random_tenant import Tenant

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


def add_campaigns(t: Tenant) -> None:
    for n in t.times(3):
        start, end = _span(t)
        t.add(
            "mkt_campaigns",
            name=f"M{n}", status=t.pick("active", "completed", "cancelled"), starts_on=start,
            ends_on=end, spent_amount=t.maybe(t.money()),
            deleted_at=t.moment() if t.some(10) else None,
        )  # fmt: skip
    for n in t.times(2):
        t.add(
            "mkt_marketing_channels",
            code=f"N{n}", name=f"N{n}", channel_type="social",
            page_id=t.maybe(t.one("channels_platform_pages")),
            deleted_at=t.moment() if t.some(10) else None,
        )  # fmt: skip
    for n in t.times(1):
        t.add("mkt_affiliates", name=f"A{n}", commission_rate=t.pick("0.1", "0.005", "0", None))
    for _ in t.times(3):
        t.add(
            "mkt_utm_links",
            campaign_id=t.maybe(t.one("mkt_campaigns"), nothing=20),
            affiliate_id=t.maybe(t.one("mkt_affiliates")),
            target_url=t.pick("https://shop.example", None, " "),
            deleted_at=t.moment() if t.some(10) else None,
        )
    for n in t.times(2) if t.ids("mkt_campaigns") else ():
        status = t.pick("planned", "in_progress", "done", "cancelled")
        t.add(
            "mkt_campaign_activities",
            campaign_id=t.one("mkt_campaigns"), name=f"V{n}", activity_type="post",
            marketing_channel_id=t.maybe(t.one("mkt_marketing_channels")), status=status,
            starts_on=t.maybe(t.day()), due_on=t.maybe(t.day()), click_count=t.pick(None, 0, 7),
            completed_at=t.moment() if status == "done" else None, spent_amount=t.money(),
            deleted_at=t.moment() if t.some(20) else None,
        )  # fmt: skip


def _span(t: Tenant) -> tuple[Any, Any]:
    """Days of a campaign or goal: one or many, over, under way, to come; reversed; not told."""
    start = t.day()
    return t.maybe(start, nothing=10), t.maybe(
        start + timedelta(days=t.pick(0, 1, 1, 2, 7, 27, 60, -1, 364, 3659, 3660)), nothing=10
    )


def add_goals(t: Tenant) -> None:
    """Goals; for some of them, orders of the same days a year earlier."""
    for n in t.times(5) if t.ids("mkt_campaigns") else ():
        start, end = _span(t)
        for day in range(t.pick(0, 0, 1, 2, 3)) if start else ():
            noon = datetime(start.year - 1, start.month, start.day, 12, tzinfo=t.zone)
            add_order(t, noon + timedelta(days=day))
        t.add(
            "mkt_campaign_goals",
            campaign_id=t.one("mkt_campaigns"), parent_goal_id=t.maybe(t.one("mkt_campaign_goals")),
            name=f"G{n}", metric=t.pick(*_METRICS),
            target_value=t.pick("100", None, "0", "0.01", "1", "2.5", "5000"),
            manual_value=t.maybe("7.77"), starts_on=start, ends_on=end,
            deleted_at=t.moment() if t.some(10) else None,
        )  # fmt: skip


def add_promotions(t: Tenant) -> None:
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


def add_leads(t: Tenant) -> None:
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
            add_credit(t, None, lead)
        for _ in t.times(2):
            add_touch(t, None, created_at)
