"""Runs by day, the nodes that take longest, failed tests, growth, and quarantine by cause."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from facet.release import TenantFile
from facet.reporting.query.table import Cell, Record, number_of
from facet.reporting.screen.session.view import View

#: So many days are drawn, and so many of the slowest nodes listed.
DAYS_SHOWN: Final = 60
NODES_SHOWN: Final = 25
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Cause:
    """A cause of quarantine: its rows on the last day and a week before, and day by day."""

    severity: str
    reason: str
    rows: Cell
    rows_before: Cell
    course: tuple[float, ...]


def file_of(view: View) -> TenantFile:
    """What the release says of the tenant's file."""
    return view.release.tenant(view.principal.tenant_id)


def run_days(view: View) -> Sequence[Record]:
    """The runs of the last days that are over, in order."""
    return view.marts.rows(
        "rpt_run_days",
        ["run_date", "run_count", "failed_count", "median_seconds", "longest_seconds",
         "oldest_data_seconds"],
        order_by=["-run_date"],
        limit=DAYS_SHOWN,
    ).records()[::-1]  # fmt: skip


def slowest_nodes(view: View) -> Sequence[Record]:
    """The nodes that took longest in the last week."""
    return view.marts.rows(
        "rpt_node_timings",
        ["node_name", "node_type", "run_count", "mean_seconds", "mean_seconds_before",
         "longest_seconds"],
        order_by=["-mean_seconds", "node_name"],
        limit=NODES_SHOWN,
    ).records()  # fmt: skip


def failed_tests(view: View) -> Sequence[Record]:
    """The tests that failed, those that did last first."""
    return view.marts.rows(
        "rpt_failed_tests",
        ["test_name", "day_count", "run_count", "row_count", "first_failed_date",
         "last_failed_date"],
        order_by=["-last_failed_date", "test_name"],
    ).records()  # fmt: skip


def release_days(view: View) -> Sequence[Record]:
    """The rows and the size of the tenant's file on the last days that are over, in order."""
    return view.marts.rows(
        "rpt_release_days",
        ["data_date", "row_count", "size_bytes"],
        order_by=["-data_date"],
        limit=DAYS_SHOWN,
    ).records()[::-1]


def causes(view: View) -> Sequence[Cause]:
    """What has been in quarantine in the last days, most rows first; a day without rows has 0."""
    records = view.marts.rows(
        "rpt_quarantine_days",
        ["data_date", "cause", "severity", "row_count"],
        texts=["reason"],
        language=view.language,
        order_by=["data_date"],
    ).records()
    days = [day for told in release_days(view) if isinstance(day := told["data_date"], date)]
    if not days:
        return ()
    found = {str(record["cause"]): record for record in records if record["data_date"] in days}
    counts = {(record["cause"], record["data_date"]): record["row_count"] for record in records}
    before = [day for day in days if day <= days[-1] - _WEEK]
    listed = [
        Cause(
            severity=str(record["severity"]),
            reason=str(record["reason"]),
            rows=counts.get((cause, days[-1]), 0),
            rows_before=counts.get((cause, before[-1]), 0) if before else None,
            course=tuple(float(number_of(counts.get((cause, day), 0))) for day in days),
        )
        for cause, record in found.items()
    ]
    return sorted(listed, key=lambda one: (-number_of(one.rows), one.reason))
