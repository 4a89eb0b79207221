"""An exported table has the exact figures, and nothing that a spreadsheet would run."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from openpyxl import load_workbook

from facet.reporting.present.export import Heading, decimal_mark, to_csv, to_excel
from facet.reporting.query.table import Cell

HEADINGS = ("Kênh", "Doanh thu", "Ngày")
COLUMNS = [
    Heading(label=label, kind=kind)
    for label, kind in zip(HEADINGS, ("text", "money", "day"), strict=True)
]
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("Cửa hàng “Nacre”, 1\nphố", Decimal("-1234567.80"), date(2026, 3, 18)),
    (None, Decimal("12345678901234.56"), None),
)
FORMULAS = [
    "=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1",
    "＝1", '=HYPERLINK("http://x","y")',
]  # fmt: skip


def _csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _sheet(content: bytes, name: str = "Data") -> Any:
    return load_workbook(io.BytesIO(content))[name]


def test_csv_has_every_digit_and_reads_back_as_it_was() -> None:
    content = to_csv(HEADINGS, ROWS)

    assert content.startswith(b"\xef\xbb\xbf")
    assert _csv(content) == [
        list(HEADINGS),
        ["Cửa hàng “Nacre”, 1\nphố", "-1234567.80", "2026-03-18"],
        ["", "12345678901234.56", ""],
    ]


@pytest.mark.parametrize(
    ("locale", "between", "decimal"),
    [("vi_VN", ";", ","), ("fr_FR", ";", ","), ("en_US", ",", "."), ("en_001", ",", ".")],
)
def test_csv_opens_as_the_spreadsheet_of_its_readers_locale_splits_it(
    locale: str, between: str, decimal: str
) -> None:
    """Read back by pandas with the marks that Excel takes from Windows for the locale."""
    moment = datetime(2026, 3, 18, 7, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    rows = [(*ROWS[0], moment), ("Zalo; 2,5", Decimal("0.50"), date(2026, 3, 1), moment)]
    mark = decimal_mark(locale)
    content = to_csv([*HEADINGS, "Lúc"], rows, decimal=mark)

    assert (content[:3], mark) == (b"\xef\xbb\xbf", decimal)
    read = pd.read_csv(
        io.BytesIO(content), sep=between, decimal=decimal, parse_dates=["Ngày", "Lúc"]
    )
    assert list(read.columns) == [*HEADINGS, "Lúc"]
    assert list(read["Doanh thu"]) == [-1234567.8, 0.5]
    assert list(read["Kênh"]) == ["Cửa hàng “Nacre”, 1\nphố", "Zalo; 2,5"]
    assert read["Ngày"][0] == pd.Timestamp(2026, 3, 18)
    assert read["Lúc"][1] == pd.Timestamp(2026, 3, 18, 7, 30)  # and no text: Excel knows no offsets


def test_excel_has_numbers_as_numbers_unless_excel_would_change_them() -> None:
    sheet = _sheet(to_excel(COLUMNS, ROWS, about={"Shop": "=Ngọc Lan"}))

    first, second = sheet.iter_rows(min_row=2)
    assert [cell.value for cell in first] == [
        "Cửa hàng “Nacre”, 1\nphố", -1234567.8, datetime(2026, 3, 18),
    ]  # fmt: skip
    assert first[2].number_format == "yyyy-mm-dd"
    assert [cell.value for cell in second] == [None, "12345678901234.56", None]


def test_excel_says_what_it_is_of() -> None:
    notes = _sheet(to_excel(COLUMNS, ROWS, about={"Shop": "=Ngọc Lan"}), "About")
    assert [[cell.value for cell in row] for row in notes.iter_rows()] == [["Shop", "=Ngọc Lan"]]
    assert notes["B1"].data_type == "s"


@pytest.mark.parametrize("text", FORMULAS, ids=repr)
def test_no_cell_and_no_heading_is_run_as_a_formula(text: str) -> None:
    for row in _csv(to_csv([text], [[text]])):
        assert row == [f"'{text}"]
    for (cell,) in _sheet(to_excel([Heading(label=text)], [[text]], about={})).iter_rows():
        assert cell.data_type == "s"
        assert cell.value.replace("\r", "\n").strip() == text.replace("\r", "\n").strip()


def test_a_moment_keeps_its_offset_and_control_signs_do_not_break_a_workbook() -> None:
    row: tuple[Cell, ...] = (datetime(2026, 3, 18, 12, tzinfo=UTC), "a\x00b", True, 7)
    assert _csv(to_csv("abcd", [row]))[1] == ["2026-03-18T12:00:00+00:00", "a\x00b", "true", "7"]
    headings = [Heading(label=letter) for letter in "abcd"]
    cells = next(_sheet(to_excel(headings, [row], about={})).iter_rows(2))
    assert [cell.value for cell in cells] == [datetime(2026, 3, 18, 12), "a\ufffdb", True, 7]
    assert cells[0].number_format == "yyyy-mm-dd hh:mm:ss"


def test_excel_writes_each_kind_of_number_as_what_it_is_exact_behind_it() -> None:
    kinds = ("money", "rate", "count", "count", "decimal")
    headings = [Heading(label=f"{n} {kind}", kind=kind) for n, kind in enumerate(kinds)]
    row: list[Cell] = [
        Decimal("1072.89678711"),
        Decimal("0.50974147"),
        12,
        Decimal("1.5"),
        Decimal("46.56"),
    ]
    about = {"Total": None, "0 money": Decimal("1072.90"), "1 rate": Decimal(1)}
    for digits, money in ((2, "#,##0.00"), (0, "#,##0"), (3, "#,##0.000")):
        content = to_excel(
            headings, [row], about=about, sheets=("Dữ liệu", "Thông tin"), digits=digits
        )
        cells = next(_sheet(content, "Dữ liệu").iter_rows(2))
        assert [cell.value for cell in cells] == [1072.89678711, 0.50974147, 12, 1.5, 46.56]
        assert [cell.number_format for cell in cells] == [
            money, "0.0%", "#,##0", "#,##0.00", "#,##0.00",
        ]  # fmt: skip
        notes = _sheet(content, "Thông tin")
        assert (notes["B2"].value, notes["B2"].number_format) == (1072.9, money)
        assert (notes["B3"].value, notes["B3"].number_format) == (1, "0.0%")


def test_a_quotient_of_many_digits_is_a_number_and_a_long_sum_is_all_there() -> None:
    """An average of 37 million has 8 decimals; Excel counts with 15 digits."""
    headings = [Heading(label="average", kind="money"), Heading(label="sum", kind="money")]
    row: list[Cell] = [Decimal("37650365.03482123"), Decimal("12345678901234.56")]
    average, total = next(_sheet(to_excel(headings, [row], about={}), "Data").iter_rows(2))
    assert (average.value, average.number_format) == (37650365.0348212, "#,##0.00")
    assert total.value == "12345678901234.56"


def test_columns_are_as_wide_as_what_is_in_them() -> None:
    headings = [Heading(label="a"), Heading(label="b"), Heading(label="A heading of some length")]
    row: list[Cell] = ["x" * 30, "x" * 500, None]
    sheet = _sheet(to_excel(headings, [row], about={}))

    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == [33, 60, 27]
