"""How far the migration is: what has moved, what is left, and whether what replaces it exists."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

import streamlit as st

from facet.reporting.present.charts.rows import stacked
from facet.reporting.present.charts.style import ACCENT, COMPARISON, GOLD, Point, Series
from facet.reporting.query.table import Cell
from facet.reporting.screen.parts.cells import Column, column
from facet.reporting.screen.parts.empty import stop_with_nothing_yet
from facet.reporting.screen.parts.figures import static_chart
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.table import written_table
from facet.reporting.screen.parts.tiles import Tile, plain_tiles
from facet.reporting.screen.session.view import View

#: What becomes of an old table, and the colour of it.
STATUSES: Final = {"migrated": ACCENT, "in_progress": GOLD, "not_migrated": COMPARISON}
PRIORITIES: Final = ("high", "medium", "low")

_NAMES_SHOWN: Final = 8
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

Record = Mapping[str, Cell]


def is_measured(view: View) -> bool:
    """Whether a run has read the connected database's catalogue."""
    return bool(len(view.marts.rows("rpt_schema_quality", ["measure"], limit=1)))


def stop_unless_measured(view: View) -> None:
    """End the page where nobody has read the connected database's catalogue yet.

    Raises:
        EndOfPage: it has not been read.
    """
    if not is_measured(view):
        stop_with_nothing_yet(view.text("migration.not_measured"))


def migration_headline(view: View) -> None:
    """How far it is, and whether the new tables exist, in two sentences."""
    counts, whole = _totals(view)
    with st.container(key="headline", gap="xsmall"):
        migrated = view.count(counts.get("migrated", 0))
        said = view.text("migration.headline", part=migrated, whole=view.count(whole))
        st.subheader(escaped(said), anchor=False)
        if is_measured(view):
            st.markdown(_existence(view))


def migration_tiles(view: View) -> None:
    """A tile for each status with its share, and one for the tables of the new schema."""
    counts, whole = _totals(view)
    numbers = {
        status: (view.word("migration_status", status), counts.get(status, 0), whole)
        for status in STATUSES
    }
    if is_measured(view):
        found = view.marts.rows("rpt_schema_tables", ["is_found"]).column("is_found")
        numbers["exists"] = (view.text("migration.exists"), sum(map(bool, found)), len(found))
    plain_tiles(
        [
            Tile(
                name=name,
                label=label,
                value=view.count(part),
                note=view.text(
                    "migration.share",
                    share=view.formats.share(part, total),
                    whole=view.count(total),
                ),
            )
            for name, (label, part, total) in numbers.items()
        ]
    )


def progress_chart(view: View, *, by: str) -> None:
    """Old tables by domain or by priority, each bar parted by status."""

    def build() -> Any:
        table = view.marts.rows(
            "rpt_migration_progress",
            ["group_name", "migration_status", "table_count", "group_count"],
            where={"grouping_name": [by]},
            order_by=["-group_count", "group_name"],
        )
        wholes = {row[0]: row[3] for row in table.rows}
        counts = {(row[0], row[1]): row[2] for row in table.rows}
        groups = [name for name in PRIORITIES if name in wholes] if by == "priority" else wholes
        return stacked(
            [
                (
                    Series(
                        name=view.word("migration_status", status),
                        points=tuple(
                            _point(view, by, group, counts.get((group, status), 0), wholes[group])
                            for group in groups
                        ),
                    ),
                    colour,
                )
                for status, colour in STATUSES.items()
            ]
        )

    static_chart(
        view, f"progress-{by}", view.text(f"migration.by_{by}"), view.text("migration.unit"), build
    )


def tables_left(view: View) -> None:
    """What is left: every old table that is not migrated, or whose replacement does not exist."""
    purposes = "purposes_vi" if view.language == "vi" else "purposes"
    records = view.marts.rows(
        "rpt_migration_tables", [*_TABLE_COLUMNS, purposes], order_by=["domain", "legacy_table"]
    ).records()
    known = is_measured(view)
    left = [record for record in records if _is_left(record, known)]
    moved = [record for record in records if not _is_left(record, known)]
    left.sort(key=lambda record: _urgency(record))
    columns = list(_columns(view, purposes, known))
    with st.container(key="words-left"):
        st.markdown(f"**{view.text('migration.left', count=view.count(len(left)))}**")
        written_table(view, left, columns)
    if moved:
        with st.expander(view.text("migration.moved", count=view.count(len(moved)))):
            written_table(view, moved, columns, has_search=True)


def _totals(view: View) -> tuple[dict[str, int], int]:
    """Old tables by status, and all of them."""
    table = view.marts.rows(
        "rpt_migration_progress",
        ["migration_status", "table_count"],
        where={"grouping_name": ["all"]},
    )
    counts = {str(status): int(str(count)) for status, count in table.rows}
    return counts, sum(counts.values())


def _existence(view: View) -> str:
    """What of the new schema the connected database has, in words."""
    tables = view.marts.rows(
        "rpt_schema_tables", ["table_name", "is_found"], order_by=["table_name"]
    )
    missing = [str(name) for name, is_found in tables.rows if not is_found]
    whole = view.count(len(tables))
    if not missing:
        return f":material/check_circle: {view.text('migration.all_exist', whole=whole)}"
    names = ", ".join(missing[:_NAMES_SHOWN]) + (" …" if len(missing) > _NAMES_SHOWN else "")
    said = view.text(
        "migration.missing", count=view.count(len(missing)), whole=whole, names=escaped(names)
    )
    return f":material/error: {said}"


def _point(view: View, by: str, group: Cell, count: Cell, whole: Cell) -> Point:
    said = view.text("migration.of", part=view.count(count), whole=view.count(whole))
    return Point(
        label=view.word(by, group),
        value=float(str(count)),
        text=f"{said} ({view.formats.share(count, whole)})",
        short=view.count(count),
    )


def _is_left(record: Record, known: bool) -> bool:
    return record["migration_status"] != "migrated" or (known and not record["is_served"])


def _urgency(record: Record) -> tuple[int, int]:
    """Whether its replacement is missing, then the priority, then what has begun."""
    priority = str(record["priority"])
    rank = PRIORITIES.index(priority) if priority in PRIORITIES else len(PRIORITIES)
    return rank, list(STATUSES).index(str(record["migration_status"]))


def _columns(view: View, purposes: str, known: bool) -> Iterator[Column]:
    """What is told of an old table; what exists only where that is known."""

    def word(name: str, kind: str) -> Column:
        return column(view, name, lambda record: view.word(kind, record[kind]))

    yield column(view, "migration.table", lambda record: str(record["legacy_table"]))
    yield word("migration.domain", "domain")
    yield word("migration.priority", "priority")
    yield word("migration.status", "migration_status")
    yield column(
        view,
        "migration.replacement",
        lambda record: (
            str(record["replacement_tables"] or "") or view.word("resolution", record["resolution"])
        ),
    )
    if known:
        yield column(view, "migration.is_there", partial(_is_there, view))
        yield column(view, "migration.rows", partial(_rows, view))
    yield column(view, "migration.purpose", lambda record: _purpose(view, record, purposes))


def _rows(view: View, record: Record) -> str:
    return view.count(record["row_count"] if record["replacement_found_count"] else None)


def _is_there(view: View, record: Record) -> str:
    count, found = record["replacement_count"], record["replacement_found_count"]
    if not count:
        return view.count(None)
    if found == count:
        return view.text("migration.yes")
    if not found:
        return view.text("migration.no")
    return view.text("migration.of", part=view.count(found), whole=view.count(count))


def _purpose(view: View, record: Record, purposes: str) -> str:
    """What serves its purpose besides its replacement, and how."""
    if record["served_by"]:
        return f"{record['served_by']}: {record[purposes]}"
    if record["resolution"] == "archive":
        return view.text("migration.verify")
    return view.text("migration.nothing") if not record["is_served"] else view.count(None)
