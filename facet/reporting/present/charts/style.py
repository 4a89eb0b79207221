"""Colours, the template, and the points that figures are drawn of."""

import html
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

ACCENT: Final = "#1a8274"
COMPARISON: Final = "#94a3a3"
LOSS: Final = "#c2783c"
GOLD: Final = "#c19a3d"
TARGET: Final = "#7c6cc0"
INK: Final = "#7b8b8b"
GRID: Final = "rgba(125, 140, 140, 0.22)"
BAND: Final = "rgba(26, 130, 116, 0.16)"

TEMPLATE: Final = go.layout.Template(
    layout=go.Layout(
        font={"size": 13, "color": INK},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 4, "r": 8, "t": 8, "b": 4},
        bargap=0.28,
        hoverlabel={"font": {"size": 13}},
        showlegend=False,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        xaxis={"automargin": True, "fixedrange": True, "gridcolor": GRID, "zeroline": False},
        yaxis={"automargin": True, "fixedrange": True, "gridcolor": GRID, "zeroline": False},
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


def values_of(series: Series) -> list[float | None]:
    """The values of points, in order."""
    return [point.value for point in series.points]


def label_step(count: int) -> int:
    """Of so many places along an axis, every how many are labelled: at most six are."""
    return max(1, -(-count // 6))


def plain(text: str) -> str:
    """A text as it is: Plotly would take what looks like HTML in it for HTML."""
    return html.escape(text, quote=False)
