"""What comes after a sale in a random tenant: stages, cases, shipments, and goods in and out."""

from datetime import timedelta

from tests.project.random_tenant import Tenant

_LINE_STAGES = ("pending", "in_production", "shipped", "delivered", "returned", "cancelled")
_PRE_ORDER_STAGES = ("requested", "confirmed", "ordered", "arrived", "fulfilled", "cancelled")


def add_stages(t: Tenant) -> None:
    """Stages that orders and lines came to: now and then two at once, or back again."""
    for _ in t.times(4) if t.ids("orders") else ():
        stage = t.pick("pending", "confirmed", "completed", "cancelled", "delivered", "draft")
        t.add("order_statuses", order_id=t.one("orders"), status=stage, entered_at=t.moment())
    for _ in t.times(4) if t.ids("order_items") else ():
        line, stage = t.one("order_items"), t.pick(*_LINE_STAGES)
        t.add("order_item_statuses", order_item_id=line, status=stage, entered_at=t.moment())


def add_cases(t: Tenant) -> None:
    """Goods that come first, pieces made to order, services afterwards."""
    for _ in t.times(3) if t.ids("order_items") else ():
        stage, ended = t.pick(*_PRE_ORDER_STAGES), t.moment()
        pre_order = t.add(
            "order_item_pre_orders",
            order_item_id=t.one("order_items"), quantity=t.pick(1, 2, 9), stage=stage,
            deposit_amount=t.money(), expected_on=t.maybe(t.day()), requested_at=t.moment(),
            stage_entered_at=ended, fulfilled_at=ended if stage == "fulfilled" else None,
            cancelled_at=ended if stage == "cancelled" else None,
        )  # fmt: skip
        for _ in t.times(3):
            stage = t.pick(*_PRE_ORDER_STAGES)
            t.add(
                "order_pre_order_statuses",
                pre_order_id=pre_order, status=stage, entered_at=t.moment(),
            )  # fmt: skip
    for line in t.subset("order_items", 2):
        approved_at = t.maybe(t.moment())
        t.add(
            "order_item_customization",
            order_item_id=line, surcharge_amount=t.money(), approved_at=approved_at,
        )  # fmt: skip
    for n in t.times(3) if t.ids("order_items") else ():
        stage, ended = t.pick("opened", "in_service", "closed", "rejected"), t.moment()
        t.add(
            "order_items_after_sales",
            order_item_id=t.one("order_items"), case_number=f"A{n}", stage=stage,
            case_type=t.pick("repair", "resize"), promised_on=t.maybe(t.day()),
            charge_amount=t.money(), cost_amount=t.money(), opened_at=t.moment(),
            closed_at=ended if stage in ("closed", "rejected") else None,
            deleted_at=ended if t.some(10) else None,
        )  # fmt: skip


def add_shipments(t: Tenant) -> None:
    """Shipments of several orders, of one in parts, of none; of more than was ordered."""
    for n in t.times(4):
        status, left = t.pick("delivered", "pending", "in_transit", "lost", "cancelled"), t.moment()
        has_left = status in ("delivered", "in_transit")
        shipment = t.add(
            "outbound_shipments",
            shipment_number=f"S{n}", status=status, promised_on=t.maybe(t.day(), nothing=50),
            dispatched_at=left if has_left else None,
            delivered_at=left + timedelta(days=t.pick(0, 1, 9)) if status == "delivered" else None,
            deleted_at=left if t.some(10) else None,
        )  # fmt: skip
        for order in t.subset("orders", 3):
            t.add("outbound_shipment_orders", outbound_shipment_id=shipment, order_id=order)
        for line in t.subset("order_items", 3):
            product = t.rows["order_items"][line - 1]["product_id"]
            t.add(
                "outbound_shipment_products",
                outbound_shipment_id=shipment, order_item_id=line, product_id=product,
                quantity=t.pick(1, 1, 2, 7),
            )  # fmt: skip
        if t.some(30) and t.ids("orders"):
            t.add(
                "shipstation_orders",
                order_id=t.one("orders"), outbound_shipment_id=t.maybe(shipment),
                external_id=f"X{n}", status=t.pick("shipped", "awaiting_shipment", "cancelled"),
                shipped_at=t.maybe(t.moment()),
            )  # fmt: skip


def add_stock(t: Tenant) -> None:
    """Goods that came and went, and what is said to be there: now and then something else."""
    for product in t.ids("product") if t.some(70) else ():
        for _ in t.times(4):
            kind, units = t.pick(("receipt", 5), ("sale", -2), ("adjustment", -9), ("receipt", 1))
            moved = t.moment()
            t.add(
                "stock_history",
                product_id=product, movement_type=kind, quantity_change=units, occurred_at=moved,
                created_at=t.pick(moved, t.moment()),
            )  # fmt: skip
        if t.some(80):
            t.add(
                "stock",
                product_id=product, quantity_on_hand=t.pick(0, 3, 1, -2),
                quantity_reserved=t.pick(0, 1),
            )  # fmt: skip
