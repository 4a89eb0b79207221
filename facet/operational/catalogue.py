"""Catalogues of a schema: as PostgreSQL has it, and as it should be.

``expected.json`` is the catalogue of a database that ``create`` has just made, one table a line. It
is written by ``facet operational expect`` and held against the SQL files by a test.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from psycopg import sql

from facet.operational.connection import Connection

EXPECTED = Path(__file__).with_name("expected.json")
TENANT = "tenant_id"

Names = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its type as ``format_type`` spells it."""

    data_type: str
    is_required: bool
    is_described: bool = True


@dataclass(frozen=True, kw_only=True)
class ForeignKey:
    """A reference from the columns of a table to those of another, pair by pair."""

    table: str
    columns: Names
    target: str
    target_columns: Names
    on_delete: str
    is_valid: bool = True

    @property
    def ends(self) -> tuple[str, Names, str, Names]:
        """What it joins; two keys with the same ends are the same reference."""
        return self.table, self.columns, self.target, self.target_columns

    @property
    def item(self) -> str:
        """The referring columns in words; the tenant goes without saying."""
        return ", ".join(name for name in self.columns if name != TENANT) or TENANT


@dataclass(frozen=True, kw_only=True)
class Index:
    """An index that is no constraint: its leading columns, and all that follows ``using``."""

    columns: Names
    definition: str
    #: Finds rows by its columns whatever else they hold: a B-tree without a predicate.
    is_plain: bool
    is_unique: bool

    def finds(self, columns: Iterable[str]) -> bool:
        """Whether rows can be found in it by just these columns."""
        wanted = set(columns)
        return self.is_plain and wanted == set(self.columns[: len(wanted)])


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What the database refuses or does by itself: a check, a unique key, a trigger."""

    definition: str
    is_valid: bool = True


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table and all that hangs on it."""

    columns: Mapping[str, Column]
    foreign_keys: tuple[ForeignKey, ...] = ()
    indexes: tuple[Index, ...] = ()
    rules: tuple[Rule, ...] = ()
    is_described: bool = True

    @property
    def has_tenant(self) -> bool:
        """Whether its rows belong to tenants."""
        return TENANT in self.columns


Catalogue = Mapping[str, Table]


def read_catalogue(connection: Connection, schema: str) -> Catalogue:
    """Every table of a schema, by name; partitions count as their parent."""
    path = sql.SQL("set local search_path to {}, pg_catalog").format(sql.Identifier(schema))
    connection.execute(path)  # so that definitions name nothing's schema
    columns: dict[str, dict[str, Column]] = {}
    described: dict[str, bool] = {}
    for table, is_described, name, column in _rows(connection, _COLUMNS):
        described[table] = is_described
        columns.setdefault(table, {})[name] = Column(**column)
    keys: dict[str, list[ForeignKey]] = {}
    for table, key in _rows(connection, _FOREIGN_KEYS):
        names = {part: tuple(key[part]) for part in ("columns", "target_columns")}
        keys.setdefault(table, []).append(ForeignKey(table=table, **{**key, **names}))
    indexes: dict[str, list[Index]] = {}
    for table, index in _rows(connection, _INDEXES):
        leading = tuple(name or "" for name in index["columns"])
        indexes.setdefault(table, []).append(Index(**{**index, "columns": leading}))
    rules: dict[str, list[Rule]] = {}
    for table, rule in _rows(connection, _RULES):
        rules.setdefault(table, []).append(Rule(**rule))
    return {
        table: Table(
            columns=columns[table],
            foreign_keys=tuple(keys.get(table, ())),
            indexes=tuple(indexes.get(table, ())),
            rules=tuple(rules.get(table, ())),
            is_described=described[table],
        )
        for table in sorted(columns)
    }


@cache
def expected() -> Catalogue:
    """The catalogue that the schema should have."""
    content = json.loads(EXPECTED.read_text(encoding="utf-8"))
    return {name: _table(name, table) for name, table in content.items()}


def to_json(catalogue: Catalogue) -> str:
    """The text of ``expected.json``; what only stands for a fault is left out."""
    lines = (f"{json.dumps(name)}: {_line(table)}" for name, table in sorted(catalogue.items()))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _line(table: Table) -> str:
    content = {
        "columns": {
            name: f"{column.data_type}{' not null' if column.is_required else ''}"
            for name, column in table.columns.items()
        },
        "foreign_keys": [
            [key.columns, key.target, key.target_columns, key.on_delete]
            for key in table.foreign_keys
        ],
        "indexes": [
            [index.columns, index.definition, index.is_plain, index.is_unique]
            for index in table.indexes
        ],
        "rules": [rule.definition for rule in table.rules],
    }
    return json.dumps(content, ensure_ascii=False)


def _table(name: str, content: Mapping[str, Any]) -> Table:
    return Table(
        columns={
            column: Column(
                data_type=text.removesuffix(" not null"), is_required=text.endswith(" not null")
            )
            for column, text in content["columns"].items()
        },
        foreign_keys=tuple(
            ForeignKey(
                table=name,
                columns=tuple(columns),
                target=target,
                target_columns=tuple(target_columns),
                on_delete=on_delete,
            )
            for columns, target, target_columns, on_delete in content["foreign_keys"]
        ),
        indexes=tuple(
            Index(
                columns=tuple(columns),
                definition=definition,
                is_plain=is_plain,
                is_unique=is_unique,
            )
            for columns, definition, is_plain, is_unique in content["indexes"]
        ),
        rules=tuple(Rule(definition=definition) for definition in content["rules"]),
    )


def _rows(connection: Connection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query.encode()).fetchall()


def _names(table: str, numbers: str) -> str:
    """The names of a table's columns by their numbers, in that order; null for an expression."""
    return (
        f"(select array_agg(attribute.attname::text order by listed.position)"
        f" from unnest({numbers}) with ordinality as listed (number, position)"
        f" left join pg_attribute as attribute"
        f" on attribute.attrelid = {table} and attribute.attnum = listed.number)"
    )


_TABLES = """
    pg_class as class
    inner join pg_namespace as namespace
        on namespace.oid = class.relnamespace and namespace.nspname = current_schema()
"""
_IS_TABLE = "class.relkind in ('r', 'p') and not class.relispartition"

_COLUMNS = f"""
    select class.relname::text, obj_description(class.oid, 'pg_class') is not null,
        attribute.attname::text,
        jsonb_build_object(
            'data_type', format_type(attribute.atttypid, attribute.atttypmod),
            'is_required', attribute.attnotnull and not exists (
                select from pg_constraint as not_null
                where not_null.conrelid = class.oid and not_null.contype = 'n'
                    and not_null.conkey = array[attribute.attnum] and not not_null.convalidated
            ),
            'is_described', col_description(class.oid, attribute.attnum) is not null
        )
    from {_TABLES}
    inner join pg_attribute as attribute on attribute.attrelid = class.oid
    where {_IS_TABLE} and attribute.attnum > 0 and not attribute.attisdropped
    order by class.relname, attribute.attnum
"""

_FOREIGN_KEYS = f"""
    select class.relname::text, jsonb_build_object(
        'columns', {_names("class.oid", "standing.conkey")},
        'target', standing.confrelid::regclass::text,
        'target_columns', {_names("standing.confrelid", "standing.confkey")},
        'on_delete', case standing.confdeltype
            when 'a' then 'no action' when 'r' then 'restrict' when 'c' then 'cascade'
            when 'n' then 'set null' when 'd' then 'set default'
        end,
        'is_valid', standing.convalidated
    )
    from {_TABLES}
    inner join pg_constraint as standing on standing.conrelid = class.oid
    where {_IS_TABLE} and standing.contype = 'f'
    order by class.relname, {_names("class.oid", "standing.conkey")}, standing.conname
"""

_INDEXES = f"""
    select class.relname::text, jsonb_build_object(
        'columns', {_names("class.oid", "(indkey::smallint[])[0:indnkeyatts - 1]")},
        'definition', substring(pg_get_indexdef(index.indexrelid) from ' USING (.*)'),
        'is_plain', index.indpred is null and method.amname = 'btree',
        'is_unique', index.indisunique
    )
    from {_TABLES}
    inner join pg_index as index on index.indrelid = class.oid
    inner join pg_class as own on own.oid = index.indexrelid
    inner join pg_am as method on method.oid = own.relam
    where {_IS_TABLE} and index.indisvalid
    order by class.relname, pg_get_indexdef(index.indexrelid)
"""

_RULES = f"""
    select class.relname::text, jsonb_build_object(
        'definition',
            regexp_replace(pg_get_constraintdef(standing.oid), ' NOT (VALID|ENFORCED)$', ''),
        'is_valid', standing.convalidated
    )
    from {_TABLES}
    inner join pg_constraint as standing on standing.conrelid = class.oid
    where {_IS_TABLE} and standing.contype in ('c', 'x')
    union all
    select class.relname::text, jsonb_build_object(
        'definition', case when index.indisprimary then 'PRIMARY KEY ' else 'UNIQUE ' end
            || substring(pg_get_indexdef(index.indexrelid) from ' USING (?:btree )?(.*)'),
        'is_valid', true
    )
    from {_TABLES}
    inner join pg_index as index on index.indrelid = class.oid
    where {_IS_TABLE} and index.indisunique and index.indisvalid
    union all
    select class.relname::text, jsonb_build_object(
        'definition', 'TRIGGER ' || standing.tgname, 'is_valid', standing.tgenabled <> 'D'
    )
    from {_TABLES}
    inner join pg_trigger as standing on standing.tgrelid = class.oid
    where {_IS_TABLE} and not standing.tgisinternal
    order by 1, 2
"""
