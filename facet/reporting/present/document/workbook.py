"""A document as Excel workbook: exact numbers, by the same export as single tables."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from facet.reporting.present.document.parts import Document, Figure, Part
from facet.reporting.present.export import Heading, Sheet, to_workbook
from facet.reporting.present.rounding import minor_unit_places
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.table import Cell

#: What the name of a sheet may not have, and how long it may be.
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
_NAME_LENGTH: Final = 31


def to_excel(document: Document) -> bytes:
    """The document's figures, trends and lists as a sheet each, and what they are of."""
    view = document.view
    named: dict[str, Sheet] = {}
    title = document.title
    for part in document.parts:
        title = part.title or title
        for sheet in _sheets(view, part, title):
            name = _free(sheet.name, named)
            named[name] = replace(sheet, name=name)
    about: dict[str, Cell] = {
        view.text("export.shop"): view.tenant.name,
        view.text("export.page"): document.title,
        view.text("export.period"): document.about["period"],
        **document.narrowed,
        view.text("export.currency"): view.tenant.currency,
        view.text("export.as_of"): view.formats.moment(view.tenant.as_of_local),
        view.text("export.release"): view.release.id,
        view.text("export.by"): view.principal.full_name,
    }
    return to_workbook(
        list(named.values()),
        about=about,
        about_name=_free(view.text("export.sheet_about"), named),
        digits=minor_unit_places(view.tenant.currency),
    )


def _sheets(view: TenantView, part: Part, title: str) -> Iterator[Sheet]:
    """What a part has: figures in a row of their own for the period and its comparison."""
    if part.figures:
        rows: list[tuple[Cell, ...]] = [
            (view.text("table.now"), *map(_value, part.figures)),
        ]
        if view.compared is not None:
            rows.append((view.text("table.before"), *(figure.before for figure in part.figures)))
        headings = [
            Heading(label=""),
            *(Heading(label=figure.label, kind=figure.kind) for figure in part.figures),
        ]
        yield Sheet(name=title, headings=headings, rows=rows)
    if part.trend:
        name = f"{part.title} {view.text('document.trend')}" if part.title else part.trend.title
        yield Sheet(name=name, headings=part.trend.headings, rows=part.trend.rows)
    if part.listing and not part.listing.is_picture:
        name = f"{part.title} {part.listing.title}".strip() or title
        yield Sheet(name=name, headings=part.listing.headings, rows=part.listing.rows)


def _value(figure: Figure) -> Cell:
    return figure.now if figure.written is None else figure.written


def _free(name: str, taken: dict[str, Sheet]) -> str:
    """A name that a sheet may have and none has yet; Excel does not tell capitals apart."""
    plain = _FORBIDDEN.sub(" ", name)[:_NAME_LENGTH].strip()
    known = {other.casefold() for other in taken}
    number, found = 2, plain
    while found.casefold() in known:
        end = f" {number}"
        found, number = plain[: _NAME_LENGTH - len(end)] + end, number + 1
    return found
