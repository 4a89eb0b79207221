"""Opportunities, days to remember, and customers who are probably one."""

import streamlit as st

from facet.reporting.query.table import Record
from facet.reporting.screen.pages.customers.data.care import (
    duplicates,
    occasions,
    open_potentials,
    potentials_by_stage,
)
from facet.reporting.screen.parts.cells import column, summed
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View
from facet.rights.codes import PERSONAL_DATA


def opportunities(view: View) -> None:
    """What may yet be sold: by stage, and one by one."""
    subheading(view.text("potential.title"), key="list-of-potentials")
    stages = potentials_by_stage(view)
    if not stages:
        st.caption(view.text("potential.none"))
        return
    st.caption(view.text("potential.means"))
    columns = [
        column(view, "potential.stage", lambda row: view.text(f"potential_stage.{row['stage']}")),
        summed(view, "potential.count", "row_count", "count"),
        summed(view, "potential.expected", "expected_amount"),
        summed(view, "potential.overdue", "is_overdue", "count"),
    ]
    listing(view, "potentials", stages, columns, has_total=True)
    with st.expander(view.text("potential.each"), icon=":material/list:"):
        each = [
            column(view, "potential.number", "potential_id"),
            column(view, "potential.stage", lambda row: _stage(view, row)),
            column(view, "potential.expected", "expected_amount", kind="money"),
            column(view, "potential.close", "expected_close_date", kind="day"),
            column(view, "potential.age", "age_day_count", kind="count"),
            column(view, "potential.in_stage", "stage_day_count", kind="count"),
            column(view, "filter.channel", lambda row: _channel(view, row)),
            column(
                view, "lead.staff", lambda row: row["assigned_name"] or view.text("lead.nobody")
            ),
        ]
        listing(view, "each-potential", open_potentials(view), each)


def days_to_remember(view: View) -> None:
    """Birthdays and anniversaries to come; for who may see who they are of."""
    subheading(view.text("occasion.title"), key="list-of-occasions")
    if not view.principal.may(PERSONAL_DATA):
        st.caption(view.text("person.no_right"))
        return
    found = occasions(view)
    if not found:
        st.caption(view.text("occasion.none"))
        return
    st.caption(view.text("occasion.means"))
    columns = [
        column(view, "occasion.day", "occasion_date", kind="day"),
        column(view, "occasion.type", lambda row: view.text(f"occasion.{row['occasion_type']}")),
        column(view, "person.name", "full_name"),
        column(view, "person.code", "customer_code"),
        column(view, "person.orders", "order_count", kind="count"),
        column(view, "person.last", "last_order_date", kind="day"),
    ]
    listing(view, "occasions", found, columns)


def probable_duplicates(view: View) -> None:
    """Pairs to look at, and merge where they are one."""
    found = duplicates(view)
    if not found:
        return
    with (
        st.container(key="list-of-duplicates"),
        st.expander(
            view.text("duplicate.title", count=view.count(len(found))), icon=":material/group_add:"
        ),
    ):
        st.caption(view.text("duplicate.means"))
        columns = [
            column(view, "person.code", "customer_code"),
            column(view, "person.orders", "order_count", kind="count"),
            column(view, "duplicate.other", "other_customer_code"),
            column(view, "duplicate.other_orders", "other_order_count", kind="count"),
            column(view, "duplicate.phone", lambda row: _yes(view, row["has_same_phone"])),
            column(view, "duplicate.email", lambda row: _yes(view, row["has_same_email"])),
            column(view, "duplicate.account", lambda row: _yes(view, row["has_same_account"])),
        ]
        listing(view, "duplicates", found, columns)


def _stage(view: View, row: Record) -> str:
    return view.text(f"potential_stage.{row['stage']}")


def _channel(view: View, row: Record) -> str:
    return str(row["channel_name"] or view.text("missing.channel"))


def _yes(view: View, flag: object) -> str:
    return view.text("duplicate.same") if flag else ""
