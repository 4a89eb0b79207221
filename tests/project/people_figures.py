"""What the oracles say of shifts and evaluations, and the same of a release."""

from collections import defaultdict
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any

from tests.oracle.query import query_oracle
from tests.project.compare import Figures, measured, rows

_USING = ("00_sales", "06_shifts")
_STATES = ("planned", "kept", "leave", "absent", "ahead")
_COUNTS = ("shifts_planned", "shifts_with_start", "late_starts", "early_ends", "reports_missing")
METRICS = (*(f"{state}_seconds" for state in _STATES), *_COUNTS, "late_start_rate", "absence_rate")


def _rate(part: Decimal, whole: Decimal) -> Decimal:
    return (part / whole).quantize(Decimal("1e-8"), rounding=ROUND_DOWN)


def expected_shifts(url: str, as_of: datetime) -> Figures:
    """Planned time by state, lateness and what lacks a report, by person and day."""
    sums: dict[Any, Decimal] = defaultdict(Decimal)
    for tenant, metric, user, day, value in query_oracle(url, "shifts", using=_USING, as_of=as_of):
        sums[tenant, metric, user, day] += value
    figures: Figures = dict(sums)
    for (tenant, metric, *key), whole in sums.items():
        if metric == "shifts_with_start" and whole:
            part = sums.get((tenant, "late_starts", *key), Decimal())
            figures[tenant, "late_start_rate", *key] = _rate(part, whole)
        if metric == "planned_seconds":
            absent, kept = (
                sums.get((tenant, f"{state}_seconds", *key), Decimal())
                for state in ("absent", "kept")
            )
            if absent + kept:
                figures[tenant, "absence_rate", *key] = _rate(absent, absent + kept)
    return figures


def served_shifts(served: Any) -> Figures:
    """The same of a release's metrics."""
    return measured(served, METRICS, ["staff_member", "metric_time__day"])


def expected_evaluations(url: str, as_of: datetime) -> Figures:
    """Evaluations of persons, criteria and departments, and what is not settled, by their keys."""
    found = query_oracle(url, "evaluations", as_of=as_of)
    return {(tenant, figure, thing): value for tenant, figure, thing, value in found}


def served_evaluations(served: Any) -> Figures:
    """The same of a release's marts, and of its metric for departments."""
    figures: Figures = {row[:3]: row[3] for row in rows(served.release, _EVALUATIONS)}
    by = [f"person_evaluation__{name}" for name in ("department_id", "evaluation_period")]
    for (tenant, _, department, period), value in measured(
        served, ["evaluation_score"], by
    ).items():
        words = [] if department is None else [str(department)]
        thing = " ".join([*words, *period.split("_")])
        figures[tenant, "department mark", thing] = value
    return figures


#: The rows of `tests/oracle/evaluations.sql`, as the marts have them.
_EVALUATIONS = """
    with person as (
        select *, concat_ws(' ', user_id, period_start, period_end) as thing
        from fct_person_evaluations
    ),
    criterion as (
        select *,
            concat_ws(' ', user_id, period_start, period_end, performance_criterion_id) as thing
        from fct_criterion_scores
    )
    select tenant_id, 'mark', thing, evaluation_score from person
    union all
    select tenant_id, 'evaluators', thing, evaluator_count from person
    union all
    select tenant_id, 'apart', thing, apart_score from person where evaluator_count > 1
    union all
    select tenant_id, 'department', thing, department_id from person
    union all
    select tenant_id, 'change', thing, change_score from person
    union all
    select tenant_id, 'criterion', thing, criterion_score from criterion
    union all
    select tenant_id, 'criterion apart', thing, apart_score from criterion
    union all
    select tenant_id, 'unfinished', cast(performance_evaluation_id as text), wait_days
    from fct_evaluations where is_unfinished
    union all
    select tenant_id, 'unread', cast(performance_evaluation_id as text), wait_days
    from fct_evaluations where is_unread
    union all
    select tenant_id, 'disputed', cast(performance_evaluation_id as text), 1
    from fct_evaluations where is_disputed
"""


def expected_requests(url: str, as_of: datetime) -> Figures:
    """Time off, changes of shifts, wishes and warnings, by their ids."""
    found = query_oracle(url, "requests", using=_USING, as_of=as_of)
    return {(tenant, figure, thing): value for tenant, figure, thing, value in found}


def served_requests(served: Any) -> Figures:
    """The same of a release's marts."""
    return {row[:3]: row[3] for row in rows(served.release, _REQUESTS)}


#: The rows of `tests/oracle/requests.sql`, as the marts have them.
_REQUESTS = """
    with off as (select *, cast(time_off_request_id as text) as thing from fct_time_off_requests),
    change as (
        select *, cast(schedule_revision_detail_id as text) as thing from fct_schedule_changes
    )
    select tenant_id, 'time off waiting', thing, wait_days from off where is_waiting
    union all
    select tenant_id, 'time off overdue', thing, 1 from off where is_overdue
    union all
    select tenant_id, 'time off ' || request_status, thing, decide_days
    from off where not is_waiting
    union all
    select tenant_id, 'change waiting', thing, wait_days from change where is_waiting
    union all
    select tenant_id, 'change ' || change_type || ' ' || revision_status, thing, decide_days
    from change where not is_waiting
    union all
    select tenant_id, 'swap', thing, 1 from change where is_swap
    union all
    select tenant_id, 'wish ' || wish, cast(schedule_id as text), 1
    from fct_shifts where wish is not null
    union all
    select tenant_id, 'warning ' || alert_status, cast(alert_id as text), user_id
    from rpt_staff_warnings
"""


def expected_cover(url: str, as_of: datetime) -> Figures:
    """Seconds worked, orders and first messages by local day and hour."""
    found = query_oracle(url, "cover", as_of=as_of)
    return {(tenant, figure, *key): value for tenant, figure, *key, value in found}


def served_cover(served: Any) -> Figures:
    """The same of a release's mart."""
    return {row[:4]: row[4] for row in rows(served.release, _COVER)}


#: The rows of `tests/oracle/cover.sql`, as the mart has them.
_COVER = """
    select tenant_id, 'worked', cover_date, cover_hour, worked_seconds from fct_cover_hours
    union all
    select tenant_id, 'orders', cover_date, cover_hour, order_count from fct_cover_hours
    union all
    select tenant_id, 'first messages', cover_date, cover_hour, first_message_count
    from fct_cover_hours
"""
