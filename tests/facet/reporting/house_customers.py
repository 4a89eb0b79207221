"""The house's customers: one of each kind, few enough to add up on paper.

New York has somebody new, somebody loyal who is overdue, somebody good who slips away and somebody
lost; Saigon a new one. As of 17 March 2026, the last whole day. Columns and types are those of the
marts' own contracts.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

import duckdb

from tests.facet.reporting.contracts import Record, cell_of, create
from tests.facet.reporting.house import ORDERS, Order
from tests.facet.reporting.house_contacts import CONTACTS
from tests.facet.reporting.house_lifetime import MODELLED
from tests.facet.reporting.house_staff import BEN, ELI

_PERSONS: Final[tuple[Record, ...]] = (
    {
        "tenant_id": 1, "person_id": 1, "segment": "new", "order_count": 1, "year_order_count": 1,
        "net_sales_amount": "899.90", "year_net_sales_amount": "899.90", "idle_day_count": 15,
        "first_order_date": "2026-03-02", "last_order_date": "2026-03-02", "cost": "400.00",
    },
    {
        "tenant_id": 1, "person_id": 2, "segment": "loyal", "segment_before": "champion",
        "order_count": 9, "year_order_count": 4, "net_sales_amount": "2250.50", "cost": "100.00",
        "year_net_sales_amount": "250.50", "idle_day_count": 47, "median_gap_day_count": "30",
        "is_overdue": True, "first_order_date": "2024-05-02", "last_order_date": "2026-01-29",
    },
    {
        "tenant_id": 1, "person_id": 4, "segment": "cannot_lose", "segment_before": "loyal",
        "order_count": 5, "year_order_count": 5, "net_sales_amount": "600.00", "cost": "200.00",
        "year_net_sales_amount": "600.00", "idle_day_count": 200, "median_gap_day_count": "20",
        "is_overdue": True, "first_order_date": "2025-06-01", "last_order_date": "2025-08-29",
    },
    {
        "tenant_id": 1, "person_id": 6, "segment": "lost", "segment_before": "hibernating",
        "order_count": 1, "net_sales_amount": "900.00", "idle_day_count": 365, "is_overdue": True,
        "first_order_date": "2025-03-17", "last_order_date": "2025-03-17",
    },
    {
        "tenant_id": 2, "person_id": 1, "segment": "new", "order_count": 1, "year_order_count": 1,
        "net_sales_amount": "25000000", "year_net_sales_amount": "25000000", "idle_day_count": 16,
        "first_order_date": "2026-03-01", "last_order_date": "2026-03-01", "cost": "12000000",
    },
)  # fmt: skip

#: Month, number, persons, who ordered, sales so far.
_COHORTS: Final = (
    (1, "2026-01-01", 0, 4, 4, "400.00"), (1, "2026-01-01", 1, 4, 1, "500.00"),
    (1, "2026-01-01", 2, 4, 2, "520.00"), (1, "2026-03-01", 0, 1, 1, "899.90"),
    (2, "2026-03-01", 0, 1, 1, "25000000"),
)  # fmt: skip
_NEW_YORK_LEADS: Final[tuple[Record, ...]] = (
    {"lead_id": 1, "lead_status": "new", "open_age": "days_0_6", "age_day_count": 2,
     "created_date": "2026-03-15", "lead_source": "fair", "assigned_user_id": BEN,
     "assigned_name": "Ben Ode"},
    {"lead_id": 2, "lead_status": "lost", "was_contacted": True, "contacting_minutes": "30",
     "created_date": "2026-03-03"},
    {"lead_id": 3, "lead_status": "converted", "was_contacted": True, "was_qualified": True,
     "was_converted": True, "contacting_minutes": "61", "qualifying_day_count": "1.5",
     "converting_day_count": "2", "created_date": "2026-03-02", "lead_source": "fair"},
    {"lead_id": 4, "lead_status": "qualified", "was_contacted": True, "was_qualified": True,
     "open_age": "days_90_on", "age_day_count": 120, "created_date": "2025-11-17",
     "is_mature": True, "assigned_user_id": ELI, "assigned_name": "Eli Jay"},
    {"lead_id": 5, "lead_status": "converted", "was_contacted": True, "was_qualified": True,
     "was_converted": True, "created_date": "2025-11-17", "is_mature": True},
)  # fmt: skip

_CARE: Final[dict[str, Sequence[Record]]] = {
    "rpt_potentials": (
        {"tenant_id": 1, "potential_id": 1, "stage": "open", "is_open": True, "is_overdue": True,
         "expected_amount": "500.00", "expected_close_date": "2026-03-10", "age_day_count": 30},
        {"tenant_id": 1, "potential_id": 2, "stage": "negotiating", "is_open": True,
         "expected_amount": "70.00", "expected_close_date": "2026-04-10"},
        {"tenant_id": 1, "potential_id": 3, "stage": "won", "expected_amount": "9000.00"},
        {"tenant_id": 2, "potential_id": 1, "stage": "open", "is_open": True,
         "expected_amount": "8000000"},
    ),
    "rpt_customer_occasions": (
        {"tenant_id": 1, "person_id": 2, "occasion_type": "birthday", "customer_code": "C-12",
         "full_name": "Buyer 1-2", "occasion_date": "2026-03-24", "order_count": 9},
        {"tenant_id": 1, "person_id": 4, "occasion_type": "anniversary", "customer_code": "C-14",
         "full_name": "Buyer 1-4", "occasion_date": "2026-03-25", "order_count": 5},
    ),
    "rpt_probable_duplicates": (
        {"tenant_id": 1, "person_id": 2, "other_person_id": 4, "customer_code": "C-12",
         "other_customer_code": "C-14", "order_count": 9, "other_order_count": 5,
         "has_same_phone": True, "has_same_account": True},
    ),
    "rpt_customer_events": (
        {"tenant_id": 1, "person_id": 2, "event_type": "order", "event_id": 2,
         "event_name": "1-0002", "event_status": "completed", "channel_name": "Website",
         "amount": "250.50", "event_date": "2026-03-10", "promised_date": "2026-03-20"},
        {"tenant_id": 1, "person_id": 2, "event_type": "conversation", "event_id": 7,
         "event_status": "pending", "channel_name": "Website", "event_date": "2026-03-09"},
        {"tenant_id": 1, "person_id": 4, "event_type": "touchpoint", "event_id": 8,
         "event_name": "ad_click", "event_date": "2026-03-09"},
    ),
}  # fmt: skip


def make(connection: duckdb.DuckDBPyConnection, *, has_orders: bool = True) -> Sequence[str]:
    """Create the marts of customers, with their orders unless another has; returns their names."""
    marts = {name: rows for name, rows in _rows().items() if has_orders or name != "fct_orders"}
    for name, rows in marts.items():
        create(connection, name, rows, value=_value)
    return tuple(marts)


def _rows() -> dict[str, Sequence[Record]]:
    return {
        "rpt_persons": [
            {
                "customer_code": f"C-{row['tenant_id']}{row['person_id']}",
                "full_name": f"Buyer {row['tenant_id']}-{row['person_id']}",
                "shop_median_gap_day_count": "30" if row["tenant_id"] == 1 else None,
                "year_demand_sales_amount": row.get("year_net_sales_amount"),
                "year_costed_demand_amount": row.get("year_net_sales_amount"),
                "year_recorded_margin_amount": Decimal(row.get("year_net_sales_amount", 0))
                - Decimal(row.get("cost", 0)),
                **row,
            }
            for row in _PERSONS
        ],
        "rpt_cohort_months": [
            {
                "tenant_id": tenant, "cohort_month": month, "month_number": number,
                "person_count": persons, "active_person_count": active,
                "retention_rate": Decimal(active) / persons, "cumulative_net_sales_amount": sales,
                "cumulative_demand_sales_amount": sales,
                "is_unfinished": (month, number) in {("2026-01-01", 2), ("2026-03-01", 0)},
            }
            for tenant, month, number, persons, active, sales in _COHORTS
        ],
        "fct_lead_stages": [
            {"tenant_id": 1, "is_open": "open_age" in row, **row,
             "created_at_local": f"{row['created_date']} 09:00:00"}
            for row in _NEW_YORK_LEADS
        ],
        "fct_orders": [_order(order) for order in ORDERS],
        **_CARE,
        **MODELLED,
        **CONTACTS,
    }  # fmt: skip


def _order(order: Order) -> Record:
    demand = Decimal(order.gross) - Decimal(order.discount)
    person = None if order.buyer == "guest" else order.order_id
    return {
        "tenant_id": order.tenant_id, "order_id": order.order_id, "person_id": person,
        "order_number": f"{order.tenant_id}-{order.order_id:04}", "order_date": str(order.day),
        "order_status": "completed", "buyer_type": order.buyer, "channel_name": order.channel,
        "demand_sales_amount": demand, "returns_amount": order.refund,
        "net_sales_amount": demand - Decimal(order.refund),
    }  # fmt: skip


def _value(row: Record, column: str, kind: str) -> Any:
    """What a row says; where it says nothing, what is counted or paid is 0 and a flag false."""
    value = cell_of(row, column)
    if column in row or value is not None or kind.startswith(("text", "date", "time")):
        return value
    if kind == "boolean":
        return False
    return None if column == "amount" or column.endswith(_UNKNOWN) else 0


#: What may be unknown, unlike what is counted or paid.
_UNKNOWN: Final = (
    *("person_id", "user_id", "_score", "gap_day_count", "after_day_count"),
    *("contacting_minutes", "qualifying_day_count", "converting_day_count"),
)
