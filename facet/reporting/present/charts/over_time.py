"""Bars and lines over days, weeks or months."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from facet.reporting.present.charts.comparison import bar_style, comparison_text
from facet.reporting.present.charts.style import (
    BAND,
    COMPARISON,
    GOLD,
    TARGET,
    TEMPLATE,
    Series,
    label_step,
    plain,
    values_of,
)

#: So few places over time have the comparison beside their bars: a line would hardly be one.
_FEW: Final = 3


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What was noted of some places of a chart over time, from the first to the last of them."""

    first: int
    last: int
    text: str


def trend(
    now: Series,
    before: Series | None,
    *,
    ticks: Sequence[tuple[float, str]],
    target: Series | None = None,
    marks: Sequence[Mark] = (),
    days: Sequence[tuple[str, str] | None] = (),
) -> go.Figure:
    """Bars over time, with the comparison as a grey line at the same places; a few as bars beside.

    Args:
        now: a point per day, week or month; what is not over is hatched and shaded.
        before: as many points, or None.
        target: as many points, drawn as dotted steps, or None.
        ticks: values and labels of the axis.
        marks: what was noted of places; it is told where one points at the mark.
        days: the first and the last day of each place, where they can be dragged over to look at
            them alone; the script of the page does that.
    """
    figure = go.Figure(layout={"template": TEMPLATE, "height": 320, "hovermode": "x"})
    positions = list(range(len(now.points)))
    hatched = ["/" if point.is_unfinished else "" for point in now.points]
    style = bar_style(now, before)
    style["marker"] |= {"pattern": {"shape": hatched, "solidity": 0.4}}
    for position in (n for n, point in enumerate(now.points) if point.is_unfinished):
        figure.add_vrect(
            position - 0.5, position + 0.5, fillcolor=BAND, line_width=0, layer="below"
        )
    figure.add_bar(x=positions, y=values_of(now), **style)
    if before is not None:
        drawn = {"x": positions, "y": values_of(before), "name": before.name, "hoverinfo": "skip"}
        if len(positions) < _FEW:
            figure.add_bar(**drawn, marker={"color": COMPARISON, "cornerradius": 3})
        else:
            figure.add_scatter(**drawn, mode="lines", line={"color": COMPARISON, "width": 2})
        _mark_alone(figure, now, before)
    if target is not None:
        _draw_target(figure, target)
    if before is not None or target is not None:
        figure.update_layout(showlegend=True, margin={"t": 28})
    _mark_noted(figure, marks)
    step = label_step(len(positions))
    figure.update_layout(meta={"days": list(days), "target": target.name if target else None})
    figure.update_xaxes(
        range=[-0.5, len(positions) - 0.5],
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
            y=values_of(end),
            mode="lines",
            line={"width": 0},
            fill=fill,
            fillcolor=BAND,
            showlegend=False,
            hoverinfo="skip",
        )
    for line in reversed(drawn):
        figure.add_scatter(
            x=days,
            y=values_of(line.series),
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
    step = label_step(len(days))
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


def is_dragged(figure: go.Figure) -> bool:
    """Whether days can be dragged over in a figure."""
    return bool((figure.layout.meta or {}).get("days"))


def target_of(figure: go.Figure) -> str | None:
    """The name of what is dotted in a figure; None where nothing is."""
    return (figure.layout.meta or {}).get("target")


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


def _mark_noted(figure: go.Figure, marks: Sequence[Mark]) -> None:
    """A thin line at what was noted, from the first of its places to the last along the top."""
    for mark in marks:
        for place in {mark.first, mark.last}:
            figure.add_vline(place, line={"color": GOLD, "width": 1, "dash": "dot"}, layer="below")
        if mark.last > mark.first:
            figure.add_shape(
                type="line", yref="paper", x0=mark.first, x1=mark.last, y0=1, y1=1,
                line={"color": GOLD, "width": 1},
            )  # fmt: skip
    if marks:
        figure.add_scatter(
            x=[mark.first for mark in marks],
            y=[1] * len(marks),
            yaxis="y2",
            mode="markers",
            marker={"color": GOLD, "size": 9, "symbol": "triangle-down"},
            showlegend=False,
            text=[plain(mark.text) for mark in marks],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
        )
        figure.update_layout(
            yaxis2={"overlaying": "y", "range": [0, 1], "visible": False, "fixedrange": True}
        )


def _draw_target(figure: go.Figure, target: Series) -> None:
    """Dotted steps, one as wide as a bar's place; told beside the bars, and in their table."""
    texts = [plain(point.text) if point.value is not None else "" for point in target.points]
    name = plain(target.name)
    figure.add_scatter(
        x=list(range(len(target.points))),
        y=values_of(target),
        name=name,
        mode="lines" if len(target.points) >= _FEW else "lines+markers",
        line={"color": TARGET, "width": 2, "dash": "dot", "shape": "hvh"},
        customdata=texts,
        hovertemplate=f"{name}: %{{customdata}}<extra></extra>",
        meta={"name": name, "texts": texts},
    )


def _mark_alone(figure: go.Figure, now: Series, before: Series) -> None:
    """Mark what stands beside no bar that would show it."""
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
            customdata=[comparison_text(before, point) for _, point in alone],
            hovertemplate="%{customdata}<extra></extra>",
        )
