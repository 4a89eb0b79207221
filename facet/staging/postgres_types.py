"""PostgreSQL types as the sources declare them: their one spelling, and what they become.

The copy and staging keep a type that DuckDB and PostgreSQL both have. Anything else (jsonb, uuid,
arrays, inet …) is read as the text that PostgreSQL writes for it, so that a model sees the same
value on either engine.
"""

import re

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
_TYPE = re.compile(r"(?P<base>[a-z][a-z0-9_ ]*?)\s*(?P<size>\([\d\s,]+\))?(?P<array>(\[\])*)")


def normal_type(data_type: str) -> str:
    """The spelling of ``format_type``: ``timestamptz`` → ``timestamp with time zone``."""
    text = " ".join(data_type.lower().split())
    match = _TYPE.fullmatch(text)
    if match is None:
        return text
    base = _ALIASES.get(match["base"], match["base"])
    size = re.sub(r"\s", "", match["size"] or "")
    return f"{base}{size}{match['array']}"


def staging_type(data_type: str) -> str:
    """The type that the copy has and staging casts to: DuckDB and PostgreSQL both know it."""
    normal = normal_type(data_type)
    sized = re.fullmatch(r"numeric\((\d+)(?:,(\d+))?\)", normal)
    if sized:
        return f"numeric({sized[1]}, {sized[2] or 0})"
    return _KEPT.get(normal, "text")
