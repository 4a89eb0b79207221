"""A greeting, and what has come in since the reader was last here."""

from typing import Final

import streamlit as st

from facet.reporting.present.document.parts import Part
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.orders import drill_down
from facet.reporting.screen.session.audit_log import last_visit
from facet.reporting.screen.session.selection import Selection
from facet.reporting.screen.session.shown import note_shown
from facet.reporting.screen.session.view import View
from facet.rights.codes import SALES

_METRICS: Final = ("net_sales", "orders", "returns")


def greeting(view: View) -> None:
    """Greet the reader; tell those who see sales what has come in since their last visit."""
    hello = escaped(view.text("home.greeting", name=view.principal.full_name))
    can_tell = view.principal.may(SALES) and view.reader.catalogue.tells_time(_METRICS)
    visit = last_visit(view) if can_tell and view.first_day else None
    if visit is None:
        st.markdown(hello)
        return
    moment = view.tenant.calendar.local(visit)
    since = moment.replace(tzinfo=None, microsecond=0)
    found = view.query(_METRICS, period=None, known_after=since).records()[0]
    told = {"moment": view.formats.moment(moment)}
    if not any(found.values()):
        st.markdown(f"{hello} {escaped(view.text('home.since_nothing', **told))}")
        return
    told |= {name: view.formats.short(found[name], view.kind(name)) for name in _METRICS}
    st.markdown(hello)
    since_then = view.text("home.since", **told)
    note_shown(lambda: Part(notes=(since_then,)))
    label = escaped(since_then)
    with st.expander(label, key="open-since", type="compact", on_change="rerun") as opened:
        if opened.open:
            drill_down(
                view, "net_sales", Selection(name="since", label=told["moment"], known_after=since)
            )
