"""New and returning customers by month."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from facet.reporting.present.charts.rows import stacked
from facet.reporting.present.charts.style import ACCENT, GOLD, Point, Series
from facet.reporting.query.periods import Period
from facet.reporting.query.table import Record, number_of
from facet.reporting.screen.parts.cells import Column, metric_columns
from facet.reporting.screen.parts.figures import static_chart, unit
from facet.reporting.screen.parts.table import export_of, written_table
from facet.reporting.screen.session.view import View

_MONTHS: Final = 13
_MONTH: Final = "metric_time__month"
_PARTS: Final = {"new_customers": ACCENT, "returning_customers": GOLD}
_METRICS: Final = (*_PARTS, "customers", "returning_customer_rate", "net_sales_per_customer")


def customers_by_month(view: View) -> None:
    """The last months to the day of the data, whatever the period: a chart and its numbers."""
    months = _months(view)
    if not months:
        return

    def build() -> object:
        return stacked(
            [
                (Series(name=view.label(name), points=_points(view, months, name)), colour)
                for name, colour in _PARTS.items()
            ]
        )

    title = view.text("customer.by_month")
    subtitle = f"{unit(view, 'count')}, {view.text('customer.by_month_means')}"
    static_chart(view, "customers-by-month", title, subtitle, build)
    columns = [
        Column(label=view.text("customer.month"), value=lambda month: _label(view, month)),
        *metric_columns(view, _METRICS),
    ]
    with st.container(key="table-customers-by-month"):
        written_table(view, months, columns)
        export_of(view, "customers-by-month", months, columns)


def _months(view: View) -> Sequence[Record]:
    """The numbers of each month that had a customer, in order."""
    today = view.tenant.today
    count = today.year * 12 + today.month - _MONTHS
    first = date(count // 12, count % 12 + 1, 1)
    table = view.query(_METRICS, by=[_MONTH], period=Period(first, today), order_by=[_MONTH])
    return [record for record in table.records() if record["customers"]]


def _points(view: View, months: Sequence[Record], name: str) -> tuple[Point, ...]:
    return tuple(
        Point(
            label=_label(view, month),
            value=float(number_of(month[name])),
            text=view.count(month[name]),
            short=view.count(month[name]),
            is_unfinished=_is_unfinished(view, month),
        )
        for month in months
    )


def _label(view: View, month: Record) -> str:
    first = month[_MONTH]
    assert isinstance(first, date)
    label = view.formats.month(first)
    return view.text("customer.so_far", month=label) if _is_unfinished(view, month) else label


def _is_unfinished(view: View, month: Record) -> bool:
    return month[_MONTH] == view.tenant.today.replace(day=1)
