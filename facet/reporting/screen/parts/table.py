"""Tables of a page: lists to sort, search and pick from, and small ones that are written out."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, Final, TypeVar

import pyarrow as pa
import streamlit as st

from facet.reporting.present.document.parts import Part
from facet.reporting.present.formats import DASH
from facet.reporting.query.table import number_of, sum_if_known
from facet.reporting.screen.parts.cells import NUMBERS, Column, Value
from facet.reporting.screen.parts.exports import export
from facet.reporting.screen.parts.files import table_part
from facet.reporting.screen.parts.keys import key_for
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.prepared import prepare
from facet.reporting.screen.session.picks import picked, picked_before, says_anew
from facet.reporting.screen.session.query_params import select_option
from facet.reporting.screen.session.shown import note_shown
from facet.reporting.screen.session.view import View

_ROWS_SHOWN: Final = 1000
_ROWS_AT_ONCE: Final = 12
_LIST_PIXELS: Final = 460
_TABLE_PIXELS: Final = 420

_Row = TypeVar("_Row")


@dataclass(frozen=True, kw_only=True)
class Select:
    """That a row can be picked: one of both says how a row is known, always by ids.

    Args:
        by: the id of a row, a field of it or what makes it of the row; what is picked is in the
            address by it, and stays picked while it is in the list.
        chooses: what the page's parameters become by a row, once: a later choice elsewhere stays.
    """

    by: Value | None = None
    chooses: Callable[[Any], Mapping[str, str]] | None = None

    def __post_init__(self) -> None:
        if (self.by is None) == (self.chooses is None):
            raise ValueError("A row that can be picked is known by its id, or chooses something.")

    def id_of(self, row: Any) -> str:
        """The id of a row, as the address has it."""
        if self.chooses is not None:
            return repr(sorted(self.chooses(row).items()))
        return str(self.by(row) if callable(self.by) else row[self.by])


def listing(
    view: View,
    name: str,
    rows: Sequence[_Row],
    columns: Sequence[Column],
    *,
    select: Select | None = None,
    has_total: bool = False,
    total: Any = None,
    title: str = "",
) -> _Row | None:
    """A list to sort, search and pick from, and to export.

    Args:
        view: for formats and words.
        name: of the list on its page.
        rows: whatever the columns read; of long lists the first are shown.
        columns: one of words at least, for the names of rows.
        select: how a row is picked; None: none is.
        has_total: the columns have their totals told under the list.
        total: a row to tell them by, where it is more than sums.
        title: what files of the page call it.

    Returns:
        The row that was picked; None where none was.
    """
    cells = [[column.cell(row) for column in columns] for row in rows]
    shown = cells[:_ROWS_SHOWN]
    kinds = [
        [of(row) if (of := column.kind_of) else column.kind for row in rows[:_ROWS_SHOWN]]
        for column in columns
    ]
    prepared = prepare(view, columns, kinds, shown)
    ids = [] if select is None else [select.id_of(row) for row in rows]
    widget = f"list-{name}" if select is None else key_for(f"list-{name}", tuple(ids))
    is_new = widget not in st.session_state
    if select is not None and is_new:
        _show_picked(name, widget, ids[:_ROWS_SHOWN])
    event: Any = st.dataframe(
        prepared.style,
        hide_index=True,
        height="auto" if len(shown) <= _ROWS_AT_ONCE else _LIST_PIXELS,
        column_config=prepared.config,
        key=widget,
        placeholder=DASH,
        on_select="ignore" if select is None else "rerun",
        selection_mode="single-row",
    )
    totals = _totals(columns, rows, cells) if has_total else None
    if total is not None:
        totals = [column.cell(total) for column in columns]
    _show_totals(view, name, columns, cells[_ROWS_SHOWN:], totals if rows else None)
    if rows:
        note_shown(partial(table_part, view, columns, cells, kinds, totals, title=title))
    export(view, name, columns, cells, totals)
    if select is None:
        return None
    said = next((ids[row] for row in event["selection"]["rows"] if row < len(ids)), None)
    if select.chooses is None:
        found = picked(name, widget, [said], is_new=is_new, exists=lambda key: key in ids)
        return None if found is None else rows[ids.index(found)]
    row = None if said is None else rows[ids.index(said)]
    if says_anew(widget, said, is_new=is_new) and row is not None:
        for parameter, value in select.chooses(row).items():
            select_option(parameter, value)
    return row


def cut_listing(
    view: View, name: str, rows: Sequence[_Row], columns: Sequence[Column], *, most: int, says: str
) -> None:
    """A list of which at most so many rows were read; where that many were, a text says so."""
    if len(rows) == most:
        st.caption(view.text(says, count=view.count(most)))
    listing(view, name, rows, columns)


def written_table(
    view: View,
    rows: Sequence[Any],
    columns: Sequence[Column],
    *,
    strong: Collection[int] = (),
    has_search: bool = False,
    title: str = "",
) -> None:
    """A small table, names first; `strong` rows stand out. To search, it may be of any length.

    `title` is what files of the page call it.
    """
    has_total = len(rows) - 1 in strong
    listed = rows[:-1] if has_total else rows

    def part() -> Part:
        cells = [[column.cell(row) for column in columns] for row in rows]
        kinds = [[column.kind] * len(listed) for column in columns]
        total = cells.pop() if has_total else None
        return table_part(view, columns, cells, kinds, total, title=title)

    if listed:
        note_shown(part)
    plain_table(view, rows, columns, strong=strong, has_search=has_search)


def plain_table(
    view: View,
    rows: Sequence[Any],
    columns: Sequence[Column],
    *,
    strong: Collection[int] = (),
    has_search: bool = False,
) -> None:
    """The same of what stands on the page already, and so in no file of it."""
    labels = [column.label for column in columns]
    cells = [[column.text(view, column.cell(row)) for column in columns] for row in rows]
    if has_search:
        frame = _table(labels, cells)
        height: Any = "auto" if len(rows) < _ROWS_AT_ONCE else _TABLE_PIXELS
        st.dataframe(frame, hide_index=True, height=height)
        return
    written = [
        [f"**{escaped(cell)}**" if number in strong else escaped(cell) for cell in row]
        for number, row in enumerate(cells)
    ]
    frame = _table(list(map(escaped, labels)), written)
    st.table(frame, border="horizontal", hide_index=True)


def _table(labels: Sequence[str], cells: Sequence[Sequence[str]]) -> pa.Table:
    """Words in rows and columns, as they are sent."""
    columns = zip(*cells, strict=True) if cells else [() for _ in labels]
    return pa.table([pa.array(column, pa.string()) for column in columns], names=list(labels))


def export_of(
    view: View, name: str, rows: Sequence[Any], columns: Sequence[Column], *, total: Any = None
) -> None:
    """Offer a table as a file; `total` is a row of its totals."""
    cells = [[column.cell(row) for column in columns] for row in rows]
    totals = None if total is None else [column.cell(total) for column in columns]
    export(view, name, columns, cells, totals)


def _show_picked(name: str, widget: str, ids: Sequence[str]) -> None:
    """Have a list that is drawn anew show the row that is picked in it."""
    if (key := picked_before(name)) in ids:
        rows = [ids.index(key)]
        st.session_state[widget] = {"selection": {"rows": rows, "columns": [], "cells": []}}


def _sum(column: Column, cells: Sequence[Any]) -> Decimal | None:
    if not column.is_summed or (cells and all(cell is None for cell in cells)):
        return None
    return sum_if_known(cells) if column.needs_all else sum(map(number_of, cells), Decimal())


def _totals(
    columns: Sequence[Column], rows: Sequence[Any], cells: Sequence[Sequence[Any]]
) -> list[Any]:
    """The total of each column under a list; None where it has none."""
    return [
        column.total(rows) if column.total else _sum(column, [row[n] for row in cells])
        for n, column in enumerate(columns)
    ]


def _show_totals(
    view: View,
    name: str,
    columns: Sequence[Column],
    rest: Sequence[Sequence[Any]],
    total: Sequence[Any] | None,
) -> None:
    """Under a list, where nothing sorts or counts it: what of it is not shown, and its total."""
    lines = [(view.text("table.total"), total)] if total is not None else []
    if rest:
        sums = [_sum(column, [row[n] for row in rest]) for n, column in enumerate(columns)]
        lines.insert(0, (view.text("table.rest", count=view.count(len(rest))), sums))
    if not lines:
        return
    with st.container(key=f"total-{name}", gap=None):
        for label, cells in lines:
            amounts = [
                f"{escaped(column.label)} **{escaped(column.text(view, cell))}**"
                for column, cell in zip(columns, cells, strict=True)
                if column.kind in NUMBERS and (cell is not None or column.needs_all)
            ]
            st.markdown(" · ".join([f"**{escaped(label)}**", *amounts]))
