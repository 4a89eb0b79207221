"""The days of a promotion, and what they add up to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Final

from facet.reporting.query.periods import Period
from facet.reporting.query.table import Cell, Record, as_number
from facet.reporting.screen.pages.promotions.data.promotions import Promotion
from facet.reporting.screen.session.view import View

PHASES: Final = ("before", "during", "after")
#: More days than this are told by the week, each phase in weeks of its own.
_DAYS_SHOWN: Final = 130
_COLUMNS: Final = (
    *("date_day", "phase", "sales_in_scope_amount", "baseline_amount", "redemption_count"),
    "discount_cost_amount",
)


@dataclass(frozen=True, kw_only=True)
class Bucket:
    """Some days of one phase and what they add up to; a baseline where all of them have one."""

    phase: str
    days: Period
    sales: Cell
    baseline: Cell
    redemptions: Cell
    cost: Cell

    @property
    def key(self) -> str:
        """Its key."""
        return f"{self.days.start}/{self.days.end}"


def buckets_of(view: View, promotion: Promotion) -> list[Bucket]:
    """Its days, or weeks where there are many, in order."""
    records = view.marts.rows(
        "rpt_promotion_days",
        _COLUMNS,
        where={"promotion_id": [promotion["promotion_id"]]},
        order_by=["date_day"],
    ).records()
    size = 7 if len(records) > _DAYS_SHOWN else 1
    buckets = []
    for phase, days in groupby(records, key=lambda record: str(record["phase"])):
        whole = list(days)
        buckets += [
            _bucket(phase, whole[first : first + size]) for first in range(0, len(whole), size)
        ]
    return buckets


def _bucket(phase: str, days: Sequence[Record]) -> Bucket:
    def total(name: str) -> Cell:
        numbers = [number for day in days if (number := as_number(day[name])) is not None]
        return sum(numbers, Decimal()) if len(numbers) == len(days) else None

    first, last = days[0]["date_day"], days[-1]["date_day"]
    assert isinstance(first, date)
    assert isinstance(last, date)
    return Bucket(
        phase=phase,
        days=Period(first, last),
        sales=total("sales_in_scope_amount"),
        baseline=total("baseline_amount"),
        redemptions=total("redemption_count"),
        cost=total("discount_cost_amount"),
    )
