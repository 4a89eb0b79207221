"""What the oracle says of customers, and the same of a release."""

from datetime import datetime
from typing import Any, Final

from tests.oracle.query import query_oracle
from tests.project.compare import Figures, rows

#: In the order of the oracle: what it is of, its key in two parts, words, numbers.
_QUERIES: Final = (
    "select tenant_id, 'person', person_id, 0, segment || ' ' || coalesce(segment_before, '-'),"
    " idle_day_count, recency_score, frequency_score, monetary_score, order_count,"
    " net_sales_amount, recorded_margin_amount, median_gap_day_count, is_overdue::integer"
    " from rpt_persons",
    "select tenant_id, 'cohort', year(cohort_month) * 100 + month(cohort_month), month_number, '',"
    " person_count, active_person_count, cumulative_net_sales_amount,"
    " cumulative_recorded_margin_amount from rpt_cohort_months",
    "select tenant_id, 'lead', lead_id, created_date - date '2000-01-01', coalesce(open_age, '-'),"
    " was_contacted::integer, was_qualified::integer, was_converted::integer,"
    " is_mature::integer, contacting_minutes, qualifying_day_count, converting_day_count"
    " from fct_lead_stages",
)


def expected_customers(url: str, as_of: datetime) -> Figures:
    """Persons, cohorts and leads, by their keys."""
    found = query_oracle(url, "customers", using=("00_sales", "05_customers"), as_of=as_of)
    return {(*key, words): tuple(numbers) for *key, words, numbers in found}


def served_customers(served: Any) -> Figures:
    """The same of the marts."""
    return {row[:5]: row[5:] for query in _QUERIES for row in rows(served.release, query)}
