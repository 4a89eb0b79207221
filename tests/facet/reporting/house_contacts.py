"""By what the house's customers are reached, and the batches in which they were worked on."""

from collections.abc import Sequence
from typing import Final

from tests.facet.reporting.contracts import Record
from tests.facet.reporting.house_staff import BEN

#: Type, who have one, opted out, reachable, confirmed, with an order in the year, lost; of four.
_WAYS: Final = (
    ("phone", 3, 1, 2, 1, 1, 1), ("whatsapp", 1, 0, 1, 0, 1, 0), ("any", 3, 0, 3, 1, 2, 1),
)  # fmt: skip

#: New York's, and Saigon's one batch that stopped half-way.
CONTACTS: Final[dict[str, Sequence[Record]]] = {
    "rpt_contact_ways": [
        {"tenant_id": 1, "contact_type": kind, "all_person_count": 4, "person_count": persons,
         "opted_out_person_count": opted_out, "reachable_person_count": reachable,
         "verified_person_count": verified, "year_person_count": year, "lost_person_count": lost}
        for kind, persons, opted_out, reachable, verified, year, lost in _WAYS
    ],
    "rpt_customer_batches": [
        {"tenant_id": 1, "customer_batch_id": 1, "batch_name": "Old list", "batch_type": "import",
         "batch_status": "completed", "batch_source": "old.csv", "row_count": 12,
         "processed_count": 10, "failed_count": 2, "duration_minutes": "11", "is_incomplete": True,
         "start_date": "2026-01-02", "end_date": "2026-01-02", "owner_id": BEN,
         "owner_name": "Ben Ode"},
        {"tenant_id": 1, "customer_batch_id": 2, "batch_name": "Anew", "batch_type": "assignment",
         "batch_status": "completed", "row_count": 3, "processed_count": 3,
         "duration_minutes": "0.5", "start_date": "2026-03-10", "end_date": "2026-03-10"},
        {"tenant_id": 1, "customer_batch_id": 3, "batch_name": "By hand", "batch_type": "upsert",
         "batch_status": "queued", "row_count": 7, "remaining_count": 7, "duration_minutes": None},
        {"tenant_id": 2, "customer_batch_id": 1, "batch_name": "Tết", "batch_type": "cleanup",
         "batch_status": "running", "row_count": 9, "processed_count": 4, "remaining_count": 5,
         "duration_minutes": None, "is_stalled": True, "is_incomplete": True,
         "start_date": "2026-03-01"},
    ],
}  # fmt: skip
