"""What cannot be counted as it stands: grouped by cause, the rows behind a group on demand."""

from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

import streamlit as st

from facet.reporting.present import charts
from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Cell, Table, as_number
from facet.reporting.screen.parts.empty import EndOfPage
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.tables import Column, listing
from facet.reporting.screen.parts.tiles import Tile, plain_tiles
from facet.reporting.screen.session.view import View

#: From what makes a number wrong to what only leaves one incomplete.
SEVERITIES: Final = ("error", "warning", "notice")
_ALL: Final = "all"
_SHOWN: Final = 1000


def quarantine_tiles(view: View) -> None:
    """How many rows there are of each severity; the page ends where there are none.

    Raises:
        EndOfPage: nothing is in quarantine.
    """
    sums = view.marts.totals("rpt_quarantine", ["row_count"], by=["severity"])
    counts = {str(severity): count for severity, count, _ in sums.rows}
    if not counts:
        with st.container(key="nothing-quarantined", border=True):
            st.markdown(f":material/check_circle: {view.text('quarantine.nothing')}")
        raise EndOfPage
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
    table = _groups(view, SEVERITIES if chosen == _ALL else (str(chosen),))
    records = table.records()
    colours = {
        view.text("quarantine.error_short"): charts.LOSS,
        view.text("quarantine.warning_short"): charts.GOLD,
    }
    columns = [
        Column(label=view.text("quarantine.severity"), colours=colours, width=80),
        Column(label=view.text("quarantine.rows"), kind="count", width=55),
        Column(label=view.text("quarantine.reason"), width=275),
        Column(label=view.text("quarantine.next_step"), width=215),
        Column(label=view.text("quarantine.table"), width=140),
        Column(label=view.text("quarantine.month"), width=75),
        Column(label=view.text("quarantine.counted"), width=74),
        Column(label=view.text("quarantine.ids"), width=74),
        Column(label=view.text("quarantine.column"), width=98),
    ]
    st.caption(view.text("quarantine.pick"))
    picked = listing(
        view,
        "quarantine",
        columns,
        [_row(view, record) for record in records],
        is_picked_from=True,
        picked_for=chosen,
    )
    if picked is not None and picked < len(records):
        _behind(view, records[picked])


def _groups(view: View, severities: tuple[str, ...]) -> Table:
    said = _said(view)
    return view.marts.rows(
        "rpt_quarantine",
        [
            *("group_key", "severity", "row_count", f"reason{said}", f"next_step{said}"),
            *("source_table", "source_column", "month_start_date", "is_counted", "first_ids"),
        ],
        where={"severity": severities},
        order_by=["severity_rank", "-month_start_date", "source_table", "group_key"],
    )


def _row(view: View, record: Mapping[str, Cell]) -> tuple[Any, ...]:
    return (
        view.text(f"quarantine.{record['severity']}_short"),
        record["row_count"],
        record[f"reason{_said(view)}"],
        record[f"next_step{_said(view)}"],
        record["source_table"],
        _month(view, record),
        view.text("migration.yes" if record["is_counted"] else "migration.no"),
        record["first_ids"],
        record["source_column"] or DASH,
    )


def _said(view: View) -> str:
    """The end of the columns that have the reader's language."""
    return "_vi" if view.language == "vi" else ""


def _month(view: View, record: Mapping[str, Cell]) -> str:
    month: Any = record["month_start_date"]
    return view.formats.month(month) if month else DASH


def _behind(view: View, record: Mapping[str, Cell]) -> None:
    """The rows of a group: what to look for in the CRM."""
    count = as_number(record["row_count"]) or 0
    with st.container(key="rows-quarantined"):
        title = view.text(
            "quarantine.behind",
            table=str(record["source_table"]),
            month=_month(view, record),
            count=view.count(record["row_count"]),
        )
        st.subheader(escaped(title), anchor=False)
        advice = {name: str(record[f"{name}{_said(view)}"]) for name in ("reason", "next_step")}
        st.markdown(escaped(view.text("quarantine.advice", **advice)))
        rows = view.marts.rows(
            "fct_quarantined_rows",
            ["source_id", "source_column", "occurred_at"],
            where={"group_key": [record["group_key"]]},
            order_by=["source_id"],
            limit=_SHOWN,
        )
        columns = [
            Column(label=view.text("quarantine.id")),
            Column(label=view.text("quarantine.column")),
            Column(label=view.text("quarantine.moment")),
        ]
        listing(
            view,
            "quarantined-rows",
            columns,
            [
                (row["source_id"], row["source_column"] or DASH, _moment(view, row["occurred_at"]))
                for row in rows.records()
            ],
        )
        if count > _SHOWN:
            st.caption(view.text("quarantine.first", count=view.count(_SHOWN)))


def _moment(view: View, moment: Any) -> str:
    return (
        view.formats.moment(moment.astimezone(ZoneInfo(view.tenant.calendar.timezone)))
        if moment
        else DASH
    )
