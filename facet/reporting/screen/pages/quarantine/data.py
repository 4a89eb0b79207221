"""Rows that cannot be counted as they stand, by cause."""

from collections.abc import Sequence
from typing import Final

from facet.reporting.query.table import Cell, Record
from facet.reporting.screen.session.view import View

#: So many rows of a group are read.
ROWS_SHOWN: Final = 1000


def counts_of(view: View) -> dict[str, Cell]:
    """Counts of rows by severity, without zeros."""
    sums = view.marts.totals("rpt_quarantine", ["row_count"], by=["severity"])
    return {str(severity): count for severity, count, _ in sums.rows}


def groups_of(view: View, severities: Sequence[str]) -> Sequence[Record]:
    """All that is one cause in a table and month, what makes a number wrong first."""
    return view.marts.rows(
        "rpt_quarantine",
        [
            *("group_key", "severity", "row_count", "source_table", "source_column"),
            *("month_start_date", "is_counted", "first_ids"),
        ],
        texts=["reason", "next_step"],
        language=view.language,
        where={"severity": severities},
        order_by=["severity_rank", "-month_start_date", "source_table", "group_key"],
    ).records()


def rows_of_group(view: View, group: Record) -> Sequence[Record]:
    """The first rows of a group."""
    return view.marts.rows(
        "fct_quarantined_rows",
        ["source_id", "source_column", "occurred_at"],
        where={"group_key": [group["group_key"]]},
        order_by=["source_id"],
        limit=ROWS_SHOWN,
    ).records()
