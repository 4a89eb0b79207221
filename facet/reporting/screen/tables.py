"""Tables on a page: written out by the formatter; the style sheet puts numbers to the right."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any, Final, Literal, cast, get_args

import pandas as pd
import streamlit as st
from streamlit.elements.lib.pandas_styler_utils import _use_display_values

from facet.reporting.catalogue import Kind
from facet.reporting.formats import DASH
from facet.reporting.screen.escaping import escaped
from facet.reporting.screen.exports import export
from facet.reporting.screen.view import View
from facet.reporting.table import as_number

_ROWS_SHOWN: Final = 1000
_ROWS_AT_ONCE: Final = 12
_LISTS_KEPT: Final = 200
_NUMBERS: Final = get_args(Kind)
_BREAKDOWN: Final = ("net_sales", "orders", "average_order_value", "gross_margin_rate")


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

    `progress` draws a share (0–1 and above) as a bar, `line` a row of numbers as a small chart.
    `kinds` are those of the rows where they differ, `is_short` cuts large numbers down, `colours`
    are those of words, `width` is in pixels.
    """

    label: str
    kind: Kind | Literal["text", "day", "progress", "line"] = "text"
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
        rows: cells as they come from a `Table`; long lists end in one row of what is not shown.
        is_picked_from: a row can be picked.
        picked_for: what the rows depend on; where it changes, a picked row is let go.
        has_total: a last row has the sums of the columns that are summed.
        total: a last row as it stands, where its cells are more than sums; can be picked too.

    Returns:
        The number of the row that was picked, that of `total` being the number of rows; None where
        none was.
    """
    shown = [list(row) for row in rows[:_ROWS_SHOWN]]
    sums = _sums(columns, rows[_ROWS_SHOWN:]), _sums(columns, rows)
    if len(rows) > _ROWS_SHOWN:
        rest = view.text("drill.rest", count=view.count(len(rows) - _ROWS_SHOWN))
        shown.append(_named(columns, rest, sums[0]))
    if has_total:
        shown.append(_named(columns, view.text("table.total"), sums[1]))
    if total is not None:
        shown.append(list(total))
    labels = [column.label for column in columns]
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
    taken = [n for n, column in enumerate(columns) if column.kind != "line"]
    export(view, name, [labels[n] for n in taken], [tuple(row[n] for n in taken) for row in rows])
    picked = event["selection"]["rows"] if is_picked_from else ()
    if not picked:
        return None
    if total is not None and picked[0] == len(shown) - 1:
        return len(rows)
    return picked[0] if picked[0] < len(rows[:_ROWS_SHOWN]) else None


@st.cache_resource(max_entries=_LISTS_KEPT, show_spinner=False)
def _prepared(
    key: tuple[object, ...], _view: View, _columns: Sequence[Column], _rows: Sequence[Sequence[Any]]
) -> tuple[Any, dict[str, Any]]:
    """A list written out once for all who look at the same, and how its columns are drawn."""
    frame = pd.DataFrame(
        [[_cell(_view, c, cell) for c, cell in zip(_columns, row, strict=True)] for row in _rows],
        columns=[column.label for column in _columns],
    )
    config = {c.label: _config(c, _rows, n) for n, c in enumerate(_columns)}
    return _worked_out(_styled(_view, frame, _columns)), config


class _Written(pd.DataFrame):  # type: ignore[misc]
    """Numbers that know how they are written out."""

    _metadata: Final = ["written"]
    written: pd.DataFrame

    def astype(self, dtype: Any, *given: Any, **named: Any) -> Any:
        """Their text, where Streamlit asks for it."""
        return self.written if dtype is str else super().astype(dtype, *given, **named)


def _worked_out(style: Any) -> Any:
    """The same style, worked out once: as it comes, pandas would do it at each rerun.

    Streamlit asks a style for `_compute` and `_translate`, and takes the text of its cells from
    there and from the frame's own. Both are kept here; what it sends is the same.
    """
    style.set_uuid("list")
    translated = style._compute()._translate(False, False)
    written = _use_display_values(style.data, translated)
    style.data = _Written(style.data)
    style.data.written = written
    bodiless = {**translated, "body": []}
    style._compute, style._translate = lambda: style, lambda *_: bodiless
    return style


def _sums(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> list[Any]:
    """A row of the sums of what is summed, and of nothing elsewhere."""
    return [
        sum((as_number(row[n]) or Decimal() for row in rows), Decimal())
        if column.is_summed
        else None
        for n, column in enumerate(columns)
    ]


def _named(columns: Sequence[Column], name: str, row: list[Any]) -> list[Any]:
    """A row with its name in the first column of words."""
    place = next(n for n, column in enumerate(columns) if column.kind == "text")
    return [*row[:place], name, *row[place + 1 :]]


def _cell(view: View, column: Column, cell: Any) -> Any:
    match column.kind:
        case "text":
            return "" if cell is None else str(cell)
        case "day":
            return view.formats.day_or_dash(cell)
        case "progress":
            return None if cell is None else float(round(cell, 3))  # a bar; exports are exact
        case "line":
            return [float(value or 0) for value in cell or ()]
        case _:
            return as_number(cell)


def _styled(view: View, frame: pd.DataFrame, columns: Sequence[Column]) -> Any:
    """A frame with its numbers written out, and its words in their colours."""
    style: Any = frame.style.format(
        {
            column.label: partial(_written, view, cast(Kind, column.kind), is_short=column.is_short)
            for column in columns
            if column.kind in _NUMBERS and not column.kinds
        }
    )
    for column in columns:
        if column.kind not in _NUMBERS and column.colours:
            style = style.map(partial(_coloured, column.colours), subset=[column.label])
        for kind in {*column.kinds, cast(Kind, column.kind)} if column.kinds else ():
            rows = [
                n
                for n in range(len(frame))
                if kind == (column.kinds[n] if n < len(column.kinds) else column.kind)
            ]
            written = partial(_written, view, kind, is_short=column.is_short)
            style = style.format({column.label: written}, subset=(rows, [column.label]))
    return style


def _coloured(colours: Mapping[str, str], cell: str) -> str:
    return f"color: {colours[cell]}" if cell in colours else ""


def _written(view: View, kind: Kind, cell: Any, *, is_short: bool) -> str:
    value = None if pd.isna(cell) else cell
    return view.formats.short(value, kind) if is_short else view.formats.exact(value, kind)


def _config(column: Column, rows: Sequence[Sequence[Any]], number: int) -> Any:
    match column.kind:
        case "progress":
            highest = max((float(row[number] or 0) for row in rows), default=0)
            return st.column_config.ProgressColumn(
                width=column.width,
                help=column.help,
                format="percent",
                min_value=0,
                max_value=max(1.0, highest),
            )
        case "line":
            return st.column_config.LineChartColumn(width=column.width, help=column.help)
        case _:
            return st.column_config.Column(width=column.width, help=column.help)


def breakdown_table(view: View, by: str) -> None:
    """The main metrics by channel, category or buyer, with the share of net sales and the total."""
    dimension = view.dimensions[by]
    table = view.ask(_BREAKDOWN, by=dimension.columns, period=view.period, order_by=["-net_sales"])
    total = view.numbers(_BREAKDOWN).now
    whole = as_number(total.get("net_sales")) or Decimal()
    columns = [
        view.text(f"filter.{by}"),
        *(view.label(name) for name in _BREAKDOWN),
        view.text("table.share"),
    ]
    parts = [record for record in table.records() if any(record[name] for name in _BREAKDOWN)]
    rows = [
        [
            view.value_label(dimension.name, str(record[dimension.name])),
            *(view.formats.exact(record[name], view.kind(name)) for name in _BREAKDOWN),
            view.formats.share(record["net_sales"], whole),
        ]
        for record in parts
    ]
    rows.append(
        [
            view.text("table.total"),
            *(view.formats.exact(total.get(name), view.kind(name)) for name in _BREAKDOWN),
            view.formats.share(whole, whole),
        ]
    )
    with st.container(key=f"table-{by}"):
        st.markdown(f"**{view.text(f'table.by_{by}')}**")
        show_table(columns, rows, strong=[len(rows) - 1])
        exact = [
            (
                view.value_label(dimension.name, str(record[dimension.name])),
                *map(record.get, _BREAKDOWN),
            )
            for record in parts
        ]
        export(view, by, columns[:-1], exact)
