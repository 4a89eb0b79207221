"""The release that is served, in tiles; the runs behind it, and what took them long."""

from typing import Any

import streamlit as st

from facet.reporting.present.charts.over_time import trend
from facet.reporting.present.charts.style import Point, Series
from facet.reporting.query.table import Cell, Record, number_of, total
from facet.reporting.screen.pages.warehouse.data import file_of, run_days, slowest_nodes
from facet.reporting.screen.parts.cells import column
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.parts.figures import axis, static_chart
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.parts.tiles import Tile, plain_tiles
from facet.reporting.screen.session.view import View


def warehouse_tiles(view: View) -> None:
    """Rows, size and tests of the release, and how its runs went."""
    file, days = file_of(view), run_days(view)
    runs, failed = total(days, "run_count"), total(days, "failed_count")
    last = days[-1] if days else None
    plain_tiles(
        [
            Tile(
                name="rows",
                label=view.text("warehouse.rows"),
                value=view.count(sum(file.rows.values())),
                note=view.formats.size(file.size_bytes),
                help=view.text("warehouse.rows_help"),
            ),
            Tile(
                name="tests",
                label=view.text("warehouse.tests"),
                value=view.count(view.release.audit.passed),
                note=view.text("warehouse.failing", count=view.count(len(file.reasons))),
                help=view.text("warehouse.tests_help"),
            ),
            Tile(
                name="oldest",
                label=view.text("warehouse.oldest"),
                value=view.formats.exact(_minutes(last), "minutes"),
                note=view.text("warehouse.took", time=_seconds(view, last["median_seconds"]))
                if last
                else None,
                help=view.text("warehouse.oldest_help"),
            ),
            Tile(
                name="failed",
                label=view.text("warehouse.failed"),
                value=view.count(failed if days else None),
                note=view.text("warehouse.of", whole=view.count(runs)) if days else None,
                help=view.text("warehouse.failed_help"),
            ),
        ]
    )
    if not days:
        nothing_yet(view.text("warehouse.nothing"))


def run_chart(view: View) -> None:
    """How long a run took on each day, with how many there were and failed."""
    days = run_days(view)
    if not days:
        return

    def build() -> Any:
        points = tuple(_day(view, record) for record in days)
        ticks = axis(view, [point.value for point in points], "decimal")
        return trend(Series(name=view.text("warehouse.run"), points=points), None, ticks=ticks)

    title = view.text("warehouse.runs")
    static_chart(view, "runs", title, view.text("warehouse.runs_unit"), build)


def slowest(view: View) -> None:
    """The nodes that take longest, beside what they took before."""
    nodes = slowest_nodes(view)
    if not nodes:
        return
    subheading(view.text("warehouse.slowest"))
    st.caption(view.text("warehouse.slowest_means"))
    columns = [
        column(view, "warehouse.node", "node_name", width=290),
        column(view, "warehouse.type", lambda node: view.word("node", node["node_type"]), width=90),
        column(view, "warehouse.mean", "mean_seconds", kind="decimal"),
        column(view, "warehouse.before", "mean_seconds_before", kind="decimal"),
        column(view, "warehouse.most", "longest_seconds", kind="decimal"),
        column(view, "warehouse.count", "run_count", kind="count"),
    ]
    listing(view, "nodes", nodes, columns)


def _day(view: View, record: Record) -> Point:
    day: Any = record["run_date"]
    said = view.text(
        "warehouse.day",
        time=_seconds(view, record["median_seconds"]),
        count=view.count(record["run_count"]),
        failed=view.count(record["failed_count"]),
    )
    return Point(
        label=view.formats.day(day),
        value=float(number_of(record["median_seconds"])),
        text=said,
        tick=view.formats.bucket(day, "day"),
        short=said,
    )


def _minutes(record: Record | None) -> Cell:
    seconds = record["oldest_data_seconds"] if record else None
    return None if seconds is None else number_of(seconds) / 60


def _seconds(view: View, cell: Cell) -> str:
    if cell is None:
        return view.count(None)
    return view.text("warehouse.seconds", count=view.formats.exact(cell, "decimal"))
