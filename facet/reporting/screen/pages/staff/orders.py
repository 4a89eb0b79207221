"""A person's credit down to the orders: rows that add up to the number exactly."""

from collections.abc import Sequence

import streamlit as st

from facet.reporting.present.staff import SALES, Person
from facet.reporting.query.table import Row, total
from facet.reporting.screen.pages.staff.data.orders import (
    BESIDE,
    BUYER,
    CHANNEL,
    DAY,
    NUMBER,
    ROLE,
    credit_of,
)
from facet.reporting.screen.parts.cells import Column, column
from facet.reporting.screen.parts.headings import minor_heading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.orders import day_column, order_columns
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View


def person_orders(view: View, person: Person) -> None:
    """The orders behind a person's credited net sales, and apart what was beside a sale."""
    orders = credit_of(view, person.user_id)
    credited = [order for order in orders if order[ROLE] not in BESIDE]
    with st.container(key="person-orders", border=True):
        minor_heading(view.text("staff.credit_by_order"))
        if not credited:
            st.caption(view.text("staff.no_orders"))
        else:
            st.caption(escaped(_describe_sum(view, credited)))
            _list(view, "staff-orders", credited, SALES)
        for role, metric in BESIDE.items():
            if beside := [order for order in orders if order[ROLE] == role]:
                amount = view.formats.exact(total(beside, metric), "money")
                message = view.text("staff.beside", metric=view.label(metric), total=amount)
                st.markdown(escaped(message))
                _list(view, f"staff-{role}", beside, metric)


def _describe_sum(view: View, orders: Sequence[Row]) -> str:
    bought = {order["person"] for order in orders if order["person"] is not None}
    new = {order["person"] for order in orders if order[BUYER] == "new"}
    return view.text(
        "staff.orders_sum",
        orders=view.count(len(orders)),
        total=view.formats.exact(total(orders, SALES), "money"),
        customers=view.count(len(bought)),
        new=view.count(len(new)),
    )


def _list(view: View, name: str, orders: Sequence[Row], metric: str) -> None:
    shown = [
        Column(label=view.label(metric), value=metric, kind="money", is_summed=True),
        day_column(view, DAY),
        column(view, "staff.role", lambda order: view.word("credit_role", order[ROLE]), width=150),
    ]
    columns = order_columns(view, shown, number=NUMBER, channel=CHANNEL, buyer=BUYER)
    listing(view, name, orders, columns, has_total=True)
