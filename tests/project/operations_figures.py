"""What the oracle says of alerts, calls, logs, actions, late changes and notes, and a release's."""

from datetime import datetime
from typing import Any, Final

from tests.oracle.query import query_oracle
from tests.project.compare import Figures, rows

#: In the order of the oracle: what it is of, its key in words, numbers.
_QUERIES: Final = {
    "alert": "select tenant_id, 'alert', alert_id::text, is_open::integer, age_days,"
    " acknowledge_minutes, resolve_minutes from fct_alerts",
    "call": "select tenant_id, 'call', concat_ws('|', call_date, direction, provider, event),"
    " attempt_count, failed_attempt_count, first_attempt_count, failed_first_attempt_count,"
    " callback_count, lost_callback_count from fct_webhook_days",
    "endpoint": "select tenant_id, 'endpoint', concat_ws('|', direction, provider, endpoint),"
    " attempt_count, failed_attempt_count, attempt_count_before, failed_attempt_count_before,"
    " epoch_us(failing_since_at) - epoch_us(timestamptz '2000-01-01 00:00:00+00')"
    " from rpt_webhook_endpoints",
    "run": "select tenant_id, 'run', system_log_id::text, workflow_id,"
    " (outcome = 'failed')::integer, run_date - date '2000-01-01', duration_seconds"
    " from fct_workflow_runs",
    "log": "select tenant_id, 'log', concat_ws('|', log_date, log_type, log_source, event),"
    " event_count, error_count, refused_count from fct_log_days",
    "unusual": "select tenant_id, 'unusual', concat_ws('|', user_id, action_date, hour_of_day),"
    " action_count, usual_action_count, is_unusual::integer from fct_action_hours",
    "late": "select tenant_id, 'late', concat_ws('|', change_type, change_id, action,"
    " movement_type, order_number, user_name, sku, reference, reason_group), user_id, order_id,"
    " product_id, quantity_change,"
    " epoch_us(changed_at) - epoch_us(timestamptz '2000-01-01 00:00:00+00'),"
    " meant_date - date '2000-01-01', days_late from fct_late_changes",
    "note": "select tenant_id, 'note', subject_type, note_count, private_note_count,"
    " pinned_note_count, note_count_without_order from rpt_notes",
}
FIGURES: Final = frozenset(_QUERIES)


def expected_operations(url: str, as_of: datetime) -> Figures:
    """Alerts, calls, endpoints, runs, log days, hours of actions and notes, by their keys."""
    found = query_oracle(url, "operations", as_of=as_of)
    return {(tenant, figure, words): tuple(numbers) for tenant, figure, words, numbers in found}


def served_operations(served: Any) -> Figures:
    """The same of the marts."""
    return {row[:3]: row[3:] for query in _QUERIES.values() for row in rows(served.release, query)}
