"""A document as PDF or picture, drawn by Typst from texts alone: it sees written numbers."""

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal

import typst

from facet.reporting.present.charts.over_time import even_ticks
from facet.reporting.present.charts.style import label_step, values_of
from facet.reporting.present.document.parts import Document, Figure, Listing, Part, Trend
from facet.reporting.present.export import Heading
from facet.reporting.present.formats import DASH
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.table import Cell, as_number

_TEMPLATE: Final = Path(__file__).with_name("document.typ")
_FONTS: Final = Path(__file__).with_name("fonts")
#: More rows of a list are in the Excel file.
ROWS_SHOWN: Final = 15
#: From so many columns on a list needs the width of the sheet, and leaves none for bars.
_MANY_COLUMNS: Final = 7
_NO_BARS_FROM: Final = 6
#: A picture is sharp on a screen of twice the usual density.
_PICTURE_PPI: Final = 192
#: What is no number, and stands at the left.
_WORDS: Final = ("text", "day", "month", "moment")


def to_pdf(document: Document) -> bytes:
    """The document as a PDF that looks the same on every machine: it brings its fonts."""
    return _drawn(document, format="pdf")


def to_png(document: Document) -> bytes:
    """The document as one picture, as high as what it shows."""
    return _drawn(document, format="png", ppi=_PICTURE_PPI)


def _drawn(document: Document, *, format: Literal["pdf", "png"], ppi: float | None = None) -> bytes:
    view = document.view
    listings = [part.listing for part in document.parts if part.listing is not None]
    content = {
        "language": view.language,
        "for": view.text("document.for", name=view.principal.full_name),
        "as_of": document.as_of,
        "compared": document.compared,
        "narrowed": [f"{name}: {values}" for name, values in document.narrowed.items()],
        "page": view.text("document.page", number="{number}", count="{count}"),
        "parts": [_part(view, part) for part in document.parts],
        "is_picture": format == "png",
        "is_wide": any(len(listing.headings) >= _MANY_COLUMNS for listing in listings),
        **document.about,
    }
    return bytes(
        typst.compile(
            str(_TEMPLATE),
            font_paths=[str(_FONTS)],
            ignore_system_fonts=True,
            format=format,
            ppi=ppi,
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
    exact = view.formats.exact(figure.now, figure.kind)
    return {
        "label": figure.label,
        "value": exact if figure.written is None else figure.written,
        "change": figure.change or "",
        "better": figure.better,
        "before": view.text("document.before", value=before) if figure.before is not None else "",
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
    headings = listing.headings
    shown = listing.rows[:ROWS_SHOWN]
    rest = max(len(listing.rows) - ROWS_SHOWN, 0)
    rows = _rows(view, listing)
    has_bars = 1 < len(headings) < _NO_BARS_FROM and headings[1].kind == "money"
    return {
        "title": listing.title,
        "columns": [
            {"label": heading.label, "is_number": heading.kind not in _WORDS}
            for heading in headings
        ],
        "rows": [list(row) for row in rows],
        "widest": 0 if has_bars else _widest(listing.headings, rows),
        "bars": _shares([row[1] for row in shown]) if has_bars else [],
        "total": list(listing.written_total)
        or [
            _written(view, cell, heading.kind, None)
            for cell, heading in zip(listing.total or (), headings, strict=False)
        ],
        "rest": view.text("table.rest", count=view.count(rest)) if rest else "",
    }


def _widest(headings: Sequence[Heading], rows: Sequence[Sequence[str]]) -> int:
    """The column of words that has the most to say, which takes what width is left."""
    words = [n for n, heading in enumerate(headings) if heading.kind in _WORDS] or [0]
    return max(words, key=lambda n: max((len(row[n]) for row in rows), default=0))


def _rows(view: TenantView, listing: Listing) -> Sequence[Sequence[str]]:
    """The first rows as people read them."""
    if listing.written is not None:
        return listing.written[:ROWS_SHOWN]
    shown = listing.rows[:ROWS_SHOWN]
    kinds = listing.kinds or [None] * len(shown)
    return [
        [
            _written(view, cell, heading.kind, kind)
            for cell, heading in zip(row, listing.headings, strict=True)
        ]
        for row, kind in zip(shown, kinds, strict=False)
    ]


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
