"""A domain's sources YAML, written from the live catalogue: where new tables start.

Names and types come from the columns, descriptions from the comments. What it returns is then kept
by hand, in ``models/staging/<domain>/_<domain>__sources.yml``.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from facet.errors import ConfigurationError
from facet.operational import connect
from facet.staging.declarations import SyncMode

_HEADER = """\
version: 2

sources:
  - name: {domain}
    description: {description}
    schema: "{{{{ env_var('FACET_OPERATIONAL_SCHEMA', 'public') }}}}"
    tables:
"""


@dataclass(frozen=True, kw_only=True)
class Naming:
    """What a row of a table is called (as references call it: ``page``), and what its rows."""

    entity: str
    model: str


@dataclass(frozen=True, kw_only=True)
class _Table:
    description: str
    key: tuple[str, ...]
    columns: tuple[tuple[str, str, str], ...]  # name, type, description


def sources_yaml(
    url: str, *, schema: str, domain: str, description: str, tables: Mapping[str, Naming]
) -> str:
    """Write the YAML of one domain.

    Args:
        url: libpq URL of a database that holds the tables.
        schema: the schema that they are in.
        domain: name of the dbt source.
        description: what its tables hold.
        tables: names of the tables, as PostgreSQL stores them, with what staging calls them.

    Raises:
        ConfigurationError: a table does not exist.
        OperationalError: no server answers.
    """
    lines = [_HEADER.format(domain=domain, description=_text(description))]
    for name, naming in tables.items():
        table = _described(url, schema, name)
        lines.append("\n".join([*_table_lines(name, naming, table), "\n"]))
    return "".join(lines).rstrip("\n") + "\n"


def _table_lines(name: str, naming: Naming, table: _Table) -> Iterator[str]:
    sync = _sync_mode(table)
    grain = "" if _has(table, "id") else f", grain: [{', '.join(table.key)}]"
    yield f"      - name: {name}"
    yield f"        description: {_text(table.description)}"
    yield (
        f"        config: {{meta: {{entity: {naming.entity}, model: {naming.model},"
        f" sync: {sync}{grain}}}}}"
    )
    yield "        columns:"
    for column, data_type, description in table.columns:
        shown = _text(data_type) if "," in data_type else data_type
        yield (
            f"          - {{name: {column}, data_type: {shown}, description: {_text(description)}}}"
        )


def _sync_mode(table: _Table) -> SyncMode:
    """Junctions are small, and their rows come and go. Rows without updated_at never change."""
    if not _has(table, "id"):
        return "whole"
    return "updated_at" if _has(table, "updated_at") else "id"


def _has(table: _Table, column: str) -> bool:
    return any(name == column for name, _, _ in table.columns)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _described(url: str, schema: str, name: str) -> _Table:
    with connect(url) as connection:
        found = connection.execute(
            """
            select class.oid, obj_description(class.oid, 'pg_class'), coalesce((
                select array_agg(attribute.attname order by position.ordinality)
                from unnest(index.indkey) with ordinality as position (attnum, ordinality)
                inner join pg_attribute as attribute
                    on attribute.attrelid = class.oid and attribute.attnum = position.attnum
            ), '{}')
            from pg_class as class
            left join pg_index as index on index.indrelid = class.oid and index.indisprimary
            where class.relnamespace = to_regnamespace(quote_ident(%s)) and class.relname = %s
            """,
            [schema, name],
        ).fetchone()
        if found is None:
            raise ConfigurationError(
                f"Table {schema}.{name}",
                why="It does not exist.",
                next_step="Create it first: facet operational create.",
            )
        oid, description, key = found
        columns = connection.execute(
            """
            select attname, format_type(atttypid, atttypmod), col_description(attrelid, attnum)
            from pg_attribute
            where attrelid = %s and attnum > 0 and not attisdropped
            order by attnum
            """,
            [oid],
        ).fetchall()
    return _Table(
        description=description or "",
        key=tuple(key),
        columns=tuple((column, _short(kind), words or "") for column, kind, words in columns),
    )


def _short(data_type: str) -> str:
    return data_type.replace("timestamp with time zone", "timestamptz").replace(",", ", ")
