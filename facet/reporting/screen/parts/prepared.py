"""Lists as a browser is sent them, written out once for all who look at the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any, Final

import pandas as pd
import streamlit as st

from facet.reporting.query.cache import LruCache
from facet.reporting.screen.parts.cells import Column
from facet.reporting.screen.parts.styler_cache import worked_out
from facet.reporting.screen.session.view import View

#: Of lists that are kept: some 200 MB, the lists of thirty shops.
_CELLS_KEPT: Final = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A list that is written out once for all who look at the same; never changed after."""

    style: Any
    config: Mapping[str, Any]
    size: int


_LISTS: Final = LruCache[Prepared](_CELLS_KEPT, size=lambda prepared: prepared.size)


def prepare(
    view: View,
    columns: Sequence[Column],
    kinds: Sequence[Sequence[str]],
    cells: Sequence[Sequence[Any]],
) -> Prepared:
    """A list as it is sent; `kinds` are those of its cells, by column and row."""
    key = (*view.cache_key, sha256(repr((columns, kinds, cells)).encode()).digest())
    return _LISTS.made(key, lambda: _prepare(view, columns, kinds, cells))


def _prepare(
    view: View,
    columns: Sequence[Column],
    kinds: Sequence[Sequence[str]],
    cells: Sequence[Sequence[Any]],
) -> Prepared:
    """A list written out, and how its columns are drawn."""
    labels = [column.label for column in columns]
    style: Any = pd.DataFrame(list(map(list, cells)), columns=labels, dtype=object).style
    for number, (column, of) in enumerate(zip(columns, kinds, strict=True)):
        if column.colours:
            style = style.map(partial(_coloured, column.colours), subset=[column.label])
        for kind in {*of, column.kind}:
            rows = [n for n, named in enumerate(of) if named == kind]
            written = column.writer(view, [cells[n][number] for n in rows], kind)
            style = style.format({column.label: written}, subset=(rows, [column.label]))
    sorted_by = pd.DataFrame(
        [[c.order(cell) for c, cell in zip(columns, row, strict=True)] for row in cells],
        columns=labels,
    )
    return Prepared(
        style=worked_out(style, sorted_by),
        config={column.label: _config(column) for column in columns},
        size=len(columns) * (len(cells) + 1),
    )


def _coloured(colours: Mapping[str, str], cell: str) -> str:
    return f"color: {colours[cell]}" if cell in colours else ""


def _config(column: Column) -> Any:
    if column.kind == "line":
        return st.column_config.LineChartColumn(width=column.width, help=column.help)
    alignment: Any = "left" if column.kind in ("day", "moment") else None
    return st.column_config.Column(width=column.width, help=column.help, alignment=alignment)
