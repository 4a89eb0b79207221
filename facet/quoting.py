"""Names, strings and values as parts of a statement, for PostgreSQL and DuckDB both."""

from datetime import date, datetime
from decimal import Decimal


def quoted(identifier: str) -> str:
    """An identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A string literal."""
    return "'" + text.replace("'", "''") + "'"


def constant(value: str | int | float | Decimal | bool | date | datetime | None) -> str:
    """A value as a part of a statement. DuckDB loads pandas to bind parameters: over a second."""
    if value is None or isinstance(value, bool | int | float | Decimal):
        return "null" if value is None else str(value).lower()
    return literal(value if isinstance(value, str) else value.isoformat())
