"""What a period is forecast to end at: always said to be modelled, or why it is not shown."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import streamlit as st

from facet.reporting.present.charts.over_time import Line, lines
from facet.reporting.present.charts.style import ACCENT, Point, Series
from facet.reporting.present.forecasts import (
    METRICS,
    Day,
    Forecast,
    back_tests_of,
    days_of,
    forecasts_of,
)
from facet.reporting.query.table import Cell, as_number
from facet.reporting.screen.parts.cells import column
from facet.reporting.screen.parts.figures import axis, static_chart, unit
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import export_of, written_table
from facet.reporting.screen.session.view import View
from facet.rights.codes import SALES

#: What is chosen at first.
_FIRST: Final = "month"


def forecast_of_period(view: View, metric: str) -> None:
    """The forecast of a metric to the end of a period, or why there is none.

    It is of the whole shop as it is now, so that nothing is shown where only parts are looked at,
    or days that are over.
    """
    is_of_now = view.period.end >= view.tenant.today
    if metric not in METRICS or not is_of_now or not view.principal.may(SALES):
        return
    found = {} if view.filters.is_narrowed else forecasts_of(view, metric)
    if view.filters.is_narrowed:
        st.caption(view.text("forecast.whole_shop"))
    if not found:
        return
    with st.container(key=f"forecast-{metric}", gap="xsmall"):
        horizon = one_of(
            view.text("forecast.horizon"),
            found,
            lambda name: view.text(f"forecast_horizon.{name}"),
            key=f"forecast-{metric}",
            first=_FIRST,
            is_label_shown=False,
        )
        if found[horizon]["is_shown"]:
            _chart(view, metric, horizon, found[horizon])
        else:
            _say_why_not(view, metric, horizon, found[horizon])
        for other in METRICS:
            if other != metric:
                _beside(view, other, horizon)
        _back_tests(view, metric)


def _chart(view: View, metric: str, horizon: str, forecast: Forecast) -> None:
    title = view.text(
        "forecast.title",
        metric=view.label(metric),
        period=view.text(f"forecast_period.{horizon}"),
        value=_short(view, metric, forecast["forecast_value"]),
        day=view.formats.day(forecast.period.end),
    )
    interval = view.text("forecast.interval", **_ends(view, metric, forecast))
    subtitle = " · ".join(
        [_so_far(view, metric, forecast), interval, unit(view, view.kind(metric))]
    )
    static_chart(
        view, f"forecast-{metric}-{horizon}", title, subtitle, _figure_of(view, metric, forecast)
    )


def _so_far(view: View, metric: str, forecast: Forecast) -> str:
    """What came by the last whole day; on a period's first day there is none."""
    if forecast.last_whole_day < forecast.period.start:
        return view.text("forecast.first_day")
    return view.text(
        "forecast.so_far",
        value=_short(view, metric, forecast["actual_to_date_value"]),
        day=view.formats.day(forecast.last_whole_day),
    )


def _beside(view: View, metric: str, horizon: str) -> None:
    """The forecast of another metric for the same period, in a line; none where none is shown."""
    forecast = forecasts_of(view, metric).get(horizon)
    if forecast is None or not forecast["is_shown"]:
        return
    said = view.text(
        "forecast.beside",
        metric=view.label(metric),
        period=view.text(f"forecast_period.{horizon}"),
        value=_short(view, metric, forecast["forecast_value"]),
        **_ends(view, metric, forecast),
    )
    st.caption(escaped(said))


def _ends(view: View, metric: str, forecast: Forecast) -> dict[str, str]:
    """Both ends of the interval, cut short."""
    return {name: _short(view, metric, forecast[f"{name}_value"]) for name in ("lower", "upper")}


def _figure_of(view: View, metric: str, forecast: Forecast) -> Callable[[], Any]:
    def build() -> Any:
        days = days_of(view, forecast)
        actual, expected, lower, upper = (
            _series(view, metric, name, days) for name in ("actual", "expected", "lower", "upper")
        )
        heights = [point.value for one in (actual, expected, upper) for point in one.points]
        return lines(
            [
                Line(series=actual, colour=ACCENT),
                Line(series=expected, colour=ACCENT, is_dashed=True),
            ],
            ticks=axis(view, heights, view.kind(metric)),
            band=(lower, upper),
        )

    return build


def _series(view: View, metric: str, name: str, days: Sequence[Day]) -> Series:
    points = []
    for day in days:
        value = as_number(getattr(day, name))
        points.append(
            Point(
                label=view.formats.day(day.day),
                value=None if value is None else float(value),
                text=_told(view, metric, name, day),
                tick=view.formats.bucket(day.day, "day"),
            )
        )
    return Series(name=view.text(f"forecast_line.{name}"), points=tuple(points))


def _told(view: View, metric: str, name: str, day: Day) -> str:
    """A value in words; what is expected with both ends of its interval."""
    value = _short(view, metric, getattr(day, name))
    if name != "expected" or day.lower is None or day.actual is not None:
        return value
    ends = [_short(view, metric, end) for end in (day.lower, day.upper)]
    return view.text("forecast.value_between", value=value, lower=ends[0], upper=ends[1])


def _short(view: View, metric: str, cell: Cell) -> str:
    number = as_number(cell)
    if view.kind(metric) == "count" and number is not None:
        number = number.to_integral_value()
    return view.formats.short(number, view.kind(metric))


def _say_why_not(view: View, metric: str, horizon: str, forecast: Forecast) -> None:
    why = view.text(
        f"forecast_reason.{forecast.reason}",
        days=view.count(forecast["day_count"]),
        order_days=view.count(forecast["order_day_count"]),
    )
    period = view.text(f"forecast_horizon.{horizon}")
    none = view.text("forecast.none", metric=view.label(metric), period=period)
    st.caption(escaped(f"{none} {why}"))


def _back_tests(view: View, metric: str) -> None:
    """How forecasts of as many days did before, beside what is said without a model."""
    rows = back_tests_of(view, metric)
    if not rows:
        return

    def missed(name: str) -> Callable[[Any], str]:
        return lambda row: _short(view, metric, row[name])

    columns = [
        column(view, "forecast.horizon", lambda row: view.word("forecast_horizon", row["horizon"])),
        column(view, "forecast.days", "day_count", kind="count"),
        column(view, "forecast.windows", "window_count", kind="count"),
        column(view, "forecast.missed", missed("missed_value")),
        column(view, "forecast.naive_missed", missed("naive_missed_value")),
        column(view, "forecast.seasonal_missed", missed("seasonal_missed_value")),
        column(view, "forecast.coverage", "coverage_rate", kind="rate"),
    ]
    with st.expander(view.text("forecast.back_tests"), icon=":material/fact_check:"):
        st.caption(view.text("forecast.means"))
        written_table(view, rows, columns)
        export_of(view, f"forecast-{metric}", rows, columns)
