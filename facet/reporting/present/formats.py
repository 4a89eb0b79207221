"""Numbers, days and moments as people write them, in one place."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
)

from facet.reporting.present.languages import LANGUAGES, Language, is_locale, language_of
from facet.reporting.present.rounding import (
    change_of,
    minor_unit_places,
    rounded,
    significant,
    unsigned,
)
from facet.reporting.query.metric import Kind
from facet.reporting.query.periods import Grain, Period
from facet.reporting.query.table import Cell, as_number

DASH: Final = "–"
#: From here on a tile shows a number in short: 12,345.67 still fits, 1,234,567.89 does not.
_COMPACT_FROM: Final = {"money": Decimal(100_000), "count": Decimal(1_000_000)}
#: So many digits `significant` leaves.
_DIGITS_IN_SHORT: Final = 3
#: A change of so many times what it was is told as large, not to the digit.
_BEYOND_COMPARISON: Final = 10
_SIZES: Final = ("B", "kB", "MB", "GB", "TB")


@dataclass(frozen=True, kw_only=True)
class Formats:
    """Formats of one tenant's numbers for one reader."""

    locale: str
    currency: str

    @classmethod
    def of(cls, language: Language, *, tenant_locale: str, currency: str) -> "Formats":
        """Formats for a language; its regional form is the tenant's where the tenant speaks it.

        English at a shop that does not speak it is not that of the United States, where it is the
        month that comes first.
        """
        spoken = Locale.parse(tenant_locale) if is_locale(tenant_locale) else None
        if spoken is not None and spoken.language == language:
            return cls(locale=tenant_locale, currency=currency)
        usage = LANGUAGES[language]
        at_home = Locale.parse(usage.locale).territory
        is_abroad = spoken is not None and spoken.territory != at_home
        locale = usage.abroad if is_abroad and usage.abroad else usage.locale
        return cls(locale=locale, currency=currency)

    def exact(self, cell: Cell, kind: Kind) -> str:
        """A metric's value with nothing rounded away that anybody could pay or count."""
        value = as_number(cell)
        if value is None:
            return DASH
        match kind:
            case "money":
                return self._money(value)
            case "count":
                return format_decimal(unsigned(value), "#,##0.##", locale=self.locale)
            case "rate":
                return format_percent(rounded(value, 3), "#,##0.0%", locale=self.locale)
            case "decimal":
                return format_decimal(rounded(value, 2), "#,##0.00", locale=self.locale)
            case "days":
                return format_decimal(rounded(value, 2), "#,##0.##", locale=self.locale)
            case "minutes":
                return self._minutes(value)

    def share(self, numerator: Cell, denominator: Cell = 1) -> str:
        """A part of a whole: 0% is nothing of it and 100% all of it, whatever is rounded.

        Beside parts below zero one may be more than the whole; of nothing or less there is none.
        """
        value, total = as_number(numerator), as_number(denominator)
        if value is None or total is None or total <= 0:
            return DASH
        least = Decimal("0.001")
        if 0 < value / total < least / 2:
            return f"< {self.exact(least, 'rate')}"
        nearly = 1 - least if value < total else value / total
        return self.exact(min(value / total, nearly), "rate")

    def size(self, cell: Cell) -> str:
        """Bytes as people read them: 640 B, 16 kB, 1.2 MB."""
        value = as_number(cell)
        if value is None:
            return DASH
        power = 0
        while value >= 1000 and power < len(_SIZES) - 1:
            value, power = value / 1000, power + 1
        digits = 1 if power > 1 else 0
        number = format_decimal(rounded(value, digits), "#,##0.#", locale=self.locale)
        return f"{number} {_SIZES[power]}"

    def short(self, cell: Cell, kind: Kind) -> str:
        """A metric's value for a tile or an axis: large numbers to three or four digits."""
        return self.short_column([cell], kind)(cell)

    def short_column(self, cells: Iterable[Cell], kind: Kind) -> Callable[[Cell], str]:
        """Values below one another: all cut to three or four digits where the largest is large."""
        values = [abs(value) for cell in cells if (value := as_number(cell)) is not None]
        is_large = kind in _COMPACT_FROM and max(values, default=0) >= _COMPACT_FROM[kind]
        return lambda cell: self._compact(cell, kind) if is_large else self.exact(cell, kind)

    def _compact(self, cell: Cell, kind: Kind) -> str:
        if (number := as_number(cell)) is None:
            return DASH
        value, digits = significant(number)
        if kind == "money" and abs(value) < 1000:  # no word for it: whole, or to its minor unit
            return self._money(number, 0 if abs(value) >= 10 or not value else None)
        short = (
            format_compact_currency(
                value, self.currency, locale=self.locale, fraction_digits=digits
            )
            if kind == "money"
            else format_compact_decimal(value, locale=self.locale, fraction_digits=digits)
        )
        if sum(map(str.isdigit, short)) <= _DIGITS_IN_SHORT:
            return short
        # a language without a short word for so many, such as German for thousands
        return self._money(value, 0) if kind == "money" else self.exact(value, kind)

    def change(self, now: Cell, before: Cell, kind: Kind) -> str | None:
        """The change against a comparison: relative, or in percentage points for a rate.

        None where there is nothing to compare: either is missing, or the comparison is zero.
        """
        change = change_of(now, before, kind)
        if change is None:
            return None
        sign = "+" if change else ""
        if kind == "rate":
            points = format_decimal(change * 100, f"{sign}#,##0.0;-#,##0.0", locale=self.locale)
            return f"{points} {LANGUAGES[language_of(self.locale)].points}"
        if abs(change) >= _BEYOND_COMPARISON:
            return ">999%" if change > 0 else "->999%"
        return format_percent(change, f"{sign}#,##0.0%;-#,##0.0%", locale=self.locale)

    def direction(self, now: Cell, before: Cell, kind: Kind) -> int:
        """1 where `change` is shown as more, -1 as less, 0 as none."""
        change = change_of(now, before, kind) or 0
        return (change > 0) - (change < 0)

    def day(self, day: date) -> str:
        """A day, such as Nov 22, 2026."""
        return format_date(day, "medium", locale=self.locale)

    def day_or_dash(self, cell: Cell) -> str:
        """A day in a table; a dash where there is none."""
        return self.day(cell) if isinstance(cell, date) else DASH

    def axis(self, values: Sequence[float], kind: Kind) -> list[tuple[float, str]]:
        """Round numbers beside grid lines, with their labels: as short as they go, in one unit."""
        numbers = {value: Decimal(str(value)).normalize() for value in values}
        if kind == "rate":
            return [
                (v, format_percent(number, locale=self.locale)) for v, number in numbers.items()
            ]
        if kind == "minutes":
            return [(value, self._minutes(number)) for value, number in numbers.items()]
        power, pattern = self._unit(numbers.values(), is_money=False)
        return [
            (value, self._in_unit(number, power, pattern, digits=3).replace("\xa0", " "))
            for value, number in numbers.items()
        ]

    def side_by_side(self, cells: Iterable[Cell], kind: Kind) -> Callable[[Cell], str]:
        """Values of metrics that are compared with one another, written in one unit.

        That of the largest, where it is large; so 301K stands beside 85.7K, not 85,695.83. What is
        less than a tenth of that unit is in its own, as it would be hardly anything but zeros.
        """
        values = [value for cell in cells if (value := as_number(cell)) is not None]
        largest = max(map(abs, values), default=Decimal())
        if kind not in _COMPACT_FROM or largest < _COMPACT_FROM[kind]:
            return lambda cell: self.exact(cell, kind)
        power, pattern = self._unit(values, is_money=kind == "money")

        def written(cell: Cell) -> str:
            value = as_number(cell)
            if value is None:
                return DASH
            if value and value.scaleb(-power).adjusted() < -1:
                return self._compact(value, kind)
            shown = 2 - value.scaleb(-power).adjusted() if value else 0
            return self._in_unit(value, power, pattern, digits=min(max(shown, 0), 3))

        return written

    def _unit(self, values: Iterable[Decimal], *, is_money: bool) -> tuple[int, str]:
        """The unit of the largest of numbers: its power of ten, and its pattern."""
        largest = max(map(abs, values), default=Decimal())
        power = max(significant(largest)[0].adjusted() // 3 * 3, 0) if largest else 0
        locale = Locale.parse(self.locale)
        formats = locale.compact_currency_formats if is_money else locale.compact_decimal_formats
        short = formats["short"]["other"].get(str(10**power))
        pattern = short.pattern if short is not None else "0"
        if pattern.strip("¤0 \xa0") == "":  # a locale without a word for it
            power, pattern = 0, locale.currency_formats["standard"].pattern if is_money else "0"
            pattern = pattern.replace("#,##0.00", "0")
        return power, pattern

    def _in_unit(self, value: Decimal, power: int, pattern: str, *, digits: int) -> str:
        """A number in a unit, with at most so many decimals; what is less is shown as less."""
        if not value:
            power, pattern = 0, re.sub(r"[^¤0 \xa0]", "", pattern).strip()
        scaled = value.scaleb(-power)
        shown = rounded(scaled, digits)
        least = Decimal(1).scaleb(-digits)
        is_less = not shown and scaled
        text = format_currency(
            least.copy_sign(scaled) if is_less else shown,
            self.currency,
            pattern.replace("0", "#,##0" + ("." + "#" * digits if digits else ""), 1),
            locale=self.locale,
            currency_digits=False,
        )
        return f"{'<' if scaled > 0 else '>'} {text}" if is_less else text

    def rough_money(self, value: Decimal) -> str:
        """An amount that is known roughly: -$22.7K."""
        return self._compact(value, "money").replace("\xa0", " ")

    def period(self, period: Period) -> str:
        """A period, such as Nov 1, 2026 – Nov 22, 2026, 6:44 AM; a single day by itself."""
        until = "" if period.until is None else self.time(period.until)
        if period.days == 1:
            since = f", {self.time(time(0))} {DASH} {until}" if until else ""
            return self.day(period.start) + since
        return f"{self.day(period.start)} {DASH} {self.day(period.end)}{until and f', {until}'}"

    def time(self, clock: time) -> str:
        """A time of day, to the minute."""
        return format_time(clock, "short", locale=self.locale).replace("\u202f", " ")

    def moment(self, moment: datetime) -> str:
        """A moment on the clock that it carries, to the minute."""
        day = format_date(moment.date(), "medium", locale=self.locale)
        return f"{day}, {self.time(moment.time())}"

    def bucket(self, bucket: date, grain: Grain) -> str:
        """A bucket's short label on an axis."""
        skeleton = "yMMM" if grain == "month" else "MMMd"
        return format_skeleton(skeleton, bucket, locale=self.locale)

    def weekday(self, number: int, pattern: str = "E") -> str:
        """A day of the week in short, or in full (EEEE), from 1 (Monday) to 7 (Sunday)."""
        return format_date(date(2024, 1, number), pattern, locale=self.locale)

    def hour(self, number: int) -> str:
        """An hour of the day by itself, from 0 to 23."""
        has_halves = "a" in Locale.parse(self.locale).time_formats["short"].pattern
        written = format_skeleton("h" if has_halves else "H", time(number), locale=self.locale)
        return written.replace("\u202f", " ")

    def month(self, month: date) -> str:
        """A month in figures, where there is room for no more."""
        return format_skeleton("yM", month, locale=self.locale)

    def _minutes(self, value: Decimal) -> str:
        """A duration as people write it: 1 h 25 min; what is less than a minute in seconds."""
        units = LANGUAGES[language_of(self.locale)]
        if 0 < value < 1:
            seconds = rounded(value * 60, 0)
            if 0 < seconds < 60:
                return f"{seconds} {units.second}"
        hours, minutes = divmod(rounded(value, 0), 60)
        parts = [f"{format_decimal(hours, locale=self.locale)} {units.hour}"] if hours else []
        return " ".join([*parts, f"{minutes} {units.minute}"] if minutes or not hours else parts)

    def _money(self, value: Decimal, digits: int | None = None) -> str:
        digits = minor_unit_places(self.currency) if digits is None else digits
        pattern = Locale.parse(self.locale).currency_formats["standard"].pattern
        pattern = pattern.replace("0.00", "0" + ("." + "0" * digits if digits else ""))
        return format_currency(
            rounded(value, digits),
            self.currency,
            pattern,
            locale=self.locale,
            currency_digits=False,
        )
