"""What the house has to do after the sale, few enough to count: shipments, cases, returns."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import duckdb

from tests.facet.reporting.contracts import Record, create

TODAY: Final = date(2026, 3, 18)


def _shipment(
    tenant: int,
    number: int,
    status: str,
    promised: str | None,
    *,
    dispatched: str | None = None,
    delivered: str | None = None,
    days: tuple[int | None, int | None] = (None, None),
    carrier: str | None = "DHL",
    region: str | None = None,
    order: int = 1,
) -> Record:
    """A shipment as its mart has it; `days` are those to dispatch and to delivery."""
    due = date.fromisoformat(promised) if promised else None
    there = date.fromisoformat(delivered) if delivered else None
    is_open = status not in ("delivered", "cancelled", "lost")
    is_late = is_open and due is not None and due < TODAY
    end = there or (TODAY if is_late else None)
    late = (end - due).days if due and end and end > due else None
    return {
        "tenant_id": tenant, "shipment_id": number, "first_order_id": order,
        "shipment_number": f"Parcel {tenant}/{number}", "shipment_status": status,
        "order_numbers": f"{tenant}-{order:04}", "order_count": 1, "unit_count": 2,
        "carrier": carrier, "region": region, "service": "standard",
        "dispatch_days": days[0], "delivery_days": days[1], "late_days": late,
        "is_open": is_open, "is_late": is_late,
        "was_on_time": bool(there and due and there <= due),
        "was_late": bool(there and due and there > due),
        "promised_date": promised, "dispatched_date": dispatched, "delivered_date": delivered,
        "dispatched_at_local": dispatched and f"{dispatched} 09:00:00",
        "delivered_at_local": delivered and f"{delivered} 09:00:00",
    }  # fmt: skip


SHIPMENTS: Final = (
    _shipment(1, 1, "delivered", "2026-03-06", dispatched="2026-03-03", delivered="2026-03-05",
              days=(1, 3), region="New Jersey"),
    _shipment(1, 2, "delivered", "2026-03-12", dispatched="2026-03-12", delivered="2026-03-14",
              days=(2, 4), carrier="UPS", order=2),
    _shipment(1, 3, "in_transit", "2026-03-15", dispatched="2026-03-12", days=(2, None),
              carrier="UPS", region="Ohio", order=3),
    _shipment(1, 4, "pending", "2026-03-20", carrier=None, order=3),
    _shipment(1, 5, "returned", "2026-03-10", dispatched="2026-03-05", days=(3, None)),
    # the month before
    _shipment(1, 6, "delivered", "2026-02-13", dispatched="2026-02-11", delivered="2026-02-12",
              days=(1, 2), order=4),
    _shipment(2, 1, "delivered", "2026-03-05", dispatched="2026-03-02", delivered="2026-03-05",
              days=(1, 4), carrier="GHN", region="Huế"),
    _shipment(2, 2, "packed", "2026-03-16", carrier="GHN", order=2),
)  # fmt: skip


_CASE: Final[Record] = {
    "stage": "in_production", "outcome": "open", "unit_count": 1, "deposit_amount": "0",
    "charge_amount": "0", "cost_amount": "0", "option_count": 0, "image_count": 0,
    "is_open": True, "is_overdue": False, "awaits_approval": False, "age_days": 8, "stage_days": 3,
    "opened_date": "2026-03-10",
}  # fmt: skip
_BALANCE: Final[Record] = {
    "order_status": "confirmed", "order_type": "standard", "overpaid_amount": "0",
    "deposit_amount": "0", "balance_due_amount": "0",
}  # fmt: skip
#: By mart the rows of New York, then one of Saigon.
ROWS: Final[dict[str, Sequence[Record]]] = {
    "fct_shipments": SHIPMENTS,
    "fct_service_cases": [
        {**_CASE, "tenant_id": 1, "case_type": "pre_order", "case_id": 1, "order_number": "1-0002",
         "deposit_amount": "50.00", "product_name": "Studs", "due_date": "2026-03-17",
         "late_days": 1, "is_overdue": True},
        {**_CASE, "tenant_id": 1, "case_type": "pre_order", "case_id": 2, "order_number": "1-0003",
         "deposit_amount": "20.50", "product_name": "Studs", "stage_days": 6},
        {**_CASE, "tenant_id": 1, "case_type": "made_to_order", "case_id": 1,
         "order_number": "1-0001", "awaits_approval": True, "due_date": "2026-04-01"},
        {**_CASE, "tenant_id": 1, "case_type": "after_sales", "case_id": 1, "stage": "closed",
         "outcome": "done", "service_type": "resize", "case_number": "S-1", "is_open": False,
         "charge_amount": "30.00", "cost_amount": "12.00", "age_days": None, "stage_days": None,
         "done_days": 4, "closed_date": "2026-03-14", "order_number": "1-0001"},
        {**_CASE, "tenant_id": 2, "case_type": "pre_order", "case_id": 1, "order_number": "2-0002",
         "deposit_amount": "1000000", "product_name": "Nhẫn cưới"},
    ],
    "fct_returns": [
        {"tenant_id": tenant, "return_id": number, "order_id": order, "order_number": None,
         "product_id": 1, "product_name": "Studs" if tenant == 1 else "Bông tai",
         "return_status": status, "reason_group": reason, "unit_count": 1,
         "received_unit_count": int(status == "received"), "is_open": status == "requested",
         "order_date": day}
        for tenant, number, order, status, reason, day in (
            (1, 1, 3, "received", "size", "2026-03-18"),
            (1, 2, 1, "requested", "size", "2026-03-02"),
            (1, 3, 2, "rejected", "other", "2026-03-10"),
            (2, 1, 2, "received", "none", "2026-03-17"),
        )
    ],
    "fct_refund_times": [
        {"tenant_id": 1, "refund_id": number, "order_id": 3, "order_number": "1-0003",
         "refund_amount": "40.00", "refund_days": days, "order_date": "2026-03-01",
         "refund_date": "2026-03-18", "refunded_at_local": "2026-03-18 09:00:00"}
        for number, days in ((1, 0), (2, 5), (3, 17))
    ],
    "fct_inbound_shipments": [
        {"tenant_id": tenant, "inbound_shipment_id": number,
         "shipment_number": f"PO {tenant}/{number}",
         "supplier_name": supplier, "inbound_status": status, "item_count": 1, "note_count": 1,
         "waiting_order_count": 1, "ordered_units": 10, "received_units": 10 - short,
         "short_units": short, "over_units": 0, "lead_days": days, "late_days": late,
         "is_open": status != "received", "is_overdue": late is not None,
         "was_received": status == "received", "was_short": short > 0, "was_over": False,
         "ordered_date": "2026-02-20", "expected_date": "2026-03-10", "received_date": received,
         "received_at_local": received and f"{received} 09:00:00"}
        for tenant, number, supplier, status, short, days, late, received in (
            (1, 1, "Hatton Cast", "received", 2, 20, None, "2026-03-12"),
            (1, 2, "Hatton Cast", "received", 0, 10, None, "2026-03-02"),
            (1, 3, "Refiner", "in_transit", 0, None, 8, None),
            (2, 1, "Saigon Gold", "received", 0, 5, None, "2026-03-02"),
        )
    ],
    "rpt_balances_due": [
        {**_BALANCE, "tenant_id": 1, "order_id": 1, "order_number": "1-0001",
         "age_band": "up_to_30", "age_days": 16, "order_date": "2026-03-02",
         "deposit_amount": "986.90"},
        {**_BALANCE, "tenant_id": 1, "order_id": 6, "order_number": "1-0006", "age_band": "over_90",
         "age_days": 365, "order_date": "2025-03-18", "balance_due_amount": "75.25",
         "order_status": "completed"},
        {**_BALANCE, "tenant_id": 2, "order_id": 1, "order_number": "2-0001",
         "age_band": "up_to_30", "age_days": 17, "order_date": "2026-03-01",
         "balance_due_amount": "15000000"},
    ],
    "rpt_stage_days": [
        {"tenant_id": tenant, "subject_type": "pre_order", "stage": stage, "entered_count": came,
         "left_count": left, "stage_hours": hours, "month_start_date": "2026-03-01"}
        for tenant, stage, came, left, hours in (
            (1, "requested", 4, 3, 108), (1, "ordered", 2, 0, 0), (2, "requested", 1, 1, 24),
        )
    ],
    "rpt_shipstation_differences": [
        {"tenant_id": 1, "shipstation_order_id": 9, "order_id": 3, "order_number": "1-0003",
         "order_status": "cancelled", "shipstation_status": "on_hold",
         "difference_type": "order_not_counted", "synced_date": "2026-03-18"},
    ],
    "rpt_shipstation_orders": [
        {"tenant_id": tenant, "shipstation_order_id": number, "order_id": 3,
         "shipstation_status": "on_hold", "synced_date": "2026-03-18"}
        for tenant, number in ((1, 9), (2, 1))
    ],
    "rpt_overshipped_lines": [
        {"tenant_id": 1, "order_item_id": 2, "order_id": 2, "order_number": "1-0002",
         "shipment_numbers": "Parcel 1/1, Parcel 1/2", "shipment_count": 2, "ordered_units": 1,
         "shipped_units": 2},
    ],
}  # fmt: skip


def make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    """Create the marts of fulfilment with the house's rows; returns their names."""
    for name, rows in ROWS.items():
        create(connection, name, rows)
    return tuple(ROWS)
