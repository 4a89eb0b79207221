"""A person's credit down to the orders: rows that add up to the number exactly."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from facet.reporting.query.table import Cell, Table
from facet.reporting.screen.pages.staff.leaderboard import SALES
from facet.reporting.screen.pages.staff.team import Person
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.tables import Column, listing
from facet.reporting.screen.session.view import View

_ROLE: Final = "sales_credit__credit_role"
_NUMBER: Final = "sales_credit__order_number"
_DAY: Final = "sales_credit__order_date__day"
_CHANNEL: Final = "sales_credit__channel_name"
_BUYER: Final = "sales_credit__buyer_type"
#: What is measured beside the sale and never added in, by its role.
BESIDE: Final = {"overlay": "overlay_net_sales", "originator": "originator_net_sales"}

Order = dict[str, Cell]


def person_orders(view: View, person: Person) -> None:
    """The orders behind a person's credited net sales, and apart what was beside a sale."""
    orders = credit_of(view, person.user_id).records()
    credited = [order for order in orders if order[_ROLE] not in BESIDE]
    with st.container(key="person-orders", border=True):
        st.markdown(f"**{view.text('staff.credit_by_order')}**")
        if not credited:
            st.caption(view.text("staff.no_orders"))
        else:
            _credited(view, credited)
        for role, metric in BESIDE.items():
            if beside := [order for order in orders if order[_ROLE] == role]:
                total = view.formats.exact(sum_of(beside, metric), "money")
                said = view.text("staff.beside", metric=view.label(metric), total=total)
                st.markdown(escaped(said))
                _list(view, f"staff-{role}", beside, metric)


def credit_of(view: View, user_id: int) -> Table:
    """Each order of a person by role, the most credit first."""
    return view.ask(
        [SALES, *BESIDE.values()],
        by=["sales_order", "person", _NUMBER, _DAY, _ROLE, _CHANNEL, _BUYER],
        period=view.period,
        where={"staff_member": [user_id]},
        order_by=[f"-{SALES}", _NUMBER],
    )


def sum_of(orders: Sequence[Order], metric: str) -> Cell:
    """The exact sum of a metric over orders."""
    rows = tuple((order[metric],) for order in orders)
    return Table((metric,), rows).total(metric)


def _credited(view: View, orders: Sequence[Order]) -> None:
    bought = {order["person"]: order[_BUYER] for order in orders if order["person"] is not None}
    new = {order["person"] for order in orders if order[_BUYER] == "new"}
    said = view.text(
        "staff.orders_sum",
        orders=view.count(len(orders)),
        total=view.formats.exact(sum_of(orders, SALES), "money"),
        customers=view.count(len(bought)),
        new=view.count(len(new)),
    )
    st.caption(escaped(said))
    _list(view, "staff-orders", orders, SALES)


def _list(view: View, name: str, orders: Sequence[Order], metric: str) -> None:
    columns = [
        Column(label=view.text("drill.number")),
        Column(label=view.label(metric), kind="money", is_summed=True),
        Column(label=view.text("drill.date"), kind="day"),
        Column(label=view.text("staff.role"), width=150),
        Column(label=view.text("filter.channel")),
        Column(label=view.text("filter.buyer")),
    ]
    rows = [
        (
            order[_NUMBER],
            order[metric],
            order[_DAY],
            view.word("credit_role", order[_ROLE]),
            view.value_label(_CHANNEL, str(order[_CHANNEL])),
            view.value_label(_BUYER, str(order[_BUYER])),
        )
        for order in orders
    ]
    listing(view, name, columns, rows, has_total=True)
