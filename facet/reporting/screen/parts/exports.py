"""Export of a table as CSV or Excel, for those who may.

What may be taken is decided when it is taken, on the server: from the session and the rights of
that moment, not from those of the page that the button stands on. It is recorded before it is
handed out, or it is not handed out.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, NoReturn, get_args

import streamlit as st

from facet.errors import FacetError
from facet.reporting.present.export import (
    MIME,
    Format,
    Heading,
    cell_mark,
    decimal_mark,
    to_csv,
    to_excel,
)
from facet.reporting.present.filters import to_address
from facet.reporting.present.rounding import minor_unit_places
from facet.reporting.query.table import Cell
from facet.reporting.screen.parts.cells import Column
from facet.reporting.screen.session.audit_log import record
from facet.reporting.screen.session.page import Page
from facet.reporting.screen.session.view import View
from facet.rights.codes import EXPORT

_NAMES: Final[dict[Format, str]] = {"csv": "CSV", "xlsx": "Excel"}
_NAME_LENGTH: Final = 120


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A table to take away: its cells as they are, money in the tenant's currency.

    `total` is what is said of all rows together; no row, where it would be summed again.
    """

    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None

    @classmethod
    def of(
        cls,
        columns: Sequence[Column],
        cells: Sequence[Sequence[Any]],
        total: Sequence[Any] | None,
    ) -> "Exported":
        """What may be taken away of a table's columns: all but lines, which are drawn."""
        taken = taken_away(columns)
        return cls(
            headings=tuple(column.heading for _, column in taken),
            rows=tuple(tuple(column.exported(row[n]) for n, column in taken) for row in cells),
            total=tuple(column.exported(total[n]) for n, column in taken) if total else None,
        )


def taken_away(columns: Sequence[Column]) -> list[tuple[int, Column]]:
    """The columns of a file, and where they stand on the page: a line is drawn, not told."""
    return [(n, column) for n, column in enumerate(columns) if column.kind != "line"]


def export(
    view: View,
    name: str,
    columns: Sequence[Column],
    cells: Sequence[Sequence[Any]],
    total: Sequence[Any] | None,
) -> None:
    """Offer a table to whoever may export; all of its rows, exact and not written out.

    Args:
        view: who looks, at what.
        name: of the table on its page.
        columns: as the page has them.
        cells: of all rows, by these columns.
        total: of each column, where the table has totals.
    """
    page = view.page
    if page is None or not view.principal.may(EXPORT) or not cells:
        return
    table = partial(Exported.of, columns, cells, total)
    decimal = decimal_mark(view.formats.locale)
    marks = {"decimal": decimal, "between": cell_mark(decimal)}
    with st.container(
        key=f"export-{name}", horizontal=True, horizontal_alignment="right", gap=None
    ):
        for kind in get_args(Format):
            st.download_button(
                _NAMES[kind],
                partial(delivered, view, page, name, kind, table),
                file_name=file_name(view, page, name, kind),
                mime=MIME[kind],
                icon=":material/download:",
                type="tertiary",
                help=f"{view.text('export.help', rows=view.count(len(cells)))} "
                + view.text(f"export.help_{kind}", **marks),
                key=f"export-{kind}-{name}",
            )


def delivered(
    view: View, page: Page, name: str, kind: Format, table: Callable[[], Exported]
) -> bytes:
    """The file of a table, for whoever may still have it; runs when the button is clicked.

    Raises:
        PermissionError: the session has ended, or the right is not there any more.
        OSError: the export cannot be recorded.
    """
    taken = table()
    details = {"table": name, "format": kind, "rows": len(taken.rows)}

    def made() -> bytes:
        zone = view.tenant.calendar.timezone
        named = tuple(
            replace(heading, label=f"{heading.label} ({zone})")
            if heading.kind == "moment"
            else heading
            for heading in taken.headings
        )
        if kind == "csv":
            labels = [heading.label for heading in named]
            return to_csv(labels, taken.rows, decimal=decimal_mark(view.formats.locale))
        return _workbook(view, page, replace(taken, headings=named))

    return handed_out(view, page, details, made, takes=EXPORT)


def handed_out(
    view: View,
    page: Page,
    details: Mapping[str, object],
    make: Callable[[], bytes],
    *,
    takes: str | None = None,
) -> bytes:
    """A file of what a page shows, for whoever may still have it; it is recorded before.

    Args:
        view: that the page was drawn with; its rights must all be there still.
        page: that it is of.
        details: for the record.
        make: makes the file.
        takes: a permission that the file takes beside these.

    Raises:
        PermissionError: the session has ended, or the right is not there any more.
        OSError: it cannot be recorded.
    """
    details = {**details, "filters": to_address(view.filters)}
    refuse = partial(_refuse, view, page, details)
    try:
        principal = view.reauthenticate()
    except (PermissionError, FacetError):
        refuse("session")
    needed = view.principal.permissions | ({takes} if takes else frozenset())
    if not needed <= principal.permissions:
        refuse("right")
    if principal.scope != view.principal.scope:
        refuse("scope")
    content = make()
    record(view, "export" if takes == EXPORT else "file", page.name, details)
    return content


def _refuse(view: View, page: Page, details: Mapping[str, object], reason: str) -> NoReturn:
    record(view, "refused", page.name, {**details, "reason": f"export.{reason}"})
    raise PermissionError(f"The export is refused: {reason}.")


def _workbook(view: View, page: Page, table: Exported) -> bytes:
    label: Callable[[str], str] = view.text
    about: dict[str, Cell] = {
        label("export.shop"): view.tenant.name,
        label("export.page"): label(f"page.{page.name}"),
        label("export.currency"): view.tenant.currency,
        label("export.as_of"): view.formats.moment(view.tenant.as_of_local),
        label("export.release"): view.release.id,
        label("export.by"): view.principal.full_name,
    }
    if page.has_period:
        about[label("export.period")] = view.formats.period(view.period)
    for name, keys in view.filters.chosen.items():
        about[label(f"filter.{name}")] = ", ".join(view.choice_label(name, key) for key in keys)
    figures = zip(table.headings, table.total or (), strict=False)
    sums = {of.label: cell for of, cell in figures if of.kind != "text" and cell is not None}
    if sums:
        about |= {"": None, label("table.total"): None, **sums}
    return to_excel(
        table.headings,
        table.rows,
        about=about,
        sheets=(label("export.sheet_data"), label("export.sheet_about")),
        digits=minor_unit_places(view.tenant.currency),
    )


def file_name(view: View, page: Page, name: str, kind: str) -> str:
    """Shop, table, days and what it is narrowed to, so that two files of one day have two names."""
    days = [view.period.start, view.period.end] if page.has_period else [view.tenant.today]
    parts = [name, *(day.isoformat() for day in days)]
    if page.has_period:
        chosen = view.filters.chosen.items()
        parts += [view.choice_label(of, key) for of, keys in chosen for key in keys]
    return f"{'_'.join(filter(None, map(_slug, [view.tenant.name, *parts])))[:_NAME_LENGTH]}.{kind}"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")
