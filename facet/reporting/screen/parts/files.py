"""Files of what a page shows: of the page as PDF, of a chart as a picture.

A file holds what its reader sees, so it takes the rights that the page was drawn with and no other;
tables with all of their rows are exports (``exports``).
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from facet.reporting.present.document.parts import Document, Listing, Part
from facet.reporting.present.document.pdf import ROWS_SHOWN, to_pdf, to_png
from facet.reporting.screen.parts.cells import Column
from facet.reporting.screen.parts.exports import Exported, file_name, handed_out, taken_away
from facet.reporting.screen.session.page import Page
from facet.reporting.screen.session.view import View


def page_pdf(view: View, page: Page, shown: Sequence[Callable[[], Part]]) -> None:
    """A button for the page as PDF, with what it shows: the same days, filters and language."""
    st.download_button(
        view.text("document.pdf"),
        partial(_pdf, view, page, shown),
        file_name=file_name(view, page, page.name, "pdf"),
        mime="application/pdf",
        icon=":material/picture_as_pdf:",
        help=view.text("document.pdf_means", rows=view.count(ROWS_SHOWN)),
        key="page-pdf",
    )


def picture(view: View, name: str, part: Callable[[], Part]) -> None:
    """A button for a chart as a picture, which says of itself what it is of."""
    page = view.page
    if page is None:
        return
    st.download_button(
        view.text("document.picture"),
        partial(_png, view, page, name, part),
        file_name=file_name(view, page, name, "png"),
        mime="image/png",
        icon=":material/image:",
        type="tertiary",
        help=view.text("document.picture_means"),
        key=f"picture-{name}",
    )


def document_of(view: View, page: Page, shown: Sequence[Callable[[], Part]]) -> Document:
    """A page as a document, without headings under which nothing stands in it."""
    made = [part() for part in shown]
    following = [*made[1:], Part(title=" ")]
    return Document(
        view=view,
        title=view.text(f"page.{page.name}"),
        parts=tuple(
            part
            for part, after in zip(made, following, strict=False)
            if part != Part(title=part.title) or not after.title
        ),
        has_period=page.has_period,
    )


def table_part(
    view: View,
    columns: Sequence[Column],
    cells: Sequence[Sequence[Any]],
    kinds: Sequence[Sequence[str]],
    total: Sequence[Any] | None,
    *,
    title: str = "",
) -> Part:
    """A table in a file of the page: all rows as they are, and the first as the page writes them.

    `kinds` are those of cells, by column and row.
    """
    taken = taken_away(columns)
    exported = Exported.of(columns, cells, total)
    return Part(
        listing=Listing(
            title=title,
            headings=exported.headings,
            rows=exported.rows,
            total=exported.total,
            written=tuple(
                tuple(column.text(view, row[n], kinds[n][place]) for n, column in taken)
                for place, row in enumerate(cells[:ROWS_SHOWN])
            ),
            written_total=_total(view, [(column, total[n]) for n, column in taken])
            if total
            else (),
        )
    )


def _total(view: View, cells: Sequence[tuple[Column, Any]]) -> tuple[str, ...]:
    """The last line of a table, under its own name; nothing where a column has no total."""
    told = [
        "" if cell is None and not column.needs_all else column.text(view, cell)
        for column, cell in cells
    ]
    name = view.text("table.total")
    return (told[0] or ("" if name in told else name), *told[1:])


def _pdf(view: View, page: Page, shown: Sequence[Callable[[], Part]]) -> bytes:
    details = {"table": page.name, "format": "pdf"}
    return handed_out(view, page, details, lambda: to_pdf(document_of(view, page, shown)))


def _png(view: View, page: Page, name: str, part: Callable[[], Part]) -> bytes:
    details = {"table": name, "format": "png"}
    return handed_out(view, page, details, lambda: to_png(document_of(view, page, [part])))
