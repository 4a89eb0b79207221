"""Alerts, calls, workflows, errors, actions, late changes and notes as the page reads them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, cast

from facet.reporting.query.periods import Period
from facet.reporting.query.table import Cell, Record, Row, number_of
from facet.reporting.screen.session.view import View

PROVIDER_METRICS: Final = (
    *("webhook_attempts", "webhook_attempts_failed", "webhook_failure_rate"),
    *("webhook_first_failure_rate", "webhook_callbacks_lost"),
)
WORKFLOW_METRICS: Final = (
    *("workflow_runs", "workflow_runs_succeeded", "workflow_success_rate"),
    "median_workflow_seconds",
)
#: Of a long list, the latest.
ROWS_SHOWN: Final = 1000
_RECENT_DAYS: Final = 30


def open_alerts(view: View) -> Sequence[Row]:
    """How many alerts are open, by kind, severity and age, the most first."""
    table = view.marts.totals(
        "fct_alerts",
        ["is_unassigned"],
        by=["alert_key_name", "severity", "open_age"],
        where={"is_open": [True]},
        order_by=["-row_count", "alert_key_name"],
    )
    return tuple(map(Row, table.records()))


def alerts_raised(view: View, period: Period) -> Sequence[Record]:
    """Alerts of a period, the latest first."""
    return view.marts.rows(
        "fct_alerts",
        [
            *("alert_id", "alert_key_name", "severity", "alert_status", "raised_at"),
            *("acknowledge_minutes", "resolve_minutes"),
        ],
        between={"raised_date": (period.start, period.end)},
        order_by=["-raised_at", "alert_id"],
        limit=ROWS_SHOWN,
    ).records()


def endpoints(view: View) -> Sequence[Record]:
    """Addresses of calls between systems: those that fail first, then the most used."""
    return view.marts.rows(
        "rpt_webhook_endpoints",
        [
            *("direction", "provider", "endpoint", "attempt_count", "failed_attempt_count"),
            *("attempt_count_before", "failed_attempt_count_before", "is_failing"),
            *("failing_since_at", "last_good_at"),
        ],
        order_by=["-is_failing", "-failed_attempt_count", "-attempt_count", "provider", "endpoint"],
    ).records()


def providers(view: View) -> Sequence[Record]:
    """Calls of the period by other system and direction, the most failed first."""
    by = ["webhook_call__provider", "webhook_call__direction"]
    order = ["-webhook_attempts_failed", *by]
    found = view.query(PROVIDER_METRICS, by=by, period=view.period, order_by=order).records()
    return [row for row in found if row["webhook_attempts"] or row["webhook_callbacks_lost"]]


def workflows(view: View) -> Sequence[Record]:
    """Workflows that ran in the period, the most runs first."""
    by = ["workflow_run__workflow_name"]
    found = view.query(
        WORKFLOW_METRICS, by=by, period=view.period, order_by=["-workflow_runs", *by]
    ).records()
    return [row for row in found if row["workflow_runs"]]


def log_events(view: View, count: str) -> Sequence[Record]:
    """What of the period's log has errors, or was refused: by source and event, the most first.

    `count` is ``error_count`` or ``refused_count``.
    """
    found = view.marts.totals(
        "fct_log_days",
        [count, "event_count"],
        by=["log_source", "event"],
        between={"log_date": (view.period.start, view.period.end)},
        order_by=[f"-{count}", "log_source", "event"],
    ).records()
    return [row for row in found if row[count]]


def unusual_hours(view: View) -> Sequence[Record]:
    """Hours of the last 30 days in which somebody changed unusually much, the latest first."""
    today = view.tenant.today
    return view.marts.rows(
        "fct_action_hours",
        ["user_name", "action_count", "usual_action_count", "action_date", "hour_of_day"],
        where={"is_unusual": [True]},
        between={"action_date": (today - timedelta(days=_RECENT_DAYS - 1), today)},
        order_by=["-action_date", "-hour_of_day", "user_name"],
    ).records()


def late_movements(view: View) -> Sequence[Record]:
    """Movements of stock that were entered late in the period, the latest first."""
    return view.marts.rows(
        "fct_late_changes",
        [
            *("changed_at", "meant_date", "days_late", "product_name", "sku", "movement_type"),
            *("quantity_change", "reference"),
        ],
        where={"change_type": ["stock"]},
        between={"changed_date": (view.period.start, view.period.end)},
        order_by=["-changed_at", "-change_id"],
        limit=ROWS_SHOWN,
    ).records()


def changes_after_closing(view: View) -> Sequence[Record]:
    """Changes of orders in the period that had been closed before, the latest first."""
    return view.marts.rows(
        "fct_late_changes",
        [
            *("changed_at", "user_name", "order_number", "action", "meant_date", "days_late"),
            "reason_group",
        ],
        where={"change_type": ["order"]},
        between={"changed_date": (view.period.start, view.period.end)},
        order_by=["-changed_at", "-change_id"],
        limit=ROWS_SHOWN,
    ).records()


def recent_changes_after_closing(view: View) -> Cell:
    """How many there were in the last 30 days."""
    today = view.tenant.today
    return view.marts.totals(
        "fct_late_changes",
        [],
        where={"change_type": ["order"]},
        between={"changed_date": (today - timedelta(days=_RECENT_DAYS - 1), today)},
    ).number("row_count")


def hour_of(row: Record) -> datetime:
    """When the hour of a row of `unusual_hours` began, by the tenant's clocks."""
    day = cast(date, row["action_date"])
    return datetime.combine(day, time(int(number_of(row["hour_of_day"]))))


def notes(view: View) -> Sequence[Record]:
    """Notes by what they are about, the most first."""
    return view.marts.rows(
        "rpt_notes",
        [
            *("subject_type", "note_count", "private_note_count", "pinned_note_count"),
            "note_count_without_order",
        ],
        order_by=["-note_count", "subject_type"],
    ).records()
