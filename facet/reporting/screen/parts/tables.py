"""Tables on a page: written out by the formatter; the style sheet puts numbers to the right."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final, Literal, cast, get_args

import pandas as pd
import streamlit as st

from facet.reporting.present.export import Heading
from facet.reporting.present.formats import DASH
from facet.reporting.query.catalogue import Kind
from facet.reporting.query.table import as_number
from facet.reporting.screen.parts.exports import export
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.styler_cache import worked_out
from facet.reporting.screen.session.view import View

_ROWS_SHOWN: Final = 1000
_ROWS_AT_ONCE: Final = 12
_LISTS_KEPT: Final = 200
_NUMBERS: Final = (*get_args(Kind), "times")


def show_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], *, strong: Sequence[int] = ()
) -> None:
    """Show a small table of written-out cells, names first; `strong` rows stand out."""
    labels = [escaped(column) for column in columns]
    cells = [
        [f"**{escaped(cell)}**" if number in strong else escaped(cell) for cell in row]
        for number, row in enumerate(rows)
    ]
    st.table(pd.DataFrame(cells, columns=labels), border="horizontal", hide_index=True)


def show_list(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Show a list of any length, to scroll and search in."""
    frame = pd.DataFrame([list(row) for row in rows], columns=list(columns))
    st.dataframe(frame, hide_index=True, height="auto" if len(rows) < 12 else 420)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a listing: its heading, and how its cells are written.

    `line` draws a row of numbers as a small chart; words in place of a `day` are sorted behind all
    days; a `moment` is told on the clock that it carries,
    `times` is how many times as much.
    `kinds` are those of the rows where they differ, `is_short` cuts large numbers down, `colours`
    are those of words, `width` is in pixels.
    """

    label: str
    kind: Kind | Literal["text", "day", "moment", "line", "times"] = "text"
    kinds: Sequence[Kind] = ()
    help: str | None = None
    is_summed: bool = False
    is_short: bool = False
    colours: Mapping[str, str] = field(default_factory=dict)
    width: int | None = None


def listing(
    view: View,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Any]],
    *,
    is_picked_from: bool = False,
    picked_for: Hashable = None,
    has_total: bool = False,
    total: Sequence[Any] | None = None,
) -> int | None:
    """A list to sort, search and pick from.

    Args:
        view: for formats and words.
        name: of the list on its page.
        columns: one of words at least, for the names of rows.
        rows: cells as they come from a `Table`; of long lists the first are shown.
        is_picked_from: a row can be picked.
        picked_for: what the rows depend on; where it changes, a picked row is let go.
        has_total: the columns that are summed have their sums told under the list.
        total: what is told there instead, where it is more than sums.

    Returns:
        The number of the row that was picked; None where none was.
    """
    shown = [list(row) for row in rows[:_ROWS_SHOWN]]
    styled, config = _prepared((*view.cache_key, repr((columns, shown))), view, columns, shown)
    event: Any = st.dataframe(
        styled,
        hide_index=True,
        height="auto" if len(shown) <= _ROWS_AT_ONCE else 460,
        column_config=config,
        key=f"list-{name}" if picked_for is None else f"list-{name}-{abs(hash(picked_for))}",
        placeholder=DASH,
        on_select="rerun" if is_picked_from else "ignore",
        selection_mode="single-row",
    )
    if has_total:
        total = sums(columns, rows)
    _tell_sums(view, name, columns, rows[_ROWS_SHOWN:], total if rows else None)
    taken = [n for n, column in enumerate(columns) if column.kind != "line"]
    headings = [Heading(label=columns[n].label, kind=columns[n].kind) for n in taken]
    cells = [tuple(row[n] for n in taken) for row in rows]
    export(view, name, headings, cells, total=total and [total[n] for n in taken])
    picked = event["selection"]["rows"] if is_picked_from else ()
    return picked[0] if picked else None


def _tell_sums(
    view: View,
    name: str,
    columns: Sequence[Column],
    rest: Sequence[Sequence[Any]],
    total: Sequence[Any] | None,
) -> None:
    """Under a list, where nothing sorts or counts it: what of it is not shown, and its total."""
    lines = [(view.text("table.total"), total)] if total is not None else []
    if rest:
        count = view.count(len(rest))
        lines.insert(0, (view.text("table.rest", count=count), sums(columns, rest)))
    if not lines:
        return
    with st.container(key=f"total-{name}", gap=None):
        for label, cells in lines:
            said = [
                f"{escaped(column.label)} **{escaped(_text(view, column, column.kind, cell))}**"
                for column, cell in zip(columns, cells, strict=True)
                if column.kind in _NUMBERS and cell is not None
            ]
            st.markdown(" · ".join([f"**{escaped(label)}**", *said]))


@st.cache_resource(max_entries=_LISTS_KEPT, show_spinner=False)
def _prepared(
    key: tuple[object, ...], _view: View, _columns: Sequence[Column], _rows: Sequence[Sequence[Any]]
) -> tuple[Any, dict[str, Any]]:
    """A list written out once for all who look at the same, and how its columns are drawn."""
    labels = [column.label for column in _columns]
    frame = pd.DataFrame([list(row) for row in _rows], columns=labels, dtype=object)
    sorted_by = pd.DataFrame(
        [[_order(c, cell) for c, cell in zip(_columns, row, strict=True)] for row in _rows],
        columns=labels,
    )
    config = {column.label: _config(column) for column in _columns}
    return worked_out(_styled(_view, frame, _columns), sorted_by), config


def sums(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> list[Any]:
    """A row of the sums of what is summed, and of nothing elsewhere."""
    return [
        sum((as_number(row[n]) or Decimal() for row in rows), Decimal())
        if column.is_summed
        else None
        for n, column in enumerate(columns)
    ]


def _order(column: Column, cell: Any) -> Any:
    """What a browser sorts a cell by: Streamlit takes exact numbers for whole ones there.

    Days and moments are numbers of them, as the text of a day does not sort.
    """
    match column.kind, cell:
        case "line", _:
            return [float(value or 0) for value in cell or ()]
        case "text", _:
            return "" if cell is None else str(cell)
        case _, None:
            return None
        case "day", str():
            return float(date.max.toordinal())
        case "day", _:
            return float(cell.toordinal())
        case "moment", _:
            return cell.timestamp()
        case _:
            value = as_number(cell)
            return None if value is None else float(value)


def _styled(view: View, frame: pd.DataFrame, columns: Sequence[Column]) -> Any:
    """A frame with its cells written out, and its words in their colours."""
    style: Any = frame.style
    for column in columns:
        if column.colours:
            style = style.map(partial(_coloured, column.colours), subset=[column.label])
        for kind in {*column.kinds, column.kind}:
            rows = [
                n
                for n in range(len(frame))
                if kind == (column.kinds[n] if n < len(column.kinds) else column.kind)
            ]
            written = partial(_text, view, column, kind)
            style = style.format({column.label: written}, subset=(rows, [column.label]))
    return style


def _coloured(colours: Mapping[str, str], cell: str) -> str:
    return f"color: {colours[cell]}" if cell in colours else ""


def _text(view: View, column: Column, kind: str, cell: Any) -> str:
    """A cell as people read it."""
    match kind, cell:
        case "line", _:
            return ""
        case "text", _:
            return "" if cell is None else str(cell)
        case _, None:
            return DASH
        case "day", str():
            return str(cell)
        case "day", _:
            return view.formats.day_or_dash(cell)
        case "moment", _:
            return view.formats.moment(cell)
        case "times", _:
            return view.text("campaign.times", count=view.formats.exact(cell, "decimal"))
    number = view.formats.short if column.is_short else view.formats.exact
    return number(cell, cast(Kind, kind))


def _config(column: Column) -> Any:
    if column.kind == "line":
        return st.column_config.LineChartColumn(width=column.width, help=column.help)
    alignment: Any = "left" if column.kind in ("day", "moment") else None
    return st.column_config.Column(width=column.width, help=column.help, alignment=alignment)
