"""Cohorts of persons by the month of their first order, as the rows of a triangle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Final, Literal

from facet.reporting.present.costs import where_costed
from facet.reporting.query.table import Row
from facet.reporting.screen.session.view import View

Measure = Literal["retention", "sales", "margin"]
MEASURES: Final[tuple[Measure, ...]] = ("retention", "sales", "margin")
_COLUMNS: Final = (
    *("cohort_month", "month_number", "person_count", "retention_rate", "is_unfinished"),
    *("cumulative_net_sales_amount", "cumulative_recorded_margin_amount"),
    *("cumulative_costed_demand_amount", "cumulative_demand_sales_amount"),
)


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """A row of the triangle: the months that are over by number, and the one that is not."""

    month: date
    person_count: Decimal
    over: Mapping[int, Decimal | None]
    unfinished: Decimal | None


def cohorts_of(view: View, measure: Measure) -> Sequence[Cohort]:
    """All cohorts, the latest first."""
    table = view.marts.rows(
        "rpt_cohort_months", _COLUMNS, order_by=["-cohort_month", "month_number"]
    )
    return [
        _cohort(list(map(Row, months)), measure)
        for _, months in groupby(table.records(), key=lambda record: record["cohort_month"])
    ]


def _cohort(months: Sequence[Row], measure: Measure) -> Cohort:
    first = months[0]["cohort_month"]
    assert isinstance(first, date)
    return Cohort(
        month=first,
        person_count=months[0].number("person_count"),
        over={
            int(row.number("month_number")): _value(row, measure)
            for row in months
            if not row["is_unfinished"]
        },
        unfinished=next((_value(row, measure) for row in months if row["is_unfinished"]), None),
    )


def _value(row: Row, measure: Measure) -> Decimal | None:
    """Of a month: the share who ordered, or what each person of the cohort has brought so far."""
    if measure == "retention":
        return row.number("retention_rate")
    amount = (
        row.number("cumulative_net_sales_amount")
        if measure == "sales"
        else where_costed(
            row.number("cumulative_recorded_margin_amount"),
            row.number("cumulative_costed_demand_amount"),
            row.number("cumulative_demand_sales_amount"),
        )
    )
    return None if amount is None else amount / row.number("person_count")
