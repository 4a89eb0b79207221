"""PostgreSQL types as the sources declare them: their one spelling, and what they become.

The copy and staging keep a type that DuckDB and PostgreSQL both have. Anything else (jsonb, uuid,
arrays, inet …) is read as the text that PostgreSQL writes for it, so that a model sees the same
value on either engine.
"""

import re
from functools import cache
from typing import Final

_ALIASES = {
    "int8": "bigint",
    "int": "integer",
    "int4": "integer",
    "int2": "smallint",
    "bool": "boolean",
    "float8": "double precision",
    "float4": "real",
    "decimal": "numeric",
    "varchar": "character varying",
    "char": "character",
    "timestamptz": "timestamp with time zone",
    "timestamp": "timestamp without time zone",
    "timetz": "time with time zone",
    "time": "time without time zone",
}
_KEPT = {
    "bigint": "bigint",
    "integer": "integer",
    "smallint": "smallint",
    "boolean": "boolean",
    "double precision": "double precision",
    "real": "real",
    "date": "date",
    "time without time zone": "time",
    "timestamp with time zone": "timestamp with time zone",
    "timestamp without time zone": "timestamp",
}
_TYPE = re.compile(
    r"(?P<base>[a-z][a-z0-9_ ]*?)\s*(?P<size>\([-\d\s,]+\))?"
    r"(?P<zone> with(?:out)? time zone)?(?P<array>(\[\])*)"
)
_NUMERIC = re.compile(r"numeric\((?P<digits>\d+)(?:,(?P<places>-?\d+))?\)")
#: How many digits DuckDB's decimals can have.
_MOST_DIGITS: Final = 38

#: Smallest and largest of each type of whole numbers, the narrower one first.
WHOLE: Final = {
    name: (-(1 << bits - 1), (1 << bits - 1) - 1)
    for name, bits in (("smallint", 16), ("integer", 32), ("bigint", 64))
}
_TEXT = ("text", "character varying", "character", "citext", "name")


@cache
def normal_type(data_type: str) -> str:
    """The spelling of ``format_type``: ``timestamptz(3)`` → ``timestamp(3) with time zone``."""
    text = " ".join(data_type.lower().split())
    match = _TYPE.fullmatch(text)
    if match is None:
        return text
    written = match["base"] + (match["zone"] or "")
    base = _ALIASES.get(written, written)
    size = re.sub(r"\s", "", match["size"] or "")
    first, zone, rest = base.partition(" with") if base.endswith(" time zone") else (base, "", "")
    return f"{first}{size}{zone}{rest}{match['array']}"


@cache
def staging_type(data_type: str) -> str:
    """The type that the copy has and staging casts to: DuckDB and PostgreSQL both know it."""
    normal = normal_type(data_type)
    if sized := numeric_size(normal):
        return f"numeric({sized[0]}, {sized[1]})"
    return _KEPT.get(_unsized(normal) if "time" in normal else normal, "text")


def numeric_size(data_type: str) -> tuple[int, int] | None:
    """Digits in all and decimal places of a ``numeric`` that has them; of any other type None."""
    sized = _NUMERIC.fullmatch(normal_type(data_type))
    return (int(sized["digits"]), int(sized["places"] or 0)) if sized else None


def fault_of(data_type: str) -> str | None:
    """Why a type cannot be declared, and what can be in its place; None where it can."""
    if (sized := numeric_size(data_type)) is None:
        return None
    digits, places = sized
    if digits <= _MOST_DIGITS and 0 <= places <= digits:
        return None
    kept = min(max(places, 0), _MOST_DIGITS)
    fits = min(max(digits - places, 0) + kept, _MOST_DIGITS)
    return (
        f"{normal_type(data_type)} is no type of DuckDB's, which has up to {_MOST_DIGITS} digits,"
        f" decimal places among them: declare numeric({fits}, {kept}), as which any numeric is read"
    )


def takes(declared: str, found: str) -> bool:
    """Whether columns of a type that PostgreSQL has can be read as the declared one.

    They can where each value stays what it is: text of any length and kind for text, narrower
    numbers for wider ones, a moment of any precision. Any ``numeric`` is read as PostgreSQL would
    store it in the declared one, and wider whole numbers as narrower ones: what is out of range is
    for the reader to look after. ``found`` is a base type: of a domain the type below, of an enum
    ``text``, for its labels.
    """
    wanted, there = normal_type(declared), normal_type(found)
    if wanted == there:
        return True
    if any(part.endswith("[]") for part in (wanted, there)):
        return False
    wanted, there = _unsized(wanted), _unsized(there)
    if wanted == there:
        return True
    if wanted in _TEXT:
        return there in _TEXT
    if wanted in WHOLE:
        return there in WHOLE
    if wanted == "numeric":
        return there in WHOLE
    return (wanted, there) == ("double precision", "real")


def _unsized(normal: str) -> str:
    return re.sub(r"\([-\d,]+\)", "", normal)
