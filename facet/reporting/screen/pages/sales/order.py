"""One order that the address names, as the search's links do: what it was of, and came to."""

from typing import Final

import streamlit as st

from facet.reporting.screen.pages.sales.data import LINE_METRICS, ORDER_METRICS, Order, order_of
from facet.reporting.screen.parts.cells import Column, metric_columns
from facet.reporting.screen.parts.markdown import escaped, math_free
from facet.reporting.screen.parts.table import written_table
from facet.reporting.screen.parts.tiles import Tile, plain_tiles
from facet.reporting.screen.session.picks import let_go, picked
from facet.reporting.screen.session.view import View

_PICK: Final = "order"


def order_found(view: View) -> None:
    """Show the order that is picked, until it is closed; nothing where none is."""
    found: list[Order] = []

    def exists(key: str) -> bool:
        found.extend(filter(None, [order_of(view, key)]))
        return bool(found)

    if picked(_PICK, _PICK, (), is_new=False, exists=exists) is None:
        return
    (order,) = found
    with st.container(key="order-found", border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            number = escaped(str(order.facts["order_number"]))
            st.subheader(view.text("order.title", number=number), anchor=False, width="content")
            st.button(
                view.text("order.close"),
                icon=":material/close:",
                type="tertiary",
                key="close-order",
                on_click=let_go,
                args=(view.page, _PICK),
            )
        st.caption(escaped(" · ".join(_facts(view, order))))
        plain_tiles(
            [_tile(view, order, name) for name in order.numbers if name in ORDER_METRICS], of=_PICK
        )
        metrics = [name for name in LINE_METRICS if name in order.lines[0]] if order.lines else []
        product = Column(
            label=view.text("order.product"),
            value=lambda line: view.value_label(order.product, line[order.product]),
        )
        written_table(view, order.lines, [product, *metric_columns(view, metrics)])


def _facts(view: View, order: Order) -> list[str]:
    facts = order.facts
    told = [
        view.formats.day_or_dash(facts["order_date__day"]),
        view.value_label("channel_name", facts["channel_name"]),
        view.word("buyer", facts["buyer_type"]),
    ]
    return [*told, str(order.customer)] if order.customer else told


def _tile(view: View, order: Order, name: str) -> Tile:
    value, kind = order.numbers[name], view.kind(name)
    exact = view.text("tile.exact", value=view.formats.exact(value, kind))
    return Tile(
        name=name,
        label=view.label(name),
        value=view.formats.short(value, kind),
        help=math_free(f"{view.description(name)}\n\n{exact}"),
    )
