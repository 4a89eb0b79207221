"""Privileges in the database that readers hold: as the group, as a tenant, or as anybody.

Readers are wanted in one schema, to read its tables, and in another, to call what metrics call.
Whatever else they hold is taken from them, and from everybody where everybody holds it, for a
reader is somebody too.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from facet.grants.change import Change
from facet.grants.protection import Mart
from facet.grants.readers import Readers
from facet.grants.shown import Shown
from facet.operational.connection import Connection
from facet.quoting import quoted

EVERYBODY = "public"
#: The schema of the functions that metrics call, by the name that metrics call them by.
FUNCTIONS = "facet_marts"

#: Every right of readers, and of everybody but on what PostgreSQL and its extensions brought along.
#: Functions count where they run with their owner's rights; others can do what their caller can.
_HELD = """
    with relations as (
        select pg_class.*, nspname, format('%%I.%%I', nspname, relname) as name
        from pg_class inner join pg_namespace on pg_namespace.oid = relnamespace
        where relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    ),
    objects (
        catalogue, object, kind, name, schema, is_view_of_its_caller, rights, column_name
    ) as (
        select
            'pg_class', oid, case relkind when 'S' then 'sequence' else 'table' end, name, nspname,
            relkind = 'v' and exists (
                select from pg_options_to_table(reloptions)
                where option_name = 'security_invoker' and cast(option_value as boolean)
            ),
            relacl, null
        from relations
        union all
        select 'pg_class', relations.oid, 'table', name, nspname, false, attacl,
            quote_ident(attname)
        from relations inner join pg_attribute on attrelid = relations.oid
        where attacl is not null
        union all
        select
            'pg_proc', pg_proc.oid, 'routine', cast(cast(pg_proc.oid as regprocedure) as text),
            nspname, false, coalesce(proacl, acldefault('f', proowner)), null
        from pg_proc inner join pg_namespace on pg_namespace.oid = pronamespace
        where prosecdef
        union all
        select 'pg_namespace', oid, 'schema', quote_ident(nspname), nspname, false, nspacl, null
        from pg_namespace
        union all
        select
            'pg_database', oid, 'database', quote_ident(datname), '', false,
            coalesce(datacl, acldefault('d', datdba)), null
        from pg_database where datname = current_database()
        union all
        select
            'pg_foreign_server', oid, 'foreign server', quote_ident(srvname), '', false, srvacl,
            null
        from pg_foreign_server
        union all
        select 'pg_largeobject', oid, 'large object', cast(oid as text), '', false, lomacl,
            null
        from pg_largeobject_metadata
    )
    select
        kind, name, schema, is_view_of_its_caller,
        privilege_type
        || coalesce(' (' || string_agg(distinct column_name collate "C", ', ') || ')', ''),
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
    group by
        kind, name, schema, is_view_of_its_caller, privilege_type, column_name is null, grantee,
        rolname
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
    connection: Connection,
    readers: Readers,
    schema: str,
    marts: Sequence[Mart],
    *,
    shown: Shown | None = None,
) -> Iterator[Change]:
    """Rights to take away, then rights to give: on whole marts, or on what is `shown` of each."""
    wanted = {
        *(
            Right("schema", quoted_as_needed(connection, name), "USAGE", readers.group)
            for name in (schema, *_there(connection, FUNCTIONS))
        ),
        *reading(readers, marts, shown),
    }
    held: set[Right] = set()
    revoked: set[tuple[str, str]] = set()
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
            revoked.add((name, holder))
            yield Change(_revoke(right), why=_reason(right))
    yield from _defaults(connection, readers)
    if not may_connect:
        database = quoted_as_needed(connection, connection.info.dbname)
        wanted.add(Right("database", database, "CONNECT", readers.group))
    # what is taken of a table goes from its columns, too
    for right in sorted(right for right in wanted if right not in held or right[1::2] in revoked):
        yield granting(right)


def reading(readers: Readers, marts: Sequence[Mart], shown: Shown | None = None) -> Iterator[Right]:
    """The right to read each mart, whole or what is shown of it."""
    for mart in marts:
        if (privilege := _reading(mart, shown)) is not None:
            yield Right("table", mart.name, privilege, readers.group)


def granting(right: Right) -> Change:
    """The change that gives a right."""
    return Change(
        f"grant {_worded(right)} to {quoted(right.holder)}",
        why="readers read marts",
    )


def _there(connection: Connection, schema: str) -> Sequence[str]:
    """The schema, if it is there."""
    found = connection.execute("select nspname from pg_namespace where nspname = %s", [schema])
    return [str(name) for (name,) in found]


def _reading(mart: Mart, shown: Shown | None) -> str | None:
    """The privilege to read a mart; None where nothing of it is shown."""
    if shown is None:
        return "SELECT"
    columns = set(mart.columns).intersection(shown.get(mart.name.rpartition(".")[2], ()))
    return f"SELECT ({', '.join(sorted(columns))})" if columns else None


def _worded(right: Right) -> str:
    """A right as `grant` and `revoke` name it."""
    word, of, columns = right.privilege.partition(" (")
    return f"{word.lower()}{of}{columns} on {right.kind} {right.name}"


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
    return f"revoke {_worded(right)} from {_holder(right.holder)}"


def _reason(right: Right) -> str:
    if right.kind == "routine":
        return f"{_who(right.holder)} would call it with its owner's rights"
    return f"{_who(right.holder)} has no business there"


def _who(holder: str) -> str:
    return "everybody" if holder == EVERYBODY else "a reader"


def _holder(holder: str) -> str:
    return "public" if holder == EVERYBODY else quoted(holder)
