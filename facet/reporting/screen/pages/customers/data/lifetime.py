"""Expected lifetime values of persons, and batches of re-engagement: what is modelled."""

from collections.abc import Sequence
from typing import Final

from facet.reporting.query.table import Record, Row
from facet.reporting.screen.session.view import View
from facet.rights.codes import PERSONAL_DATA

FITS: Final = "rpt_lifetime_fits"
BATCHES: Final = "rpt_reengagement_batches"
#: So many persons are listed.
_PERSONS_SHOWN: Final = 100


def fit_of(view: View) -> Row | None:
    """The shop's fit; None in a release that was made before there were any."""
    if not view.marts.shows(FITS):
        return None
    records = view.marts.rows(
        FITS,
        [
            *("fit_status", "fitted_date", "person_count", "repeat_person_count"),
            *("expected_margin_amount", "lower_margin_amount", "upper_margin_amount"),
            *("missed_amount", "segment_missed_amount"),
        ],
        limit=1,
    ).records()
    return Row(records[0]) if records else None


def values_by_segment(view: View) -> Sequence[Row]:
    """What the persons of each segment are expected to bring."""
    sums = ["expected_margin_amount", "expected_order_count"]
    found = view.marts.totals("fct_lifetime_values", sums, by=["segment"]).records()
    return [Row(record) for record in found]


def most_valuable(view: View) -> Sequence[Record]:
    """The persons of whom most is expected."""
    names = ("full_name",) if view.principal.may(PERSONAL_DATA) else ()
    return view.marts.rows(
        "fct_lifetime_values",
        [
            *("person_id", "customer_code", "segment", "alive_rate", "expected_order_count"),
            *("expected_margin_amount", "lower_margin_amount", "upper_margin_amount", *names),
        ],
        order_by=["-expected_margin_amount", "person_id"],
        limit=_PERSONS_SHOWN,
    ).records()


def hold_out_of(view: View) -> Sequence[Row]:
    """What was expected of the days held out, and what came, by repeat orders before."""
    table = view.marts.rows(
        "rpt_lifetime_hold_outs",
        [
            *("repeat_order_count", "person_count", "expected_order_count", "order_count"),
            *("expected_margin_amount", "margin_amount"),
        ],
        order_by=["repeat_order_count"],
    )
    return [Row(record) for record in table.records()]


def batches_of(view: View) -> Sequence[Record]:
    """Batches of re-engagement, the latest first."""
    if not view.marts.shows(BATCHES):
        return ()
    return view.marts.rows(
        BATCHES,
        [
            *("reengaged_batch_id", "batch_name", "contact_type", "batch_status", "start_date"),
            *("contacted_count", "replied_count", "converted_count", "estimate_reason"),
            *("net_sales_amount", "expected_net_sales_amount", "brought_amount"),
            *("lower_brought_amount", "upper_brought_amount", "reported_converted_amount"),
        ],
        order_by=["-start_date", "-reengaged_batch_id"],
    ).records()
