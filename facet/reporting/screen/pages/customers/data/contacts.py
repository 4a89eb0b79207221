"""How customers can be reached, and in which batches they were imported or handed out."""

from collections.abc import Sequence
from typing import Final

from facet.reporting.query.table import Record, Row
from facet.reporting.screen.session.view import View

WAYS: Final = "rpt_contact_ways"
BATCHES: Final = "rpt_customer_batches"
#: Of contact, the one of everybody first.
ANY: Final = "any"
CONTACT_TYPES: Final = (
    *(ANY, "phone", "email", "facebook", "instagram", "zalo", "whatsapp", "tiktok", "other"),
)
BATCH_TYPES: Final = ("import", "assignment", "export", "cleanup")
BATCH_STATUSES: Final = ("queued", "running", "completed", "failed", "cancelled")
#: Of a batch that runs, and has done so for too long.
STALLED: Final = "stalled"
_SHOWN: Final = 1000


def ways_of(view: View) -> Sequence[Row]:
    """Who can be reached by anything at all, then by each type, the most first."""
    if not view.marts.shows(WAYS):
        return ()
    found = view.marts.rows(
        WAYS,
        [
            *("contact_type", "all_person_count", "person_count", "opted_out_person_count"),
            *("reachable_person_count", "verified_person_count", "year_person_count"),
            "lost_person_count",
        ],
        order_by=["-reachable_person_count", "contact_type"],
    ).records()
    return sorted(map(Row, found), key=lambda row: row["contact_type"] != ANY)


def customer_batches(view: View) -> Sequence[Record]:
    """Batches of customers: those that failed or left rows first, then the latest."""
    if not view.marts.shows(BATCHES):
        return ()
    return view.marts.rows(
        BATCHES,
        [
            *("batch_name", "batch_type", "batch_status", "batch_source", "owner_name"),
            *("row_count", "processed_count", "failed_count", "remaining_count"),
            *("duration_minutes", "is_stalled", "start_date"),
        ],
        order_by=["-is_incomplete", "-start_date", "-customer_batch_id"],
        limit=_SHOWN,
    ).records()
