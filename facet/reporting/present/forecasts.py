"""Forecasts as a tenant's file has them: of a period that is not over, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Final

from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.periods import Period
from facet.reporting.query.table import Cell, Record, Row, number_of

FORECASTS: Final = "rpt_forecasts"
METRICS: Final = ("net_sales", "orders")
HORIZONS: Final = ("week", "month", "quarter", "fiscal_year")
#: Why nothing may be shown.
REASONS: Final = (
    *("too_short", "too_few_order_days", "not_yet", "too_few_windows", "worse_than_naive"),
    "worse_than_seasonal",
)

_FORECAST: Final = (
    *("forecast_metric", "horizon", "forecast_status", "day_count", "order_day_count"),
    *("actual_to_date_value", "forecast_value", "lower_value", "upper_value", "interval_rate"),
    *("is_shown", "start_date", "end_date", "forecast_date"),
)


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day of a period: all of it up to the day, as it came or as it is forecast with both ends.

    On the last whole day both are there, so that the lines meet.
    """

    day: date
    actual: Cell = None
    expected: Cell = None
    lower: Cell = None
    upper: Cell = None


class Forecast(Row):
    """A forecast of a metric for a period, or why there is none."""

    @property
    def period(self) -> Period:
        """All days that it is of."""
        return Period(self._day("start_date"), self._day("end_date"))

    @property
    def last_whole_day(self) -> date:
        """The day up to which it is what came."""
        return self._day("forecast_date")

    @property
    def reason(self) -> str:
        """Why it is not shown, among `REASONS`; ``unknown`` for another."""
        status = str(self["forecast_status"])
        return status if status in REASONS else "unknown"

    def _day(self, name: str) -> date:
        day = self[name]
        assert isinstance(day, date)
        return day


def forecasts_of(view: TenantView, metric: str) -> dict[str, Forecast]:
    """The forecasts of a metric by horizon; none in a release that was made before there were."""
    if not view.marts.shows(FORECASTS):
        return {}
    rows = view.marts.rows(FORECASTS, _FORECAST, where={"forecast_metric": [metric]}).records()
    found = {str(row["horizon"]): Forecast(row) for row in rows}
    return {horizon: found[horizon] for horizon in HORIZONS if horizon in found}


def back_tests_of(view: TenantView, metric: str) -> Sequence[Row]:
    """How forecasts of a metric did before, by horizon."""
    rows = view.marts.rows(
        "rpt_forecast_back_tests",
        [
            *("horizon", "day_count", "window_count", "missed_value", "naive_missed_value"),
            *("seasonal_missed_value", "judged_window_count", "coverage_rate"),
        ],
        where={"forecast_metric": [metric]},
    ).records()
    return sorted(map(Row, rows), key=lambda row: HORIZONS.index(str(row["horizon"])))


def days_of(view: TenantView, forecast: Forecast) -> tuple[Day, ...]:
    """The days of a period: what came up to the last whole one, then what is forecast."""
    metric = str(forecast["forecast_metric"])
    period, known = forecast.period, forecast.last_whole_day
    came = _came(view, metric, period, known)
    begun = came[-1].actual if came else Decimal()
    rows = view.marts.rows(
        "rpt_forecast_days",
        ["date_day", "expected_value", "lower_value", "upper_value"],
        where={"forecast_metric": [metric]},
        between={"date_day": (period.start, period.end)},
        order_by=["date_day"],
    ).records()
    ahead = [_ahead(row, begun) for row in rows]
    meeting = [
        Day(day=one.day, actual=one.actual, expected=one.actual, lower=one.actual, upper=one.actual)
        for one in came[-1:]
    ]
    return (*came[:-1], *meeting, *ahead)


def _came(view: TenantView, metric: str, period: Period, known: date) -> list[Day]:
    """What had come by the end of each day up to one; empty where it is before the period."""
    if known < period.start:
        return []
    days = [date.fromordinal(n) for n in range(period.start.toordinal(), known.toordinal() + 1)]
    table = view.query([metric], by=["metric_time__day"], period=Period(period.start, known))
    by_day = {row[0]: number_of(row[1]) for row in table.rows}
    sums = accumulate(by_day.get(day, Decimal()) for day in days)
    return [Day(day=day, actual=so_far) for day, so_far in zip(days, sums, strict=True)]


def _ahead(row: Record, begun: Cell) -> Day:
    """A day to come: what has come in, and the sum that is forecast from there."""
    day, so_far = row["date_day"], number_of(begun)
    assert isinstance(day, date)
    expected, lower, upper = (
        None if row[name] is None else so_far + number_of(row[name])
        for name in ("expected_value", "lower_value", "upper_value")
    )
    return Day(day=day, expected=expected, lower=lower, upper=upper)
