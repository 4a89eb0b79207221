"""What must be true of the operational database before anything is written: all faults at once."""

from dataclasses import dataclass
from typing import Any

from facet.errors import OperationalError
from facet.operational.quoting import literal
from facet.staging import Table
from facet.staging.postgres_types import normal_type
from facet.sync.source import Source

#: More than this many faults have one cause; the rest are counted.
_FAULTS_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Found:
    """A declared table as it stands in PostgreSQL.

    ``key`` holds its primary key's columns; ``identity`` changes when the table, one of its
    partitions or a declared column is another one than before, even under the same name.
    """

    key: tuple[str, ...]
    identity: str


def inspect(source: Source, schema: str, tables: tuple[Table, ...]) -> dict[str, Found]:
    """Compare the declarations with the catalogue.

    Raises:
        OperationalError: a table or column is missing, has another type or may not be read.
    """
    catalogue: dict[str, list[dict[str, Any]]] = {}
    for row in source.rows(_catalogue(schema)):
        catalogue.setdefault(row["table_name"], []).append(row)
    if not any(table.name in catalogue for table in tables):
        raise OperationalError(
            source.name,
            why=f"It is not the operational database: schema {schema!r} holds none of the"
            f" {len(tables)} declared tables.",
            next_step="Correct FACET_OPERATIONAL_URL or FACET_OPERATIONAL_SCHEMA,"
            " or create the tables with facet operational create.",
        )
    faults = [fault for table in tables for fault in _faults(table, catalogue.get(table.name))]
    if faults:
        shown = [f"  {fault}" for fault in faults[:_FAULTS_SHOWN]]
        if len(faults) > _FAULTS_SHOWN:
            shown.append(f"  and {len(faults) - _FAULTS_SHOWN} more")
        raise OperationalError(
            source.name,
            why="\n".join(["It is not as the sources' YAML declares it:", *shown]),
            next_step="Mend the database or the YAML (then facet staging render), or grant the"
            " rights. Nothing was changed here.",
        )
    return {table.name: _found(table, catalogue[table.name]) for table in tables}


def _faults(table: Table, rows: list[dict[str, Any]] | None) -> list[str]:
    if rows is None:
        return [f"{table.name}: the table is missing"]
    if not rows[0]["may_use_schema"]:
        return [f"{table.name}: no right to use its schema"]
    if rows[0]["hides_rows"]:
        return [f"{table.name}: row-level security hides rows; the role needs BYPASSRLS"]
    found = {row["column_name"]: row for row in rows}
    faults, unreadable = [], []
    for column in table.columns:
        row = found.get(column.name)
        expected = normal_type(column.data_type)
        if row is None:
            faults.append(f"{table.name}.{column.name}: the column is missing, {expected} expected")
        elif normal_type(row["data_type"]) != expected:
            faults.append(f"{table.name}.{column.name}: {row['data_type']}, {expected} expected")
        elif not row["may_select"]:
            unreadable.append(column.name)
    if len(unreadable) == len(table.columns):
        faults.append(f"{table.name}: no right to select from it")
    elif unreadable:
        faults.append(f"{table.name}: no right to select {', '.join(unreadable)}")
    return faults


def _found(table: Table, rows: list[dict[str, Any]]) -> Found:
    declared = {column.name for column in table.columns}
    positions = {
        row["key_position"]: row["column_name"] for row in rows if row["key_position"] is not None
    }
    key = tuple(positions[position] for position in sorted(positions))
    numbers = {row["column_name"]: row["column_number"] for row in rows}
    columns = ",".join(str(numbers[column.name]) for column in table.columns)
    return Found(
        key=key if declared.issuperset(key) else (),
        identity=f"{rows[0]['relations']}:{columns}",
    )


def _catalogue(schema: str) -> str:
    return f"""
        select
            relation.relname::text as table_name,
            attribute.attname::text as column_name,
            attribute.attnum::integer as column_number,
            format_type(attribute.atttypid, attribute.atttypmod) as data_type,
            has_schema_privilege(relation.relnamespace, 'usage') as may_use_schema,
            has_column_privilege(relation.oid, attribute.attnum, 'select') as may_select,
            row_security_active(relation.oid) as hides_rows,
            array_position(primary_key.indkey::smallint[], attribute.attnum) as key_position,
            relation.oid::text || coalesce((
                select string_agg('+' || part.relid::oid, '' order by part.relid::oid)
                from pg_partition_tree(relation.oid) as part
            ), '') as relations
        from pg_class as relation
        inner join pg_namespace as namespace on namespace.oid = relation.relnamespace
        inner join pg_attribute as attribute on attribute.attrelid = relation.oid
        left join pg_index as primary_key
            on primary_key.indrelid = relation.oid and primary_key.indisprimary
        where namespace.nspname = {literal(schema)}
            and relation.relkind in ('r', 'p')
            and attribute.attnum > 0
            and not attribute.attisdropped
    """
