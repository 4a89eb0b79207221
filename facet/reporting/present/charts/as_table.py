"""Figures as tables."""

import html
from dataclasses import dataclass

import plotly.graph_objects as go

from facet.reporting.present.formats import DASH


@dataclass(frozen=True, kw_only=True)
class FigureTable:
    """A figure as a table: names of rows and columns, cells, a key for each row."""

    columns: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...]


def figure_table(figure: go.Figure) -> FigureTable:
    """A figure as a table, for who cannot see it or point at it."""
    has_bars = any(trace.type == "bar" for trace in figure.data)
    columns: dict[str, list[str]] = {}
    names: list[str] = []
    keys: list[str] = []
    for trace in figure.data if has_bars else figure.data[::-1]:  # lines: the first is in front
        if trace.customdata is None:
            continue
        if not has_bars:
            names, keys = list(trace.x), [""] * len(trace.x)
            if trace.type == "heatmap":  # from below; a table begins with what is on top
                upwards = zip(trace.y, trace.customdata, strict=True)
                columns |= {name: list(texts) for name, texts in reversed([*upwards])}
            else:
                columns[trace.name] = list(trace.customdata)
            continue
        if trace.type == "bar":
            rows = [list(row) for row in trace.customdata]
            names, keys = [row[1] for row in rows], [row[0] for row in rows]
            columns[trace.name or ""] = [row[2] for row in rows]
        if trace.meta is not None:
            columns[trace.meta["name"]] = [text or DASH for text in trace.meta["texts"]]
    return FigureTable(
        columns=tuple(map(html.unescape, columns)),
        names=tuple(map(html.unescape, names)),
        rows=tuple(tuple(map(html.unescape, row)) for row in zip(*columns.values(), strict=True)),
        keys=tuple(keys),
    )
