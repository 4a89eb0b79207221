"""What the house's people were to work and how they are evaluated, few enough to count.

Ben was planned for 8 hours on each of four days: he came 20 minutes late and left 30 minutes early,
came in time, was absent, and has one shift ahead. Eli was on annual leave for 8 hours and worked a
shift of 4 of which the report is missing. In Saigon Mai worked 8 hours.

For the last quarter of 2025 Ada gave Ben 4 and Dee gave him 3, both for service and sales; Dee gave
Eli 3 for service and 5 for sales, which weigh 0.4 and 0.6; Ada gave Cy 2 for service.

Ben asked for time off that begins today and waits for 5 days, Eli for some later; of March's other
requests one was approved after 2 days and one rejected after 5. Eli's shift is to be Ben's.

On the Mondays of March, 2, 9 and 16, somebody is at work at 10, and an order comes in on one of
them; at 20 nobody is, and each time a customer writes.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import duckdb

from tests.facet.reporting.contracts import Record, create
from tests.facet.reporting.house_staff import ADA, BEN, CY, DEE, ELI, MAI

_NAMES: Final = {
    ADA: "Ada Frost", BEN: "Ben Ode", CY: "Cy Gone", DEE: "Dee Hill", ELI: "Eli Jay",
    MAI: "Trần Thị Mai",
}  # fmt: skip


def _shift(
    tenant: int, number: int, user: int, day: int, state: str, *, hours: int = 8, **more: Any
) -> Record:
    """A shift from 14:00 UTC on; `more` says what else is so."""
    date_of = date(2026, 3, day)
    return {
        "tenant_id": tenant, "schedule_id": number, "user_id": user, "user_name": _NAMES[user],
        "shift_state": state, "planned_seconds": 3600 * hours, "has_start": False,
        "is_late": False, "is_early": False, "lacks_report": False, "shift_date": date_of,
        "starts_at": f"{date_of} 14:00:00+00", "ends_at": f"{date_of} {14 + hours}:00:00+00",
        **more,
    }  # fmt: skip


SHIFTS: Final = (
    _shift(1, 1, BEN, 3, "worked", has_start=True, is_late=True, is_early=True,
           late_minutes="20.00", early_minutes="30.00", wish="preferred",
           work_started_at="2026-03-03 14:20:00+00", work_ended_at="2026-03-03 21:30:00+00"),
    _shift(1, 2, BEN, 4, "worked", has_start=True, late_minutes="0.00", early_minutes="0.00",
           work_started_at="2026-03-04 14:00:00+00", work_ended_at="2026-03-04 22:00:00+00"),
    _shift(1, 3, BEN, 5, "absent"),
    _shift(1, 4, BEN, 18, "ahead", wish="unavailable"),
    _shift(1, 5, ELI, 3, "leave", leave_type_id=1, leave_type_name="Annual leave",
           is_paid_leave=True),
    _shift(1, 6, ELI, 6, "worked", hours=4, lacks_report=True),
    _shift(2, 1, MAI, 3, "worked", has_start=True, late_minutes="0.00", early_minutes="0.00"),
)  # fmt: skip


#: Periods of evaluations, as marts have them.
_BEFORE: Final = ("2025-07-01", "2025-09-30")
_LAST: Final = ("2025-10-01", "2025-12-31")


def _days(period: tuple[str, str]) -> Record:
    return {
        "evaluation_period": "_".join(period), "period_start": period[0], "period_end": period[1],
    }  # fmt: skip


def _evaluation(
    tenant: int, number: int, user: int, by: int, status: str, score: str | None, **more: Any
) -> Record:
    return {
        "tenant_id": tenant, "performance_evaluation_id": number, "user_id": user,
        "evaluator_id": by, "user_name": _NAMES[user], "evaluator_name": _NAMES[by],
        "evaluation_status": status, "score_count": 2, "evaluation_score": score,
        "is_counted": status != "draft", "is_unfinished": status == "draft",
        "is_unread": status == "submitted", "is_disputed": status == "disputed",
        **_days(_LAST), **more,
    }  # fmt: skip


def _person(
    tenant: int, user: int, period: tuple[str, str], score: str, department: str, **more: Any
) -> Record:
    return {
        "tenant_id": tenant, "user_id": user, "user_name": _NAMES[user],
        "department_id": len(department), "department_name": department, "evaluator_count": 1,
        "evaluation_score": score, "best_score": "5.0000", **_days(period), **more,
    }  # fmt: skip


def _criterion(
    tenant: int, user: int, name: str, weight: str, score: str, apart: str = "0.00"
) -> Record:
    return {
        "tenant_id": tenant, "user_id": user, "user_name": _NAMES[user],
        "performance_criterion_id": len(name), "criterion_name": name,
        "department_name": "Shop", "evaluator_count": 1 if apart == "0.00" else 2,
        "criterion_score": score, "apart_score": apart, "max_score": "5.00", "weight": weight,
        **_days(_LAST),
    }  # fmt: skip


def _away(
    tenant: int, number: int, user: int, status: str, asked: str, start: str, **more: Any
) -> Record:
    return {
        "tenant_id": tenant, "time_off_request_id": number, "user_id": user,
        "user_name": _NAMES[user], "leave_type_id": 1,
        "leave_type_name": "Annual leave" if tenant == 1 else "Nghỉ phép năm",
        "request_status": status, "is_waiting": status == "requested", "is_overdue": False,
        "requested_date": asked, "start_date": start, "end_date": start, **more,
    }  # fmt: skip


def _change(number: int, kind: str, status: str, asked: str, **more: Any) -> Record:
    return {
        "tenant_id": 1, "schedule_revision_detail_id": number, "schedule_revision_id": 1,
        "user_id": ELI, "user_name": "Eli Jay", "new_user_id": BEN, "new_user_name": "Ben Ode",
        "change_type": kind, "revision_status": status, "is_waiting": status == "requested",
        "is_swap": kind == "reassigned", "requested_date": asked, **more,
    }  # fmt: skip


#: By mart the rows of New York, then those of Saigon.
ROWS: Final[dict[str, Sequence[Record]]] = {
    "fct_shifts": SHIFTS,
    "fct_evaluations": [
        _evaluation(1, 1, BEN, ADA, "acknowledged", "4.0000"),
        _evaluation(1, 2, BEN, DEE, "disputed", "3.0000"),
        _evaluation(1, 3, ELI, DEE, "submitted", "4.2000", wait_days=9),
        _evaluation(1, 4, CY, ADA, "acknowledged", "2.0000"),
        _evaluation(1, 5, ELI, ADA, "draft", None, wait_days=77),
        _evaluation(2, 1, MAI, MAI, "acknowledged", "4.0000"),
    ],
    "fct_person_evaluations": [
        _person(1, BEN, _LAST, "3.5000", "Shop", evaluator_count=2, lowest_score="3.0000",
                highest_score="4.0000", apart_score="1.0000", previous_score="3.0000",
                change_score="0.5000"),
        _person(1, ELI, _LAST, "4.2000", "Shop", previous_score="5.0000",
                change_score="-0.8000"),
        _person(1, CY, _LAST, "2.0000", "Stock"),
        _person(1, BEN, _BEFORE, "3.0000", "Shop"),
        _person(1, ELI, _BEFORE, "5.0000", "Shop"),
        _person(2, MAI, _LAST, "4.0000", "Cửa hàng"),
    ],
    "fct_criterion_scores": [
        _criterion(1, BEN, "Service", "0.4", "3.5000", "1.00"),
        _criterion(1, BEN, "Sales", "0.6", "3.5000", "1.00"),
        _criterion(1, ELI, "Service", "0.4", "3.0000"),
        _criterion(1, ELI, "Sales", "0.6", "5.0000"),
        _criterion(1, CY, "Service", "1", "2.0000"),
        _criterion(2, MAI, "Phục vụ", "1", "4.0000"),
    ],
    "fct_cover_hours": [
        *(
            {"tenant_id": 1, "worked_seconds": 3600, "order_count": int(day == 2),
             "first_message_count": 0, "day_of_week": 1, "cover_hour": 10,
             "cover_date": date(2026, 3, day)}
            for day in (2, 9, 16)
        ),
        *(
            {"tenant_id": 1, "worked_seconds": 0, "order_count": 0, "first_message_count": 1,
             "day_of_week": 1, "cover_hour": 20, "cover_date": date(2026, 3, day)}
            for day in (2, 9, 16)
        ),
        {"tenant_id": 2, "worked_seconds": 1800, "order_count": 0, "first_message_count": 0,
         "day_of_week": 2, "cover_hour": 9, "cover_date": date(2026, 3, 3)},
    ],
    "rpt_staff_warnings": [
        {"tenant_id": tenant, "alert_id": number, "user_id": user, "user_name": _NAMES[user],
         "subject_type": about, "alert_key_name": name, "severity": "warning",
         "alert_status": status, "age_days": age, "is_open": age is not None, "raised_date": day}
        for tenant, number, user, about, name, status, age, day in (
            (1, 1, ELI, "shift_report", "Late start", "open", 78, "2025-12-30"),
            (1, 2, BEN, "sys_users", "Talk", "resolved", None, "2026-03-05"),
            (1, 3, BEN, "sys_users", "Talk", "resolved", None, "2025-03-05"),
            (2, 1, MAI, "sys_users", "Nhắc", "resolved", None, "2026-03-05"),
        )
    ],
    "fct_time_off_requests": [
        _away(1, 1, BEN, "requested", "2026-03-13", "2026-03-18", wait_days=5, is_overdue=True),
        _away(1, 2, ELI, "requested", "2026-03-16", "2026-04-01", wait_days=2),
        _away(1, 3, ELI, "approved", "2026-03-01", "2026-03-03", decide_days=2),
        _away(1, 4, ELI, "rejected", "2026-03-02", "2026-03-09", decide_days=5),
        _away(1, 5, ELI, "approved", "2025-12-02", "2025-12-09", decide_days=1),
        _away(2, 1, MAI, "approved", "2026-03-02", "2026-03-09", decide_days=0),
    ],
    "fct_schedule_changes": [
        _change(1, "reassigned", "requested", "2026-03-15", wait_days=3,
                old_starts_at="2026-03-20 14:00:00+00", new_starts_at="2026-03-20 14:00:00+00"),
        _change(2, "moved", "approved", "2026-03-02", decide_days=1),
    ],
}  # fmt: skip


def make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    """Create the marts of people's work with the house's rows; returns their names."""
    for name, rows in ROWS.items():
        create(connection, name, rows)
    return tuple(ROWS)
