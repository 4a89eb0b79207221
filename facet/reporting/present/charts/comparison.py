"""Comparison values of bars."""

from typing import Any

from facet.reporting.present.charts.style import ACCENT, LOSS, Point, Series, plain


def bar_style(now: Series, before: Series | None) -> dict[str, Any]:
    """The common style of bars that can be clicked; both values are shown on hover."""
    custom = [[point.key, plain(point.label), plain(point.text)] for point in now.points]
    lines = [f"%{{customdata[1]}}<br>{plain(now.name)}: <b>%{{customdata[2]}}</b>"]
    meta = None
    if before is not None:
        lines.append("%{customdata[3]}")
        beside = {n: point for n, point in enumerate(before.points) if point.label}
        custom = [
            [*row, f"<br>{comparison_text(before, beside[n])}" if n in beside else ""]
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


def comparison_text(before: Series, point: Point) -> str:
    """The text of a comparison."""
    return f"{plain(before.name)}: {plain(point.text)} ({plain(point.label)})"


def _named_apart(point: Point, beside: Point) -> str:
    """A point's text, with its label where that is not the one of what it stands beside."""
    text, label = plain(point.text), plain(point.label)
    return text if point.label == beside.label else f"{text} ({label})"
