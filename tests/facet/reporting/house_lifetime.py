"""What is modelled of the house's customers: lifetime values and batches of re-engagement."""

from collections.abc import Sequence
from typing import Final

from tests.facet.reporting.contracts import Record

#: New York's lifetime values are shown, Saigon's were worse than the mean of segments.
MODELLED: Final[dict[str, Sequence[Record]]] = {
    "rpt_lifetime_fits": [
        {"tenant_id": 1, "fit_status": "shown", "person_count": 4, "repeat_person_count": 2,
         "expected_margin_amount": "500.00", "lower_margin_amount": "300.00",
         "upper_margin_amount": "800.00", "fitted_date": "2026-03-17"},
        {"tenant_id": 2, "fit_status": "worse_than_segment", "person_count": 900,
         "repeat_person_count": 201, "missed_amount": "3500", "segment_missed_amount": "3400",
         "fitted_date": "2026-03-17"},
    ],
    "fct_lifetime_values": [
        {"tenant_id": 1, "person_id": 1, "customer_code": "C-11", "full_name": "Buyer 1-1",
         "segment": "new", "alive_rate": None, "expected_order_count": "0.5",
         "expected_margin_amount": "100.00",
         "upper_margin_amount": "350.00"},
        {"tenant_id": 1, "person_id": 2, "customer_code": "C-12", "full_name": "Buyer 1-2",
         "segment": "loyal", "alive_rate": "0.75", "expected_order_count": "2.5",
         "expected_margin_amount": "400.00", "lower_margin_amount": "90.00",
         "upper_margin_amount": "900.00"},
    ],
    "rpt_lifetime_hold_outs": [
        {"tenant_id": 1, "repeat_order_count": 0, "person_count": 2, "order_count": 1,
         "expected_order_count": "0.6", "expected_margin_amount": "60.00",
         "margin_amount": "45.00"},
        {"tenant_id": 1, "repeat_order_count": 7, "person_count": 1, "order_count": 3,
         "expected_order_count": "2.4", "expected_margin_amount": "410.00",
         "margin_amount": "430.00"},
    ],
    "rpt_reengagement_batches": [
        {"tenant_id": 1, "reengaged_batch_id": 1, "batch_name": "Come back", "contact_type": "sms",
         "contacted_count": 40, "replied_count": 7, "converted_count": 3,
         "net_sales_amount": "900.00", "expected_net_sales_amount": "300.00",
         "brought_amount": "600.00", "lower_brought_amount": "50.00",
         "upper_brought_amount": "1150.00", "start_date": "2026-01-02"},
        {"tenant_id": 1, "reengaged_batch_id": 2, "batch_name": "Once more", "contact_type": "fax",
         "contacted_count": 10, "estimate_reason": "not_over", "brought_amount": None,
         "net_sales_amount": None, "start_date": "2026-03-10"},
        {"tenant_id": 1, "reengaged_batch_id": 3, "batch_name": "By chance",
         "contact_type": "email", "contacted_count": 20, "net_sales_amount": "0.00",
         "expected_net_sales_amount": "10.00", "brought_amount": "-10.00",
         "lower_brought_amount": "-90.00", "upper_brought_amount": "70.00",
         "start_date": "2025-12-01"},
    ],
}  # fmt: skip
