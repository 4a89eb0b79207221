"""What went wrong in the house, little enough to count: alerts, calls, errors, late changes …"""

from collections.abc import Sequence
from typing import Final

import duckdb

from tests.facet.reporting.contracts import Record, create
from tests.facet.reporting.house_staff import BEN, ELI, MAI


def _alert(
    tenant: int,
    number: int,
    kind: str | None,
    severity: str,
    status: str,
    raised: str,
    *,
    age: tuple[str | None, int] = (None, 8),
    minutes: tuple[str | None, str | None] = (None, None),
    resolved: str | None = None,
    has_owner: bool = False,
) -> Record:
    """An alert as its mart has it; `minutes` are those until it was taken on, and settled."""
    is_open = age[0] is not None
    return {
        "tenant_id": tenant, "alert_id": number, "alert_key_code": "kind", "alert_key_name": kind,
        "severity": severity, "alert_status": status, "open_age": age[0], "age_days": age[1],
        "acknowledge_minutes": minutes[0], "resolve_minutes": minutes[1], "is_open": is_open,
        "is_unassigned": is_open and not has_owner, "raised_date": raised,
        "acknowledged_date": raised if minutes[0] else None, "resolved_date": resolved,
        "raised_at": f"{raised} 13:00:00+00", "raised_at_local": f"{raised} 09:00:00",
    }  # fmt: skip


ALERTS: Final = (
    _alert(1, 1, "Parcel overdue", "critical", "open", "2026-03-12", age=("days_0_6", 6)),
    _alert(1, 2, "Parcel overdue", "critical", "acknowledged", "2026-02-05",
           age=("days_30_89", 41), minutes=("12.00", None), has_owner=True),
    _alert(1, 3, None, "info", "open", "2026-03-02", age=("days_7_29", 16), has_owner=True),
    _alert(1, 4, "Shelf empty", "warning", "resolved", "2026-03-03",
           minutes=("30.00", "90.50"), resolved="2026-03-03"),
    _alert(1, 5, "Shelf empty", "warning", "dismissed", "2026-03-10",
           minutes=("10.00", "29.50"), resolved="2026-03-10"),
    _alert(2, 1, "Quên hộp quà", "warning", "open", "2026-03-12", age=("days_0_6", 6)),
)  # fmt: skip


def _late(tenant: int, number: int, days: int, meant: str, changed: str, **more: object) -> Record:
    """A late change as its mart has it: of an order, or a movement of stock."""
    return {
        "tenant_id": tenant, "change_id": number, "days_late": days, "meant_date": meant,
        "change_type": "order" if "order_id" in more else "stock", "changed_date": changed,
        "changed_at": f"{changed} 14:00:00+00", "changed_at_local": f"{changed} 09:00:00", **more,
    }  # fmt: skip


#: By the 18th of March the 17th of February is of the last 30 days, the 16th is not.
LATE_CHANGES: Final = (
    _late(1, 1, 3, "2026-03-02", "2026-03-05", product_id=1, product_name="Solitaire", sku="S-1",
          movement_type="count", quantity_change=-1, reference="Stock-take"),
    _late(1, 2, 1, "2026-03-10", "2026-03-11", product_id=3, product_name="Studs",
          movement_type="receipt", quantity_change=6),
    _late(1, 3, 9, "2026-02-01", "2026-02-10", product_id=3, product_name="Studs",
          movement_type="receipt", quantity_change=2),
    _late(1, 1, 35, "2026-02-10", "2026-03-17", order_id=1, order_number="1-0001",
          user_id=BEN, user_name="Ben Ode", action="updated", reason_group="wrong price"),
    _late(1, 2, 3, "2026-03-01", "2026-03-04", order_id=3, order_number="1-0003",
          action="deleted", reason_group="none"),
    _late(1, 3, 2, "2026-02-15", "2026-02-17", order_id=3, order_number="1-0003",
          user_id=ELI, user_name="Eli Jay", action="updated",
          reason_group="other"),
    _late(1, 4, 1, "2026-02-15", "2026-02-16", order_id=3, order_number="1-0003",
          user_id=ELI, user_name="Eli Jay", action="updated",
          reason_group="other"),
    _late(2, 1, 2, "2026-03-02", "2026-03-04", product_id=1, product_name="Nhẫn cưới",
          movement_type="loan", quantity_change=-1),
    _late(2, 1, 2, "2026-03-02", "2026-03-04", order_id=1, order_number="2-0001",
          user_id=MAI, user_name="Trần Thị Mai", action="updated",
          reason_group="other"),
)  # fmt: skip
#: By mart the rows of New York, then one of Saigon.
ROWS: Final[dict[str, Sequence[Record]]] = {
    "fct_alerts": ALERTS,
    "fct_late_changes": LATE_CHANGES,
    "fct_webhook_days": [
        {"tenant_id": tenant, "direction": way, "provider": provider, "event": "told",
         "attempt_count": attempts, "failed_attempt_count": failed, "first_attempt_count": firsts,
         "failed_first_attempt_count": failed_firsts, "callback_count": firsts,
         "lost_callback_count": lost, "call_date": day}
        for tenant, way, provider, attempts, failed, firsts, failed_firsts, lost, day in (
            (1, "inbound", "stripe", 6, 2, 4, 1, 1, "2026-03-04"),
            (1, "inbound", "stripe", 4, 1, 4, 1, 0, "2026-03-05"),
            (1, "outbound", "twilio", 10, 0, 10, 0, 0, "2026-03-05"),
            (1, "inbound", "stripe", 5, 5, 5, 5, 0, "2026-02-05"),
            (2, "inbound", "momo", 3, 0, 3, 0, 0, "2026-03-05"),
        )
    ],
    "rpt_webhook_endpoints": [
        {"tenant_id": tenant, "direction": way, "provider": provider, "endpoint": address,
         "attempt_count": attempts, "failed_attempt_count": failed, "attempt_count_before": 0,
         "failed_attempt_count_before": 0, "is_failing": since is not None,
         "failing_since_at": since, "last_good_at": good}
        for tenant, way, provider, address, attempts, failed, since, good in (
            (1, "inbound", "stripe", "/hooks/stripe", 10, 3, "2026-03-05 14:00:00+00",
             "2026-03-04 14:00:00+00"),
            (1, "outbound", "twilio", "", 10, 0, None, "2026-03-05 14:00:00+00"),
            (2, "inbound", "momo", "/hooks/momo", 3, 0, None, "2026-03-05 14:00:00+00"),
        )
    ],
    "fct_workflow_runs": [
        {"tenant_id": tenant, "system_log_id": number, "workflow_id": 3, "workflow_code": "welcome",
         "workflow_name": name, "outcome": "succeeded" if seconds else "failed",
         "duration_seconds": seconds, "run_date": "2026-03-04",
         "run_at_local": "2026-03-04 09:00:00"}
        for tenant, number, name, seconds in (
            (1, 1, "Greet a lead", "1.20"), (1, 2, "Greet a lead", "0.80"),
            (1, 3, "Greet a lead", None), (1, 4, None, None), (2, 1, "Chào khách mới", "2.00"),
        )
    ],
    "fct_log_days": [
        {"tenant_id": tenant, "log_type": log, "log_source": source, "event": event,
         "event_count": events, "error_count": errors, "refused_count": refused,
         "log_date": "2026-03-04"}
        for tenant, log, source, event, events, errors, refused in (
            (1, "system", "import", "batch.finished", 9, 2, 0),
            (1, "system", "stock", "count", 5, 0, 0),
            (1, "person", "person", "session.start", 40, 0, 3),
            (2, "system", "import", "batch.finished", 4, 0, 0),
        )
    ],
    "fct_action_hours": [
        {"tenant_id": tenant, "user_id": user, "user_name": name, "action_count": count,
         "usual_action_count": 4, "is_unusual": count > 20, "action_date": "2026-03-17",
         "hour_of_day": hour}
        for tenant, user, name, count, hour in (
            (1, BEN, "Ben Ode", 45, 23), (1, ELI, "Eli Jay", 20, 10),
            (2, BEN, "Trần Thị Mai", 3, 10),
        )
    ],
    "rpt_notes": [
        {"tenant_id": tenant, "subject_type": about, "note_count": count, "private_note_count": 1,
         "pinned_note_count": 0, "note_count_without_order": lost}
        for tenant, about, count, lost in (
            (1, "orders", 7, 2), (1, "stock_takes", 3, 0), (2, "orders", 1, 0),
        )
    ],
}  # fmt: skip


def make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    """Create the marts of operations with the house's rows; returns their names."""
    for name, rows in ROWS.items():
        create(connection, name, rows)
    return tuple(ROWS)
