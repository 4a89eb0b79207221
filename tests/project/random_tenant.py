"""A tenant whose every row Hypothesis draws: what its parts share.

Ids are the tenant's own, from 1 up; the database has `id × 100 + tenant`, so that tenants lie
between each other.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from hypothesis import strategies as st

from tests.project.foreign_tenant import NOW

Row = dict[str, Any]

#: More than a database may hold: an id times this, and the tenant.
TENANTS = 100

_ZONES = (
    "UTC", "Asia/Ho_Chi_Minh", "America/New_York", "Pacific/Auckland", "Pacific/Kiritimati",
    "America/St_Johns", "Australia/Lord_Howe", "Pacific/Pago_Pago",
    # whose clocks were decided on in 2026: databases are behind
    "America/Vancouver", "America/Edmonton", "Africa/Casablanca", "America/Havana",
)  # fmt: skip
#: Days before now; weeks and windows have their ends among them.
_AGES = (
    0, 0, 1, 2, 3, 7, 7, 8, 13, 14, 14, 21, 28, 28, 29, 35, 42, 49, 56, 57, 63, 63, 70, 77, 91, 98,
    364, 365, 365, 366, 367,
)  # fmt: skip
_CLOCKS = (
    (12, 0, 0, 0), (0, 0, 0, 0), (23, 59, 59, 999_999), (1, 30, 0, 0), (2, 30, 0, 0), (8, 59, 30, 5)
)  # fmt: skip
#: Names that end like a reference and are none.
_NOT_OURS = {"platform_id", "external_id", "permission_id"}
_HOURS = """{
    "mon": [["09:00", "12:30"], ["13:30", "18:00"]], "tue": [["00:00", "24:00"]],
    "wed": [["01:00", "03:00"]], "thu": [["08:15", "20:45"]], "fri": [["12:00", "24:00"]],
    "sun": []
}"""

#: Countries with events about now, own ones, and what cannot be read.
_METADATA = (
    '{"country": "US"}',
    '{"country": "Vietnam", "fiscal_year_label": 26, "calendar": "4-5-4", "events": {}}',
    '{"country": "vn", "fiscal_year_label": "both", "events": [{"name": "Fair", "starts_on":'
    ' "2026-11-20", "ends_on": "2026-11-25"}, {"name": "Fair", "starts_on": "2025-11-11"},'
    ' {"name": "Fair", "starts_on": "2026-11-31"}, {"starts_on": "2026-11-01"}, "Fair"]}',
)


class Tenant:
    """Rows by table, and the dice that they are drawn with."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self.rows: dict[str, list[Row]] = {}
        zone = self.pick(*_ZONES)
        self.zone = ZoneInfo(zone)
        self.currency = self.pick("EUR", "VND", "JPY", "KWD")
        self.add(
            "sys_tenants",
            timezone=zone,
            currency_code=self.currency,
            week_start=self.pick(1, 7, 6),
            fiscal_year_start_month=self.pick(1, 4, 12),
            return_dating=self.pick("refund_date", "order_date"),
            business_hours=self.pick(None, "{}", _HOURS),
            metadata=self.pick("{}", *_METADATA),
        )

    def add(self, table: str, **row: Any) -> int:
        """One more row of a table; its id, if it has one, is the number of rows."""
        rows = self.rows.setdefault(table, [])
        rows.append(row)
        return len(rows)

    def ids(self, table: str) -> Sequence[int]:
        """The ids of a table's rows."""
        return range(1, len(self.rows.get(table, ())) + 1)

    def pick(self, *values: Any) -> Any:
        """One of these; the first is the plainest."""
        return self._draw(st.sampled_from(values))

    def one(self, table: str) -> Any:
        """The id of some row of a table, None where it has none."""
        ids = self.ids(table)
        return self._draw(st.sampled_from(ids)) if ids else None

    def maybe(self, value: Any, *, nothing: int = 30) -> Any:
        """The value, or in so many of a hundred cases nothing."""
        return None if self.some(nothing) else value

    def some(self, percent: int) -> bool:
        """Whether something happens that does so in so many of a hundred cases."""
        return bool(self._draw(st.integers(0, 99)) >= 100 - percent)

    def times(self, most: int) -> range:
        """From none to so many, each as likely."""
        return range(self._draw(st.integers(0, most)))

    def subset(self, table: str, most: int) -> list[int]:
        """One or more, up to so many, different ids of a table, in any order."""
        ids = self.ids(table)
        if not ids:
            return []
        return self._draw(st.lists(st.sampled_from(ids), min_size=1, max_size=most, unique=True))

    def moment(self) -> datetime:
        """Often the first or last moment of a local day, or near a change of the clocks."""
        day = NOW.astimezone(self.zone).date() - timedelta(days=self.pick(*_AGES))
        hour, minute, second, microsecond = self.pick(*_CLOCKS)
        local = datetime(day.year, day.month, day.day, hour, minute, second, microsecond)
        return local.replace(tzinfo=self.zone).astimezone(UTC)

    def day(self) -> Any:
        """A local day around now or some order."""
        return self.moment().astimezone(self.zone).date() + timedelta(days=self.pick(0, 1, -1, 20))

    def money(self) -> Decimal:
        """Mostly what does not divide evenly."""
        return Decimal(
            self.pick("0.01", "0.03", "0.05", "0.99", "1", "9.99", "33.33", "100", "850.01", "0",
                      "12345678.91")
        )  # fmt: skip

    def placed(self, number: int) -> dict[str, list[Row]]:
        """Rows as the database has them: with the tenant, and ids apart from all others."""
        return {table: _placed(table, rows, number) for table, rows in self.rows.items()}


def write(url: str, tenants: Iterable[tuple[int, Tenant]]) -> None:
    """Write numbered tenants, 1 to 99, into an empty operational schema."""
    with psycopg.connect(url) as connection:
        connection.execute("insert into channels_platforms (id, code, name) values (1, 'web', 'W')")
        connection.execute(
            "insert into sys_permissions (id, code) values"
            " (1, 'session.start'), (2, 'orders.export'), (3, 'orders.edit')"
        )
        placed = [tenant.placed(number) for number, tenant in tenants]
        assert all(rows.keys() <= set(TABLES) for rows in placed), "a table is not written"
        for table in TABLES:
            _copy(connection, table, [row for rows in placed for row in rows.get(table, ())])


def _placed(table: str, rows: Sequence[Row], number: int) -> list[Row]:
    if table == "sys_tenants":
        name = f"T{number} 'x'"
        return [{"id": number, "name": name, "slug": f"t{number}", **rows[0]}]
    placed = []
    for n, row in enumerate(rows, 1):
        moved = {
            name: value * TENANTS + number if _refers(name) and value is not None else value
            for name, value in row.items()
        }
        identity = {} if table in JUNCTIONS else {"id": n * TENANTS + number}
        tenant = {} if table in TENANTLESS else {"tenant_id": number}
        placed.append({**tenant, **identity, **moved})
    return placed


def _refers(name: str) -> bool:
    return name == "attempted_by" or (name.endswith("_id") and name not in _NOT_OURS)


def _copy(connection: psycopg.Connection[Any], table: str, rows: Sequence[Row]) -> None:
    if rows:
        columns = ", ".join(rows[0])
        with connection.cursor().copy(f"copy {table} ({columns}) from stdin".encode()) as copy:
            for row in rows:
                copy.write_row([row[name] for name in rows[0]])


#: In the order in which their references allow.
TABLES = (
    "sys_tenants", "sys_users", "sys_roles", "sys_user_roles", "sys_role_permissions",
    "channels_platform_pages", "crm_personal_keys", "crm_customers",
    "crm_customer_merge_logs", "category", "product", "product_category", "crm_leads",
    "product_attribute", "product_attribute_value",
    "mkt_campaigns", "mkt_affiliates", "mkt_utm_links", "mkt_campaign_goals",
    "mkt_marketing_channels", "mkt_campaign_activities", "mkt_campaign_activities_history",
    "mkt_brand_settings", "mkt_brand_colors", "mkt_brand_logos", "mkt_brand_typography",
    "mkt_brand_guidelines", "mkt_asset_folders", "mkt_marketing_assets",
    "mkt_reference_documents", "orders", "order_items", "order_payments", "order_returns",
    "order_refunds", "orders_meta", "order_meta_crm", "lead_sales", "sales_performance",
    "shift_report", "leave_type", "schedule", "schedule_preferences",
    "schedule_time_off_request", "schedule_revision", "schedule_revision_detail", "department",
    "performance_criteria", "performance_evaluation", "performance_score",
    "omnichannel_contact", "omnichannel_conversation",
    "omnichannel_message", "omnichannel_message_attachment", "omnichannel_message_reaction",
    "sms_sender_accounts", "sms_sender_phone_numbers", "sms_service_accounts", "sms_contacts",
    "sms_meta_conversation", "sms_messages", "sms_attachments", "sms_reactions",
    "crm_personal_journey", "mkt_promotions", "mkt_promotion_campaigns",
    "mkt_promotion_channels", "mkt_promotion_products", "mkt_promotion_categories",
    "mkt_promotion_exclusions", "mkt_promotion_free_items", "mkt_promotion_redemptions",
    "mkt_promotion_attributes", "mkt_promotion_bmgm_products",
    "order_statuses", "order_item_statuses", "order_item_pre_orders", "order_pre_order_statuses",
    "order_item_customization", "order_items_after_sales", "outbound_shipments",
    "outbound_shipment_orders", "outbound_shipment_products", "shipstation_orders",
    "stock_history", "stock", "alert_keys", "alerts", "notes", "logs_webhook", "webhook_history",
    "workflow", "logs_system", "logs_human", "action_history",
    "project", "milestone", "recurring_task", "task", "task_dependency",
    "task_comment", "task_comment_mention", "task_activity",
)  # fmt: skip

#: Without an id of their own.
JUNCTIONS = {
    "task_dependency", "task_comment_mention", "sys_role_permissions",
    "product_category", "mkt_promotion_campaigns", "mkt_promotion_channels",
    "mkt_promotion_products", "mkt_promotion_categories", "mkt_promotion_free_items",
    "mkt_promotion_attributes", "mkt_promotion_bmgm_products",
}  # fmt: skip

#: Whose tenant is that of what they belong to.
TENANTLESS = {"sys_role_permissions"}
