"""Tables of which a publication tells every change, and the statement that makes such a one."""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass

from facet.config import Settings
from facet.quoting import literal, quoted
from facet.staging import declared_tables
from facet.staging.postgres_types import WHOLE
from facet.sync import preflight
from facet.sync.preflight import Found
from facet.sync.source import Source, open_duckdb


@dataclass(frozen=True, kw_only=True)
class Published:
    """Tables whose rows' changes are all published.

    Attributes:
        identities: of each, what is another one once something could have stayed unsaid in between:
            the publication was altered, the table, a partition or child was rewritten or renamed.
        relations: which table each of their relations is a part of, by oid.
    """

    identities: Mapping[str, str]
    relations: Mapping[int, str]


def published(source: Source, name: str, found: Mapping[str, Found], *, major: int) -> Published:
    """The tables that a publication tells every change of, as the snapshot has it."""
    oids = sorted({oid for table in found.values() for oid in table.relations})
    rows = {row["oid"]: row for row in source.rows(_relations(name, oids, major=major))}
    identities: dict[str, str] = {}
    relations: dict[int, str] = {}
    for table, what in found.items():
        parts = [rows[oid] for oid in what.relations]
        key = set(what.key)
        if all(part["is_published"] and key <= set(part["columns"] or key) for part in parts):
            text = "+".join(part["version"] for part in parts).encode()
            identities[table] = hashlib.sha256(text).hexdigest()[:32]
            relations |= dict.fromkeys(what.relations, table)
    return Published(identities=identities, relations=relations)


def publication(settings: Settings, url: str) -> str:
    """The statement that creates a publication of the keys of changed rows.

    A table without a primary key is not in it: PostgreSQL would then refuse to update it. So with
    one that others inherit from, for these have none of it.

    Raises:
        OperationalError: the database cannot be read, or is not as declared.
    """
    schema = settings.operational_schema
    with closing(open_duckdb(settings)) as connection:
        source = Source(connection, url)
        source.attach()
        found = preflight.inspect(source, schema, declared_tables(settings.project_dir))
        version = source.rows("select current_setting('server_version_num')::integer as number")
    lists_columns = version[0]["number"] >= 150_000
    tables = []
    for table, what in sorted(found.items()):
        columns = f" ({', '.join(map(quoted, what.key))})" if lists_columns else ""
        if what.key and len(what.relations) == 1:
            tables.append(f"    {quoted(schema)}.{quoted(table)}{columns}")
    listed = ",\n".join(tables)
    return f"create publication {quoted(settings.sync_slot or 'facet')} for table\n{listed};"


def whole_key(found: Found) -> str | None:
    """The one column that names a row, where it holds whole numbers."""
    (key, *more) = found.key or ("",)
    return key if key and not more and found.types[key] in WHOLE else None


def _relations(name: str, oids: Iterable[int], *, major: int) -> str:
    """Of each relation whether it is published as a whole, and versions of what says so.

    ``xmin`` of a row of the catalogue is another one once the row was changed, but for statistics,
    which are written over it. A partitioned table has no rows of its own.
    """
    schemas = (
        "(select string_agg(concat(oid, ':', xmin), ',' order by oid)"
        " from pg_publication_namespace where pnpubid = pg_publication.oid)"
        if major >= 15
        else "null"
    )
    return f"""
        with publication as (
            select
                concat(oid, ':', xmin, '/', {schemas}, '/', (
                    select string_agg(concat(oid, ':', xmin), ',' order by oid)
                    from pg_publication_rel
                    where prpubid = pg_publication.oid
                )) as version
            from pg_publication
            where pubname = {literal(name)}
                and pubinsert and pubupdate and pubdelete and pubtruncate and not pubviaroot
        ),

        members as (
            select schemaname, tablename, to_jsonb(pg_publication_tables) as member
            from pg_publication_tables
            where pubname = {literal(name)}
        )

        select
            pg_class.oid::bigint as oid,
            concat(pg_class.oid, ':', pg_class.xmin, '/', md5(publication.version)) as version,
            publication.version is not null and (
                pg_class.relkind = 'p'
                or (
                    pg_class.relkind = 'r'
                    and pg_class.relpersistence = 'p'
                    and pg_class.relreplident in ('d', 'f')
                    and members.member is not null
                    and members.member ->> 'rowfilter' is null
                )
            ) as is_published,
            array(
                select jsonb_array_elements_text(
                    case jsonb_typeof(members.member -> 'attnames')
                        when 'array' then members.member -> 'attnames' else '[]'
                    end
                )
            ) as columns
        from pg_class
        inner join pg_namespace on pg_namespace.oid = pg_class.relnamespace
        left join publication on true
        left join members
            on members.schemaname = pg_namespace.nspname and members.tablename = pg_class.relname
        where pg_class.oid = any('{{{",".join(map(str, oids))}}}'::oid[])
    """
