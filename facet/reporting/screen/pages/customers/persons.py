"""Who is overdue or in a segment, and one customer with all orders."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import streamlit as st

from facet.reporting.query.conditions import Where
from facet.reporting.query.table import Record
from facet.reporting.screen.pages.customers.data.care import events_of
from facet.reporting.screen.pages.customers.data.persons import (
    LOST,
    PERSONS_SHOWN,
    SEGMENTS,
    Segments,
    orders_of,
    persons_of,
)
from facet.reporting.screen.parts.cells import Column, column, summed
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.orders import day_column, order_columns, orders_behind
from facet.reporting.screen.parts.table import Select, listing
from facet.reporting.screen.session.query_params import query_param_named, query_param_select
from facet.reporting.screen.session.view import View
from facet.rights.codes import PERSONAL_DATA

_OVERDUE: Final = "overdue"
#: The statuses that a counted order may have.
STATUSES: Final = (*("pending", "confirmed", "in_production", "shipped", "delivered", "completed"),)


def person_list(view: View, segments: Segments) -> Record | None:
    """List overdue persons, or those of a segment; returns the one that was picked.

    The address names who was picked, so that the audit trail does.
    """
    if not segments.rows:
        return None
    subheading(view.text("person.title"))
    there = [str(row["segment"]) for row in segments.rows]
    options = {_OVERDUE: view.text("person.overdue")}
    options |= {name: view.text(f"segment.{name}") for name in there}
    chosen = query_param_select("segment", view.text("person.which"), options, default=_OVERDUE)
    persons = persons_of(view, _where(chosen), named=query_param_named("customer"))
    if not persons:
        unknown = segments.median_gap is None
        st.caption(view.text("person.overdue_unknown" if unknown else "person.none_overdue"))
        return None
    st.caption(view.text("person.pick" if _may_open(view) else "person.no_right"))
    select = Select(chooses=lambda person: {"customer": str(person["person_id"])})
    listing(
        view,
        "persons",
        persons[:PERSONS_SHOWN],
        _columns(view, persons),
        select=select if _may_open(view) else None,
        has_total=len(persons) < PERSONS_SHOWN,
    )
    return _chosen(view, persons) if _may_open(view) else None


def _chosen(view: View, persons: Sequence[Record]) -> Record | None:
    """One of the list; nobody at first."""
    by_id = {str(person["person_id"]): person for person in persons}
    options = {"": view.text("person.nobody")}
    options |= {key: _name(person) for key, person in by_id.items()}
    picked = query_param_select(
        "customer", view.text("person.customer"), options, default="", width=420
    )
    return by_id.get(picked)


def person_orders(view: View, person: Record | None) -> None:
    """All that a customer ordered, with what is owed and promised; for who may see who it is."""
    if person is None or not _may_open(view):
        return
    orders = orders_of(view, person["person_id"])
    columns = order_columns(
        view,
        [
            day_column(view),
            column(
                view,
                "person.status",
                lambda order: view.word("bought", order["order_status"]),
            ),
            summed(view, "person.demand", "demand_sales_amount"),
            summed(view, "person.returns", "returns_amount"),
            summed(view, "person.sales", "net_sales_amount"),
            summed(view, "person.balance", "balance_due_amount"),
            column(view, "person.promised", "promised_on", kind="day"),
        ],
    )
    subheading(escaped(_name(person)))
    orders_behind(
        view,
        "person-orders",
        orders,
        columns,
        caption=view.text(
            "person.orders_are",
            orders=view.count(len(orders)),
            since=view.formats.day_or_dash(person["first_order_date"]),
        ),
    )


def person_history(view: View, person: Record | None) -> None:
    """What happened with the customer, in one list: orders, returns, conversations, promises."""
    if person is None or not _may_open(view):
        return
    events = events_of(view, person["person_id"])
    columns = [
        column(view, "history.day", "event_date", kind="day"),
        column(view, "history.what", lambda event: view.text(f"happened.{event['event_type']}")),
        column(view, "history.name", lambda event: _of(view, event)),
        column(view, "history.status", lambda event: _status(view, event)),
        column(view, "filter.channel", lambda event: event["channel_name"] or ""),
        column(view, "history.amount", "amount", kind="money"),
        column(view, "history.promised", "promised_date", kind="day"),
    ]
    with st.expander(view.text("history.title"), icon=":material/history:"):
        st.caption(view.text("history.means", count=view.count(len(events))))
        listing(view, "person-history", events, columns)


def _of(view: View, event: Record) -> str:
    name = event["event_name"]
    return view.word("touchpoint", name) if name is not None else ""


def _status(view: View, event: Record) -> str:
    if event["event_status"] is None:
        return ""
    kind = {"order": "bought", "potential": "potential_stage"}.get(str(event["event_type"]))
    return view.word(kind or "history_status", event["event_status"])


def _where(chosen: str) -> Where:
    if chosen == _OVERDUE:
        return {"is_overdue": [True], "segment": [name for name in SEGMENTS if name != LOST]}
    return {"segment": [chosen]}


def _may_open(view: View) -> bool:
    return view.principal.may(PERSONAL_DATA)


def _columns(view: View, persons: Sequence[Record]) -> list[Column]:
    names = [column(view, "person.name", "full_name")] if _may_open(view) else []
    return [
        column(view, "person.code", "customer_code"),
        *names,
        column(view, "segment.segment", lambda row: view.text(f"segment.{row['segment']}")),
        column(view, "segment.before", partial(_before, view)),
        column(view, "person.last", "last_order_date", kind="day"),
        column(view, "person.idle", "idle_day_count", kind="count"),
        column(view, "person.gap", "median_gap_day_count", kind="days"),
        column(
            view,
            "person.due_after",
            "overdue_after_day_count",
            kind="days",
            help=view.text("person.due_after_means"),
        ),
        summed(view, "person.orders", "order_count", "count"),
        summed(view, "person.sales", "net_sales_amount"),
    ]


def _before(view: View, row: Any) -> str:
    before = row["segment_before"]
    return view.text("segment.not_yet" if before is None else f"segment.{before}")


def _name(person: Record) -> str:
    return " · ".join(str(part) for part in (person["full_name"], person["customer_code"]) if part)
