"""Calls between systems: which addresses fail, and how each other system did in the period."""

from functools import partial

import streamlit as st

from facet.reporting.query.table import Record
from facet.reporting.screen.pages.operations.data import (
    PROVIDER_METRICS,
    endpoints,
    providers,
)
from facet.reporting.screen.parts.cells import (
    column,
    metric_columns,
    moment_of,
    or_dash,
    share_of,
    summed,
)
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View


def calls(view: View) -> None:
    """List addresses, those that fail first; and the other systems of the period."""
    subheading(view.text("call.title"))
    found = endpoints(view)
    if not found:
        nothing_yet(view.text("call.none"), view.text("call.none_why"), key="no-calls")
        return
    st.caption(view.text("call.means"))
    columns = [
        column(view, "call.endpoint", or_dash("endpoint")),
        column(view, "call.provider", "provider"),
        column(view, "call.direction", partial(_direction, view, "direction")),
        column(view, "call.state", partial(_state, view)),
        column(view, "call.since", moment_of(view, "failing_since_at"), kind="moment", width=165),
        column(view, "call.last_good", moment_of(view, "last_good_at"), kind="moment", width=165),
        summed(view, "call.attempts", "attempt_count", "count"),
        column(view, "call.rate", partial(_rate, ""), kind="share"),
        column(view, "call.rate_before", partial(_rate, "_before"), kind="share"),
    ]
    listing(view, "endpoints", found, columns, has_total=True)
    minor_heading(view.text("call.by_provider"))
    rows = providers(view)
    if not rows:
        st.caption(view.text("call.none_in_period"))
        return
    shown = [
        column(view, "call.provider", "webhook_call__provider"),
        column(view, "call.direction", partial(_direction, view, "webhook_call__direction")),
        *metric_columns(view, PROVIDER_METRICS),
    ]
    listing(view, "providers", rows, shown)


def _rate(when: str, row: Record) -> object:
    return share_of(row[f"failed_attempt_count{when}"], row[f"attempt_count{when}"])


def _state(view: View, row: Record) -> str:
    return view.text("call.failing" if row["is_failing"] else "call.working")


def _direction(view: View, name: str, row: Record) -> str:
    return view.text(f"call_direction.{row[name]}")
