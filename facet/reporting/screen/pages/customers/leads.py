"""The lead funnel of the period, and leads that are open."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.query.table import Cell, Row, total
from facet.reporting.screen.pages.customers.data.leads import (
    OPEN,
    STAGES,
    WAYS,
    funnel_by,
    mature_rate,
    open_by_age,
    open_leads,
)
from facet.reporting.screen.parts.ages import age_columns
from facet.reporting.screen.parts.cells import column, metric_columns
from facet.reporting.screen.parts.counts import steps_chart
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import export_of, listing, written_table
from facet.reporting.screen.parts.tiles import Tile, tiles
from facet.reporting.screen.session.view import View

_METRICS: Final = (
    *("leads_created", "created_lead_conversion_rate", "median_minutes_to_contact"),
    *("median_days_to_qualify", "median_days_qualified_to_convert"),
)

#: What stands where a lead has none of it.
_MISSING: Final = {"source": "lead.unknown", "channel": "missing.channel", "staff": "lead.nobody"}


def lead_funnel(view: View) -> None:
    """How far the leads of the period got, stage by stage, and by what they differ."""
    subheading(view.text("lead.title"))
    st.caption(view.text("lead.means"))
    numbers = tiles(view, _METRICS, of="leads", also=[_mature(view)])
    if numbers.is_empty:
        nothing_yet(view.text("lead.none"), view.text("lead.none_why"), key="no-leads")
        return
    steps_chart(view, "lead-funnel", view.text("lead.funnel"), STAGES)
    _by_way(view)


def open_lead_list(view: View) -> None:
    """Leads that are neither converted nor lost: by age, and one by one."""
    by_age = open_by_age(view)
    minor_heading(view.text("lead.open"), key="list-of-leads")
    if not by_age:
        st.caption(view.text("lead.none_open"))
        return
    rows = [status for status in OPEN if _count(by_age, status)]
    columns = [
        column(view, "lead.status", lambda status: view.text(f"lead_status.{status}")),
        *age_columns(view, partial(_cell, by_age)),
        column(view, "table.total", partial(_count, by_age), kind="count"),
    ]
    written_table(view, rows, columns)
    with st.expander(view.text("lead.each"), icon=":material/list:"):
        leads = open_leads(view)
        shown = [
            column(view, "lead.number", "lead_id"),
            column(view, "lead.created", "created_date", kind="day"),
            column(view, "lead.age", "age_day_count", kind="count"),
            column(
                view, "lead.status", lambda lead: view.text(f"lead_status.{lead['lead_status']}")
            ),
            column(view, "lead.source", lambda lead: _named(view, "source", lead["lead_source"])),
            column(
                view,
                "filter.channel",
                lambda lead: lead["channel_name"] or view.text("missing.channel"),
            ),
            column(
                view, "lead.staff", lambda lead: lead["assigned_name"] or view.text("lead.nobody")
            ),
        ]
        listing(view, "open-leads", leads, shown)


def _mature(view: View) -> Tile:
    found = mature_rate(view)
    return Tile(
        name="mature",
        label=view.label("mature_lead_conversion_rate"),
        value=view.formats.exact(found["mature_lead_conversion_rate"], "rate"),
        note=view.text("lead.mature_note", count=view.count(found["mature_leads"])),
        help=view.description("mature_lead_conversion_rate"),
    )


def _by_way(view: View) -> None:
    chosen = one_of(
        view.text("lead.by"), WAYS, lambda way: view.text(f"lead.by_{way}"), key="leads"
    )
    rows = funnel_by(view, chosen)
    dimension = WAYS[chosen][0]
    columns = [
        column(
            view,
            f"lead.by_{chosen}",
            lambda row: _named(view, chosen, row[dimension]),
        ),
        *metric_columns(view, (*STAGES, "created_lead_conversion_rate")),
    ]
    written_table(view, rows, columns)
    export_of(view, f"leads-by-{chosen}", rows, columns)


def _named(view: View, way: str, value: Cell) -> str:
    """Where a lead is from, or what stands where that is not known."""
    return view.word(f"lead_{way}", value) if value else view.text(_MISSING[way])


def _cell(by_age: Sequence[Row], age: str, status: str) -> Decimal:
    return total(
        [row for row in by_age if row["open_age"] == age and row["lead_status"] == status],
        "row_count",
    )


def _count(by_age: Sequence[Row], status: str) -> Decimal:
    return total([row for row in by_age if row["lead_status"] == status], "row_count")
