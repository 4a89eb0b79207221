"""How numbers are written, to the character."""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from facet.config import PROJECT_DIR
from facet.reporting.present.formats import Formats
from facet.reporting.present.rounding import minor_unit_places
from facet.reporting.query.metric import Kind
from facet.reporting.query.periods import Grain, Period

DOLLARS = Formats(locale="en_US", currency="USD")
DONG = Formats(locale="vi_VN", currency="VND")
DINARS = Formats(locale="en_US", currency="KWD")
SERBIAN_DINARS = Formats(locale="en_US", currency="RSD")
EUROS_IN_GERMAN = Formats(locale="de_DE", currency="EUR")
DOLLARS_IN_VIETNAMESE = Formats(locale="vi_VN", currency="USD")
NBSP = "\xa0"


@pytest.mark.parametrize(
    ("formats", "value", "kind", "expected"),
    [
        (DOLLARS, "1234567.89", "money", "$1,234,567.89"),
        (DOLLARS, "-0.01", "money", "-$0.01"),
        (DOLLARS, "0", "money", "$0.00"),
        (DOLLARS, "410.13333333", "money", "$410.13"),
        (DOLLARS, "0.125", "money", "$0.13"),
        (DONG, "25000000.00", "money", f"25.000.000{NBSP}₫"),
        (DONG, "1234.50", "money", f"1.235{NBSP}₫"),
        (DONG, "-250000", "money", f"-250.000{NBSP}₫"),
        (DINARS, "1234.5", "money", "KWD1,234.50"),
        (SERBIAN_DINARS, "1234.56", "money", "RSD1,234.56"),
        (DOLLARS_IN_VIETNAMESE, "1234567.8", "money", f"1.234.567,80{NBSP}US$"),
        (DOLLARS, "12345", "count", "12,345"),
        (DONG, "12345", "count", "12.345"),
        (DOLLARS, "0.1235", "rate", "12.4%"),
        (DONG, "0.1235", "rate", "12,4%"),
        (DOLLARS, "1.005", "decimal", "1.01"),
        (DONG, "1.5", "decimal", "1,50"),
        (DOLLARS, "85", "minutes", "1 h 25 min"),
        (DONG, "85.49", "minutes", "1 giờ 25 phút"),
        (DOLLARS, "59.5", "minutes", "1 h"),
        (DONG, "60120", "minutes", "1.002 giờ"),
        (DOLLARS, "0", "minutes", "0 min"),
        (DONG, "0.5", "minutes", "30 giây"),
        (DOLLARS, "0.999", "minutes", "1 min"),
        (DOLLARS, "0.005", "minutes", "0 min"),
    ],
)
def test_exact_values(formats: Formats, value: str, kind: Kind, expected: str) -> None:
    assert formats.exact(Decimal(value), kind) == expected


@pytest.mark.parametrize(
    ("formats", "value", "kind", "expected"),
    [
        (DOLLARS, "99999.99", "money", "$99,999.99"),
        (DOLLARS, "123456.78", "money", "$123K"),
        (DOLLARS, "999999", "money", "$1M"),
        (DOLLARS, "-1234567", "money", "-$1.23M"),
        (DOLLARS, "1234567890", "money", "$1.23B"),
        (DONG, "25000000", "money", f"25{NBSP}Tr{NBSP}₫"),
        (DONG, "1234567890", "money", f"1,23{NBSP}T{NBSP}₫"),
        (DONG, "90000", "money", f"90.000{NBSP}₫"),
        (DOLLARS, "999999", "count", "999,999"),
        (DOLLARS, "1234567", "count", "1.23M"),
        (DOLLARS, "0.5", "rate", "50.0%"),
        # German has no short word for thousands
        (EUROS_IN_GERMAN, "234567.89", "money", f"235.000{NBSP}€"),
        (EUROS_IN_GERMAN, "-2345678", "money", f"-2,35{NBSP}Mio.{NBSP}€"),
        (EUROS_IN_GERMAN, "2345678", "count", f"2,35{NBSP}Mio."),
    ],
)
def test_tiles_show_large_numbers_in_short(
    formats: Formats, value: str, kind: Kind, expected: str
) -> None:
    assert formats.short(Decimal(value), kind) == expected


@pytest.mark.parametrize(
    ("formats", "value", "expected"),
    [
        (DOLLARS, "-22712.34", "-$22.7K"),
        (DOLLARS, "999999", "$1M"),
        (DOLLARS, "45.67", "$46"),
        (DONG, "22712345", "22,7 Tr ₫"),
        (EUROS_IN_GERMAN, "-22712.34", "-22.700 €"),
    ],
)
def test_what_is_known_roughly_is_cut_to_three_digits(
    formats: Formats, value: str, expected: str
) -> None:
    assert formats.rough_money(Decimal(value)) == expected


def test_amounts_are_written_with_the_decimals_that_the_warehouse_reckons_with() -> None:
    macro = (PROJECT_DIR / "macros/money/minor_unit_places.sql").read_text(encoding="utf-8")
    whole = set(re.findall(r"'([A-Z]{3})'", macro))
    # definitions.md, Currency.
    assert whole == {"VND", "JPY", "KRW"}
    currencies = {*whole, "USD", "RSD", "LAK", "CLP", "KWD"}
    assert {one for one in currencies if minor_unit_places(one) == 0} == whole


def test_nothing_is_a_dash() -> None:
    assert DOLLARS.exact(None, "money") == "–"
    assert DOLLARS.short(None, "rate") == "–"


@pytest.mark.parametrize(
    ("formats", "now", "before", "kind", "expected"),
    [
        (DOLLARS, "110", "100", "money", "+10.0%"),
        (DONG, "90", "100", "money", "-10,0%"),
        (DOLLARS, "-50", "-100", "money", "+50.0%"),
        (DOLLARS, "12345", "1", "count", ">999%"),
        (DOLLARS, "-12345", "1", "count", "->999%"),
        (DOLLARS, "0.515", "0.50", "rate", "+1.5 pp"),
        (DONG, "0.40", "0.50", "rate", "-10,0 điểm %"),
        (DOLLARS, "0.50004", "0.5", "rate", "0.0 pp"),
        (DOLLARS, "0.49996", "0.5", "rate", "0.0 pp"),
        (DOLLARS, "99.999", "100", "money", "0.0%"),
        (DOLLARS, "5", "0", "money", None),
        (DOLLARS, "5", None, "money", None),
        (DOLLARS, None, "5", "money", None),
    ],
)
def test_changes_are_shares_and_of_rates_points(
    formats: Formats, now: str | None, before: str | None, kind: Kind, expected: str | None
) -> None:
    new, old = (None if text is None else Decimal(text) for text in (now, before))
    assert formats.change(new, old, kind) == expected
    way = 0 if expected is None or expected.startswith("0") else -1 if expected[0] == "-" else 1
    assert formats.direction(new, old, kind) == way


def test_zero_is_not_negative() -> None:
    assert DOLLARS.exact(Decimal("-0.00"), "money") == "$0.00"
    assert DOLLARS.exact(Decimal("-0.001"), "money") == "$0.00"
    assert DOLLARS.exact(Decimal("-0.0001"), "rate") == "0.0%"
    assert DOLLARS.exact(Decimal("-0"), "count") == "0"


def test_what_stands_side_by_side_is_in_one_unit() -> None:
    """That of the largest; what is less than a tenth of it is in its own."""
    written = DOLLARS.side_by_side([Decimal("301234.50"), Decimal("85695.83")], "money")
    values = ("301234.50", "85695.83", "-432.10", "74.12", "0.30", "0")
    assert [written(Decimal(value)) for value in values] == [
        *("$301K", "$85.7K", "-$0.432K", "$74", "$0.30", "$0"),
    ]
    exact = DOLLARS.side_by_side([Decimal("99999.99")], "money")
    assert exact(Decimal("12.30")) == "$12.30"
    dong = DONG.side_by_side([Decimal(6246012068)], "money")
    assert dong(Decimal(37197941)).replace("\xa0", " ") == "37,2 Tr ₫"
    assert [text for _, text in DOLLARS.axis((0.0, 500000.0, 1000000.0), "money")] == [
        *("0", "0.5M", "1M"),
    ]


def test_a_period_up_to_a_time_says_so() -> None:
    until = time(6, 44, 12)
    day, week = date(2025, 11, 28), date(2025, 11, 22)
    assert DOLLARS.period(Period(week, day, until)) == "Nov 22, 2025 – Nov 28, 2025, 6:44 AM"
    assert DOLLARS.period(Period(day, day, until)) == "Nov 28, 2025, 12:00 AM – 6:44 AM"
    assert DONG.period(Period(day, day, until)) == "28 thg 11, 2025, 00:00 – 06:44"


@pytest.mark.parametrize(
    ("formats", "day", "period"),
    [
        (DOLLARS, "Mar 2, 2026", "Mar 2, 2026 – Mar 18, 2026"),
        (DONG, "2 thg 3, 2026", "2 thg 3, 2026 – 18 thg 3, 2026"),
    ],
)
def test_days(formats: Formats, day: str, period: str) -> None:
    first, last = date(2026, 3, 2), date(2026, 3, 18)
    assert formats.day(first) == formats.period(Period(first, first)) == day
    assert formats.period(Period(first, last)) == period


@pytest.mark.parametrize(
    ("formats", "expected"),
    [(DOLLARS, "Mar 18, 2026, 10:30 PM"), (DONG, "18 thg 3, 2026, 22:30")],
)
def test_moments_are_on_the_clock_that_they_carry(formats: Formats, expected: str) -> None:
    moment = datetime(2026, 3, 18, 15, 30, tzinfo=UTC)
    assert formats.moment(moment.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))) == expected


@pytest.mark.parametrize(
    ("formats", "grain", "expected"),
    [
        (DOLLARS, "day", "Mar 1"),
        (DOLLARS, "month", "Mar 2026"),
        (DONG, "week", "1 thg 3"),
        (DONG, "month", "thg 3 2026"),
    ],
)
def test_buckets(formats: Formats, grain: Grain, expected: str) -> None:
    assert formats.bucket(date(2026, 3, 1), grain) == expected


@pytest.mark.parametrize(
    ("language", "tenant_locale", "expected"),
    [
        ("en", "en_AU", "en_AU"),
        ("en", "vi_VN", "en_001"),
        ("vi", "en_US", "vi_VN"),
        ("vi", "vi_VN", "vi_VN"),
        ("en", "fr_FR", "en_001"),
        ("en", "nonsense!", "en_US"),
        ("en", "xx", "en_US"),
    ],
)
def test_a_language_is_written_as_the_tenant_writes_it(
    language: str, tenant_locale: str, expected: str
) -> None:
    formats = Formats.of(language, tenant_locale=tenant_locale, currency="EUR")
    assert formats.locale == expected


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (68, 91, "74.7%"),
        (2, 91, "2.2%"),
        (2005, 2005, "100.0%"),
        (2004, 2005, "99.9%"),
        (1, 5000, "< 0.1%"),
        (0, 5000, "0.0%"),
        (0, 0, "–"),
        (None, 3, "–"),
    ],
)
def test_only_all_of_a_whole_is_all_of_it(part: int | None, whole: int, text: str) -> None:
    assert Formats.of("en", tenant_locale="en-US", currency="USD").share(part, whole) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (640, "640 B"),
        (16384, "16 kB"),
        (1_250_000, "1,3 MB"),
        (7_000_000_000, "7 GB"),
        (None, "–"),
    ],
)
def test_sizes_have_the_unit_that_suits_them(size: int | None, text: str) -> None:
    assert Formats.of("vi", tenant_locale="vi-VN", currency="VND").size(size) == text


def test_a_month_in_figures() -> None:
    formats = Formats.of("vi", tenant_locale="vi-VN", currency="VND")
    assert formats.month(date(2026, 8, 1)) == "8/2026"


def test_days_of_the_week_and_hours_are_short() -> None:
    assert [DOLLARS.weekday(1), DOLLARS.weekday(7), DONG.weekday(1)] == ["Mon", "Sun", "Th 2"]
    assert [DOLLARS.hour(0), DOLLARS.hour(21), DONG.hour(21)] == ["12 AM", "9 PM", "21 giờ"]
