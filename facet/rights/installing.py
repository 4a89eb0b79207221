"""Facet's permissions in a CRM's own tables: the codes, and who has them by default."""

from facet.operational.connection import connect
from facet.quoting import quoted
from facet.rights.codes import PERMISSIONS


def install(url: str, *, schema: str = "public", with_defaults: bool = False) -> int:
    """Add the permissions that ``sys_permissions`` lacks; grant them to roles only on demand.

    Args:
        url: the operational database; needs the right to insert.
        schema: the schema of its tables.
        with_defaults: also grant each permission that is added to the roles that have it by
            default, found by their code. What is there already is never changed.

    Returns:
        How many permissions were added.

    Raises:
        OperationalError: nobody answers.
    """
    tables = quoted(schema)
    with connect(url) as connection:
        added = [
            permission
            for permission in PERMISSIONS
            if connection.execute(
                f"insert into {tables}.sys_permissions (code, description) values (%s, %s)"
                " on conflict (code) do nothing".encode(),
                [permission.code, permission.description],
            ).rowcount
        ]
        for permission in added if with_defaults else ():
            connection.execute(
                f"insert into {tables}.sys_role_permissions (role_id, permission_id)"
                f" select sys_roles.id, sys_permissions.id from {tables}.sys_roles"
                f" inner join {tables}.sys_permissions on sys_permissions.code = %s"
                " where sys_roles.code = any (%s) and sys_roles.deleted_at is null"
                " on conflict do nothing".encode(),
                [permission.code, list(permission.roles)],
            )
    return len(added)
