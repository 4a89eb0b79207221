"""From a bar to its orders: the same metric by order, so that the rows add up to the bar."""

from decimal import Decimal
from typing import Final

import streamlit as st

from facet.reporting.present.filters import DIMENSIONS
from facet.reporting.query.table import Table
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.tables import Column, listing
from facet.reporting.screen.session.view import Part, View
from facet.rights.codes import PERSONAL_DATA

_ORDER: Final = "sales_order"
_ORDERS: Final = "orders"
_NUMBER: Final = "ledger_entry__order_number"
_DAY: Final = "ledger_entry__order_date__day"
_BUYER: Final = "person__full_name"


def drill_down(view: View, metric: str, *parts: Part | None) -> None:
    """Show the orders that each clicked bar was summed from."""
    for part in parts:
        if part is not None:
            _orders(view, metric, part)


def _orders(view: View, metric: str, part: Part) -> None:
    orders = orders_of(view, metric, part)
    with st.container(key=f"drill-{part.name}", border=True):
        st.markdown(f"**{view.text('drill.title', part=escaped(part.label))}**")
        st.caption(escaped(said_of(view, metric, part, orders)))
        channel, buyer = DIMENSIONS["channel"].name, DIMENSIONS["buyer"].name
        columns = [
            Column(label=view.text("drill.number")),
            Column(label=view.label(metric), kind=view.kind(metric), is_summed=True),
            Column(label=view.text("drill.date"), kind="day"),
            Column(label=view.text("filter.channel")),
            Column(label=view.text("filter.buyer")),
        ]
        has_names = _BUYER in orders.columns
        if has_names:
            columns.append(Column(label=view.text("drill.customer")))
        rows = [
            (
                order[_NUMBER],
                order[metric],
                order[_DAY],
                view.value_label(channel, str(order[channel])),
                view.value_label(buyer, str(order[buyer])),
                *((order[_BUYER],) if has_names else ()),
            )
            for order in orders.records()
        ]
        whole = [None, _whole(view, metric, part, orders), *[None] * (len(columns) - 2)]
        listing(view, f"drill-{part.name}", columns, rows, total=whole)


def said_of(view: View, metric: str, part: Part, orders: Table) -> str:
    """How many orders the part has, as the page counts them, and what the rows add up to."""
    if metric == _ORDERS:
        return view.text("drill.sum_orders", orders=view.count(orders.total(metric)))
    counted = view.ask([_ORDERS], period=part.period, where=part.where).total(_ORDERS)
    placed = sum(bool(count) for count in orders.column(_ORDERS))
    others = len(orders) - placed
    return view.text(
        "drill.sum_others" if others else "drill.sum",
        orders=view.count(counted),
        placed=view.count(placed),
        others=view.count(others),
        total=view.formats.exact(_whole(view, metric, part, orders), view.kind(metric)),
        metric=view.label(metric),
    )


def _whole(view: View, metric: str, part: Part, orders: Table) -> Decimal | None:
    """What the rows add up to; where the metric of one is not known, what the part's is."""
    if None in orders.column(metric):
        return view.ask([metric], period=part.period, where=part.where).number(metric)
    return orders.total(metric)


def orders_of(view: View, metric: str, part: Part) -> Table:
    """A part's orders with the metric of each, the largest first; they sum to the part's metric.

    Whether an order was placed in the part is in it too: what is given back may be of another.
    """
    by = [_ORDER, _NUMBER, _DAY, DIMENSIONS["channel"].name, DIMENSIONS["buyer"].name]
    if _names_buyers(view):
        by.append(_BUYER)
    table = view.ask(
        [*dict.fromkeys((_ORDERS, metric))],
        by=by,
        where=part.where,
        period=part.period,
        order_by=[f"-{metric}", _NUMBER],
    )
    # what is not known is told as such
    rows = tuple(row for row in table.rows if row[-1] != 0)
    return Table(table.columns, rows)


def _names_buyers(view: View) -> bool:
    """Whether who looks may see who bought; releases of before have no names."""
    return view.principal.may(PERSONAL_DATA) and view.reader.catalogue.has_dimension(_BUYER)
