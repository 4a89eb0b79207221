"""A week by day and hour: the darker, the more."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

import plotly.graph_objects as go

from facet.reporting.present.charts.style import ACCENT, BAND, GRID, TEMPLATE, plain

_ROW_PIXELS: Final = 30


def week(
    rows: Sequence[tuple[str, Sequence[Decimal]]],
    hours: Sequence[str],
    written: Callable[[Decimal], str],
) -> go.Figure:
    """A row of cells for each day, the first on top; nothing is left blank.

    Args:
        rows: a day's name and its numbers, one for each hour.
        hours: what the hours are called.
        written: how a number is written.
    """
    most = max((value for _, values in rows for value in values), default=Decimal(0))
    figure = go.Figure(layout={"template": TEMPLATE, "height": 60 + _ROW_PIXELS * len(rows)})
    upwards = rows[::-1]
    # in one trace: of traces with a row each, Plotly 7.1 draws the rows beside their own labels
    figure.add_heatmap(
        x=list(hours),
        y=[plain(day) for day, _ in upwards],
        z=[[float(value) if value else None for value in values] for _, values in upwards],
        zmin=0,
        zmax=float(most) or 1,
        colorscale=[[0, BAND], [1, ACCENT]],
        showscale=False,
        xgap=2,
        ygap=2,
        customdata=[[written(value) for value in values] for _, values in upwards],
        hovertemplate="%{y} %{x}<br><b>%{customdata}</b><extra></extra>",
        hoverongaps=False,
    )
    figure.update_xaxes(type="category", showgrid=False, linecolor=GRID, nticks=12)
    figure.update_yaxes(type="category", showgrid=False)
    return figure
