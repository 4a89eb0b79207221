"""Persons by segment, who is overdue, and what one of them ordered."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from facet.reporting.present.costs import where_costed
from facet.reporting.query.conditions import Where
from facet.reporting.query.table import Cell, Record, Row, Table, number_of, total
from facet.reporting.screen.session.view import View
from facet.rights.codes import PERSONAL_DATA

#: From the best to those who are gone.
SEGMENTS: Final = (
    *("champion", "loyal", "potential_loyalist", "new", "promising", "need_attention"),
    *("about_to_sleep", "at_risk", "cannot_lose", "hibernating", "lost"),
)
LOST: Final = "lost"
#: Bought much or often, and have not come for long.
SLIPPING: Final = ("cannot_lose", "at_risk")
#: So many persons are listed.
PERSONS_SHOWN: Final = 1000
_SUMS: Final = (
    *("year_order_count", "year_net_sales_amount", "year_recorded_margin_amount"),
    *("year_costed_demand_amount", "year_demand_sales_amount", "is_overdue"),
)
_PERSON: Final = (
    *("person_id", "customer_code", "segment", "segment_before", "order_count"),
    *("net_sales_amount", "year_net_sales_amount", "idle_day_count", "overdue_after_day_count"),
    *("median_gap_day_count", "pace_of", "is_overdue", "first_order_date", "last_order_date"),
)


@dataclass(frozen=True, kw_only=True)
class Segments:
    """The segments that somebody is in, and from which they came."""

    rows: tuple[Row, ...]
    moves: Table
    #: The shop's median of days between orders; None where nobody has ordered twice.
    median_gap: Cell

    @classmethod
    def of(cls, view: View) -> "Segments":
        """Read them: one query each."""
        marts = view.marts
        gap = marts.rows("rpt_persons", ["shop_median_gap_day_count"], limit=1)
        found = marts.totals("rpt_persons", _SUMS, by=["segment"]).records()
        by_segment = {record["segment"]: Row(record) for record in found}
        return cls(
            rows=tuple(by_segment[name] for name in SEGMENTS if name in by_segment),
            moves=marts.totals(
                "rpt_persons", ["quarter_net_sales_amount"], by=["segment_before", "segment"]
            ),
            median_gap=gap.number("shop_median_gap_day_count"),
        )

    @property
    def person_count(self) -> Decimal:
        """Everybody who ever ordered."""
        return total(self.rows, "row_count")

    @property
    def scored_count(self) -> Decimal:
        """Those with an order in the year, who are scored against each other."""
        return total([row for row in self.rows if row["segment"] != LOST], "row_count")

    def overdue_of(self, segment: Row) -> Cell:
        """How many of a segment are overdue; None of the lost, and where no gap is known."""
        is_told = self.median_gap is not None and segment["segment"] != LOST
        return segment["is_overdue"] if is_told else None

    @property
    def overdue_count(self) -> Decimal | None:
        """How many are overdue and not lost; None where nobody has ordered twice."""
        if self.median_gap is None:
            return None
        return sum((number_of(self.overdue_of(row)) for row in self.rows), Decimal())

    def sum(self, name: str, segments: Sequence[str]) -> Decimal:
        """A column added up over some segments."""
        return total([row for row in self.rows if row["segment"] in segments], name)

    def moved(self, before: str | None) -> dict[str, Decimal]:
        """Where those of a segment of a quarter ago are now; None: who came since."""
        return {
            str(record["segment"]): total([record], "row_count")
            for record in self.moves.records()
            if record["segment_before"] == before
        }


def margin_of(row: Row) -> Decimal | None:
    """The year's gross margin; None where something was sold and no cost of it is known."""
    return where_costed(
        row.number("year_recorded_margin_amount"),
        row.number("year_costed_demand_amount"),
        row.number("year_demand_sales_amount"),
    )


def persons_of(view: View, where: Where, *, named: str | None = None) -> Sequence[Record]:
    """Persons of whom something is true, those who spent most first.

    Of more than are listed the one that the address names is there as well, as the last.
    """
    names = ("full_name",) if view.principal.may(PERSONAL_DATA) else ()
    columns = [*_PERSON, *names]
    shown = view.marts.rows(
        "rpt_persons",
        columns,
        where=where,
        order_by=["-net_sales_amount", "person_id"],
        limit=PERSONS_SHOWN,
    ).records()
    is_cut = len(shown) == PERSONS_SHOWN
    if not (is_cut and named and named.isascii() and named.isdigit() and len(named) < 19):
        return shown
    if any(str(person["person_id"]) == named for person in shown):
        return shown
    alone = {**where, "person_id": [int(named)]}
    return (*shown, *view.marts.rows("rpt_persons", columns, where=alone).records())


def orders_of(view: View, person: Cell) -> Sequence[Record]:
    """All counted orders of a person, the latest first."""
    return view.marts.rows(
        "fct_orders",
        [
            *("order_id", "order_number", "order_date", "order_status", "channel_name"),
            *("buyer_type", "demand_sales_amount", "returns_amount", "net_sales_amount"),
            *("balance_due_amount", "promised_on"),
        ],
        where={"person_id": [person]},
        order_by=["-order_date", "-order_id"],
    ).records()
