"""Progress of the migration: what has moved, what is left, and whether what replaces it exists."""

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import streamlit as st

from facet.reporting.present.charts.rows import stacked
from facet.reporting.present.charts.style import ACCENT, COMPARISON, GOLD, Point, Series
from facet.reporting.query.table import Cell, Record
from facet.reporting.screen.pages.migration.data import (
    counts_by,
    counts_by_status,
    is_measured,
    new_tables,
    old_tables,
)
from facet.reporting.screen.parts.cells import Column, column
from facet.reporting.screen.parts.empty import stop_with_nothing_yet
from facet.reporting.screen.parts.figures import static_chart
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.table import written_table
from facet.reporting.screen.parts.tiles import Tile, plain_tiles
from facet.reporting.screen.session.view import View

#: What becomes of an old table, in its colour.
_COLOURS: Final = {"migrated": ACCENT, "in_progress": GOLD, "not_migrated": COMPARISON}

_NAMES_SHOWN: Final = 8


def stop_unless_measured(view: View) -> None:
    """End the page where nobody has read the connected database's catalogue yet.

    Raises:
        EndOfPage: it has not been read.
    """
    if not is_measured(view):
        stop_with_nothing_yet(view.text("migration.not_measured"))


def migration_headline(view: View) -> None:
    """The progress, and whether the new tables exist, in two sentences."""
    counts, total = counts_by_status(view)
    with st.container(key="headline", gap="xsmall"):
        migrated = view.count(counts.get("migrated", 0))
        message = view.text("migration.headline", part=migrated, whole=view.count(total))
        subheading(escaped(message))
        if is_measured(view):
            st.markdown(_existence(view))


def migration_tiles(view: View) -> None:
    """A tile for each status with its share, and one for the tables of the new schema."""
    counts, total = counts_by_status(view)
    numbers = {
        status: (view.word("migration_status", status), counts.get(status, 0), total)
        for status in _COLOURS
    }
    if is_measured(view):
        tables, missing = new_tables(view)
        found = tables - len(missing)
        numbers["exists"] = (view.text("migration.exists"), found, tables)
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
        counts, totals = counts_by(view, by)
        return stacked(
            [
                (
                    Series(
                        name=view.word("migration_status", status),
                        points=tuple(
                            _point(view, by, group, counts.get((group, status), 0), totals[group])
                            for group in totals
                        ),
                    ),
                    colour,
                )
                for status, colour in _COLOURS.items()
            ]
        )

    static_chart(
        view, f"progress-{by}", view.text(f"migration.by_{by}"), view.text("migration.unit"), build
    )


def tables_left(view: View) -> None:
    """Tables left: every old table that is not migrated, or whose replacement does not exist."""
    measured = is_measured(view)
    left, moved = old_tables(view, measured=measured)
    columns = list(_columns(view, measured))
    with st.container(key="words-left"):
        minor_heading(view.text("migration.left", count=view.count(len(left))))
        written_table(view, left, columns)
    if moved:
        with st.expander(view.text("migration.moved", count=view.count(len(moved)))):
            written_table(view, moved, columns, has_search=True)


def _existence(view: View) -> str:
    """A message on the new tables that the connected database has."""
    tables, missing = new_tables(view)
    total = view.count(tables)
    if not missing:
        return f":material/check_circle: {view.text('migration.all_exist', whole=total)}"
    names = ", ".join(missing[:_NAMES_SHOWN]) + (" …" if len(missing) > _NAMES_SHOWN else "")
    message = view.text(
        "migration.missing", count=view.count(len(missing)), whole=total, names=escaped(names)
    )
    return f":material/error: {message}"


def _point(view: View, by: str, group: Cell, count: Cell, total: Cell) -> Point:
    message = view.text("migration.of", part=view.count(count), whole=view.count(total))
    return Point(
        label=view.word(by, group),
        value=float(str(count)),
        text=f"{message} ({view.formats.share(count, total)})",
        short=view.count(count),
    )


def _columns(view: View, measured: bool) -> Iterator[Column]:
    """The columns of an old table; what exists only where that is known."""

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
    if measured:
        yield column(view, "migration.is_there", partial(_is_there, view))
        yield column(view, "migration.rows", partial(_rows, view))
    yield column(view, "migration.purpose", partial(_purpose, view))
    if view.marts.has("rpt_migration_tables", "pages"):
        yield column(view, "migration.seen_on", partial(_seen_on, view))


def _rows(view: View, record: Record) -> str:
    return view.count(record["row_count"] if record["replacement_found_count"] else None)


def _is_there(view: View, record: Record) -> str:
    count, found = record["replacement_count"], record["replacement_found_count"]
    if not count:
        return view.count(None)
    if found == count:
        return view.text("table.yes")
    if not found:
        return view.text("table.no")
    return view.text("migration.of", part=view.count(found), whole=view.count(count))


def _seen_on(view: View, record: Record) -> str:
    """The pages that show what is in its place."""
    names = str(record["pages"] or "").split()
    return ", ".join(view.word("page", name) for name in names) or view.count(None)


def _purpose(view: View, record: Record) -> str:
    """What serves its purpose besides its replacement, and how."""
    if record["served_by"]:
        return f"{record['served_by']}: {record['purposes']}"
    if record["resolution"] == "archive":
        return view.text("migration.verify")
    return view.text("migration.nothing") if not record["is_served"] else view.count(None)
