"""A table as a file: exact numbers, and no cell that a spreadsheet would run.

Text that a spreadsheet would take for a formula gets an apostrophe before it in CSV, which is how
spreadsheets themselves mark text; in Excel files text is stored as text.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Literal

from facet.reporting.table import Cell

Format = Literal["csv", "xlsx"]
MIME: Final[dict[Format, str]] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: How a spreadsheet's formulas begin, also after what it skips.
_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: Excel counts in binary floating point: more digits than this would not come back the same.
_EXACT_DIGITS: Final = 15
_EXCEL_CELL: Final = 32_767
_EXCEL_ROWS: Final = 1_048_575


def to_csv(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Rows as CSV (RFC 4180, UTF-8 with a mark that Excel needs to see it)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([harmless(heading) for heading in headings])
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def to_excel(
    headings: Sequence[str], rows: Sequence[Sequence[Cell]], *, about: Mapping[str, str]
) -> bytes:
    """Rows as an Excel workbook; a second sheet says what the first one is of.

    Raises:
        ValueError: there are more rows than a sheet holds.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if len(rows) > _EXCEL_ROWS:
        raise ValueError(f"An Excel sheet holds {_EXCEL_ROWS} rows, not {len(rows)}.")
    book = Workbook(write_only=True)

    def cell(sheet: Any, value: Cell, *, is_bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, _storable(value))
        if isinstance(made.value, str):
            made.data_type = "s"  # whatever it begins with: text, no formula
        if isinstance(value, date) and not isinstance(value, datetime):
            made.number_format = "yyyy-mm-dd"
        if is_bold:
            made.font = Font(bold=True)
        return made

    data = book.create_sheet("Data")
    data.freeze_panes = "A2"
    data.append([cell(data, heading, is_bold=True) for heading in headings])
    for row in rows:
        data.append([cell(data, value) for value in row])
    notes = book.create_sheet("About")
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 24, 80
    for name, value in about.items():
        notes.append([cell(notes, name, is_bold=True), cell(notes, value)])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(_STARTS) else text


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case datetime():
            return cell.isoformat(timespec="seconds")
        case date():
            return cell.isoformat()
        case Decimal():
            return f"{cell:f}"
        case int():
            return str(cell)
        case _:
            return harmless(cell)


def _storable(cell: Cell) -> Any:
    """A cell as Excel can hold it without changing it: moments in UTC, long numbers as text."""
    match cell:
        case datetime():
            return cell.isoformat(timespec="seconds")
        case bool() | None | date():
            return cell
        case Decimal() | int():
            number = Decimal(cell)
            digits = number.normalize().as_tuple().digits
            return number if len(digits) <= _EXACT_DIGITS else f"{number:f}"
        case _:
            lines = cell.replace("\r\n", "\n").replace("\r", "\n")
            text = "".join(c if c >= " " or c in "\t\n" else "\ufffd" for c in lines)
            return text[:_EXCEL_CELL]
