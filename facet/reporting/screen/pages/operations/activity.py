"""Workflows, errors, refused acts, unusual activity and notes."""

import streamlit as st

from facet.reporting.screen.pages.operations.data import (
    WORKFLOW_METRICS,
    hour_of,
    log_events,
    notes,
    unusual_hours,
    workflows,
)
from facet.reporting.screen.parts.cells import column, metric_columns, summed
from facet.reporting.screen.parts.empty import nothing_wrong
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View


def workflow_list(view: View) -> None:
    """Workflows that ran in the period, and how that went."""
    subheading(view.text("workflow.title"))
    found = workflows(view)
    if not found:
        st.caption(view.text("workflow.none"))
        return
    columns = [
        column(
            view,
            "workflow.name",
            lambda row: row["workflow_run__workflow_name"] or view.text("workflow.unknown"),
        ),
        *metric_columns(view, WORKFLOW_METRICS),
    ]
    listing(view, "workflows", found, columns)


def error_lists(view: View) -> None:
    """Errors of systems by source, and acts of people that were refused, of the period."""
    subheading(view.text("error.title"))
    errors = log_events(view, "error_count")
    if errors:
        columns = [
            column(view, "error.source", "log_source"),
            column(view, "error.event", "event"),
            summed(view, "error.count", "error_count", "count"),
            summed(view, "error.events", "event_count", "count"),
        ]
        listing(view, "errors", errors, columns, has_total=True)
    else:
        nothing_wrong(view.text("error.none"))
    minor_heading(view.text("refusal.title"))
    refused = log_events(view, "refused_count")
    if not refused:
        st.caption(view.text("refusal.none"))
        return
    columns = [
        column(view, "refusal.act", "event"),
        summed(view, "refusal.count", "refused_count", "count"),
        summed(view, "refusal.events", "event_count", "count"),
    ]
    listing(view, "refused", refused, columns, has_total=True)


def unusual_activity(view: View) -> None:
    """Hours in which somebody changed more than ever at that time of the week."""
    subheading(view.text("unusual.title"))
    st.caption(view.text("unusual.means"))
    found = unusual_hours(view)
    if not found:
        nothing_wrong(view.text("unusual.none"))
        return
    columns = [
        column(view, "unusual.person", lambda row: row["user_name"] or view.text("unusual.nobody")),
        column(view, "unusual.hour", hour_of, kind="moment"),
        column(view, "unusual.actions", "action_count", kind="count"),
        column(view, "unusual.usual", "usual_action_count", kind="count"),
    ]
    listing(view, "unusual", found, columns)


def note_list(view: View) -> None:
    """Notes by what they are about."""
    subheading(view.text("note.title"))
    found = notes(view)
    if not found:
        st.caption(view.text("note.none"))
        return
    columns = [
        column(view, "note.about", lambda row: view.word("note_subject", row["subject_type"])),
        summed(view, "note.count", "note_count", "count"),
        summed(view, "note.private", "private_note_count", "count"),
        summed(view, "note.pinned", "pinned_note_count", "count"),
        summed(view, "note.without_order", "note_count_without_order", "count"),
    ]
    listing(view, "notes", found, columns, has_total=True)
