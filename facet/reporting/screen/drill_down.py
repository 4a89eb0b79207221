"""From a bar to its orders: the same metric by order, so that the rows add up to the bar."""

from decimal import Decimal
from typing import Any, Final

import pandas as pd
import streamlit as st

from facet.reporting.filters import DIMENSIONS
from facet.reporting.screen.escaping import escaped
from facet.reporting.screen.view import Part, View
from facet.reporting.table import Table, as_number

_ROWS_SHOWN: Final = 1000
_ORDER: Final = "sales_order"
_NUMBER: Final = "ledger_entry__order_number"
_DAY: Final = "ledger_entry__order_date__day"


def drill_down(view: View, metric: str, *parts: Part | None) -> None:
    """Show the orders that each clicked bar was summed from."""
    for part in parts:
        if part is not None:
            _orders(view, metric, part)


def _orders(view: View, metric: str, part: Part) -> None:
    orders = orders_of(view, metric, part)
    total = view.formats.exact(orders.total(metric), view.kind(metric))
    with st.container(key=f"drill-{part.name}", border=True):
        st.markdown(f"**{view.text('drill.title', part=escaped(part.label))}**")
        count = view.formats.exact(len(orders), "count")
        said = view.text("drill.sum", orders=count, total=total, metric=view.label(metric))
        st.caption(escaped(said))
        st.dataframe(_styled(view, metric, orders), hide_index=True, height="auto")


def orders_of(view: View, metric: str, part: Part) -> Table:
    """A part's orders with the metric of each, the largest first; they sum to the part's metric."""
    table = view.ask(
        [metric],
        by=[_ORDER, _NUMBER, _DAY, DIMENSIONS["channel"], DIMENSIONS["buyer"]],
        where=part.where,
        period=part.period,
        order_by=[f"-{metric}", _NUMBER],
    )
    rows = tuple(row for row in table.rows if row[-1])
    return Table(table.columns, rows)


def _styled(view: View, metric: str, orders: Table) -> Any:
    """The rows to show: the largest ones, the others in one, and the total."""
    kind = view.kind(metric)
    shown, rest = orders.records()[:_ROWS_SHOWN], orders.records()[_ROWS_SHOWN:]
    channel, buyer = DIMENSIONS["channel"], DIMENSIONS["buyer"]
    rows = [
        (
            str(order[_NUMBER]),
            as_number(order[metric]),
            view.formats.day_or_dash(order[_DAY]),
            view.value_label(channel, str(order[channel])),
            view.value_label(buyer, str(order[buyer])),
        )
        for order in shown
    ]
    if rest:
        count = view.formats.exact(len(rest), "count")
        others = sum((as_number(order[metric]) or Decimal() for order in rest), Decimal())
        rows.append((view.text("drill.rest", count=count), others, "", "", ""))
    rows.append((view.text("table.total"), orders.total(metric), "", "", ""))
    labels = [
        view.text("drill.number"),
        view.label(metric),
        view.text("drill.date"),
        view.text("filter.channel"),
        view.text("filter.buyer"),
    ]
    frame: Any = pd.DataFrame(rows, columns=labels)
    return frame.style.format({labels[1]: lambda value: view.formats.exact(value, kind)})
