"""From gross to total sales: a waterfall, and the same in a table."""

from typing import Any, Final

import streamlit as st

from facet.reporting.present.charts.rows import waterfall
from facet.reporting.present.charts.style import Point
from facet.reporting.present.numbers import Numbers
from facet.reporting.query.table import as_number
from facet.reporting.screen.parts.cells import Column, column
from facet.reporting.screen.parts.figures import static_chart, unit
from facet.reporting.screen.parts.headings import minor_heading
from facet.reporting.screen.parts.table import export_of, written_table
from facet.reporting.screen.session.view import View

#: The lines in order; the sign with which each adds to the next total, 0 for a total.
_LINES: Final = {
    "gross_sales": 1,
    "discounts": -1,
    "demand_sales": 0,
    "returns": -1,
    "net_sales": 0,
    "taxes": 1,
    "shipping": 1,
    "total_sales": 0,
}


def bridge(view: View) -> None:
    """Show the bridge; with a category filter only the lines that a category has."""
    lines = tuple(name for name in _LINES if view.can_show(name))
    numbers = view.numbers(lines)

    def build() -> Any:
        signed = {
            name: (as_number(numbers.now.get(name)) or 0) * (_LINES[name] or 1) + 0
            for name in lines
        }
        written = view.formats.side_by_side(signed.values(), "money")
        steps = [
            Point(
                label=view.label(name),
                value=float(value),
                text=view.formats.exact(value, "money"),
                short=written(value),
            )
            for name, value in signed.items()
        ]
        return waterfall(steps, totals=[_LINES[name] == 0 for name in lines])

    left, right = st.columns(2, gap="medium")
    with left:
        static_chart(view, "bridge", view.text("chart.bridge"), unit(view, "money"), build)
    with right, st.container(key="table-bridge"):
        minor_heading(view.text("table.bridge"))
        _table(view, numbers)


def _table(view: View, numbers: Numbers) -> None:
    def change(name: str) -> str:
        now, before, kind = numbers.now.get(name), numbers.before.get(name), view.kind(name)
        return view.formats.change(now, before, kind) or view.formats.exact(None, kind)

    columns = [
        column(view, "table.line", view.label),
        column(view, "table.now", numbers.now.get, kind="money"),
    ]
    changed = []
    if view.compared:
        before = view.text("table.before")
        columns.append(Column(label=before, value=numbers.before.get, kind="money"))
        changed = [column(view, "table.change", change)]
    names = list(_LINES)
    totals = [n for n, name in enumerate(names) if not _LINES[name]]
    title = view.text("table.bridge")
    written_table(view, names, [*columns, *changed], strong=totals, title=title)
    export_of(view, "bridge", names, columns)
    if not all(map(view.can_show, names)):
        st.caption(view.text("tile.not_by_category"))
