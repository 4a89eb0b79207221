"""A report as PDF, drawn by Typst from texts alone: numbers are written before it sees them."""

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import typst

from facet.reporting.present.charts.over_time import even_ticks
from facet.reporting.present.charts.style import label_step, values_of
from facet.reporting.present.formats import DASH
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.table import Cell, as_number
from facet.reports.contents import Figure, Listing, Part, Trend
from facet.reports.report import Report

_TEMPLATE: Final = Path(__file__).with_name("report.typ")
_FONTS: Final = Path(__file__).with_name("fonts")
#: More rows of a list are in the Excel file.
_ROWS_SHOWN: Final = 15


def to_pdf(report: Report) -> bytes:
    """The report as a PDF that looks the same on every machine: it brings its fonts."""
    view = report.order.view
    content = {
        "language": view.language,
        "for": view.text("report.for", name=view.principal.full_name),
        "as_of": report.order.as_of,
        "compared": report.order.compared,
        "page": view.text("report.page", number="{number}", count="{count}"),
        "parts": [_part(view, part) for part in report.parts],
        **report.order.about,
    }
    return bytes(
        typst.compile(
            str(_TEMPLATE),
            font_paths=[str(_FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"report": json.dumps(content, ensure_ascii=False)},
        )
    )


def _part(view: TenantView, part: Part) -> dict[str, Any]:
    return {
        "title": part.title,
        "notes": part.notes,
        "tiles": [_tile(view, figure) for figure in part.figures],
        "chart": _chart(view, part.trend) if part.trend else None,
        "list": _listing(view, part.listing) if part.listing and part.listing.rows else None,
    }


def _tile(view: TenantView, figure: Figure) -> dict[str, Any]:
    before = view.formats.exact(figure.before, figure.kind)
    return {
        "label": figure.label,
        "value": view.formats.exact(figure.now, figure.kind),
        "change": figure.change or "",
        "better": figure.better,
        "before": view.text("report.before", value=before) if figure.before is not None else "",
    }


def _chart(view: TenantView, trend: Trend) -> dict[str, Any]:
    """Heights as shares of the axis; `zero` is where it crosses nothing."""
    now = values_of(trend.series)
    before = values_of(trend.before) if trend.before else [None] * len(now)
    ticks = view.formats.axis(even_ticks([*now, *before]), trend.kind)
    ends = [value for value, _ in ticks] + [v for v in (*now, *before) if v is not None] + [0.0]
    least, most = min(ends), max(ends)
    span = (most - least) or 1.0

    def share(value: float | None) -> float:
        return (value or 0.0) / span

    step = label_step(len(now))
    return {
        "title": trend.title,
        "now": trend.series.name,
        "before": trend.before.name if trend.before else "",
        "zero": -least / span,
        "ticks": [{"at": (value - least) / span, "label": label} for value, label in ticks],
        "bars": [
            {
                "now": share(value),
                "before": share(earlier),
                "label": point.tick if place % step == 0 and point.label else "",
            }
            for place, (point, value, earlier) in enumerate(
                zip(trend.series.points, now, before, strict=True)
            )
        ],
    }


def _listing(view: TenantView, listing: Listing) -> dict[str, Any]:
    """A list as text, with a bar for the share of the largest in its first column of money."""
    shown, rest = listing.rows[:_ROWS_SHOWN], listing.rows[_ROWS_SHOWN:]
    headings = listing.headings
    kinds = listing.kinds or [None] * len(shown)
    return {
        "title": listing.title,
        "columns": [
            {"label": heading.label, "is_number": heading.kind != "text"} for heading in headings
        ],
        "rows": [
            [
                _written(view, cell, heading.kind, kind)
                for cell, heading in zip(row, headings, strict=True)
            ]
            for row, kind in zip(shown, kinds, strict=False)
        ],
        "bars": _shares([row[1] for row in shown]) if headings[1].kind == "money" else [],
        "total": [
            _written(view, cell, heading.kind, None)
            for cell, heading in zip(listing.total or (), headings, strict=False)
        ],
        "rest": view.text("table.rest", count=view.count(len(rest))) if rest else "",
    }


def _written(view: TenantView, cell: Cell, kind: str, own: Any) -> str:
    write = partial(view.formats.exact, cell)
    match kind:
        case "text":
            return DASH if cell is None else str(cell)
        case "number":
            return write(own)
        case "money" | "count" | "rate" | "decimal" | "days" | "minutes":
            return write(kind)
        case _:
            raise ValueError(f"A list has no column of kind {kind!r}.")


def _shares(cells: Sequence[Cell]) -> list[float]:
    values = [float(as_number(cell) or 0) for cell in cells]
    most = max(values, default=0.0)
    return [max(value, 0.0) / most if most > 0 else 0.0 for value in values]
