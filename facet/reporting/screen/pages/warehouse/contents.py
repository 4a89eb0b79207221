"""What the tenant's file holds: how it grows, which tests failed, and what is in quarantine."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from facet.reporting.present.charts.over_time import even_ticks, trend
from facet.reporting.present.charts.style import GOLD, LOSS, Point, Series
from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Cell, number_of
from facet.reporting.screen.pages.warehouse.data import (
    Cause,
    causes,
    failed_tests,
    file_of,
    release_days,
)
from facet.reporting.screen.parts.cells import Column, column
from facet.reporting.screen.parts.empty import nothing_wrong
from facet.reporting.screen.parts.figures import axis, static_chart
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View


def failures(view: View) -> None:
    """The tests that fail now, and those that did."""
    now, before = file_of(view).reasons, failed_tests(view)
    subheading(view.text("warehouse.failures"))
    if now:
        with st.container(key="failing-now"):
            st.markdown(f":material/error: {view.text('warehouse.failing_now')}")
            st.markdown("\n".join(f"- {escaped(reason)}" for reason in now))
    if not before:
        if not now:
            nothing_wrong(view.text("warehouse.none_failed"))
        return
    columns = [
        column(view, "warehouse.test", "test_name", width=330),
        column(view, "warehouse.last", "last_failed_date", kind="day"),
        column(view, "warehouse.first", "first_failed_date", kind="day"),
        column(view, "warehouse.days", "day_count", kind="count"),
        column(view, "warehouse.count", "run_count", kind="count"),
        column(view, "warehouse.failed_rows", "row_count", kind="count"),
    ]
    listing(view, "failed-tests", before, columns)


def growth(view: View) -> None:
    """The rows and the size of the tenant's file, day by day."""
    if not release_days(view):
        return
    subheading(view.text("warehouse.growth"))
    left, right = st.columns(2, gap="medium")
    with left:
        _growth_chart(view, "row_count", view.text("warehouse.rows"), view.count)
    with right:
        _growth_chart(view, "size_bytes", view.text("warehouse.size"), view.formats.size)


def quarantine(view: View) -> None:
    """Each cause of quarantine, with its rows on the last day, a week before, and day by day."""
    rows = causes(view)
    if not rows:
        return
    subheading(view.text("warehouse.quarantine"))
    listing(view, "quarantine-days", rows, list(_cause_columns(view)))


def _growth_chart(view: View, name: str, title: str, written: Callable[[Cell], str]) -> None:
    def build() -> Any:
        points = tuple(_point(view, record, name, written) for record in release_days(view))
        values = [point.value for point in points]
        ticks = axis(view, values, "count")
        if name == "size_bytes":
            ticks = [(value, view.formats.size(round(value))) for value in even_ticks(values)]
        return trend(Series(name=title, points=points), None, ticks=ticks)

    static_chart(view, f"growth-{name}", title, view.text("warehouse.by_day"), build)


def _point(view: View, record: Any, name: str, written: Callable[[Cell], str]) -> Point:
    day = record["data_date"]
    return Point(
        label=view.formats.day(day),
        value=float(number_of(record[name])),
        text=written(record[name]),
        tick=view.formats.bucket(day, "day"),
    )


def _cause_columns(view: View) -> list[Column]:
    colours = {
        view.text("quarantine.error_short"): LOSS,
        view.text("quarantine.warning_short"): GOLD,
    }
    return [
        column(view, "quarantine.severity", partial(_severity, view), colours=colours, width=90),
        column(view, "quarantine.reason", lambda cause: cause.reason or DASH, width=420),
        column(view, "quarantine.rows", lambda cause: cause.rows, kind="count"),
        column(view, "warehouse.week_before", lambda cause: cause.rows_before, kind="count"),
        column(view, "warehouse.course", lambda cause: cause.course, kind="line"),
    ]


def _severity(view: View, cause: Cause) -> str:
    return view.text(f"quarantine.{cause.severity}_short")
