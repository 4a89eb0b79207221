"""The orders behind a number: a list that adds up to it."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from facet.reporting.present.orders import BUYER, source_of, sum_of_orders, summed_orders
from facet.reporting.query.table import Table
from facet.reporting.screen.parts.cells import Column, column
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.selection import Selection
from facet.reporting.screen.session.state import set_filters
from facet.reporting.screen.session.view import View


def orders_behind(
    view: View,
    name: str,
    orders: Sequence[Any],
    columns: Sequence[Column],
    *,
    caption: str,
    title: str | None = None,
    selection: Selection | None = None,
) -> None:
    """A box of the rows behind a number: what they are of, and in a sentence what they come to."""
    with st.container(key=name, border=True):
        if title is not None:
            st.markdown(f"**{escaped(title)}**")
        st.caption(escaped(caption))
        if selection is not None:
            _offer_to_filter(view, selection)
        listing(view, name, orders, columns, has_total=True, title=title or caption)


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


def _orders(view: View, metric: str, selection: Selection) -> None:
    source = source_of(metric)
    orders = orders_of(view, metric, selection)
    total_amount = _total(view, metric, selection, orders)
    amount = Column(
        label=view.label(metric),
        value=metric,
        kind=view.kind(metric),
        is_summed=True,
        total=lambda _: total_amount,
    )
    customer = column(view, "drill.customer", BUYER)
    columns = order_columns(
        view,
        [amount, day_column(view, source.of("order_date__day"))],
        number=source.of("order_number"),
        channel=source.of("channel_name"),
        buyer=source.of("buyer_type"),
        more=[customer] if BUYER in orders.columns else (),
    )
    orders_behind(
        view,
        f"drill-{selection.name}",
        orders.records(),
        columns,
        title=view.text("drill.title", part=selection.label),
        caption=sum_message(view, metric, selection, orders),
        selection=selection,
    )


def _offer_to_filter(view: View, selection: Selection) -> None:
    """Offer to look at what was picked alone, where the page has the filters for it."""
    if view.page is None or not view.page.has("parts") or selection.known_after is not None:
        return
    period = None if selection.period == view.period else selection.period
    filters = view.filters.narrowed(view.dimensions, selection.where, period)
    if filters is None or filters == view.filters:
        return
    label = view.text("drill.only", part=escaped(selection.label))
    if st.button(
        label, icon=":material/filter_alt:", type="tertiary", key=f"only-{selection.name}"
    ):
        set_filters(filters)
        st.rerun()


def sum_message(view: View, metric: str, selection: Selection, orders: Table) -> str:
    """The number of orders of a selection, as the page counts them, and the sum of the rows."""
    counts = source_of(metric).orders
    if metric == counts:
        return view.text("drill.sum_orders", orders=view.count(orders.total(metric)))
    counted = view.query([counts], **_narrowed(selection)).total(counts)
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


def orders_of(view: View, metric: str, selection: Selection) -> Table:
    """Orders of a selection with the metric of each, the largest first; they sum to the bar."""
    return summed_orders(view, metric, **_narrowed(selection))


def _total(view: View, metric: str, selection: Selection, orders: Table) -> Decimal | None:
    return sum_of_orders(view, metric, orders, **_narrowed(selection))


def _narrowed(selection: Selection) -> dict[str, Any]:
    return {
        "where": selection.where,
        "period": selection.period,
        "known_after": selection.known_after,
    }
