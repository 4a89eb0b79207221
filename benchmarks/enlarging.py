"""A tenant with as many orders as one wants: what its customers did, over and over.

The copy of the operational tables is enlarged in a home of its own, then built and published like
any other. Customers, leads, orders and what hangs on them, shipments too, and tasks are repeated
under new ids; the shop itself (staff, products, stock, campaigns, promotions, shifts) is as large
as it was.
"""

import shutil
from pathlib import Path

import duckdb

from facet.config import Settings
from facet.pipeline.dbt import build
from facet.quoting import quoted
from facet.release import Release, Snapshot, current, publish

#: What is repeated.
_TABLES = (
    "crm_personal_keys",
    "crm_personal_addresses",
    "crm_personal_contacts",
    "crm_personal_profile",
    "crm_customers",
    "crm_customer_merge_logs",
    "crm_leads",
    "crm_personal_journey",
    "crm_potential",
    "crm_reengage_personal_keys",
    "orders",
    "order_items",
    "order_payments",
    "order_refunds",
    "order_returns",
    "order_images",
    "order_item_customization",
    "order_item_pre_orders",
    "order_item_statuses",
    "order_items_after_sales",
    "order_line_items",
    "order_statuses",
    "orders_meta",
    "order_meta_crm",
    "lead_sales",
    "mkt_promotion_redemptions",
    "omnichannel_contact",
    "omnichannel_conversation",
    "omnichannel_message",
    "outbound_shipments",
    "outbound_shipment_orders",
    "outbound_shipment_products",
    "shipstation_orders",
    "task",
    "task_dependency",
    "task_comment",
    "task_comment_mention",
    "task_activity",
    "sms_contacts",
    "sms_meta_conversation",
    "sms_messages",
)
#: What refers to a repeated row, besides ``id``.
_REFERENCES = (
    *("order_id", "order_item_id", "return_id", "customer_id", "from_customer_id"),
    *("into_customer_id", "converted_customer_id", "personal_key_id", "lead_id"),
    *("contact_id", "conversation_id", "reply_to_message_id", "outbound_shipment_id", "address_id"),
    *("task_id", "depends_on_task_id", "task_comment_id"),
)
#: What no two rows of a tenant have in common.
_NUMBERS = (
    *("order_number", "customer_code", "external_id", "shipment_number", "case_number"),
    "phone_number",
)


def enlarged(settings: Settings, home: Path, *, orders: int, tenant_id: int) -> Release:
    """Publish a release in which a tenant has about so many orders.

    Args:
        settings: a home with a warehouse and a release, such as the demo's.
        home: an empty folder for the large one.
        orders: how many orders the tenant is to have at least.
        tenant_id: the tenant.
    """
    large = Settings(home=home, memory_limit="8GB", threads=settings.threads)
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(settings.warehouse_path, large.warehouse_path)
    with duckdb.connect(str(large.warehouse_path)) as warehouse:
        warehouse.execute("set preserve_insertion_order = false")
        _repeat(warehouse, tenant_id=tenant_id, orders=orders)
    built = build(large, "")
    snapshot = current(settings.releases_dir).snapshot
    rights = settings.releases_dir / current(settings.releases_dir).id / "rights.json"
    return publish(
        large,
        url="",
        marts=built.marts,
        audit=built.audit,
        snapshot=Snapshot(at=snapshot.at, source="enlarged"),
        semantic_manifest=built.semantic_manifest,
        dbt_version=built.dbt_version,
        rights=rights.read_text(encoding="utf-8"),
    )


def _repeat(warehouse: duckdb.DuckDBPyConnection, *, tenant_id: int, orders: int) -> None:
    count, highest = warehouse.execute(
        "select count(*) filter (where tenant_id = $tenant), max(id) from public.orders",
        {"tenant": tenant_id},
    ).fetchall()[0]
    times = -(-orders // count)
    for table in _TABLES:
        columns = [
            name
            for (name,) in warehouse.execute(
                "select column_name from duckdb_columns() where schema_name = 'public'"
                " and table_name = $table order by column_index",
                {"table": table},
            ).fetchall()
        ]
        moved = [
            f"{quoted(name)} + n * {_step(table, name, highest)}"
            if name in ("id", *_REFERENCES)
            else f"{quoted(name)} || '-' || n"
            if name in _NUMBERS
            else quoted(name)
            for name in columns
        ]
        warehouse.execute(
            f"insert into public.{quoted(table)} ({', '.join(map(quoted, columns))})"
            f" select {', '.join(moved)} from public.{quoted(table)}"
            f" cross join range(1, {times}) as repeats(n) where tenant_id = {tenant_id}"
        )


def _step(table: str, column: str, highest_order: int) -> int:
    """How far apart the ids of two repeats are; personal keys have 32 bits, messages 100 a case."""
    is_person = column == "personal_key_id" or (table, column) == ("crm_personal_keys", "id")
    return highest_order * (2 if is_person else 2000)
