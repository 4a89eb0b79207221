"""Who somebody is. Nothing else decides whose numbers are shown.

Until real sign-in there is the demo's: anybody at this machine may be any active member of staff of
any tenant, and so it works only where every tenant of the release is demo data and the server is
reached over the loopback address. In doubt, it refuses.
"""

import ipaddress
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass, field
from typing import Final, Literal

import duckdb

from facet.errors import ReleaseError
from facet.release import Release, TenantFile
from facet.reporting.tenant_file import open_tenant_file, unreadable

_PROOF: Final = object()


@dataclass(frozen=True)
class Principal:
    """A person whose identity has been verified. Only this module makes one."""

    _: KW_ONLY
    tenant_id: int
    user_id: int
    full_name: str
    role_codes: str
    #: What of the tenant the person may see; part of every cache key.
    scope: str = "tenant"
    is_demo: bool = False
    proof: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.proof is not _PROOF:
            raise PermissionError("A principal is made by signing in, nowhere else.")


@dataclass(frozen=True, kw_only=True)
class DemoUser:
    """Somebody whom the demo's sign-in offers."""

    tenant_id: int
    tenant_name: str
    user_id: int
    full_name: str
    role_codes: str


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """Where a request came in: the address that the server listens on, and what the browser sent.

    `host` is the request's Host header, `remote_address` where the connection is from,
    `is_forwarded` whether a proxy passed it on.
    """

    server_address: str | None
    host: str | None
    remote_address: str | None
    is_forwarded: bool


Refusal = Literal["not_demo", "not_loopback"]


def demo_refusal(release: Release, surroundings: Surroundings) -> Refusal | None:
    """Why the demo's sign-in does not work here; None when it does."""
    if not release.is_demo:
        return "not_demo"
    local = (
        _is_loopback(surroundings.server_address)
        and _is_loopback(_host_name(surroundings.host))
        and _is_loopback(surroundings.remote_address)
        and not surroundings.is_forwarded
    )
    return None if local else "not_loopback"


def demo_users(release: Release) -> tuple[DemoUser, ...]:
    """Active staff of every tenant of a demo release, by tenant, leaders first.

    Of a tenant whose file is missing or damaged there is nobody; the others are not held up by it.
    """
    if not release.is_demo:
        return ()
    users: list[DemoUser] = []
    for tenant in release.tenants:
        if tenant.status != "missing":
            with suppress(ReleaseError):
                users.extend(_active_staff(release, tenant))
    return tuple(users)


def sign_in_demo(
    release: Release, surroundings: Surroundings, *, tenant_id: int, user_id: int
) -> Principal:
    """Sign in as a demo user.

    Raises:
        PermissionError: the demo's sign-in does not work here, or there is no such active user.
    """
    if refusal := demo_refusal(release, surroundings):
        raise PermissionError(f"The demo's sign-in is refused: {refusal}.")
    for user in demo_users(release):
        if (user.tenant_id, user.user_id) == (tenant_id, user_id):
            return Principal(
                tenant_id=tenant_id,
                user_id=user_id,
                full_name=user.full_name,
                role_codes=user.role_codes,
                is_demo=True,
                proof=_PROOF,
            )
    raise PermissionError(f"User {user_id} of tenant {tenant_id} is not active, or not there.")


def _active_staff(release: Release, tenant: TenantFile) -> list[DemoUser]:
    path = release.file_of(tenant.tenant_id)
    connection = open_tenant_file(path)
    try:
        rows = connection.execute(
            """
            select user_id, full_name, coalesce(role_codes, '')
            from warehouse.facet_marts.dim_staff
            where is_active and tenant_id = $tenant_id
            order by manager_id nulls first, full_name, user_id
            """,
            {"tenant_id": tenant.tenant_id},
        ).fetchall()
    except duckdb.IOException as error:
        raise unreadable(path, error) from error
    finally:
        connection.close()
    return [
        DemoUser(
            tenant_id=tenant.tenant_id,
            tenant_name=tenant.tenant_name,
            user_id=user_id,
            full_name=full_name,
            role_codes=role_codes,
        )
        for user_id, full_name, role_codes in rows
    ]


def _host_name(host: str | None) -> str | None:
    if host is None:
        return None
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _is_loopback(address: str | None) -> bool:
    if address == "localhost":
        return True
    try:
        return address is not None and ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
