"""Privileges in the database that readers hold: as the group, as a tenant, or as anybody.

Readers are wanted in one schema, to read its tables. Whatever else they hold is taken from them,
and from everybody where everybody holds it, for a reader is somebody too.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from facet.grants.change import Change
from facet.grants.protection import Mart
from facet.grants.readers import Readers
from facet.operational.connection import Connection
from facet.quoting import quoted

EVERYBODY = "public"

#: Every right of readers, and of everybody but on what PostgreSQL and its extensions brought along.
#: Functions count where they run with their owner's rights; others can do what their caller can.
_HELD = """
    with relations as (
        select pg_class.*, nspname, format('%%I.%%I', nspname, relname) as name
        from pg_class inner join pg_namespace on pg_namespace.oid = relnamespace
        where relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    ),
    objects (catalogue, object, kind, name, schema, is_view_of_its_caller, rights) as (
        select
            'pg_class', oid, case relkind when 'S' then 'sequence' else 'table' end, name, nspname,
            relkind = 'v' and exists (
                select from pg_options_to_table(reloptions)
                where option_name = 'security_invoker' and cast(option_value as boolean)
            ),
            relacl
        from relations
        union all
        select 'pg_class', relations.oid, 'table', name, nspname, false, attacl
        from relations inner join pg_attribute on attrelid = relations.oid
        where attacl is not null
        union all
        select
            'pg_proc', pg_proc.oid, 'routine', cast(cast(pg_proc.oid as regprocedure) as text),
            nspname, false, coalesce(proacl, acldefault('f', proowner))
        from pg_proc inner join pg_namespace on pg_namespace.oid = pronamespace
        where prosecdef
        union all
        select 'pg_namespace', oid, 'schema', quote_ident(nspname), nspname, false, nspacl
        from pg_namespace
        union all
        select
            'pg_database', oid, 'database', quote_ident(datname), '', false,
            coalesce(datacl, acldefault('d', datdba))
        from pg_database where datname = current_database()
        union all
        select
            'pg_foreign_server', oid, 'foreign server', quote_ident(srvname), '', false, srvacl
        from pg_foreign_server
        union all
        select 'pg_largeobject', oid, 'large object', cast(oid as text), '', false, lomacl
        from pg_largeobject_metadata
    )
    select distinct
        kind, name, schema, is_view_of_its_caller, privilege_type,
        case grantee when 0 then 'public' else rolname end
    from objects
    cross join lateral aclexplode(rights)
    left join pg_roles on pg_roles.oid = grantee
    where schema !~ '^pg_(temp|toast)' and (
        rolname = %s or rolname ~ %s
        or grantee = 0 and schema not in ('pg_catalog', 'information_schema') and not exists (
            select from pg_depend where deptype = 'e' and objid = object
            and classid = cast(catalogue as regclass)
        )
    )
    order by 1, 2, 5, 6
"""
#: What objects yet to come would bring readers, or everybody beyond PostgreSQL's own default.
_TO_COME = """
    select
        pg_get_userbyid(defaclrole), nspname, privilege_type,
        case defaclobjtype
            when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
            when 'T' then 'types' when 'n' then 'schemas' else 'large objects'
        end,
        case grantee when 0 then 'public' else rolname end
    from pg_default_acl
    cross join lateral aclexplode(defaclacl)
    left join pg_namespace on pg_namespace.oid = defaclnamespace
    left join pg_roles on pg_roles.oid = grantee
    where rolname = %s or rolname ~ %s or grantee = 0 and defaclobjtype not in ('f', 'T')
    order by 1, 2, 3, 4, 5
"""


class Right(NamedTuple):
    """A privilege on something that somebody holds; what is named is quoted."""

    kind: str
    name: str
    privilege: str
    holder: str


def right_changes(
    connection: Connection, readers: Readers, schema: str, marts: Sequence[Mart]
) -> Iterator[Change]:
    """Rights to take away, then rights to give."""
    wanted = {
        Right("schema", quoted_as_needed(connection, schema), "USAGE", readers.group),
        *(Right("table", mart.name, "SELECT", readers.group) for mart in marts),
    }
    held: set[Right] = set()
    may_connect = False
    for kind, name, its_schema, is_callers, privilege, holder in connection.execute(
        _HELD, [readers.group, readers.pattern]
    ):
        right = Right(kind, name, privilege, holder)
        if kind == "database" and privilege == "CONNECT":
            may_connect = may_connect or holder in (EVERYBODY, readers.group)
        elif right in wanted:
            held.add(right)
        elif not _is_harmless(right, is_callers=is_callers and its_schema == schema):
            yield Change(_revoke(right), why=_reason(right))
    yield from _defaults(connection, readers)
    if not may_connect:
        database = quoted_as_needed(connection, connection.info.dbname)
        wanted.add(Right("database", database, "CONNECT", readers.group))
    for right in sorted(wanted - held):
        privilege = right.privilege.lower()
        yield Change(
            f"grant {privilege} on {right.kind} {right.name} to {quoted(right.holder)}",
            why="readers read marts",
        )


def quoted_as_needed(connection: Connection, name: str) -> str:
    """A name as the catalogue's queries return it."""
    row = connection.execute("select quote_ident(%s)", [name]).fetchone()
    return str(row and row[0])


def _is_harmless(right: Right, *, is_callers: bool) -> bool:
    """Whether a right that nobody asked for shows nothing: a place to look, a caller's view."""
    return (
        (right.kind == "schema" and right.privilege == "USAGE" and right.holder == EVERYBODY)
        or (right.kind == "database" and right.privilege in ("CONNECT", "TEMPORARY"))
        or (is_callers and right.privilege == "SELECT")
    )


def _defaults(connection: Connection, readers: Readers) -> Iterator[Change]:
    for owner, schema, privilege, objects, holder in connection.execute(
        _TO_COME, [readers.group, readers.pattern]
    ):
        where = f" in schema {quoted(schema)}" if schema else ""
        yield Change(
            f"alter default privileges for role {quoted(owner)}{where}"
            f" revoke {privilege.lower()} on {objects} from {_holder(holder)}",
            why=f"{_who(holder)} would get it on what is yet to come",
        )


def _revoke(right: Right) -> str:
    privilege = right.privilege.lower()
    return f"revoke {privilege} on {right.kind} {right.name} from {_holder(right.holder)}"


def _reason(right: Right) -> str:
    if right.kind == "routine":
        return f"{_who(right.holder)} would call it with its owner's rights"
    return f"{_who(right.holder)} has no business there"


def _who(holder: str) -> str:
    return "everybody" if holder == EVERYBODY else "a reader"


def _holder(holder: str) -> str:
    return "public" if holder == EVERYBODY else quoted(holder)
