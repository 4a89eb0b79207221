"""Figures. One template; accent means what is looked at, grey what it is compared with.

Nothing here knows Streamlit. A figure is built once and never changed after: it is shared by all
who may see its numbers. Backgrounds are transparent and colours readable on light and dark.
"""

import html
import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go

ACCENT: Final = "#1a8274"
COMPARISON: Final = "#94a3a3"
LOSS: Final = "#c2783c"
GOLD: Final = "#c19a3d"
_INK: Final = "#7b8b8b"
#: What is written on bars of light colours.
_ON_BAR: Final = {COMPARISON: "#14211f", GOLD: "#14211f", LOSS: "#14211f"}
_GRID: Final = "rgba(125, 140, 140, 0.22)"
_BAND: Final = "rgba(26, 130, 116, 0.16)"
_DIGIT_PIXELS: Final = 8
_BAR_PIXELS: Final = 36
_LABEL_LENGTH: Final = 24
#: So few places over time have the comparison beside their bars: a line would hardly be one.
_FEW: Final = 3

TEMPLATE: Final = go.layout.Template(
    layout=go.Layout(
        font={"size": 13, "color": _INK},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 4, "r": 8, "t": 8, "b": 4},
        bargap=0.28,
        hoverlabel={"font": {"size": 13}},
        showlegend=False,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        xaxis={"automargin": True, "fixedrange": True, "gridcolor": _GRID, "zeroline": False},
        yaxis={"automargin": True, "fixedrange": True, "gridcolor": _GRID, "zeroline": False},
        separators=".,",
    )
)


@dataclass(frozen=True, kw_only=True)
class Point:
    """A value to draw: what it is of, the value in words, and a key to drill down by.

    `tick` and `short` stand where there is no room for the label and the text. Without a label it
    is of nothing, and nothing is told of it.
    """

    label: str
    value: float | None
    text: str
    key: str = ""
    tick: str = ""
    short: str = ""
    is_unfinished: bool = False


@dataclass(frozen=True, kw_only=True)
class Series:
    """Points under one name."""

    name: str
    points: tuple[Point, ...]


def trend(now: Series, before: Series | None, *, ticks: Sequence[tuple[float, str]]) -> go.Figure:
    """Bars over time, with the comparison as a grey line at the same places; a few as bars beside.

    Args:
        now: a point per day, week or month; what is not over is hatched and shaded.
        before: as many points, or None.
        ticks: values and labels of the axis.
    """
    figure = go.Figure(layout={"template": TEMPLATE, "height": 320, "hovermode": "x"})
    positions = list(range(len(now.points)))
    hatched = ["/" if point.is_unfinished else "" for point in now.points]
    style = _bar_style(now, before)
    style["marker"] |= {"pattern": {"shape": hatched, "solidity": 0.4}}
    for position in (n for n, point in enumerate(now.points) if point.is_unfinished):
        figure.add_vrect(
            position - 0.5, position + 0.5, fillcolor=_BAND, line_width=0, layer="below"
        )
    figure.add_bar(x=positions, y=_values(now), **style)
    if before is not None:
        drawn = {"x": positions, "y": _values(before), "name": before.name, "hoverinfo": "skip"}
        if len(positions) < _FEW:
            figure.add_bar(**drawn, marker={"color": COMPARISON, "cornerradius": 3})
        else:
            figure.add_scatter(**drawn, mode="lines", line={"color": COMPARISON, "width": 2})
        _mark_alone(figure, now, before)
        figure.update_layout(showlegend=True, margin={"t": 28})
    step = max(1, -(-len(positions) // 6))
    figure.update_xaxes(
        tickvals=positions[::step],
        ticktext=[now.points[position].tick for position in positions[::step]],
        tickangle=0,
        showgrid=False,
    )
    figure.update_yaxes(tickvals=[v for v, _ in ticks], ticktext=[text for _, text in ticks])
    return figure


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line over time: its points, its colour, and whether it is only expected."""

    series: Series
    colour: str
    is_dashed: bool = False
    is_filled: bool = False


def lines(
    drawn: Sequence[Line],
    *,
    ticks: Sequence[tuple[float, str]],
    band: tuple[Series, Series] | None = None,
) -> go.Figure:
    """Lines over the same days, the first in front; where a value is None a line stops.

    Args:
        drawn: lines with as many points each; the first one's ticks name the days.
        ticks: values and labels of the axis.
        band: the lower and the upper end of what is likely, shaded.
    """
    figure = go.Figure(layout={"template": TEMPLATE, "height": 340, "hovermode": "x unified"})
    days = [point.label for point in drawn[0].series.points]
    for end, fill in zip(band or (), (None, "tonexty"), strict=False):
        figure.add_scatter(
            x=days,
            y=_values(end),
            mode="lines",
            line={"width": 0},
            fill=fill,
            fillcolor=_BAND,
            showlegend=False,
            hoverinfo="skip",
        )
    for line in reversed(drawn):
        figure.add_scatter(
            x=days,
            y=_values(line.series),
            name=plain(line.series.name),
            mode="lines+markers" if len(days) < 3 else "lines",
            line={
                "color": line.colour,
                "width": 3 if line is drawn[0] else 2,
                "dash": "dot" if line.is_dashed else "solid",
            },
            fill="tozeroy" if line.is_filled else None,
            customdata=[plain(point.text) for point in line.series.points],
            hovertemplate="%{customdata}",
        )
    figure.update_layout(
        showlegend=True, margin={"t": 30}, legend={"traceorder": "reversed", "itemclick": False}
    )
    step = max(1, -(-len(days) // 6))
    figure.update_xaxes(
        type="category",
        tickvals=days[::step],
        ticktext=[point.tick for point in drawn[0].series.points[::step]],
        tickangle=0,
        showgrid=False,
    )
    figure.update_yaxes(
        tickvals=[v for v, _ in ticks], ticktext=[text for _, text in ticks], rangemode="tozero"
    )
    return figure


def bars(now: Series, before: Series | None) -> go.Figure:
    """Horizontal bars, the first on top, each with its value; the comparison as a thin bar below.

    Below zero bars go to the left of a line, in another colour; their values stand right of it.
    """
    height = max(120, 40 + _BAR_PIXELS * len(now.points))
    figure = go.Figure(
        layout={"template": TEMPLATE, "height": height, "hovermode": "y", "barmode": "overlay"}
    )
    positions = list(range(len(now.points)))
    raised = 0.08 if before is not None else 0
    figure.add_bar(
        y=[position - raised for position in positions],
        x=_values(now),
        width=0.6,
        orientation="h",
        **_bar_style(now, before),
    )
    if before is not None:
        figure.add_bar(
            y=[position + 0.31 for position in positions[: len(before.points)]],
            x=_values(before),
            width=0.1,
            orientation="h",
            name=before.name,
            marker={"color": COMPARISON},
            hoverinfo="skip",
            unselected={"marker": {"opacity": 1}},
        )
    ends = [max(0.0, point.value or 0.0) for point in now.points]
    _write_values(figure, now.points, ends, [position - raised for position in positions])
    _span(figure, [*_values(now), *(_values(before) if before else ())])
    _name_rows(figure, now.points)
    return figure


def stacked(series: Sequence[tuple[Series, str]]) -> go.Figure:
    """Horizontal bars of parts that add up, the first row on top; each series has its colour."""
    rows = series[0][0].points if series else ()
    height = 64 + _BAR_PIXELS * len(rows)
    figure = go.Figure(layout={"template": TEMPLATE, "height": height, "barmode": "stack"})
    for part, colour in series:
        figure.add_bar(
            y=list(range(len(rows))),
            x=_values(part),
            orientation="h",
            name=part.name,
            marker={"color": colour, "cornerradius": 3},
            text=[point.short if point.value else "" for point in part.points],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            textfont={"color": _ON_BAR.get(colour, "#ffffff")},
            unselected={"marker": {"opacity": 0.35}},
            customdata=[
                [point.key, plain(point.label), plain(point.text)] for point in part.points
            ],
            hovertemplate="%{customdata[1]}<br>"
            + plain(part.name)
            + ": <b>%{customdata[2]}</b><extra></extra>",
        )
    figure.update_layout(
        showlegend=True, margin={"t": 30}, legend={"traceorder": "normal", "itemclick": False}
    )
    figure.update_xaxes(visible=False)
    _name_rows(figure, rows)
    return figure


def bridge(steps: Sequence[Point], *, totals: Sequence[bool]) -> go.Figure:
    """A waterfall from top to bottom: changes from one total to the next; the first is a total."""
    height = 48 + _BAR_PIXELS * len(steps)
    figure = go.Figure(layout={"template": TEMPLATE, "height": height})
    reached = 0.0
    starts, ends = [], []
    for step, is_total in zip(steps, (True, *totals[1:]), strict=True):
        starts.append(0.0 if is_total else reached)
        reached = (step.value or 0.0) + starts[-1]
        ends.append(reached)
    gaps = [(n + 0.36, n + 0.64, end) for n, end in enumerate(ends[:-1])]
    figure.add_scatter(
        y=[y for top, bottom, _ in gaps for y in (top, bottom, None)],
        x=[x for _, _, end in gaps for x in (end, end, None)],
        mode="lines",
        line={"color": _GRID, "width": 1},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_bar(
        y=list(range(len(steps))),
        x=[end - start for start, end in zip(starts, ends, strict=True)],
        base=starts,
        orientation="h",
        marker={
            "cornerradius": 3,
            "color": [
                LOSS if (step.value or 0) < 0 else ACCENT if is_total else GOLD
                for step, is_total in zip(steps, (True, *totals[1:]), strict=True)
            ],
        },
        customdata=[[step.key, plain(step.label), plain(step.text)] for step in steps],
        hovertemplate="%{customdata[1]}<br><b>%{customdata[2]}</b><extra></extra>",
    )
    _write_values(figure, steps, list(map(max, starts, ends)))
    _span(figure, [*starts, *ends])
    _name_rows(figure, steps)
    return figure


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a figure shows, in words: names of rows and columns, cells, a key for each row."""

    columns: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...]


def told(figure: go.Figure) -> Told:
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
            columns[trace.name] = list(trace.customdata)
            continue
        if trace.type != "bar":  # beside the bars, and told with them
            continue
        rows = [list(row) for row in trace.customdata]
        names, keys = [row[1] for row in rows], [row[0] for row in rows]
        columns[trace.name or ""] = [row[2] for row in rows]
        if trace.meta is not None:
            columns[trace.meta["name"]] = [text or "–" for text in trace.meta["texts"]]
    return Told(
        columns=tuple(map(html.unescape, columns)),
        names=tuple(map(html.unescape, names)),
        rows=tuple(tuple(map(html.unescape, row)) for row in zip(*columns.values(), strict=True)),
        keys=tuple(keys),
    )


def _values(series: Series) -> list[float | None]:
    return [point.value for point in series.points]


def _bar_style(now: Series, before: Series | None) -> dict[str, Any]:
    """What bars that can be clicked have in common; both values are told where they point."""
    custom = [[point.key, plain(point.label), plain(point.text)] for point in now.points]
    lines = [f"%{{customdata[1]}}<br>{plain(now.name)}: <b>%{{customdata[2]}}</b>"]
    meta = None
    if before is not None:
        lines.append("%{customdata[3]}")
        beside = {n: point for n, point in enumerate(before.points) if point.label}
        custom = [
            [*row, f"<br>{_told(before, beside[n])}" if n in beside else ""]
            for n, row in enumerate(custom)
        ]
        texts = [
            _named_apart(beside[n], point) if n in beside else ""
            for n, point in enumerate(now.points)
        ]
        meta = {"name": before.name, "texts": texts}
    return {
        "name": now.name,
        "meta": meta,
        "marker": {
            "color": [LOSS if (point.value or 0) < 0 else ACCENT for point in now.points],
            "cornerradius": 3,
        },
        "unselected": {"marker": {"opacity": 0.35}},
        "customdata": custom,
        "hovertemplate": "".join(lines) + "<extra></extra>",
    }


def _told(before: Series, point: Point) -> str:
    """What is said of the comparison."""
    return f"{plain(before.name)}: {plain(point.text)} ({plain(point.label)})"


def _named_apart(point: Point, beside: Point) -> str:
    """A point's text, with its label where that is not the one of what it stands beside."""
    text, label = plain(point.text), plain(point.label)
    return text if point.label == beside.label else f"{text} ({label})"


def _mark_alone(figure: go.Figure, now: Series, before: Series) -> None:
    """Mark what stands beside no bar that would tell of it."""
    alone = [
        (position, point)
        for position, (beside, point) in enumerate(zip(now.points, before.points, strict=True))
        if point.value is not None and not beside.label
    ]
    if alone:
        figure.add_scatter(
            x=[position for position, _ in alone],
            y=[point.value for _, point in alone],
            mode="markers",
            marker={"color": COMPARISON, "size": 7},
            showlegend=False,
            customdata=[_told(before, point) for _, point in alone],
            hovertemplate="%{customdata}<extra></extra>",
        )


def _write_values(
    figure: go.Figure,
    points: Sequence[Point],
    ends: Sequence[float],
    positions: Sequence[float] | None = None,
) -> None:
    """Write each value after the right end of its bar, with room for it however wide the page."""
    figure.add_scatter(
        y=positions or list(range(len(points))),
        x=ends,
        mode="text",
        text=[f" {point.short}" for point in points],
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
        unselected={"textfont": {"color": _INK}},
    )
    longest = max((len(point.short) for point in points), default=0)
    figure.update_layout(margin={"r": 12 + _DIGIT_PIXELS * longest})


def _span(figure: go.Figure, values: Sequence[float | None]) -> None:
    """An axis over the values and zero; a line at zero where there is something below it."""
    low, high = (end([0.0, *(v for v in values if v is not None)]) for end in (min, max))
    figure.update_xaxes(visible=False, range=[low, high if high > low else 1])
    if low < 0:
        figure.add_vline(x=0, line={"color": _INK, "width": 1})


def _name_rows(figure: go.Figure, points: Sequence[Point]) -> None:
    figure.update_yaxes(
        tickvals=list(range(len(points))),
        ticktext=[row_name(point.label) for point in points],
        autorange="reversed",
        showgrid=False,
    )


def even_ticks(values: Sequence[float | None]) -> tuple[float, ...]:
    """Four or five round numbers from zero over the values, for an axis."""
    numbers = [value for value in values if value is not None]
    top, low = max([0.0, *numbers]), min([0.0, *numbers])
    if top == low:
        return (0.0,)
    rough = (top - low) / 4
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(n * magnitude for n in (1, 2, 2.5, 5, 10) if n * magnitude >= rough)
    first = int(low // step)
    return tuple(step * n for n in range(first, int(top // step) + 2) if step * n <= top * 1.02)


def row_name(label: str) -> str:
    """A label in at most two short lines, so that it leaves room for its bar."""
    lines = textwrap.wrap(label, _LABEL_LENGTH, max_lines=2, placeholder="…") or [""]
    return "<br>".join(map(plain, lines))


def plain(text: str) -> str:
    """A text as it is: Plotly would take what looks like HTML in it for HTML."""
    return html.escape(text, quote=False)
