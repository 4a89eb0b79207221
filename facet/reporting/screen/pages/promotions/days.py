"""A promotion over time: sales in its scope against what would have been expected without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from facet.reporting.present import charts
from facet.reporting.present.charts import Point, Series, plain
from facet.reporting.present.timeline import timeline
from facet.reporting.query.catalogue import Kind
from facet.reporting.query.periods import Period
from facet.reporting.query.table import Cell, as_number
from facet.reporting.screen.pages.promotions.data import Promotion
from facet.reporting.screen.parts.figures import picked_chart
from facet.reporting.screen.session.view import Part, View

PHASES: Final = ("before", "during", "after")
#: More days than this are told by the week, each phase in weeks of its own.
_DAYS_SHOWN: Final = 130
_COLUMNS: Final = (
    *("date_day", "phase", "sales_in_scope_amount", "baseline_amount", "redemption_count"),
    "discount_cost_amount",
)


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Some days of one phase and what they add up to; a baseline where all of them have one."""

    phase: str
    days: Period
    sales: Cell
    baseline: Cell
    redemptions: Cell
    cost: Cell

    @property
    def key(self) -> str:
        """What tells it apart."""
        return f"{self.days.start}/{self.days.end}"


def promotion_timeline(view: View, promotion: Promotion) -> Part | None:
    """Draw the days of a promotion that has begun; returns the bar that was clicked."""
    start = promotion["start_date"]
    if not isinstance(start, date) or start > view.tenant.today:
        return None

    def build() -> Any:
        stretches = stretches_of(view, promotion)
        return _figure(view, stretches) if stretches else None

    key = picked_chart(
        view,
        f"days-of-{promotion.key}",
        view.text("promotion.timeline"),
        view.text("promotion.timeline_means", currency=view.tenant.currency),
        build,
    )
    if key is None:
        return None
    days = next(s.days for s in stretches_of(view, promotion) if s.key == key)
    return Part(name="days", label=view.formats.period(days), period=days)


def stretches_of(view: View, promotion: Promotion) -> list[Stretch]:
    """Its days, or weeks where there are many, in order."""
    records = view.marts.rows(
        "rpt_promotion_days",
        _COLUMNS,
        where={"promotion_id": [promotion["promotion_id"]]},
        order_by=["date_day"],
    ).records()
    size = 7 if len(records) > _DAYS_SHOWN else 1
    stretches = []
    for phase, days in groupby(records, key=lambda record: str(record["phase"])):
        whole = list(days)
        stretches += [
            _stretch(phase, whole[first : first + size]) for first in range(0, len(whole), size)
        ]
    return stretches


def _stretch(phase: str, days: Sequence[dict[str, Cell]]) -> Stretch:
    def total(name: str) -> Cell:
        numbers = [number for day in days if (number := as_number(day[name])) is not None]
        return sum(numbers, Decimal()) if len(numbers) == len(days) else None

    first, last = days[0]["date_day"], days[-1]["date_day"]
    assert isinstance(first, date)
    assert isinstance(last, date)
    return Stretch(
        phase=phase,
        days=Period(first, last),
        sales=total("sales_in_scope_amount"),
        baseline=total("baseline_amount"),
        redemptions=total("redemption_count"),
        cost=total("discount_cost_amount"),
    )


def _figure(view: View, stretches: Sequence[Stretch]) -> Any:
    phases = []
    for phase, of_phase in groupby(enumerate(stretches), key=lambda pair: pair[1].phase):
        places = [place for place, _ in of_phase]
        phases.append((phase, places[0], places[-1]))
    values = [number for s in stretches for number in (_float(s.sales), _float(s.baseline))]
    shaded = [number for number, (phase, *_) in enumerate(phases) if phase == "during"]
    return timeline(
        _series(view, "promotion.in_scope", stretches, "sales", "money"),
        _series(view, "promotion.baseline", stretches, "baseline", "money"),
        _series(view, "promotion.redemptions", stretches, "redemptions", "count"),
        phases=[(view.text(f"phase.{phase}"), first, last) for phase, first, last in phases],
        shaded=shaded[0] if shaded else None,
        ticks=view.formats.axis(charts.even_ticks(values), "money"),
    )


def _series(view: View, text: str, stretches: Sequence[Stretch], name: str, kind: Kind) -> Series:
    return Series(
        name=view.text(text),
        points=tuple(
            Point(
                label=view.formats.period(stretch.days),
                value=_float(getattr(stretch, name)),
                text=_told(view, stretch),
                key=stretch.key if stretch.redemptions else "",
                tick=view.formats.bucket(stretch.days.start, "day"),
                short=view.formats.short(getattr(stretch, name), kind),
            )
            for stretch in stretches
        ),
    )


def _told(view: View, stretch: Stretch) -> str:
    """All that is known of some days, a line each, as Plotly takes it."""
    lines: list[tuple[str, Cell, Kind]] = [
        ("promotion.in_scope", stretch.sales, "money"),
        ("promotion.baseline", stretch.baseline, "money"),
        ("promotion.redemptions", stretch.redemptions, "count"),
        ("promotion.cost", stretch.cost, "money"),
    ]
    return "<br>".join(
        f"{plain(view.text(text))}: <b>{plain(view.formats.exact(value, kind))}</b>"
        for text, value, kind in lines
        if value is not None
    )


def _float(cell: Cell) -> float | None:
    number = as_number(cell)
    return None if number is None else float(number)
