"""What stands in a report's files: the metrics themselves, of what the recipient may see."""

import io
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from facet.errors import DeliveryError
from facet.reporting.present.formats import Formats
from facet.reporting.present.texts import text
from facet.reporting.query.table import Record
from facet.reports.sections import SECTIONS
from facet.reports.status import preview
from tests.facet.reporting.house_people import NAMES
from tests.facet.reporting.house_whole import PEOPLE
from tests.facet.reports.conftest import ADA, MAI, MORNING, Home

ALL = ["sales", "staff", "campaigns", "promotions"]
#: Of the house's orders in February 2026 and those of 17 March.
FEBRUARY, MARCH_17 = (date(2026, 2, 1), date(2026, 2, 28)), (date(2026, 3, 17), date(2026, 3, 17))
WEEKLY: dict[str, Any] = {**ADA, "every": "week", "compare": "before", "sections": ["staff"]}
WEEK_BEFORE = MORNING - timedelta(days=7)
MONTHLY: dict[str, Any] = {**ADA, "every": "month", "day": 18, "compare": "before"}


def text_of(pdf: bytes) -> str:
    """All that a PDF says, with one space for each stretch of them."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def pdf_of(home: Home, *, now: datetime = MORNING, **report: Any) -> str:
    home.subscribe(it=report)
    return text_of(preview(home.settings, home.subscription("it"), "pdf", now=now))


def sheets_of(home: Home, **report: Any) -> dict[str, list[list[Any]]]:
    home.subscribe(it={**report, "formats": ["xlsx"]})
    content = preview(home.settings, home.subscription("it"), "xlsx", now=MORNING)
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: [[c.value for c in row] for row in sheet.rows] for sheet in book}


def told(home: Home, tenant_id: int, days: tuple[date, date], **by: Any) -> Record:
    """The metrics of the section of sales, straight from the metrics."""
    start, end = days
    table = home.metrics(tenant_id).metrics(SECTIONS["sales"].tiles, start=start, end=end, **by)
    return table.records()[0]


@pytest.mark.parametrize(
    ("report", "days", "tenant_id", "formats"),
    [
        pytest.param(MAI, MARCH_17, 2, Formats(locale="vi_VN", currency="VND"), id="Saigon, vi"),
        pytest.param(
            {**MAI, "language": "en"},
            MARCH_17,
            2,
            Formats(locale="en_001", currency="VND"),
            id="Saigon, en",
        ),
        pytest.param(MONTHLY, FEBRUARY, 1, Formats(locale="en_US", currency="USD"), id="New York"),
    ],
)
def test_a_pdf_has_the_metrics_as_people_of_its_language_write_them(
    home: Home, report: dict[str, Any], days: tuple[date, date], tenant_id: int, formats: Formats
) -> None:
    language = formats.locale[:2]
    said, found = pdf_of(home, **report), told(home, tenant_id, days)
    catalogue = home.metrics(tenant_id).catalogue
    assert found["net_sales"] in (Decimal("2250000"), Decimal("5600"))
    for name, value in found.items():
        metric = catalogue.metric(name)
        number = formats.exact(0 if value is None and metric.is_sum else value, metric.kind)
        assert f"{metric.label(language)} {number}".replace("\xa0", " ") in said


def test_a_pdf_is_in_vietnamese_letter_by_letter(home: Home) -> None:
    said = pdf_of(home, **{**MAI, "sections": ALL})
    for words in (
        *("Báo cáo ngày", "Ngọc Lan", "17 thg 3, 2026", "Dành cho Trần Thị Mai", "Tổng quan"),
        *("Doanh thu thuần 2.250.000 ₫", "Tỷ suất lợi nhuận gộp 60,0%", "Đội ngũ bán hàng"),
        *("Mục tiêu của các chiến dịch đang chạy", "Chậm tiến độ", "Dữ liệu tính đến 18 thg 3"),
    ):
        assert words in said
    assert "\x00" not in said


def test_its_fonts_are_in_it_and_its_words_are_words(home: Home) -> None:
    home.subscribe(it=MAI)
    reader = PdfReader(io.BytesIO(preview(home.settings, home.subscription("it"), "pdf")))
    fonts = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    names = {str(font.get_object()["/BaseFont"]) for font in fonts.values()}
    assert names
    assert all(re.fullmatch(r"/[A-Z]{6}\+NotoSans-\w+(-Identity-H)?", name) for name in names)
    assert reader.metadata is not None
    assert reader.metadata.title == "Báo cáo ngày – Ngọc Lan"


def test_a_workbook_has_decimals_equal_to_the_metrics(home: Home) -> None:
    sheets = sheets_of(home, **MONTHLY)
    found = told(home, 1, FEBRUARY)
    labels, now, before, *_ = sheets["Overview"]
    catalogue = home.metrics(1).catalogue
    for name, value in found.items():
        cell = now[labels.index(catalogue.metric(name).label("en"))]
        assert not isinstance(cell, str)
        assert (None if cell is None else Decimal(str(cell))) == value
    assert now[labels.index("Net sales")] == 5600
    assert before[labels.index("Net sales")] == 0
    by_channel = {row[0]: row[1:3] for row in sheets["Overview By channel"][1:]}
    assert by_channel == {"Boutique": [5600, 2]}
    trend = sheets["Overview Over time"]
    assert [row[1] for row in trend[1:] if row[1]] == [600, 5000]
    assert trend[18][0] == datetime(2026, 2, 18)
    assert dict(sheets["About"])["Shop"] == "Hudson & Vale"


def test_what_nobody_has_credit_for_is_in_the_list_and_in_no_tile(home: Home) -> None:
    """In February all is unattributed, and Eli has a target of 500.00: as on the page."""
    sheets = sheets_of(home, **{**MONTHLY, "sections": ["staff"]})
    labels, now, *_ = sheets["Sales team"]
    assert now[labels.index("Credited net sales")] == 0
    rows = {row[0]: row[1:] for row in sheets["Sales team By person"]}
    headings = rows["Name"]
    assert rows["Unattributed"][headings.index("Credited net sales")] == 5600
    said = pdf_of(home, **{**MONTHLY, "sections": ["staff"]})
    assert "Unattributed $5,600.00" in said
    assert "Total $5,600.00" in said


def test_a_shop_gets_nothing_of_another(home: Home) -> None:
    here = pdf_of(home, **{**MONTHLY, "sections": ALL})
    there = pdf_of(home, **{**MAI, "sections": ALL, "every": "month", "day": 18, "language": "en"})
    for said, tenant, other in ((here, 1, 2), (there, 2, 1)):
        assert NAMES[tenant] in said
        assert NAMES[other] not in said
        theirs = {name for (shop, _), name in PEOPLE.items() if shop == other}
        assert not [name for name in theirs - {"Jo Both"} if name in said]


def test_who_lacks_a_permission_gets_no_such_section(home: Home) -> None:
    ben = {**WEEKLY, "recipient": "12@house.example", "sections": ALL}
    said = pdf_of(home, now=WEEK_BEFORE, **ben)
    assert "Sales team" in said
    for page in ("overview", "campaigns", "promotions"):
        assert text("en", f"page.{page}") not in said
    with pytest.raises(DeliveryError, match="may not export"):
        sheets_of(home, **ben)
    with pytest.raises(DeliveryError, match="may see none"):
        pdf_of(home, **{**ben, "sections": ["sales", "promotions"]})


def test_who_sees_some_people_gets_these_alone(home: Home) -> None:
    """In that week Ben and Eli had half an order each, of 899.90; of Ben's, 100.00 came back."""
    everybody = pdf_of(home, now=WEEK_BEFORE, **WEEKLY)
    own = pdf_of(home, now=WEEK_BEFORE, **{**WEEKLY, "recipient": "12@house.example"})
    for words in ("Ben Ode $349.95", "Eli Jay $449.95"):
        assert words in everybody
    assert "Ben Ode $349.95" in own
    assert "Eli" not in own
    assert "Your own figures. Totals are of you alone, not of the shop." in own
    assert "Total $349.95" in own
