"""The house's people: whom its shops employ, under whom, and what their roles let them see."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from facet.config import Settings
from facet.rights.codes import PERMISSIONS
from facet.rights.document import FILE_NAME, Person, Rights, Shop, to_json
from facet.rights.keys import email_key, secret_of

NAMES: Final = {1: "Hudson & Vale", 2: "Ngọc Lan", 3: "Leer & Söhne"}
SECRET: Final = b"of the house"
#: Tenant, user, manager, name, roles, and whether they are active.
Staff = tuple[int, int, int | None, str, str, bool]
STAFF: Final[tuple[Staff, ...]] = (
    (1, 11, None, "Ada Frost", "owner", True),
    (1, 12, 11, "Ben Ode", "sales", True),
    (1, 13, 11, "Cy Gone", "sales", False),
    (2, 21, None, "Trần Thị Mai", "manager, owner", True),
    (3, 31, None, "Eva Leer", "owner", True),
)


def rights_of_house(staff: Sequence[Staff] = STAFF, *, suspended: Collection[int] = ()) -> Rights:
    """What the house's people may see, by their roles' defaults, as of now.

    An address is ``<user id>@house.example``.
    """
    return Rights(
        taken_at=datetime.now(UTC),
        people=tuple(
            Person(
                tenant_id=tenant_id,
                user_id=user_id,
                email_key=email_key(SECRET, f"{user_id}@house.example"),
                full_name=full_name,
                role_codes=roles,
                is_active=is_active,
                permissions=frozenset(
                    permission.code
                    for permission in PERMISSIONS
                    if set(permission.roles) & set(roles.split(", "))
                ),
                people=frozenset(_under(tenant_id, user_id, staff)),
            )
            for tenant_id, user_id, _, full_name, roles, is_active in staff
        ),
        shops=tuple(
            Shop(tenant_id=tenant_id, name=name, is_active=tenant_id not in suspended)
            for tenant_id, name in NAMES.items()
        ),
    )


def _under(tenant_id: int, user_id: int, staff: Sequence[Staff]) -> Iterator[int]:
    yield user_id
    for tenant, below, manager, *_ in staff:
        if (tenant, manager) == (tenant_id, user_id):
            yield from _under(tenant_id, below, staff)


def write_rights(
    settings: Settings, staff: Sequence[Staff], *, suspended: Collection[int] = ()
) -> None:
    """Write down what these people may see as of now, as `facet rights refresh` would have."""
    rights, secret = rights_of_house(staff, suspended=suspended), secret_of(settings)
    people = tuple(
        replace(person, email_key=email_key(secret, f"{person.user_id}@house.example"))
        for person in rights.people
    )
    settings.rights_dir.mkdir(exist_ok=True)
    text = to_json(replace(rights, people=people))
    (settings.rights_dir / FILE_NAME).write_text(text, encoding="utf-8")
