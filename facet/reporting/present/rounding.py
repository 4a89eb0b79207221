"""Rounding of numbers for display."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from facet.reporting.query.metric import Kind
from facet.reporting.query.table import Cell, as_number

#: Currencies without a smaller unit, as macros/money/minor_unit_places.sql reckons; Babel counts
#: more of them, by how prices are written (findings/babel_minor_units.sh).
_WHOLE: Final = frozenset({"VND", "JPY", "KRW"})


def minor_unit_places(currency: str) -> int:
    """How many decimals amounts of a currency have (definitions.md, Currency)."""
    return 0 if currency in _WHOLE else 2


def rounded(value: Decimal, digits: int) -> Decimal:
    """Half away from zero, as the ledger rounds."""
    return unsigned(value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))


def unsigned(value: Decimal) -> Decimal:
    """A number whose zero is not negative."""
    return value if value else abs(value)


def change_of(now: Cell, before: Cell, kind: Kind) -> Decimal | None:
    """The change, rounded for display: of what it was; of a rate the difference."""
    new, old = as_number(now), as_number(before)
    if new is None or old is None or (kind != "rate" and old == 0):
        return None
    return rounded(new - old if kind == "rate" else (new - old) / abs(old), 3)


def significant(value: Decimal) -> tuple[Decimal, int]:
    """A number cut to three digits, four from the thousands on, and the decimals of its short form.

    Rounding comes before shortening, so that 999,999 becomes 1M and not 1000K.
    """
    number = rounded(value.scaleb(-value.adjusted()), 2).scaleb(value.adjusted())
    return number, 2 - number.adjusted() % 3


def rounded_fraction(value: Fraction, digits: int) -> Decimal:
    """A fraction, half away from zero: of two parts of a whole this is the largest remainder."""
    units = abs(value) * 10**digits
    whole = Decimal((2 * units.numerator + units.denominator) // (2 * units.denominator))
    return unsigned((whole if value >= 0 else -whole).scaleb(-digits))
