"""Batches of customers: what was imported, handed out, exported or cleaned up, and what is left."""

import streamlit as st

from facet.reporting.query.table import Record
from facet.reporting.screen.pages.customers.data.contacts import (
    BATCHES,
    STALLED,
    customer_batches,
)
from facet.reporting.screen.parts.cells import column
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View


def batch_list(view: View) -> None:
    """List the batches, those first in which something is left to do."""
    batches = customer_batches(view)
    if not view.marts.has(BATCHES):
        return
    subheading(view.text("batch.title"))
    if not batches:
        nothing_yet(view.text("batch.none"), view.text("batch.none_why"), key="no-imports")
        return
    st.caption(view.text("batch.means"))
    columns = [
        column(view, "batch.name", "batch_name"),
        column(view, "batch.status", lambda row: _status(view, row)),
        column(view, "batch.type", lambda row: view.word("batch_type", row["batch_type"])),
        column(view, "batch.rows", "row_count", kind="count"),
        column(view, "batch.processed", "processed_count", kind="count"),
        column(view, "batch.failed", "failed_count", kind="count"),
        column(view, "batch.remaining", "remaining_count", kind="count"),
        column(view, "batch.started", "start_date", kind="day"),
        column(view, "batch.took", "duration_minutes", kind="minutes"),
        column(view, "batch.source", "batch_source", width=130),
        column(view, "batch.owner", lambda row: row["owner_name"] or view.text("lead.nobody")),
    ]
    listing(view, "customer-batches", batches, columns)


def _status(view: View, batch: Record) -> str:
    """As the CRM says it, unless it says that what stopped is running."""
    return view.word("batch_status", STALLED if batch["is_stalled"] else batch["batch_status"])
