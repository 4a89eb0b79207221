"""The roles of readers: a group that holds the rights, and one role for each tenant, its member.

A role's name says whose rows it gets. Nobody but who may create roles can take such a name, and no
setting of a session changes it, so that a reader who writes SQL stays with its own tenant.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from facet.grants.change import Change
from facet.operational.connection import Connection
from facet.quoting import quoted

_ATTRIBUTES = ("superuser", "bypassrls", "createrole", "createdb", "replication")


@dataclass(frozen=True, kw_only=True)
class Readers:
    """How the roles are called: the group, and after it a tenant's id for those of tenants."""

    group: str = "facet_reader"

    @property
    def pattern(self) -> str:
        """A regular expression that matches tenants' roles, its first group being the tenant."""
        return f"^{self.group}_([1-9][0-9]{{0,17}})$"

    @property
    def unnamed(self) -> "Readers":
        """Those who read the same without names of people and without anybody's performance."""
        return Readers(group=f"{self.group}_unnamed")

    def of(self, tenant_id: int) -> str:
        """The role of a tenant."""
        return f"{self.group}_{tenant_id}"


def role_changes(
    connection: Connection, readers: Readers, tenants: Sequence[int]
) -> Iterator[Change]:
    """Roles to create, to put into the group and out of it, and powers to take from them."""
    roles = _roles(connection, readers)
    group = quoted(readers.group)
    wanted = {readers.of(tenant_id) for tenant_id in tenants}
    members = {
        (member, of)
        for member, of in connection.execute(
            "select member.rolname, granted.rolname from pg_auth_members"
            " inner join pg_roles as member on member.oid = pg_auth_members.member"
            " inner join pg_roles as granted on granted.oid = pg_auth_members.roleid"
        ).fetchall()
        if member in roles
    }
    if readers.group not in roles:
        yield Change(f"create role {group} nologin", why="the group of readers is missing")
    for role in roles.values():
        yield from _powers(role, is_group=role.name == readers.group)
    for member, of in sorted(members):
        if of != readers.group:
            why = "a reader has no rights but those of the group"
            yield Change(f"revoke {quoted(of)} from {quoted(member)}", why=why)
        elif member not in wanted:
            why = "the marts know no such tenant"
            yield Change(f"revoke {group} from {quoted(member)}", why=why)
    for name in map(readers.of, sorted(tenants)):
        if name not in roles:
            yield Change(f"create role {quoted(name)} login", why="a tenant without a reader")
        elif not (roles[name].inherits and roles[name].has_the_groups_rights):
            why = "a reader has its group's rights without asking"
            if not roles[name].inherits:
                yield Change(f"alter role {quoted(name)} inherit", why=why)
            if (
                name,
                readers.group,
            ) in members:  # a grant keeps how it was made
                yield Change(f"revoke {group} from {quoted(name)}", why=why)
                members -= {(name, readers.group)}
        if (name, readers.group) not in members:
            yield Change(f"grant {group} to {quoted(name)}", why="it reads what the group reads")


def owned(connection: Connection, readers: Readers) -> list[tuple[str, str]]:
    """What readers own in this database, with its owner: an owner may lift any protection."""
    return connection.execute(
        "select rolname, pg_describe_object(classid, objid, objsubid) from pg_shdepend"
        " inner join pg_roles on pg_roles.oid = refobjid"
        " cross join lateral pg_identify_object(classid, objid, objsubid) as object"
        " where refclassid = 'pg_authid'::regclass and deptype = 'o'"
        " and dbid = (select oid from pg_database where datname = current_database())"
        " and coalesce(object.schema, '') !~ '^pg_temp'"
        " and (rolname = %s or rolname ~ %s) order by 1, 2",
        [readers.group, readers.pattern],
    ).fetchall()


def other_databases(connection: Connection, readers: Readers) -> list[str]:
    """Other databases of the server in which readers hold something: roles belong to all."""
    rows: list[tuple[str]] = connection.execute(
        "select distinct datname from pg_shdepend"
        " inner join pg_roles on pg_roles.oid = refobjid"
        " inner join pg_database on pg_database.oid = dbid"
        " where refclassid = 'pg_authid'::regclass and datname <> current_database()"
        " and (rolname = %s or rolname ~ %s) order by 1",
        [readers.group, readers.pattern],
    ).fetchall()
    return [name for (name,) in rows]


@dataclass(frozen=True, kw_only=True)
class _Role:
    name: str
    can_login: bool
    inherits: bool
    powers: Sequence[str]
    has_the_groups_rights: bool


def _roles(connection: Connection, readers: Readers) -> dict[str, _Role]:
    rows: Iterable[tuple[Any, ...]] = connection.execute(
        "select pg_roles.rolname, pg_roles.rolcanlogin, pg_roles.rolinherit, pg_roles.rolsuper,"
        " pg_roles.rolbypassrls, pg_roles.rolcreaterole, pg_roles.rolcreatedb,"
        " pg_roles.rolreplication,"
        " coalesce(pg_has_role(pg_roles.oid, the_group.oid, 'usage'), false)"
        " from pg_roles left join pg_roles as the_group on the_group.rolname = %s"
        " where pg_roles.rolname = %s or pg_roles.rolname ~ %s order by pg_roles.rolname",
        [readers.group, readers.group, readers.pattern],
    ).fetchall()
    return {
        name: _Role(
            name=name,
            can_login=can_login,
            inherits=inherits,
            powers=[power for power, has in zip(_ATTRIBUTES, powers, strict=True) if has],
            has_the_groups_rights=has_rights,
        )
        for name, can_login, inherits, *powers, has_rights in rows
    }


def _powers(role: _Role, *, is_group: bool) -> Iterator[Change]:
    surplus = [*role.powers, *(["login"] if is_group and role.can_login else [])]
    if surplus:
        taken = " ".join(f"no{power}" for power in surplus)
        why = f"a reader is not {', '.join(surplus)}"
        yield Change(f"alter role {quoted(role.name)} {taken}", why=why)
