"""Old tables that have moved, and new ones that exist."""

from typing import Final

from facet.reporting.query.table import Cell, Record
from facet.reporting.screen.session.view import View

#: What becomes of an old table, and what is to move first.
STATUSES: Final = ("migrated", "in_progress", "not_migrated")
PRIORITIES: Final = ("high", "medium", "low")

_TABLE_COLUMNS: Final = (
    "legacy_table",
    "domain",
    "priority",
    "migration_status",
    "resolution",
    "replacement_tables",
    "replacement_count",
    "replacement_found_count",
    "row_count",
    "served_by",
    "is_served",
)


def is_measured(view: View) -> bool:
    """Whether a run has read the connected database's catalogue."""
    return bool(len(view.marts.rows("rpt_schema_quality", ["measure"], limit=1)))


def counts_by_status(view: View) -> tuple[dict[str, int], int]:
    """Old tables by status, and all of them."""
    table = view.marts.rows(
        "rpt_migration_progress",
        ["migration_status", "table_count"],
        where={"grouping_name": ["all"]},
    )
    counts = {str(status): int(str(count)) for status, count in table.rows}
    return counts, sum(counts.values())


def counts_by(view: View, group: str) -> tuple[dict[tuple[Cell, Cell], Cell], dict[Cell, Cell]]:
    """Old tables by domain or priority and status, and all of each domain or priority, in order."""
    table = view.marts.rows(
        "rpt_migration_progress",
        ["group_name", "migration_status", "table_count", "group_count"],
        where={"grouping_name": [group]},
        order_by=["-group_count", "group_name"],
    )
    counts = {(name, status): count for name, status, count, _ in table.rows}
    totals = {name: total for name, _, _, total in table.rows}
    if group == "priority":
        totals = {name: totals[name] for name in PRIORITIES if name in totals}
    return counts, totals


def new_tables(view: View) -> tuple[int, list[str]]:
    """The number of tables of the new schema, and the names of those that do not exist."""
    tables = view.marts.rows(
        "rpt_schema_tables", ["table_name", "is_found"], order_by=["table_name"]
    )
    return len(tables), [str(name) for name, is_found in tables.rows if not is_found]


def old_tables(view: View, *, measured: bool) -> tuple[list[Record], list[Record]]:
    """Old tables that are left, the most urgent first, and those that have moved.

    Args:
        view: for the mart.
        measured: whether a run has read the connected database's catalogue.
    """
    records = view.marts.rows(
        "rpt_migration_tables",
        _TABLE_COLUMNS,
        newer={"pages": None},
        texts=["purposes"],
        language=view.language,
        order_by=["domain", "legacy_table"],
    ).records()
    left: list[Record] = [record for record in records if _is_left(record, measured)]
    moved: list[Record] = [record for record in records if not _is_left(record, measured)]
    return sorted(left, key=_urgency), moved


def _is_left(record: Record, measured: bool) -> bool:
    return record["migration_status"] != "migrated" or (measured and not record["is_served"])


def _urgency(record: Record) -> tuple[int, int]:
    """Whether its replacement is missing, then the priority, then what has begun."""
    priority = str(record["priority"])
    rank = PRIORITIES.index(priority) if priority in PRIORITIES else len(PRIORITIES)
    return rank, STATUSES.index(str(record["migration_status"]))
