"""Horizontal bars: beside each other, of parts, and from one total to the next."""

import textwrap
from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from facet.reporting.present.charts.comparison import bar_style
from facet.reporting.present.charts.style import (
    ACCENT,
    COMPARISON,
    GOLD,
    GRID,
    INK,
    LOSS,
    TEMPLATE,
    Point,
    Series,
    plain,
    values_of,
)

#: What is written on bars of light colours.
_ON_BAR: Final = {COMPARISON: "#14211f", GOLD: "#14211f", LOSS: "#14211f"}
_DIGIT_PIXELS: Final = 8
_BAR_PIXELS: Final = 36
_LABEL_LENGTH: Final = 24


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
        x=values_of(now),
        width=0.6,
        orientation="h",
        **bar_style(now, before),
    )
    if before is not None:
        figure.add_bar(
            y=[position + 0.31 for position in positions[: len(before.points)]],
            x=values_of(before),
            width=0.1,
            orientation="h",
            name=before.name,
            marker={"color": COMPARISON},
            hoverinfo="skip",
            unselected={"marker": {"opacity": 1}},
        )
    ends = [max(0.0, point.value or 0.0) for point in now.points]
    _write_values(figure, now.points, ends, [position - raised for position in positions])
    _span(figure, [*values_of(now), *(values_of(before) if before else ())])
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
            x=values_of(part),
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


def waterfall(steps: Sequence[Point], *, totals: Sequence[bool]) -> go.Figure:
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
        line={"color": GRID, "width": 1},
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


def row_name(label: str) -> str:
    """A label in at most two short lines, so that it leaves room for its bar."""
    lines = textwrap.wrap(label, _LABEL_LENGTH, max_lines=2, placeholder="…") or [""]
    return "<br>".join(map(plain, lines))


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
        unselected={"textfont": {"color": INK}},
    )
    longest = max((len(point.short) for point in points), default=0)
    figure.update_layout(margin={"r": 12 + _DIGIT_PIXELS * longest})


def _span(figure: go.Figure, values: Sequence[float | None]) -> None:
    """An axis over the values and zero; a line at zero where there is something below it."""
    low, high = (end([0.0, *(v for v in values if v is not None)]) for end in (min, max))
    figure.update_xaxes(visible=False, range=[low, high if high > low else 1])
    if low < 0:
        figure.add_vline(x=0, line={"color": INK, "width": 1})


def _name_rows(figure: go.Figure, points: Sequence[Point]) -> None:
    figure.update_yaxes(
        tickvals=list(range(len(points))),
        ticktext=[row_name(point.label) for point in points],
        autorange="reversed",
        showgrid=False,
    )
