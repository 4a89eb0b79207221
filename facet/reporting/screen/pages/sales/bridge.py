"""From gross to total sales: a waterfall, and the same in a table."""

from decimal import Decimal
from typing import Any, Final

import streamlit as st

from facet.reporting.present import charts
from facet.reporting.present.export import Heading
from facet.reporting.query.table import as_number
from facet.reporting.screen.parts.exports import export
from facet.reporting.screen.parts.figures import plain_chart
from facet.reporting.screen.parts.tables import show_table
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
            name: (as_number(numbers.now.get(name)) or Decimal()) * (_LINES[name] or 1) + 0
            for name in lines
        }
        written = view.formats.side_by_side(signed.values(), "money")
        steps = [
            charts.Point(
                label=view.label(name),
                value=float(value),
                text=view.formats.exact(value, "money"),
                short=written(value),
            )
            for name, value in signed.items()
        ]
        return charts.bridge(steps, totals=[_LINES[name] == 0 for name in lines])

    left, right = st.columns(2, gap="medium")
    with left:
        unit = view.text("chart.unit_money", currency=view.tenant.currency)
        plain_chart(view, "bridge", view.text("chart.bridge"), unit, build)
    with right, st.container(key="table-bridge"):
        st.markdown(f"**{view.text('table.bridge')}**")
        _table(view)


def _table(view: View) -> None:
    names = tuple(_LINES)
    numbers = view.numbers(names)
    columns = [view.text("table.line"), view.text("table.now")]
    if view.compared:
        columns += [view.text("table.before"), view.text("table.change")]
    rows = []
    for name in names:
        now, before = numbers.now.get(name), numbers.before.get(name)
        kind = view.kind(name)
        change = view.formats.change(now, before, kind) or view.formats.exact(None, kind)
        cells = [view.label(name), view.formats.exact(now, kind)]
        rows.append([*cells, view.formats.exact(before, kind), change][: len(columns)])
    show_table(columns, rows, strong=[n for n, name in enumerate(names) if not _LINES[name]])
    exact = [(view.label(name), numbers.now.get(name), numbers.before.get(name)) for name in names]
    headings = [
        Heading(label=label, kind=kind)
        for label, kind in zip(columns, ("text", "money", "money"), strict=False)
    ]
    export(view, "bridge", headings, [row[: len(headings)] for row in exact])
    if not all(map(view.can_show, names)):
        st.caption(view.text("tile.not_by_category"))
