"""Identity and rights of a reader. Nothing else decides whose numbers are shown.

An OpenID provider vouches for an address; the CRM says whose it is and what they may see. Beside it
there is the demo's sign-in: anybody at this machine may be any active member of staff of any
tenant, and so it works only where every tenant of the release is demo data and the server is
reached over the loopback address. In doubt, both refuse.
"""

import hashlib
from dataclasses import KW_ONLY, dataclass, field
from typing import Final, Literal

from facet.release import Release
from facet.reporting.identity.addresses import host_name, is_loopback
from facet.reporting.identity.claims import Claims
from facet.reporting.identity.scope import DataScope
from facet.rights import codes
from facet.rights.document import Person, Rights
from facet.rights.keys import email_key

_PROOF: Final = object()
#: The id of a principal that is no user of the CRM.
NOBODY: Final = 0


@dataclass(frozen=True)
class Principal:
    """A person whose identity has been verified. Only this module makes one."""

    _: KW_ONLY
    tenant_id: int
    user_id: int
    full_name: str
    role_codes: str
    #: What the person may do, by the codes of `facet.rights.codes`.
    permissions: frozenset[str] = frozenset()
    #: Whose performance the person may see, by user id; None: everybody's.
    people: frozenset[int] | None = frozenset()
    is_demo: bool = False
    proof: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.proof is not _PROOF:
            raise PermissionError("A principal is made by signing in, nowhere else.")

    def may(self, permission: str) -> bool:
        """Whether the person has a permission."""
        return permission in self.permissions

    @property
    def scope(self) -> str:
        """The data scope of the person, in short; part of every cache key.

        Two people of the same scope see the same rows and columns.
        """
        people = "everybody" if self.people is None else ",".join(map(str, sorted(self.people)))
        digest = hashlib.sha256(people.encode()).hexdigest()[:16]
        return f"{digest}+names" if self.may(codes.PERSONAL_DATA) else digest

    @property
    def sight(self) -> DataScope:
        """The data scope of the person."""
        return DataScope(self.people, has_personal_data=self.may(codes.PERSONAL_DATA))


@dataclass(frozen=True, kw_only=True)
class DemoUser:
    """Somebody whom the demo's sign-in offers."""

    tenant_id: int
    tenant_name: str
    user_id: int
    full_name: str
    role_codes: str


@dataclass(frozen=True, kw_only=True)
class RequestContext:
    """The entry of a request: the address that the server listens on, and what the browser sent.

    `host` is the request's Host header, `remote_address` where the connection is from,
    `is_forwarded` whether a proxy passed it on.
    """

    server_address: str | None
    host: str | None
    remote_address: str | None
    is_forwarded: bool


Refusal = Literal["not_demo", "not_loopback"]
DenialReason = Literal["unknown", "inactive", "no_role", "suspended"]
People = tuple[Person, ...] | DenialReason

#: Of several reasons against, the one that is closest to being let in is told.
_CLOSENESS: Final[tuple[DenialReason, ...]] = ("unknown", "inactive", "no_role", "suspended")


def demo_refusal(release: Release, request_context: RequestContext) -> Refusal | None:
    """Why the demo's sign-in does not work here; None when it does."""
    if not release.is_demo:
        return "not_demo"
    local = (
        is_loopback(request_context.server_address)
        and is_loopback(host_name(request_context.host))
        and is_loopback(request_context.remote_address)
        and not request_context.is_forwarded
    )
    return None if local else "not_loopback"


def people_of(claims: Claims, rights: Rights, secret: bytes, release: Release) -> People:
    """People of a verified address, at the tenants that are open to them in a release.

    Returns:
        The people, by their tenant's name; or why there is nobody: ``unknown``, ``inactive``,
        ``no_role`` (no permission of Facet's), ``suspended`` (the tenant is, or is not shown).
    """
    refusal: DenialReason = "unknown"
    found = []
    for person in rights.of_key(email_key(secret, claims.email)):
        reason = _reason_against(person, rights, release)
        if reason is None:
            found.append(person)
        elif _CLOSENESS.index(reason) > _CLOSENESS.index(refusal):
            refusal = reason
    names = {shop.tenant_id: shop.name for shop in rights.shops}
    return tuple(sorted(found, key=lambda person: names[person.tenant_id])) or refusal


def sign_in(
    claims: Claims, rights: Rights, secret: bytes, release: Release, *, tenant_id: int
) -> Principal:
    """The principal of a verified address at one of their tenants.

    Raises:
        PermissionError: the address leads to nobody there who may see anything.
    """
    people = people_of(claims, rights, secret, release)
    for person in () if isinstance(people, str) else people:
        if person.tenant_id == tenant_id:
            return _principal(person)
    raise PermissionError(f"The address leads to nobody at tenant {tenant_id}.")


def recipient_of(
    email: str, rights: Rights, secret: bytes, release: Release, *, tenant_id: int
) -> Principal | DenialReason:
    """The principal whom a report to an address is for, or why there is none.

    Nobody signs in: whoever sets up reports names the address, and the CRM says whose it is at the
    tenant, by the same rules as for an address that a provider vouches for.
    """
    for person in rights.of_key(email_key(secret, email)):
        if person.tenant_id == tenant_id:
            return _reason_against(person, rights, release) or _principal(person)
    return "unknown"


def token_person(
    rights: Rights, release: Release, *, tenant_id: int, user_id: int
) -> Principal | DenialReason:
    """The principal whom a token was made for, with the rights of now, or why there is none."""
    person = rights.person(tenant_id, user_id)
    if person is None:
        return "unknown"
    return _reason_against(person, rights, release) or _principal(person)


def service(
    rights: Rights, release: Release, *, tenant_id: int, name: str, permissions: frozenset[str]
) -> Principal | DenialReason:
    """The principal of a program at a tenant, which has no user of the CRM, or why there is none.

    It has nobody under it: what people do it sees of everybody, or of nobody.
    """
    if not permissions or not permissions <= codes.CODES:
        return "no_role"
    if not _is_open(tenant_id, rights, release):
        return "suspended"
    return Principal(
        tenant_id=tenant_id,
        user_id=NOBODY,
        full_name=name,
        role_codes="service",
        permissions=permissions,
        people=None if codes.ALL_STAFF in permissions else frozenset(),
        proof=_PROOF,
    )


def operator(release: Release, *, tenant_id: int) -> Principal:
    """Whoever keeps Facet, at its machine, where they can read a tenant's file anyway.

    For commands, which nobody reaches from elsewhere.

    Raises:
        PermissionError: the release does not have the tenant.
    """
    if all(
        tenant.tenant_id != tenant_id or tenant.status == "missing" for tenant in release.tenants
    ):
        raise PermissionError(f"Release {release.id} does not have tenant {tenant_id}.")
    return Principal(
        tenant_id=tenant_id,
        user_id=NOBODY,
        full_name="operator",
        role_codes="operator",
        permissions=codes.CODES,
        people=None,
        proof=_PROOF,
    )


def demo_users(release: Release, rights: Rights) -> tuple[DemoUser, ...]:
    """Active staff of every tenant of a demo release, by tenant, leaders first."""
    if not release.is_demo:
        return ()
    shown = {
        tenant.tenant_id: tenant.tenant_name
        for tenant in release.tenants
        if tenant.status != "missing"
    }
    people = [person for person in rights.people if person.is_active and person.tenant_id in shown]
    people.sort(key=lambda person: (person.tenant_id, -len(person.people), person.full_name))
    return tuple(
        DemoUser(
            tenant_id=person.tenant_id,
            tenant_name=shown[person.tenant_id],
            user_id=person.user_id,
            full_name=person.full_name,
            role_codes=person.role_codes,
        )
        for person in people
    )


def sign_in_demo(
    release: Release,
    request_context: RequestContext,
    rights: Rights,
    *,
    tenant_id: int,
    user_id: int,
) -> Principal:
    """Sign in as a demo user, with the rights that the demo's CRM gives them.

    Raises:
        PermissionError: the demo's sign-in does not work here, or there is no such active user.
    """
    if refusal := demo_refusal(release, request_context):
        raise PermissionError(f"The demo's sign-in is refused: {refusal}.")
    users = {(user.tenant_id, user.user_id) for user in demo_users(release, rights)}
    person = rights.person(tenant_id, user_id)
    if person is not None and (tenant_id, user_id) in users:
        return _principal(person, is_demo=True)
    raise PermissionError(f"User {user_id} of tenant {tenant_id} is not active, or not there.")


def _reason_against(person: Person, rights: Rights, release: Release) -> DenialReason | None:
    """Why a person may see nothing; None where they may."""
    if not person.is_active:
        return "inactive"
    if not person.permissions:
        return "no_role"
    return None if _is_open(person.tenant_id, rights, release) else "suspended"


def _is_open(tenant_id: int, rights: Rights, release: Release) -> bool:
    """Whether a tenant's subscription is active, and the release shows it."""
    shop = rights.shop(tenant_id)
    is_shown = any(
        tenant.tenant_id == tenant_id and tenant.status != "missing" for tenant in release.tenants
    )
    return shop is not None and shop.is_active and is_shown


def _principal(person: Person, *, is_demo: bool = False) -> Principal:
    sees_all = codes.ALL_STAFF in person.permissions
    return Principal(
        tenant_id=person.tenant_id,
        user_id=person.user_id,
        full_name=person.full_name,
        role_codes=person.role_codes,
        permissions=person.permissions,
        people=None if sees_all else person.people,
        is_demo=is_demo,
        proof=_PROOF,
    )
