"""What else needs care: opportunities, days to remember, customers who are probably one."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from facet.reporting.query.table import Cell, Record, Row
from facet.reporting.screen.session.view import View
from facet.rights.codes import PERSONAL_DATA

STAGES: Final = ("open", "proposed", "negotiating")
OCCASIONS: Final = ("birthday", "anniversary")
EVENTS: Final = ("order", "refund", "return", "conversation", "touchpoint", "potential")
#: Of returns and conversations.
HISTORY_STATUSES: Final = (
    *("requested", "approved", "received", "rejected"),
    *("open", "pending", "closed"),
)
_SHOWN: Final = 1000
_SOON_DAYS: Final = 7
_POTENTIALS: Final = "rpt_potentials"
_OCCASIONS: Final = "rpt_customer_occasions"
_DUPLICATES: Final = "rpt_probable_duplicates"
_EVENTS: Final = "rpt_customer_events"


def potentials_by_stage(view: View) -> Sequence[Row]:
    """Open opportunities by stage: how many, what they may come to, how many are overdue."""
    if not view.marts.shows(_POTENTIALS):
        return ()
    found = view.marts.totals(
        _POTENTIALS, ["expected_amount", "is_overdue"], by=["stage"], where={"is_open": [True]}
    )
    by_stage = {record["stage"]: Row(record) for record in found.records()}
    return [by_stage[stage] for stage in STAGES if stage in by_stage]


def open_potentials(view: View) -> Sequence[Record]:
    """Open opportunities, those first that were to be decided longest ago."""
    return view.marts.rows(
        _POTENTIALS,
        [
            *("potential_id", "stage", "expected_amount", "age_day_count", "stage_day_count"),
            *("expected_close_date", "channel_name", "assigned_name"),
        ],
        where={"is_open": [True]},
        order_by=["expected_close_date", "potential_id"],
        limit=_SHOWN,
    ).records()


def occasions(view: View) -> Sequence[Record]:
    """Birthdays and anniversaries to come, the next first; nothing for who may not see names."""
    if not view.principal.may(PERSONAL_DATA) or not view.marts.shows(_OCCASIONS):
        return ()
    return view.marts.rows(
        _OCCASIONS,
        [
            *("person_id", "occasion_type", "occasion_date", "customer_code", "full_name"),
            *("order_count", "last_order_date"),
        ],
        order_by=["occasion_date", "-order_count", "person_id"],
        limit=_SHOWN,
    ).records()


def occasions_soon(view: View) -> int:
    """How many there are in the next days."""
    last = view.tenant.today + timedelta(days=_SOON_DAYS - 1)
    days = [day for record in occasions(view) if isinstance(day := record["occasion_date"], date)]
    return sum(day <= last for day in days)


def duplicates(view: View) -> Sequence[Record]:
    """Pairs of customers that are probably one, those with most orders first."""
    if not view.marts.shows(_DUPLICATES):
        return ()
    return view.marts.rows(
        _DUPLICATES,
        [
            *("customer_code", "other_customer_code", "order_count", "other_order_count"),
            *("has_same_phone", "has_same_email"),
        ],
        newer={"has_same_account": None},
        order_by=["-order_count", "-other_order_count", "person_id", "other_person_id"],
        limit=_SHOWN,
    ).records()


def events_of(view: View, person: Cell) -> Sequence[Record]:
    """What happened with a customer, the latest first."""
    if not view.marts.shows(_EVENTS):
        return ()
    return view.marts.rows(
        _EVENTS,
        [
            *("event_type", "event_date", "event_name", "event_status", "channel_name"),
            *("amount", "promised_date"),
        ],
        where={"person_id": [person]},
        order_by=["-event_date", "event_type", "-event_id"],
    ).records()
