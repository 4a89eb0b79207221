"""A table as a file: exact numbers, and no cell that a spreadsheet would run.

Text that a spreadsheet would take for a formula gets an apostrophe before it in CSV, which is how
spreadsheets themselves mark text; in Excel files text is stored as text.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Context, Decimal
from typing import Any, Final, Literal

from babel.numbers import get_decimal_symbol

from facet.reporting.query.table import Cell

Format = Literal["csv", "xlsx"]
MIME: Final[dict[Format, str]] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: How Excel writes numbers, in the separators of whoever opens the file.
_FORMATS: Final = {
    "rate": "0.0%",
    **dict.fromkeys(("decimal", "times"), "#,##0.00"),
    **dict.fromkeys(("days", "minutes"), "#,##0.0"),
}
#: Columns are as wide as what is in their first rows, within reason.
_MEASURED: Final = 500
_WIDTHS: Final = (8, 60)
#: How a spreadsheet's formulas begin, also after what it skips.
_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: Excel counts in binary floating point: more digits than this would not come back the same.
_EXACT_DIGITS: Final = 15
_EXCEL_PRECISION: Final = Context(prec=_EXACT_DIGITS)
_EXCEL_CELL: Final = 32_767
_EXCEL_ROWS: Final = 1_048_575


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A column of a table: its name and what kind of cells it has."""

    label: str
    kind: str = "text"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table on a sheet of a workbook; a total is not among its rows, it would be summed too."""

    name: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]


def to_csv(
    headings: Sequence[str], rows: Sequence[Sequence[Cell]], *, decimal: str | None = None
) -> bytes:
    """Rows as CSV (RFC 4180, UTF-8 with a mark that Excel needs to see it).

    Args:
        headings: of the columns.
        rows: their cells.
        decimal: what stands before decimals where the spreadsheet of its reader is set up, by which
            that also splits cells and knows moments; None: the file is for programs.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=cell_mark(decimal))
    writer.writerow([harmless(heading) for heading in headings])
    writer.writerows([_written(cell, decimal) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def decimal_mark(locale: str) -> str:
    """What stands before decimals where a locale is spoken."""
    return get_decimal_symbol(locale)


def cell_mark(decimal: str | None) -> str:
    """What Excel expects between cells where this stands before decimals."""
    return ";" if decimal == "," else ","


def to_excel(
    headings: Sequence[Heading],
    rows: Sequence[Sequence[Cell]],
    *,
    about: Mapping[str, Cell],
    sheets: tuple[str, str] = ("Data", "About"),
    digits: int = 2,
) -> bytes:
    """Rows as an Excel workbook; a second sheet describes the first one.

    Args:
        headings: of the columns.
        rows: their cells; a total is not among them, it would be summed with what it is of.
        about: what the second sheet says; figures have the format of their kind's column.
        sheets: the names of both.
        digits: how many decimals money has.

    Raises:
        ValueError: there are more rows than a sheet holds.
    """
    sheet = Sheet(name=sheets[0], headings=headings, rows=rows)
    return to_workbook([sheet], about=about, about_name=sheets[1], digits=digits)


def to_workbook(
    sheets: Sequence[Sheet], *, about: Mapping[str, Cell], about_name: str, digits: int = 2
) -> bytes:
    """Tables as sheets of an Excel workbook; a last sheet says what they are of.

    Args:
        sheets: the tables.
        about: what the last sheet says; figures have the format of their kind's column.
        about_name: the name of the last sheet.
        digits: how many decimals money has.

    Raises:
        ValueError: there are more rows than a sheet holds.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book, sheet, digits)
    kinds = {heading.label: heading.kind for sheet in sheets for heading in sheet.headings}
    notes = book.create_sheet(about_name)
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 24, 80
    for name, value in about.items():
        kind = kinds.get(name, "text")
        notes.append([_cell(notes, name, is_bold=True), _cell(notes, value, kind, digits=digits)])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write_sheet(book: Any, sheet: Sheet, digits: int) -> None:
    from openpyxl.utils import get_column_letter

    headings, rows = sheet.headings, sheet.rows
    if len(rows) > _EXCEL_ROWS:
        raise ValueError(f"An Excel sheet holds {_EXCEL_ROWS} rows, not {len(rows)}.")
    data = book.create_sheet(sheet.name)
    data.freeze_panes = "A2"
    for number, heading in enumerate(headings):
        data.column_dimensions[get_column_letter(number + 1)].width = _width(
            [heading.label, *(row[number] for row in rows[:_MEASURED])]
        )
    data.append([_cell(data, heading.label, is_bold=True) for heading in headings])
    for row in rows:
        data.append(
            [
                _cell(data, value, of.kind, digits=digits)
                for value, of in zip(row, headings, strict=True)
            ]
        )


def _cell(
    sheet: Any, value: Cell, kind: str = "text", *, digits: int = 2, is_bold: bool = False
) -> Any:
    """A cell of a sheet, with the format of its kind."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    made = WriteOnlyCell(sheet, _storable(value))
    if isinstance(made.value, str):
        made.data_type = "s"  # whatever it begins with: text, no formula
    elif number_format := _number_format(value, kind, digits):
        made.number_format = number_format
    if is_bold:
        made.font = Font(bold=True)
    return made


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(_STARTS) else text


def _number_format(value: Cell, kind: str, digits: int) -> str | None:
    match value:
        case datetime():
            return "yyyy-mm-dd hh:mm:ss"
        case date():
            return "yyyy-mm-dd"
        case bool() | None:
            return None
    if kind == "money":
        return "#,##0" + ("." + "0" * digits if digits else "")
    if kind == "count":
        return "#,##0" if value == int(value) else "#,##0.00"
    return _FORMATS.get(kind)


def _width(cells: Sequence[Cell]) -> int:
    """A column's width in letters; figures are wider than their digits by separators."""
    least, most = _WIDTHS
    longest = max(len(str(cell)) for cell in cells if cell is not None)
    return min(max(least, longest + 3), most)


def _written(cell: Cell, decimal: str | None) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case datetime() if decimal is not None:  # Excel takes what names a zone for words
            return cell.replace(tzinfo=None).isoformat(" ", timespec="seconds")
        case datetime():
            return cell.isoformat(timespec="seconds")
        case date():
            return cell.isoformat()
        case Decimal():
            return f"{cell:f}".replace(".", decimal or ".")
        case int():
            return str(cell)
        case _:
            return harmless(cell)


def _storable(cell: Cell) -> Any:
    """A cell as Excel can hold it: moments on the clock they carry, long sums as text."""
    match cell:
        case datetime():
            return cell.replace(tzinfo=None, microsecond=0)
        case bool() | None | date():
            return cell
        case Decimal() | int():
            _, digits, exponent = Decimal(cell).normalize().as_tuple()
            if len(digits) <= _EXACT_DIGITS:
                return Decimal(cell)
            is_quotient = int(exponent) < -2  # cut somewhere already, unlike a sum
            return _EXCEL_PRECISION.plus(Decimal(cell)) if is_quotient else f"{cell:f}"
        case _:
            lines = cell.replace("\r\n", "\n").replace("\r", "\n")
            text = "".join(c if c >= " " or c in "\t\n" else "\ufffd" for c in lines)
            return text[:_EXCEL_CELL]
