"""Checks of the operational database before anything is written: all faults at once."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from facet.errors import OperationalError
from facet.quoting import literal, quoted
from facet.staging import Table
from facet.staging.postgres_types import WHOLE, normal_type
from facet.sync.faults import Fault, describe_faults, faults_of
from facet.sync.source import Source

#: So many values that are out of range are named.
_VALUES_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Found:
    """A declared table as it stands in PostgreSQL.

    ``key`` holds its primary key's columns; ``types`` what its columns are of, below any domain;
    ``identity`` changes when the table, one of its partitions or children or a declared column is
    another one than before, even under the same name, or when its values change unwritten;
    ``relations`` are those that its rows are in, by oid: itself, its partitions and children.
    """

    key: tuple[str, ...]
    relations: tuple[int, ...]
    types: Mapping[str, str]
    identity: str


def inspect(source: Source, schema: str, tables: tuple[Table, ...]) -> dict[str, Found]:
    """Compare the declarations with the catalogue.

    Raises:
        OperationalError: a table or column is missing, has another type or may not be read.
    """
    catalogue: dict[str, list[dict[str, Any]]] = {}
    for row in source.rows(_catalogue(schema)):
        catalogue.setdefault(row["table_name"], []).append(row)
    there = {name.casefold() for name in catalogue}
    if not any(table.name.casefold() in there for table in tables):
        raise OperationalError(
            source.name,
            why=f"It is not the operational database: schema {schema!r} holds none of the"
            f" {len(tables)} declared tables.",
            next_step="Correct FACET_OPERATIONAL_URL or FACET_OPERATIONAL_SCHEMA,"
            " or create the tables with facet operational create.",
        )
    _require_none(source, [f for table in tables for f in faults_of(table, catalogue, schema)])
    found = {table.name: _found(table, catalogue[table.name]) for table in tables}
    keys = [f for table in tables for f in _keys_out_of_range(source, schema, table, found)]
    _require_none(source, keys)
    return found


def _require_none(source: Source, faults: list[Fault]) -> None:
    if faults:
        raise OperationalError(
            source.name,
            why=f"It is not as the sources' YAML declares it:\n{describe_faults(faults)}",
            next_step="Mend the database or the YAML (then facet staging render), or grant the"
            " rights. Nothing was changed here.",
        )


def _keys_out_of_range(
    source: Source, schema: str, table: Table, found: Mapping[str, Found]
) -> Iterator[Fault]:
    """Keys wider than declared whose values do not fit: no other number can stand for them."""
    for column in table.columns:
        declared, there = normal_type(column.data_type), found[table.name].types[column.name]
        if not column.is_key or list(WHOLE).index(declared) >= list(WHOLE).index(there):
            continue
        smallest, largest = WHOLE[declared]
        rows = source.rows(
            f"select {quoted(column.name)}::text as value, count(*) over () as rows"
            f" from {quoted(schema)}.{quoted(table.name)}"
            f" where {quoted(column.name)} not between {smallest} and {largest}"
            f" order by {quoted(column.name)} limit {_VALUES_SHOWN}"
        )
        if rows:
            values = ", ".join(str(row["value"]) for row in rows)
            yield Fault(
                subject=f"{table.name}.{column.name}",
                what=f"{rows[0]['rows']} rows are out of range of {declared} ({values}"
                f"{', …' if rows[0]['rows'] > len(rows) else ''}): declare it as {there}",
            )


def _found(table: Table, rows: list[dict[str, Any]]) -> Found:
    declared = {column.name for column in table.columns}
    positions = {
        row["key_position"]: row["column_name"] for row in rows if row["key_position"] is not None
    }
    key = tuple(positions[position] for position in sorted(positions))
    numbers = {row["column_name"]: row["column_number"] for row in rows}
    columns = ",".join(str(numbers[column.name]) for column in table.columns)
    rules = {
        row["column_name"]: row["rule"]
        for row in rows
        if row["rule"] and row["column_name"] in declared
    }
    return Found(
        key=key if declared.issuperset(key) else (),
        relations=tuple(map(int, rows[0]["relations"].split("+"))),
        types={row["column_name"]: row["base_type"] for row in rows},
        identity=f"{rows[0]['relations']}:{columns}{_digest(rules)}",
    )


def _digest(rules: Mapping[str, str]) -> str:
    """Of what changes values though no row is written: a generated column's expression, labels."""
    text = json.dumps(rules, sort_keys=True).encode()
    return f":{hashlib.sha256(text).hexdigest()[:16]}" if rules else ""


def _catalogue(schema: str) -> str:
    """Every column of every relation: tables, and what may have been taken for one."""
    return f"""
        with recursive relations as (
            select oid, relname, relkind, relnamespace
            from pg_class
            where relnamespace = (select oid from pg_namespace where nspname = {literal(schema)})
                and relkind in ('r', 'p', 'v', 'm', 'f')
        ),

        -- A partition is a child, as is what inherits; each may have some of its own.
        parts as (
            select oid as relation, oid as part from relations
            union
            select parts.relation, pg_inherits.inhrelid
            from parts
            inner join pg_inherits on pg_inherits.inhparent = parts.part
        ),

        parts_of_relations as (
            select relation, string_agg(part::text, '+' order by part) as relations
            from parts
            group by relation
        ),

        domains as (
            select oid as domain, typbasetype as base, typtypmod as modifier
            from pg_type
            where typtype = 'd'
            union all
            select domains.domain, pg_type.typbasetype, pg_type.typtypmod
            from domains
            inner join pg_type on pg_type.oid = domains.base and pg_type.typtype = 'd'
        )

        select
            relation.relname::text as table_name,
            relation.relkind::text as kind,
            current_user::text as role,
            attribute.attname::text as column_name,
            attribute.attnum::integer as column_number,
            format_type(attribute.atttypid, attribute.atttypmod) as data_type,
            case
                when base_type.typtype = 'e' or base_type.typname = 'citext' then 'text'
                else format_type(base_type.oid, coalesce(domain.modifier, attribute.atttypmod))
            end as base_type,
            has_schema_privilege(relation.relnamespace, 'usage') as may_use_schema,
            has_column_privilege(relation.oid, attribute.attnum, 'select') as may_select,
            row_security_active(relation.oid) as hides_rows,
            array_position(primary_key.indkey::smallint[], attribute.attnum) as key_position,
            parts_of_relations.relations,
            concat(
                nullif(attribute.attgenerated::text, '')
                || pg_get_expr(generated.adbin, generated.adrelid),
                (
                    select string_agg(enumlabel, ',' order by enumsortorder)
                    from pg_enum
                    where enumtypid in (base_type.oid, base_type.typelem)
                )
            ) as rule
        from relations as relation
        inner join parts_of_relations on parts_of_relations.relation = relation.oid
        inner join pg_attribute as attribute on attribute.attrelid = relation.oid
        left join domains as domain
            on domain.domain = attribute.atttypid
            and not exists (
                select from pg_type where pg_type.oid = domain.base and pg_type.typtype = 'd'
            )
        inner join pg_type as base_type
            on base_type.oid = coalesce(domain.base, attribute.atttypid)
        left join pg_attrdef as generated
            on generated.adrelid = attribute.attrelid
            and generated.adnum = attribute.attnum
            and attribute.attgenerated <> ''
        left join pg_index as primary_key
            on primary_key.indrelid = relation.oid and primary_key.indisprimary
        where attribute.attnum > 0
            and not attribute.attisdropped
    """
