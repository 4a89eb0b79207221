"""Rights as the CRM has them: its users, its roles, its permissions. One snapshot, no writes."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from filelock import FileLock

from facet.config import Settings
from facet.operational.connection import reading
from facet.quoting import quoted
from facet.release.disk import write_durably
from facet.rights.codes import CODES
from facet.rights.document import FILE_NAME, Person, Rights, Shop, to_json
from facet.rights.keys import email_key, secret_of

_PEOPLE = """
    with recursive under as (
        select tenant_id, id as manager_id, id as user_id from {schema}.sys_users
        where deleted_at is null
        union
        select sys_users.tenant_id, under.manager_id, sys_users.id
        from under
        inner join {schema}.sys_users
            on sys_users.tenant_id = under.tenant_id and sys_users.manager_id = under.user_id
        where sys_users.deleted_at is null
    ),

    teams as (
        select tenant_id, manager_id, array_agg(user_id) as user_ids
        from under
        group by tenant_id, manager_id
    ),

    roles_of_users as (
        select
            sys_user_roles.tenant_id, sys_user_roles.user_id, sys_roles.code,
            array_agg(sys_permissions.code) as permissions
        from {schema}.sys_user_roles
        inner join {schema}.sys_roles
            on sys_roles.tenant_id = sys_user_roles.tenant_id
            and sys_roles.id = sys_user_roles.role_id
            and sys_roles.deleted_at is null
        left join {schema}.sys_role_permissions on sys_role_permissions.role_id = sys_roles.id
        left join {schema}.sys_permissions
            on sys_permissions.id = sys_role_permissions.permission_id
        group by sys_user_roles.tenant_id, sys_user_roles.user_id, sys_roles.code
    )

    select
        sys_users.tenant_id, sys_users.id,
        case
            when sys_users.auth_user_id is null then sys_users.email
            when auth_users.deleted_at is null then auth_users.email
        end,
        coalesce(sys_users.full_name, ''), sys_users.is_active, teams.user_ids,
        (
            select
                coalesce(json_object_agg(roles_of_users.code, roles_of_users.permissions), '{{}}')
            from roles_of_users
            where roles_of_users.tenant_id = sys_users.tenant_id
                and roles_of_users.user_id = sys_users.id
        )
    from {schema}.sys_users
    left join {schema}.auth_users on auth_users.id = sys_users.auth_user_id
    inner join teams
        on teams.tenant_id = sys_users.tenant_id and teams.manager_id = sys_users.id
    where sys_users.deleted_at is null
    order by sys_users.tenant_id, sys_users.id
"""


def read_rights(settings: Settings, url: str) -> Rights:
    """Everybody's rights as they are in the operational database now.

    A person's address is that of the identity they sign in with (``auth_users``), else that of
    ``sys_users``. An address that two people of a tenant share leads to neither of them.

    Raises:
        OperationalError: the database cannot be read.
    """
    schema = quoted(settings.operational_schema)
    secret = secret_of(settings)
    taken_at = datetime.now(UTC)
    with reading(url) as connection:
        rows = connection.execute(_PEOPLE.format(schema=schema).encode()).fetchall()
        shops = connection.execute(
            f"select id, name, status = 'active' and deleted_at is null"
            f" from {schema}.sys_tenants order by id".encode()
        ).fetchall()
    people = [_person(row, secret) for row in rows]
    leads_to = Counter(
        (person.tenant_id, person.email_key) for person in people if person.is_active
    )
    return Rights(
        taken_at=taken_at,
        people=tuple(
            replace(person, email_key=None)
            if leads_to[person.tenant_id, person.email_key] > 1
            else person
            for person in people
        ),
        shops=tuple(
            Shop(tenant_id=tenant_id, name=name, is_active=is_active)
            for tenant_id, name, is_active in shops
        ),
    )


def refresh(settings: Settings, url: str) -> Rights:
    """Read everybody's rights and keep them where the dashboards look at each click.

    Raises:
        OperationalError: the database cannot be read; what was kept stays.
    """
    settings.create_home()
    settings.rights_dir.mkdir(exist_ok=True)
    with FileLock(settings.rights_dir / "lock"):
        rights = read_rights(settings, url)
        write_durably(settings.rights_dir / FILE_NAME, to_json(rights))
    return rights


def _person(row: tuple[Any, ...], secret: bytes) -> Person:
    tenant_id, user_id, email, full_name, is_active, people, roles = row
    granted = {code for codes in roles.values() for code in codes if code is not None}
    return Person(
        tenant_id=tenant_id,
        user_id=user_id,
        email_key=email_key(secret, email) if (email or "").strip() else None,
        full_name=full_name,
        role_codes=", ".join(sorted(roles)),
        is_active=is_active,
        permissions=frozenset(granted) & CODES,
        people=frozenset(people),
    )
