"""Rows in quarantine, grouped by cause; those of a group on demand."""

from functools import partial
from typing import Any, Final

import streamlit as st

from facet.reporting.present.charts.style import GOLD, LOSS
from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Cell, Record, number_of
from facet.reporting.screen.pages.quarantine.data import (
    ROWS_SHOWN,
    counts_of,
    groups_of,
    rows_of_group,
)
from facet.reporting.screen.parts.cells import column
from facet.reporting.screen.parts.empty import stop_with_nothing_yet
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import Select, listing
from facet.reporting.screen.parts.tiles import Tile, plain_tiles
from facet.reporting.screen.session.view import View

#: From what makes a number wrong to what only leaves one incomplete.
SEVERITIES: Final = ("error", "warning", "notice")
_ALL: Final = "all"


def quarantine_tiles(view: View) -> None:
    """Tiles of rows by severity; the page ends where there are none.

    Raises:
        EndOfPage: nothing is in quarantine.
    """
    counts = counts_of(view)
    if not counts:
        stop_with_nothing_yet(view.text("quarantine.nothing"), icon="check_circle")
    plain_tiles(
        [
            Tile(
                name=severity,
                label=view.text(f"quarantine.{severity}"),
                value=view.count(counts.get(severity, 0)),
                help=view.text(f"quarantine.{severity}_help"),
            )
            for severity in SEVERITIES
        ]
    )


def quarantine_list(view: View) -> None:
    """A line for all that is one cause in a table and month; picking one lists its rows."""
    chosen = one_of(
        view.text("quarantine.severity"),
        [_ALL, *SEVERITIES],
        lambda name: view.text("filter.all" if name == _ALL else f"quarantine.{name}_short"),
        key="severity",
    )
    groups = groups_of(view, SEVERITIES if chosen == _ALL else (chosen,))
    colours = {
        view.text("quarantine.error_short"): LOSS,
        view.text("quarantine.warning_short"): GOLD,
    }
    columns = [
        column(view, "quarantine.severity", partial(_severity, view), colours=colours, width=80),
        column(view, "quarantine.rows", "row_count", kind="count", width=55),
        column(view, "quarantine.reason", "reason", width=275),
        column(view, "quarantine.next_step", "next_step", width=215),
        column(view, "quarantine.table", "source_table", width=140),
        column(view, "quarantine.month", partial(_month, view), width=75),
        column(view, "quarantine.counted", partial(_is_counted, view), width=74),
        column(view, "quarantine.ids", "first_ids", width=74),
        column(view, "quarantine.column", _column, width=98),
    ]
    st.caption(view.text("quarantine.pick"))
    picked = listing(view, "quarantine", groups, columns, select=Select(by="group_key"))
    if picked is not None:
        _behind(view, picked)


def _month(view: View, record: Record) -> str:
    month: Any = record["month_start_date"]
    return view.formats.month(month) if month else DASH


def _behind(view: View, record: Record) -> None:
    """The rows of a group: what to look for in the CRM."""
    with st.container(key="rows-quarantined"):
        title = view.text(
            "quarantine.behind",
            table=str(record["source_table"]),
            month=_month(view, record),
            count=view.count(record["row_count"]),
        )
        subheading(escaped(title))
        advice = {name: str(record[name]) for name in ("reason", "next_step")}
        st.markdown(escaped(view.text("quarantine.advice", **advice)))
        columns = [
            column(view, "quarantine.id", "source_id"),
            column(view, "quarantine.column", _column),
            column(view, "quarantine.moment", partial(_moment, view)),
        ]
        listing(view, "quarantined-rows", rows_of_group(view, record), columns)
        if number_of(record["row_count"]) > ROWS_SHOWN:
            st.caption(view.text("quarantine.first", count=view.count(ROWS_SHOWN)))


def _severity(view: View, record: Record) -> str:
    return view.text(f"quarantine.{record['severity']}_short")


def _is_counted(view: View, record: Record) -> str:
    return view.text("table.yes" if record["is_counted"] else "table.no")


def _column(record: Record) -> Cell:
    return record["source_column"] or DASH


def _moment(view: View, record: Record) -> str:
    moment: Any = record["occurred_at"]
    return view.formats.moment(view.tenant.calendar.local(moment)) if moment else DASH
