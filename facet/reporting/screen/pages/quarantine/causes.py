"""What cannot be counted as it stands: grouped by cause, the rows behind a group on demand."""

from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

import streamlit as st

from facet.reporting.present import charts
from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Cell, number_of
from facet.reporting.screen.pages.quarantine.data import (
    ROWS_SHOWN,
    Record,
    counts_of,
    groups_of,
    language_suffix,
    rows_of_group,
)
from facet.reporting.screen.parts.cells import Column
from facet.reporting.screen.parts.empty import stop_with_nothing_yet
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.table import Select, listing
from facet.reporting.screen.parts.tiles import Tile, plain_tiles
from facet.reporting.screen.session.view import View

#: From what makes a number wrong to what only leaves one incomplete.
SEVERITIES: Final = ("error", "warning", "notice")
_ALL: Final = "all"


def quarantine_tiles(view: View) -> None:
    """How many rows there are of each severity; the page ends where there are none.

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
    chosen = st.pills(
        view.text("quarantine.severity"),
        [_ALL, *SEVERITIES],
        default=_ALL,
        required=True,
        format_func=lambda name: view.text(
            "filter.all" if name == _ALL else f"quarantine.{name}_short"
        ),
        key="choice-severity",
    )
    groups = groups_of(view, SEVERITIES if chosen == _ALL else (str(chosen),))
    colours = {
        view.text("quarantine.error_short"): charts.LOSS,
        view.text("quarantine.warning_short"): charts.GOLD,
    }

    def column(name: str, width: int, value: Any = None, **given: Any) -> Column:
        label = view.text(f"quarantine.{name}")
        return Column(label=label, value=value or name, width=width, **given)

    columns = [
        column("severity", 80, partial(_severity, view), colours=colours),
        column("rows", 55, "row_count", kind="count"),
        column("reason", 275, f"reason{language_suffix(view)}"),
        column("next_step", 215, f"next_step{language_suffix(view)}"),
        column("table", 140, "source_table"),
        column("month", 75, partial(_month, view)),
        column("counted", 74, partial(_is_counted, view)),
        column("ids", 74, "first_ids"),
        column("column", 98, _column),
    ]
    st.caption(view.text("quarantine.pick"))
    picked = listing(view, "quarantine", groups, columns, select=Select(depends_on=chosen))
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
        st.subheader(escaped(title), anchor=False)
        advice = {
            name: str(record[f"{name}{language_suffix(view)}"]) for name in ("reason", "next_step")
        }
        st.markdown(escaped(view.text("quarantine.advice", **advice)))
        columns = [
            Column(label=view.text("quarantine.id"), value="source_id"),
            Column(label=view.text("quarantine.column"), value=_column),
            Column(label=view.text("quarantine.moment"), value=partial(_moment, view)),
        ]
        listing(view, "quarantined-rows", rows_of_group(view, record), columns)
        if number_of(record["row_count"]) > ROWS_SHOWN:
            st.caption(view.text("quarantine.first", count=view.count(ROWS_SHOWN)))


def _severity(view: View, record: Record) -> str:
    return view.text(f"quarantine.{record['severity']}_short")


def _is_counted(view: View, record: Record) -> str:
    return view.text("migration.yes" if record["is_counted"] else "migration.no")


def _column(record: Record) -> Cell:
    return record["source_column"] or DASH


def _moment(view: View, record: Record) -> str:
    moment: Any = record["occurred_at"]
    zone = ZoneInfo(view.tenant.calendar.timezone)
    return view.formats.moment(moment.astimezone(zone)) if moment else DASH
