"""Alerts: how many of which kind are open for how long, and those of the period."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from facet.reporting.query.table import Cell, Record, Row, total
from facet.reporting.screen.pages.operations.data import alerts_raised, open_alerts
from facet.reporting.screen.parts.ages import age_columns
from facet.reporting.screen.parts.cells import column, moment_of
from facet.reporting.screen.parts.empty import nothing_wrong, nothing_yet
from facet.reporting.screen.parts.figures import trend_chart
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.orders import orders_behind
from facet.reporting.screen.parts.table import export_of, written_table
from facet.reporting.screen.session.view import View


@dataclass(frozen=True, kw_only=True)
class _Kind:
    """Open alerts of one kind and severity."""

    name: Cell
    severity: str
    rows: Sequence[Row]


def alerts(view: View) -> None:
    """Open alerts by kind and age; what was raised in the period, and the alerts of a bar."""
    subheading(view.text("alert.title"))
    if not view.marts.count("fct_alerts"):
        nothing_yet(view.text("alert.none"), view.text("alert.none_why"), key="no-alerts")
        return
    _open(view)
    bar = trend_chart(view, "alerts_raised")
    if bar is None or bar.period is None:
        return
    rows = alerts_raised(view, bar.period)
    columns = [
        column(view, "alert.kind", partial(_name, view)),
        column(view, "alert.severity", lambda row: view.text(f"alert_severity.{row['severity']}")),
        column(view, "alert.status", lambda row: view.text(f"alert_status.{row['alert_status']}")),
        column(view, "alert.raised", moment_of(view, "raised_at"), kind="moment"),
        column(view, "alert.acknowledge", "acknowledge_minutes", kind="minutes"),
        column(view, "alert.resolve", "resolve_minutes", kind="minutes"),
    ]
    caption = view.text("alert.behind", part=bar.label, count=view.count(len(rows)))
    orders_behind(view, "drill-alerts", rows, columns, caption=caption)


def _open(view: View) -> None:
    found = open_alerts(view)
    if not found:
        nothing_wrong(view.text("alert.none_open"))
        return
    grouped: dict[tuple[Cell, str], list[Row]] = {}
    for row in found:
        grouped.setdefault((row["alert_key_name"], str(row["severity"])), []).append(row)
    kinds = [_Kind(name=key[0], severity=key[1], rows=rows) for key, rows in grouped.items()]
    columns = [
        column(view, "alert.kind", lambda kind: kind.name or view.text("alert.unknown")),
        column(view, "alert.severity", lambda kind: view.text(f"alert_severity.{kind.severity}")),
        *age_columns(view, _aged),
        column(view, "table.total", lambda kind: total(kind.rows, "row_count"), kind="count"),
        column(
            view, "alert.unassigned", lambda kind: total(kind.rows, "is_unassigned"), kind="count"
        ),
    ]
    written_table(view, kinds, columns)
    export_of(view, "open-alerts", kinds, columns)


def _aged(age: str, kind: _Kind) -> Cell:
    return total([row for row in kind.rows if row["open_age"] == age], "row_count")


def _name(view: View, row: Record) -> str:
    return str(row["alert_key_name"] or view.text("alert.unknown"))
