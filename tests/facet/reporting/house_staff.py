"""The house's staff: who sold its orders, few enough to add up on paper.

In New York Ada owns the shop; Ben and Cy report to her, so does Dee, to whom Eli reports. Ben and
Eli share order 1, Eli has order 2, nobody order 3; Ben's share of March has the refund of order 6
in it. Flo sees nothing of staff. In Saigon Mai sold the first order and nobody the second. Columns
and types are those of the marts' own contracts.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import duckdb

from tests.facet.reporting import contracts
from tests.facet.reporting.contracts import Record
from tests.facet.reporting.house import ORDERS, Order
from tests.facet.reporting.house_people import STAFF, Staff

ADA, BEN, CY, DEE, ELI, FLO, MAI = 11, 12, 13, 14, 15, 16, 21
TEAM: Final[tuple[Staff, ...]] = (
    *STAFF,
    (1, DEE, ADA, "Dee Hill", "manager", True),
    (1, ELI, DEE, "Eli Jay", "sales", True),
    (1, FLO, ADA, "Flo Kay", "marketing", True),
)
MARTS: Final = (
    "dim_staff_managers",
    "fct_leads",
    "fct_replies",
    "fct_sales_credits",
    "fct_sales_targets",
    "fct_work_hours",
    "rpt_sales_targets",
    "rpt_staff_achievements",
)
#: Of an order: user, role, demand sales, what came back, cost.
CREDITS: Final[Mapping[tuple[int, int], Sequence[tuple[int | None, str, str, str, str]]]] = {
    (1, 1): [
        (BEN, "primary", "449.95", "0", "200.00"),
        (ELI, "shared", "449.95", "0", "200.00"),
        (CY, "originator", "89.99", "0", "40.00"),
    ],
    (1, 2): [(ELI, "seller", "250.50", "0", "100.00"), (DEE, "overlay", "125.25", "0", "50.00")],
    (1, 3): [(None, "unattributed", "80.00", "40.00", "30.00")],
    (1, 4): [(None, "unattributed", "600.00", "0", "200.00")],
    (1, 5): [(None, "unattributed", "5000.00", "0", "900.00")],
    (1, 6): [(BEN, "primary", "1000.00", "100.00", "400.00")],
    (2, 1): [(MAI, "primary", "25000000", "0", "12000000")],
    (2, 2): [(None, "unattributed", "2250000", "0", "900000")],
}
_TARGETS: Final = ((1, BEN, "500.00"), (1, ELI, "500.00"), (2, MAI, "20000000"))
#: Ben's target of March is half over; Mai's of today has just begun, one of February is over.
_PACES: Final[tuple[Record, ...]] = (
    {"tenant_id": 1, "sales_performance_id": BEN, "user_id": BEN, "target_status": "on_track",
     "target_amount": "500.00", "pace_rate": "1.3998", "required_per_day_value": "10.72",
     "start_date": date(2026, 3, 1), "end_date": date(2026, 3, 31)},
    {"tenant_id": 1, "sales_performance_id": 1, "user_id": ELI, "target_status": "missed",
     "target_amount": "500.00", "pace_rate": "0.5",
     "start_date": date(2026, 2, 1), "end_date": date(2026, 2, 28)},
    {"tenant_id": 2, "sales_performance_id": MAI, "user_id": MAI, "target_status": "started",
     "target_amount": "20000000", "required_per_day_value": "10000000",
     "start_date": date(2026, 3, 18), "end_date": date(2026, 3, 19)},
)  # fmt: skip
_HOURS: Final = ((1, BEN, 10), (1, ELI, 20))
#: Of Ben's leads: how far each got.
_LEADS: Final = ("new", "contacted", "qualified", "converted")
_REPLIES: Final = (
    (1, BEN, "first", "10.00", "5.00"),
    (1, BEN, "first", "20.00", "8.00"),
    (1, BEN, "next", None, None),
    (1, ELI, "first", "85.00", None),
)
_ACHIEVEMENTS: Final[tuple[Record, ...]] = (
    {"achievement_type": "best_day", "net_sales_amount": "1000.00", "order_count": 1,
     "sales_day_count": 1, "start_date": date(2025, 3, 18), "end_date": date(2025, 3, 18)},
    {"achievement_type": "best_month", "net_sales_amount": "1000.00", "order_count": 1,
     "sales_day_count": 1, "start_date": date(2025, 3, 1), "end_date": date(2025, 3, 31)},
    {"achievement_type": "largest_order", "net_sales_amount": "900.00", "order_count": 1,
     "sales_day_count": 1, "order_id": 6, "order_number": "1-0006",
     "start_date": date(2025, 3, 18), "end_date": date(2025, 3, 18)},
    {"achievement_type": "longest_streak", "net_sales_amount": "449.95", "order_count": 1,
     "sales_day_count": 1, "start_date": date(2026, 3, 2), "end_date": date(2026, 3, 2)},
)  # fmt: skip


def make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    """Create the marts of staff with the house's rows; returns their names."""
    return _make(connection, _rows())


def make_without_staff(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    """The same of a house that enters no targets, hours, leads or sellers."""
    nobody = [
        {**row, "user_id": None, "credit_role": "unattributed"}
        for row in _credits()
        if row["is_credited"]
    ]
    return _make(connection, {"fct_sales_credits": nobody})


def _make(
    connection: duckdb.DuckDBPyConnection, rows: Mapping[str, Sequence[Record]]
) -> Sequence[str]:
    connection.execute("alter table facet_marts.dim_staff add column job_title text")
    connection.execute("update facet_marts.dim_staff set job_title = 'Rings' where user_id = 12")
    for name in MARTS:
        contracts.create(connection, name, rows.get(name, ()))
    return MARTS


def _rows() -> dict[str, Sequence[Record]]:
    march = date(2026, 3, 2)
    return {
        "dim_staff_managers": list(_managers()),
        "fct_leads": [
            {
                "tenant_id": 1, "lead_id": n, "assigned_user_id": BEN, "lead_status": reached,
                "reached_status": reached, "is_assigned": True, "was_contacted": n > 0,
                "was_qualified": n > 1, "was_converted": n > 2, "assigned_date": march,
                "created_date": march, "converting_minutes": "2880.00" if n > 2 else None,
            }
            for n, reached in enumerate(_LEADS)
        ],
        "fct_replies": [
            {
                "tenant_id": tenant, "message_id": n, "conversation_id": n, "user_id": user,
                "question_type": kind, "reply_minutes": minutes,
                "business_reply_minutes": business, "is_answered": minutes is not None,
                "asked_date": march,
            }
            for n, (tenant, user, kind, minutes, business) in enumerate(_REPLIES)
        ],
        "fct_sales_credits": list(_credits()),
        "fct_sales_targets": [
            {
                "tenant_id": tenant, "sales_performance_id": user, "user_id": user,
                "target_amount": amount, "target_order_count": "2.00", "target_date": march,
            }
            for tenant, user, amount in _TARGETS
        ],
        "rpt_sales_targets": _PACES,
        "fct_work_hours": [
            {
                "tenant_id": tenant, "user_id": user, "source_type": "shift_report",
                "shift_count": 1, "worked_seconds": 3600 * hours, "work_date": march,
            }
            for tenant, user, hours in _HOURS
        ],
        "rpt_staff_achievements": [
            {"tenant_id": 1, "user_id": BEN, **row} for row in _ACHIEVEMENTS
        ],
    }  # fmt: skip


def _credits() -> Iterator[Record]:
    """What is sold on the day of the order, and on its own day what came back."""
    for order in ORDERS:
        for number, credit in enumerate(CREDITS[order.tenant_id, order.order_id], start=1):
            user, role, demand, back, cost = credit
            row = _credit(order, user, role, number)
            yield {
                **row, "demand_sales_amount": demand, "returns_amount": "0",
                "net_sales_amount": demand, "cost_amount": cost, "costed_demand_amount": demand,
                "gross_margin_amount": f"{float(demand) - float(cost):.2f}",
                "order_demand_amount": f"{float(order.gross) - float(order.discount):.2f}",
                "order_unit_count": order.units, "is_order_placed": True,
                "ledger_date": order.day, "event_date": order.day,
            }  # fmt: skip
            if back != "0":
                yield {
                    **row, "demand_sales_amount": "0", "returns_amount": back,
                    "net_sales_amount": f"-{back}", "cost_amount": "0", "costed_demand_amount": "0",
                    "gross_margin_amount": f"-{back}", "order_demand_amount": "0",
                    "order_unit_count": 0, "is_order_placed": False,
                    "ledger_date": order.refunded_on, "event_date": order.refunded_on,
                }  # fmt: skip


def _credit(order: Order, user: int | None, role: str, number: int) -> Record:
    is_credited = role not in ("overlay", "originator")
    return {
        "tenant_id": order.tenant_id, "order_id": order.order_id, "user_id": user,
        "person_id": None if order.buyer == "guest" else order.order_id, "credit_role": role,
        "order_number": f"{order.tenant_id}-{order.order_id:04}", "category_name": order.category,
        "channel_name": order.channel, "buyer_type": order.buyer, "is_credited": is_credited,
        "credit_number": number if is_credited else None, "order_date": order.day,
    }  # fmt: skip


def _managers() -> Iterator[Record]:
    """Everybody with everybody above."""
    managers = {(tenant, user): manager for tenant, user, manager, *_ in TEAM}
    for tenant, user, *_ in TEAM:
        above: int | None = user
        depth = 0
        while above is not None:
            yield {"tenant_id": tenant, "manager_id": above, "user_id": user, "depth": depth}
            above, depth = managers[tenant, above], depth + 1
