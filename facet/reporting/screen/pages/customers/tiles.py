"""Tiles: customers of the period, and who needs somebody now."""

from collections.abc import Iterator
from typing import Final

import streamlit as st

from facet.reporting.query.table import total
from facet.reporting.screen.pages.customers.data.care import (
    duplicates,
    occasions_soon,
    potentials_by_stage,
)
from facet.reporting.screen.pages.customers.data.leads import open_by_age
from facet.reporting.screen.pages.customers.data.persons import SLIPPING, Segments
from facet.reporting.screen.parts.attention import Line, needs_attention
from facet.reporting.screen.parts.empty import offer_days
from facet.reporting.screen.parts.tiles import Tile, tiles
from facet.reporting.screen.session.view import View

_METRICS: Final = (
    *("customers", "new_customers", "returning_customers", "returning_customer_rate"),
    "net_sales_per_customer",
)


def customer_tiles(view: View, segments: Segments) -> None:
    """Show the period's customers; where it has none a message, with days that have some."""
    numbers = tiles(view, _METRICS, also=[_overdue(view, segments)])
    if not numbers.is_empty or view.has_just_begun:
        return
    with st.container(key="nothing-in-period", border=True, horizontal_alignment="center"):
        span = view.reader.span()
        if span is None:
            st.markdown(f":material/hourglass_empty: {view.text('empty.never')}")
            return
        st.markdown(f":material/search_off: {view.text('customer.none_in_period')}")
        if segments.rows:
            offer_days(view, *span)


def what_needs_somebody(view: View, segments: Segments) -> None:
    """A line for each thing that somebody should see to; nothing where there is nobody at all."""
    lines = list(_lines(view, segments))
    if lines or segments.rows:
        needs_attention(view, lines, nothing=view.text("customer.needs_nobody"))


def _overdue(view: View, segments: Segments) -> Tile:
    """How many are overdue; unknown where nobody has ordered twice."""
    gap = segments.median_gap
    note = (
        view.text("customer.overdue_unknown")
        if gap is None
        else view.text("customer.overdue_note", days=view.count(gap))
    )
    return Tile(
        name="overdue",
        label=view.text("customer.overdue"),
        value=view.count(segments.overdue_count),
        note=note,
        help=view.text("customer.overdue_means"),
    )


def _lines(view: View, segments: Segments) -> Iterator[Line]:
    slipping = segments.sum("row_count", SLIPPING)
    if slipping:
        sales = segments.sum("year_net_sales_amount", SLIPPING)
        yield Line(
            "trending_down",
            view.text(
                "customer.slipping",
                count=view.count(slipping),
                sales=view.formats.exact(sales, "money"),
            ),
            "list-of-segments",
        )
    yield from _leads(view)
    if days := occasions_soon(view):
        yield Line(
            "cake", view.text("customer.birthdays", count=view.count(days)), "list-of-occasions"
        )
    if pairs := len(duplicates(view)):
        yield Line(
            "group_add",
            view.text("customer.duplicates", count=view.count(pairs)),
            "list-of-duplicates",
        )


def _leads(view: View) -> Iterator[Line]:
    open_leads = open_by_age(view)
    waiting = total([row for row in open_leads if row["lead_status"] == "new"], "row_count")
    if waiting:
        yield Line(
            "mark_email_unread",
            view.text("customer.waiting", count=view.count(waiting)),
            "list-of-leads",
        )
    old = total([row for row in open_leads if row["open_age"] == "days_90_on"], "row_count")
    if old:
        yield Line(
            "hourglass_bottom",
            view.text("customer.old_leads", count=view.count(old)),
            "list-of-leads",
        )
    stages = potentials_by_stage(view)
    overdue = total(stages, "is_overdue")
    if overdue:
        yield Line(
            "event_busy",
            view.text("customer.overdue_potentials", count=view.count(overdue)),
            "list-of-potentials",
        )
