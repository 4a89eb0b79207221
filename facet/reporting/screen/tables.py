"""Tables on a page: written out by the formatter; the style sheet puts numbers to the right."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import pandas as pd
import streamlit as st

from facet.reporting.filters import DIMENSIONS
from facet.reporting.screen.escaping import escaped
from facet.reporting.screen.view import View
from facet.reporting.table import as_number

_BREAKDOWN: Final = ("net_sales", "orders", "average_order_value", "gross_margin_rate")


def show_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], *, strong: Sequence[int] = ()
) -> None:
    """Show a small table of written-out cells, names first; `strong` rows stand out."""
    labels = [escaped(column) for column in columns]
    cells = [
        [f"**{escaped(cell)}**" if number in strong else escaped(cell) for cell in row]
        for number, row in enumerate(rows)
    ]
    st.table(pd.DataFrame(cells, columns=labels), border="horizontal", hide_index=True)


def show_list(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Show a list of any length, to scroll and search in."""
    frame = pd.DataFrame([list(row) for row in rows], columns=list(columns))
    st.dataframe(frame, hide_index=True, height="auto" if len(rows) < 12 else 420)


def breakdown_table(view: View, by: str) -> None:
    """The main metrics by channel, category or buyer, with the share of net sales and the total."""
    dimension = DIMENSIONS[by]
    table = view.ask(_BREAKDOWN, by=[dimension], period=view.period, order_by=["-net_sales"])
    total = view.numbers(_BREAKDOWN).now
    whole = as_number(total.get("net_sales")) or Decimal()
    columns = [
        view.text(f"filter.{by}"),
        *(view.label(name) for name in _BREAKDOWN),
        view.text("table.share"),
    ]
    rows = [
        [
            view.value_label(dimension, str(record[dimension])),
            *(view.formats.exact(record[name], view.kind(name)) for name in _BREAKDOWN),
            view.formats.exact(_share(as_number(record["net_sales"]), whole), "rate"),
        ]
        for record in table.records()
        if any(record[name] for name in _BREAKDOWN)
    ]
    rows.append(
        [
            view.text("table.total"),
            *(view.formats.exact(total.get(name), view.kind(name)) for name in _BREAKDOWN),
            view.formats.exact(_share(whole, whole), "rate"),
        ]
    )
    with st.container(key=f"table-{by}"):
        st.markdown(f"**{view.text(f'table.by_{by}')}**")
        show_table(columns, rows, strong=[len(rows) - 1])


def _share(part: Decimal | None, whole: Decimal) -> Decimal | None:
    return None if part is None or whole == 0 else part / whole
