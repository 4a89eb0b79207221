"""By what customers can be reached."""

import streamlit as st

from facet.reporting.query.table import Row
from facet.reporting.screen.pages.customers.data.contacts import ANY, WAYS, ways_of
from facet.reporting.screen.parts.cells import column, share_of
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.table import export_of, written_table
from facet.reporting.screen.session.view import View


def contact_ways(view: View) -> None:
    """How many customers a re-engagement can reach, by what, and when they last ordered."""
    ways = ways_of(view)
    if not view.marts.has(WAYS):
        return
    subheading(view.text("contact.title"))
    if not ways:
        nothing_yet(view.text("contact.none"), view.text("contact.none_why"), key="no-contacts")
        return
    st.caption(view.text("contact.means", count=view.count(ways[0]["all_person_count"])))
    columns = [
        column(view, "contact.way", lambda row: view.word("contact_type", row["contact_type"])),
        column(view, "contact.persons", "person_count", kind="count"),
        column(view, "contact.opted_out", "opted_out_person_count", kind="count"),
        column(view, "contact.reachable", "reachable_person_count", kind="count"),
        column(view, "contact.share", _share, kind="share"),
        column(view, "contact.verified", "verified_person_count", kind="count"),
        column(view, "contact.year", "year_person_count", kind="count"),
        column(view, "contact.lost", "lost_person_count", kind="count"),
    ]
    strong = [n for n, row in enumerate(ways) if row["contact_type"] == ANY]
    written_table(view, ways, columns, strong=strong)
    export_of(view, "contact-ways", ways, columns)


def _share(row: Row) -> object:
    return share_of(row["reachable_person_count"], row["all_person_count"])
