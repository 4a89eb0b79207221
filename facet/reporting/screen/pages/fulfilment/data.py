"""What waits for somebody after the sale, as it stands now, and the rows behind it."""

from collections.abc import Sequence
from typing import Final

from facet.reporting.query.conditions import Where
from facet.reporting.query.periods import Period
from facet.reporting.query.table import Cell, Record
from facet.reporting.screen.session.view import View

#: Balances of orders that are older wait for somebody.
OLDEST: Final = "over_90"
AGE_BANDS: Final = ("up_to_30", "up_to_60", "up_to_90", OLDEST)
CASE_TYPES: Final = ("pre_order", "made_to_order", "after_sales")


#: Shipments of a list: late and not back, late as they came back, and all that are open.
SHIPMENTS: Final[dict[str, Where]] = {
    "late": {
        "is_late": [True],
        "shipment_status": ["pending", "packed", "dispatched", "in_transit"],
    },
    "returned": {"is_late": [True], "shipment_status": ["returned"]},
    "open": {"is_open": [True]},
}


def open_shipments(view: View, which: str) -> Sequence[Record]:
    """The shipments of one of `SHIPMENTS`; those that were promised first come first."""
    return view.marts.rows(
        "fct_shipments",
        [
            *("shipment_number", "shipment_status", "order_numbers", "promised_date"),
            *("late_days", "dispatched_date", "carrier", "region", "unit_count"),
        ],
        where=SHIPMENTS[which],
        order_by=["promised_date", "shipment_id"],
    ).records()


def delivered_shipments(view: View, period: Period) -> Sequence[Record]:
    """Shipments delivered in a period for which a day was promised, those most days late first."""
    found = view.marts.rows(
        "fct_shipments",
        [
            *("shipment_number", "order_numbers", "promised_date", "delivered_date"),
            *("late_days", "was_late", "was_on_time", "carrier", "region"),
        ],
        between={"delivered_date": (period.start, period.end)},
        order_by=["-late_days", "shipment_id"],
    ).records()
    return [row for row in found if row["was_late"] or row["was_on_time"]]


def came_back(view: View) -> Cell:
    """How many of the shipments that are late came back."""
    return view.marts.count("fct_shipments", SHIPMENTS["returned"])


def waiting(view: View) -> Record:
    """How much waits for somebody: shipments, cases, returns, balances, inbound, ShipStation.

    None where nothing of the kind was ever recorded: nobody knows whether it waits.
    """
    marts = view.marts
    owed = marts.totals("rpt_balances_due", ["balance_due_amount"], where={"age_band": [OLDEST]})
    differing = marts.count("rpt_shipstation_differences")
    return {
        "late": _flagged(view, "fct_shipments", "is_late"),
        "cases": _flagged(view, "fct_service_cases", "is_overdue"),
        "returns": _flagged(view, "fct_returns", "is_open"),
        "owed": owed.number("balance_due_amount") if view.first_day else None,
        "inbound": _flagged(view, "fct_inbound_shipments", "is_overdue"),
        "differences": differing if view.marts.count("rpt_shipstation_orders") else None,
    }


def _flagged(view: View, mart: str, flag: str) -> Cell:
    """How many rows of a mart have a flag; None where it has no row."""
    found = view.marts.totals(mart, [flag])
    return found.number(flag) if found.number("row_count") else None


def stages_of(view: View, case_type: str) -> Sequence[Record]:
    """Cases of a type that are open, by stage: how many, overdue, and for how long there."""
    return view.marts.totals(
        "fct_service_cases",
        ["is_overdue", "awaits_approval", "stage_days", "deposit_amount"],
        by=["stage"],
        where={"case_type": [case_type], "is_open": [True]},
        order_by=["-row_count", "stage"],
    ).records()


def outcomes_of(view: View, case_type: str) -> Sequence[Record]:
    """Cases of a type that were closed in the period, by outcome and service."""
    return view.marts.totals(
        "fct_service_cases",
        ["done_days", "charge_amount", "cost_amount"],
        by=["outcome", "service_type"],
        where={"case_type": [case_type], "is_open": [False]},
        between={"closed_date": (view.period.start, view.period.end)},
        order_by=["outcome", "-row_count", "service_type"],
    ).records()


def stage_times(view: View, subject: str) -> Sequence[Record]:
    """How often something came to each stage in the period's months, went on, and the hours."""
    first = view.period.start.replace(day=1)
    return view.marts.totals(
        "rpt_stage_days",
        ["entered_count", "left_count", "stage_hours"],
        by=["stage"],
        where={"subject_type": [subject]},
        between={"month_start_date": (first, view.period.end)},
        order_by=["-entered_count", "stage"],
    ).records()


def open_cases(view: View, case_type: str) -> Sequence[Record]:
    """Cases of a type that are open, what is due first before all."""
    return view.marts.rows(
        "fct_service_cases",
        [
            *("case_id", "case_number", "service_type", "stage", "order_number", "product_name"),
            *("assigned_user_name", "age_days", "stage_days", "late_days", "due_date"),
            *("deposit_amount", "charge_amount", "awaits_approval", "unit_count"),
        ],
        where={"case_type": [case_type], "is_open": [True]},
        order_by=["due_date", "opened_date", "case_id"],
    ).records()


def balances_by_age(view: View) -> Sequence[Record]:
    """What is owed, overpaid and paid ahead, by the age of the order, the youngest first."""
    found = view.marts.totals(
        "rpt_balances_due",
        ["balance_due_amount", "overpaid_amount", "deposit_amount"],
        by=["age_band"],
    ).records()
    return sorted(found, key=lambda row: AGE_BANDS.index(str(row["age_band"])))


def balances(view: View) -> Sequence[Record]:
    """Orders with something to settle, the oldest first."""
    return view.marts.rows(
        "rpt_balances_due",
        [
            *("order_number", "order_status", "age_days", "order_date", "promised_date"),
            *("balance_due_amount", "overpaid_amount", "deposit_amount"),
        ],
        order_by=["order_date", "order_id"],
    ).records()


def open_inbound(view: View) -> Sequence[Record]:
    """Shipments of suppliers that are on their way, what is expected first before all."""
    return view.marts.rows(
        "fct_inbound_shipments",
        [
            *("shipment_number", "supplier_name", "inbound_status", "expected_date", "late_days"),
            *("ordered_date", "ordered_units", "waiting_order_count", "note_count"),
        ],
        where={"is_open": [True]},
        order_by=["expected_date", "inbound_shipment_id"],
    ).records()


def differences(view: View) -> Sequence[Record]:
    """Orders that ShipStation knows otherwise."""
    return view.marts.rows(
        "rpt_shipstation_differences",
        [
            *("difference_type", "order_number", "order_status", "shipment_number"),
            *("shipment_status", "shipstation_status", "synced_date"),
        ],
        order_by=["difference_type", "order_id", "shipstation_order_id"],
    ).records()


def overshipped(view: View) -> Sequence[Record]:
    """Lines of which more left than was ordered."""
    return view.marts.rows(
        "rpt_overshipped_lines",
        ["order_number", "shipment_numbers", "ordered_units", "shipped_units"],
        order_by=["order_id", "order_item_id"],
    ).records()
