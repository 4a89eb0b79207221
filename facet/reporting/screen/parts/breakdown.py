"""The main metrics by channel, category or buyer."""

from typing import Final

import streamlit as st

from facet.reporting.query.table import Cell
from facet.reporting.query.unknown_names import unknown
from facet.reporting.screen.parts.cells import column, metric_columns, share_of
from facet.reporting.screen.parts.table import export_of, written_table
from facet.reporting.screen.session.view import View

_METRICS: Final = ("net_sales", "orders", "average_order_value", "gross_margin_rate")


def breakdown_table(view: View, by: str) -> None:
    """The main metrics by a dimension, with the share of net sales and the total.

    Raises:
        UnknownNameError: `by` is no dimension of the filters.
    """
    if by not in view.dimensions:
        raise unknown("dimension of the filters", by, view.dimensions)
    dimension = view.dimensions[by]
    table = view.query(_METRICS, by=dimension.columns, period=view.period, order_by=["-net_sales"])
    shown = [name for name in _METRICS if view.can_show(name)]
    totals = view.query(shown, period=view.period).records()[0]
    total: dict[str, Cell] = {**dict.fromkeys(_METRICS), **totals, "": view.text("table.total")}
    rows = [
        {**record, "": view.value_label(dimension.name, record[dimension.name])}
        for record in table.records()
        if any(record[name] for name in _METRICS)
    ]
    columns = [
        column(view, f"filter.{by}", ""),
        *metric_columns(view, _METRICS),
        column(
            view,
            "table.share",
            lambda row: share_of(row["net_sales"], total["net_sales"]),
            kind="share",
        ),
    ]
    with st.container(key=f"table-{by}"):
        title = view.text(f"table.by_{by}")
        st.markdown(f"**{title}**")
        written_table(view, [*rows, total], columns, strong=[len(rows)], title=title)
        export_of(view, by, rows, columns, total=total)
