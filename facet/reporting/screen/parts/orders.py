"""The orders behind a number: a list that adds up to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import streamlit as st

from facet.reporting.query.table import Table
from facet.reporting.screen.parts.cells import Column, column
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.selection import Selection
from facet.reporting.screen.session.view import View
from facet.rights.codes import PERSONAL_DATA

_ORDER: Final = "sales_order"
_BUYER: Final = "person__full_name"


@dataclass(frozen=True)
class _Source:
    """What a metric's orders are told by: entries of the ledger, or what people have credit for."""

    entity: str
    #: The metric that counts its orders.
    orders: str

    def of(self, column: str) -> str:
        """A dimension of an order."""
        return f"{self.entity}__{column}"


_LEDGER: Final = _Source("ledger_entry", "orders")
_CREDITS: Final = _Source("sales_credit", "credited_orders")


def orders_behind(
    view: View,
    name: str,
    orders: Sequence[Any],
    columns: Sequence[Column],
    *,
    caption: str,
    title: str | None = None,
) -> None:
    """A box of the rows behind a number: what they are of, and in a sentence what they come to."""
    with st.container(key=name, border=True):
        if title is not None:
            st.markdown(f"**{escaped(title)}**")
        st.caption(escaped(caption))
        listing(view, name, orders, columns, has_total=True)


def order_columns(
    view: View,
    shown: Sequence[Column],
    *,
    number: str | Callable[[Any], Any] = "order_number",
    channel: str = "channel_name",
    buyer: str = "buyer_type",
    more: Sequence[Column] = (),
) -> list[Column]:
    """The columns of a list of orders; `shown` follow the number, fields are those of an order."""
    return [
        column(view, "drill.number", number),
        *shown,
        column(view, "filter.channel", lambda order: view.value_label(channel, order[channel])),
        column(view, "filter.buyer", lambda order: view.word("buyer", order[buyer])),
        *more,
    ]


def day_column(view: View, value: str = "order_date") -> Column:
    """The day of an order."""
    return column(view, "drill.date", value, kind="day")


def drill_down(view: View, metric: str, *selections: Selection | None) -> None:
    """Show the orders that each clicked bar was summed from."""
    for selection in filter(None, selections):
        _orders(view, metric, selection)


def orders_in_period(view: View, metric: str) -> None:
    """Show the orders that a metric of the whole period was summed from."""
    label = view.formats.period(view.period)
    _orders(view, metric, Selection(name="period", label=label, period=view.period))


def _source(metric: str) -> _Source:
    return _CREDITS if metric.startswith("credited_") else _LEDGER


def _orders(view: View, metric: str, selection: Selection) -> None:
    source = _source(metric)
    orders = orders_of(view, metric, selection)
    total_amount = _total(view, metric, selection, orders)
    amount = Column(
        label=view.label(metric),
        value=metric,
        kind=view.kind(metric),
        is_summed=True,
        total=lambda _: total_amount,
    )
    customer = column(view, "drill.customer", _BUYER)
    columns = order_columns(
        view,
        [amount, day_column(view, source.of("order_date__day"))],
        number=source.of("order_number"),
        channel=source.of("channel_name"),
        buyer=source.of("buyer_type"),
        more=[customer] if _BUYER in orders.columns else (),
    )
    orders_behind(
        view,
        f"drill-{selection.name}",
        orders.records(),
        columns,
        title=view.text("drill.title", part=selection.label),
        caption=sum_message(view, metric, selection, orders),
    )


def sum_message(view: View, metric: str, selection: Selection, orders: Table) -> str:
    """The number of orders of a selection, as the page counts them, and the sum of the rows."""
    counts = _source(metric).orders
    if metric == counts:
        return view.text("drill.sum_orders", orders=view.count(orders.total(metric)))
    counted = _query(view, [counts], selection).total(counts)
    placed = sum(bool(count) for count in orders.column(counts))
    others = len(orders) - placed
    return view.text(
        "drill.sum_others" if others else "drill.sum",
        orders=view.count(counted),
        placed=view.count(placed),
        others=view.count(others),
        total=view.formats.exact(_total(view, metric, selection, orders), view.kind(metric)),
        metric=view.label(metric),
    )


def _total(view: View, metric: str, selection: Selection, orders: Table) -> Decimal | None:
    """What the rows add up to; where the metric of one is not known, what the selection's is."""
    if None in orders.column(metric):
        return _query(view, [metric], selection).number(metric)
    return orders.total(metric)


def orders_of(view: View, metric: str, selection: Selection) -> Table:
    """Orders of a selection with the metric of each, the largest first; they sum to the bar.

    Whether an order was placed in its period is in it too: what is given back may be of another.
    """
    source = _source(metric)
    number = source.of("order_number")
    by = [_ORDER, number]
    by += [source.of(name) for name in ("order_date__day", "channel_name", "buyer_type")]
    if _names_buyers(view):
        by.append(_BUYER)
    names = [*dict.fromkeys((source.orders, metric))]
    table = _query(view, names, selection, by=by, order_by=[f"-{metric}", number])
    # what is not known is told as such
    rows = tuple(row for row in table.rows if row[-1] != 0)
    return Table(table.columns, rows)


def _query(view: View, names: Sequence[str], selection: Selection, **more: Any) -> Table:
    return view.query(
        names,
        where=selection.where,
        period=selection.period,
        known_after=selection.known_after,
        **more,
    )


def _names_buyers(view: View) -> bool:
    """Whether who looks may see who bought; releases of before have no names."""
    return view.principal.may(PERSONAL_DATA) and view.reader.catalogue.has_dimension(_BUYER)
