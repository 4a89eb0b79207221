"""Maintenance of the schema: growth, partitions, indexes, keys, and what reports cost to build."""

from datetime import date
from typing import Any, Final

import streamlit as st

from facet.reporting.present.charts.over_time import trend
from facet.reporting.present.charts.rows import bars
from facet.reporting.present.charts.style import Point, Series
from facet.reporting.query.periods import Period, buckets
from facet.reporting.query.table import Cell, number_of, total
from facet.reporting.screen.parts.cells import column
from facet.reporting.screen.parts.empty import nothing_wrong
from facet.reporting.screen.parts.figures import axis, static_chart
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.table import written_table
from facet.reporting.screen.session.view import View

_TABLES_SHOWN: Final = 12
_REPORTS_SHOWN: Final = 10
_MONTHS_SHOWN: Final = 24


def growth(view: View) -> None:
    """The largest tables and when partitioning them would pay; the growth of a chosen one."""
    tables = view.marts.rows(
        "rpt_schema_tables",
        ["table_name", "row_count", "partition_date"],
        where={"is_found": [True]},
        order_by=["-row_count", "table_name"],
        limit=_TABLES_SHOWN,
    )
    if not any(tables.column("row_count")):
        return
    subheading(view.text("upkeep.growth"))
    left, right = st.columns(2, gap="medium")
    with left, st.container(key="table-growth"):
        minor_heading(view.text("upkeep.largest"))
        columns = [
            column(view, "upkeep.table", "table_name"),
            column(view, "upkeep.rows", "row_count", kind="count"),
            column(view, "upkeep.partition", lambda row: _month(view, row["partition_date"])),
        ]
        written_table(view, tables.records(), columns)
        st.caption(view.text("upkeep.partition_means"))
    with right:
        chosen = st.selectbox(
            view.text("upkeep.table"),
            [str(name) for name in tables.column("table_name")],
            key="choice-table",
            width=320,
        )
        _growth_chart(view, chosen)


def unused_indexes(view: View) -> None:
    """Indexes that nothing has read, with their size; those of foreign keys are to be kept."""
    records = view.marts.rows(
        "rpt_unused_indexes",
        ["index_name", "table_name", "definition", "size_bytes", "is_for_reference",
         "counted_since_date"],
        order_by=["is_for_reference", "-size_bytes", "index_name"],
    ).records()  # fmt: skip
    subheading(view.text("upkeep.indexes"))
    if not records:
        nothing_wrong(view.text("upkeep.all_used"))
        return
    free = [record for record in records if not record["is_for_reference"]]
    since = records[0]["counted_since_date"]
    st.markdown(
        view.text(
            "upkeep.unused",
            count=view.count(len(records)),
            free=view.count(len(free)),
            size=view.formats.size(total(free, "size_bytes")),
        )
    )
    counted = view.formats.day(since) if isinstance(since, date) else view.text("upkeep.ever")
    st.caption(view.text("upkeep.counted_since", since=counted))
    with st.expander(view.text("upkeep.list", count=view.count(len(records)))):
        columns = [
            column(view, "upkeep.index", "index_name"),
            column(view, "upkeep.table", "table_name"),
            column(view, "upkeep.definition", "definition"),
            column(view, "upkeep.size", lambda row: view.formats.size(row["size_bytes"])),
            column(
                view,
                "upkeep.keep",
                lambda row: view.text("upkeep.reference") if row["is_for_reference"] else "",
            ),
        ]
        written_table(view, records, columns, has_search=True)


def key_headroom(view: View) -> None:
    """Headroom of keys of fewer than 64 bits."""
    keys = view.marts.rows(
        "rpt_narrow_keys",
        ["table_name", "column_name", "data_type", "used_rate", "full_date"],
        order_by=["-used_rate", "table_name"],
    )
    with st.container(key="table-keys"):
        subheading(view.text("upkeep.keys"))
        if not len(keys):
            nothing_wrong(view.text("upkeep.no_keys"))
            return
        columns = [
            column(view, "upkeep.key", lambda row: f"{row['table_name']}.{row['column_name']}"),
            column(view, "upkeep.type", "data_type"),
            column(view, "upkeep.used", "used_rate", kind="share"),
            column(view, "upkeep.full", lambda row: _month(view, row["full_date"])),
        ]
        written_table(view, keys.records(), columns)


def report_costs(view: View) -> None:
    """The reports that take longest to build."""
    subheading(view.text("upkeep.costs"))
    costs = view.marts.rows(
        "rpt_model_costs",
        ["model_name", "build_seconds"],
        order_by=["-build_seconds", "model_name"],
    )
    reports = [row for row in costs.rows if view.marts.has(str(row[0]))][:_REPORTS_SHOWN]
    if not reports:
        st.caption(view.text("upkeep.no_costs"))
        return

    def build() -> Any:
        points = []
        for name, seconds in reports:
            text = view.text("upkeep.seconds", count=view.formats.exact(seconds, "decimal"))
            value = float(number_of(seconds))
            points.append(Point(label=str(name), value=value, text=text, short=text))
        return bars(Series(name=view.text("upkeep.costs"), points=tuple(points)), None)

    static_chart(view, "costs", view.text("upkeep.slowest"), view.text("upkeep.costs_means"), build)


def _growth_chart(view: View, table: str) -> None:
    def build() -> Any:
        rows = view.marts.rows(
            "rpt_table_growth",
            ["month_start_date", "added_row_count"],
            where={"table_name": [table]},
            order_by=["month_start_date"],
        )
        added = {month: int(str(count)) for month, count in rows.rows if isinstance(month, date)}
        period = Period(min(added), max(added)) if added else None
        months = buckets(period, "month", view.tenant.calendar) if period else ()
        points = tuple(
            Point(
                label=view.formats.bucket(month, "month"),
                value=added.get(month, 0),
                text=view.count(added.get(month, 0)),
                tick=view.formats.month(month),
            )
            for month in months[-_MONTHS_SHOWN:]
        )
        ticks = axis(view, [point.value for point in points], "count")
        return trend(Series(name=view.text("upkeep.added"), points=points), None, ticks=ticks)

    title = view.text("upkeep.added_to", table=table)
    static_chart(view, f"growth-{table}", title, view.text("upkeep.by_month"), build)


def _month(view: View, cell: Cell) -> str:
    """A month ahead; the mart leaves it open beyond ten years."""
    if isinstance(cell, date):
        return view.formats.bucket(cell, "month")
    return view.text("upkeep.far")
