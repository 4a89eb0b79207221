"""Names and strings as parts of a statement, for PostgreSQL and DuckDB both."""


def quoted(identifier: str) -> str:
    """An identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A string literal."""
    return "'" + text.replace("'", "''") + "'"
