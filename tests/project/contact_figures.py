"""What the oracle says of ways of contact, pairs and batches of customers, and a release's."""

from datetime import datetime
from typing import Any, Final

from tests.oracle.query import query_oracle
from tests.project.compare import Figures, rows

#: In the order of the oracle: what it is of, its key in two parts, words, numbers.
_QUERIES: Final = (
    "select tenant_id, 'way', 0, 0, contact_type, all_person_count, person_count,"
    " opted_out_person_count, reachable_person_count, verified_person_count, year_person_count,"
    " lost_person_count from rpt_contact_ways",
    "select tenant_id, 'pair', person_id, other_person_id, '', has_same_phone::integer,"
    " has_same_email::integer, has_same_account::integer from rpt_probable_duplicates",
    "select tenant_id, 'batch', customer_batch_id, coalesce(owner_id, 0),"
    " concat_ws(' ', batch_code, batch_name, batch_type, batch_status, batch_source),"
    " row_count, processed_count, failed_count, remaining_count, duration_minutes,"
    " is_stalled::integer, is_incomplete::integer,"
    " start_date - date '2000-01-01', end_date - date '2000-01-01' from rpt_customer_batches",
)


def expected_contacts(url: str, as_of: datetime) -> Figures:
    """Ways of contact, probable duplicates and batches, by their keys."""
    using = ("00_sales", "05_customers")
    found = query_oracle(url, "contacts_and_batches", using=using, as_of=as_of)
    return {(*key, words): tuple(numbers) for *key, words, numbers in found}


def served_contacts(served: Any) -> Figures:
    """The same of the marts."""
    return {row[:5]: row[5:] for query in _QUERIES for row in rows(served.release, query)}
