"""The figure of a promotion's days: sales against their baseline above, redemptions below."""

from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from facet.reporting.present.charts.style import (
    ACCENT,
    COMPARISON,
    GOLD,
    TEMPLATE,
    Series,
    label_step,
    plain,
    values_of,
)

_SHADE: Final = "rgba(29, 143, 128, 0.08)"
#: Where sales end and redemptions begin, from the bottom.
_SALES: Final = (0.3, 0.94)
_REDEMPTIONS: Final = (0.0, 0.2)

#: A phase: its name, and the places of its first and last bar.
Phase = tuple[str, int, int]


def timeline(
    sales: Series,
    baseline: Series,
    redemptions: Series,
    *,
    phases: Sequence[Phase],
    shaded: int | None,
    ticks: Sequence[tuple[float, str]],
) -> go.Figure:
    """Bars of sales with their baseline as a grey line, and below them bars of redemptions.

    Args:
        sales: a point per bar; its text is all that is told where one points.
        baseline: as many points; where a value is None the line stops.
        redemptions: as many points, with the keys that are clicked.
        phases: what the bars are parted into, in order.
        shaded: which of the phases is looked at.
        ticks: values and labels of the axis of sales.
    """
    figure = go.Figure(layout={"template": TEMPLATE, "height": 380, "hovermode": "closest"})
    positions = list(range(len(sales.points)))
    bright = set() if shaded is None else set(range(phases[shaded][1], phases[shaded][2] + 1))
    for series, axis, colour in ((sales, "y", ACCENT), (redemptions, "y2", GOLD)):
        figure.add_bar(
            x=positions,
            y=values_of(series),
            name=plain(series.name),
            yaxis=axis,
            marker={
                "color": colour,
                "opacity": [1.0 if axis == "y2" or n in bright else 0.4 for n in positions],
                "cornerradius": 2,
            },
            unselected={"marker": {"opacity": 0.3}},
            customdata=[[point.key, plain(point.label), point.text] for point in series.points],
            hovertemplate="%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
        )
    figure.add_scatter(
        x=positions,
        y=values_of(baseline),
        name=plain(baseline.name),
        mode="lines+markers" if len(positions) < 3 else "lines",
        line={"color": COMPARISON, "width": 3},
        hoverinfo="skip",
    )
    for number, (name, first, last) in enumerate(phases):
        if number == shaded:
            figure.add_shape(
                type="rect", xref="x", yref="paper", x0=first - 0.5, x1=last + 0.5, y0=0, y1=1,
                fillcolor=_SHADE, line={"width": 0}, layer="below",
            )  # fmt: skip
        figure.add_annotation(
            x=(first + last) / 2, y=1, xref="x", yref="paper", yanchor="top", showarrow=False,
            text=plain(name),
        )  # fmt: skip
    step = label_step(len(positions))
    most = max(redemptions.points, key=lambda point: point.value or 0, default=None)
    figure.update_layout(
        showlegend=True,
        margin={"t": 30},
        legend={"traceorder": "normal", "itemclick": False},
        yaxis={
            "domain": list(_SALES),
            "tickvals": [value for value, _ in ticks],
            "ticktext": [text for _, text in ticks],
        },
        yaxis2={
            "domain": list(_REDEMPTIONS),
            "anchor": "x",
            "fixedrange": True,
            "tickvals": [most.value] if most else [],
            "ticktext": [most.short] if most else [],
        },
        xaxis={
            "anchor": "y2",
            "tickvals": positions[::step],
            "ticktext": [sales.points[position].tick for position in positions[::step]],
            "tickangle": 0,
            "showgrid": False,
        },
    )
    return figure
