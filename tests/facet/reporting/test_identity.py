"""Who is let in, as whom, and to what: by a provider's claims, and to the demo."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from facet.config import Oidc, Settings
from facet.release import Release
from facet.reporting.identity.claims import Claims, checked
from facet.reporting.identity.identity import (
    Principal,
    RequestContext,
    demo_refusal,
    demo_users,
    people_of,
    sign_in,
    sign_in_demo,
)
from facet.rights import codes
from facet.rights.document import Rights
from tests.facet.reporting.fixtures import AT_THIS_MACHINE
from tests.facet.reporting.house import publish_house
from tests.facet.reporting.house_people import SECRET, STAFF, Staff, rights_of_house

OIDC = Oidc(issuer="https://id.example", client_id="facet", client_secret="s")
NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)
USER = {
    "iss": "https://id.example",
    "aud": "facet",
    "sub": "7",
    "email": "11@House.example",
    "email_verified": True,
    "iat": NOW.timestamp(),
    "exp": (NOW + timedelta(hours=1)).timestamp(),
}
RIGHTS = rights_of_house()
#: Ben works in New York and leads in Saigon, under the same address.
TWO_SHOPS: tuple[Staff, ...] = (*STAFF, (2, 12, 21, "Ben Ode", "manager", True))


def claims_of(email: str) -> Claims:
    claims = checked({**USER, "email": email}, OIDC)
    assert isinstance(claims, Claims)
    return claims


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"aud": "another"}, "wrong_token"),
        ({"aud": None}, "wrong_token"),
        ({"aud": ["another", "facet"]}, "wrong_token"),
        ({"iss": "https://id.example.evil"}, "wrong_token"),
        ({"sub": ""}, "wrong_token"),
        ({"exp": None}, "wrong_token"),
        ({"iat": "yesterday"}, "wrong_token"),
        ({"iat": 1e300}, "wrong_token"),
        ({"email_verified": False}, "unverified"),
        ({"email_verified": "true"}, "unverified"),
        ({"email_verified": None}, "unverified"),
        ({"email": None}, "unverified"),
        ({"email": "nobody"}, "unverified"),
    ],
)
def test_claims_that_do_not_hold_are_refused(change: dict[str, object], refusal: str) -> None:
    assert checked({**USER, **change}, OIDC) == refusal


def test_a_token_for_several_audiences_is_ours_when_we_asked_for_it() -> None:
    several = {**USER, "aud": ["facet", "another"], "azp": "facet", "iss": "https://id.example/"}
    assert isinstance(checked(several, OIDC), Claims)


def test_an_owner_sees_everybody_and_a_seller_themselves(house: Release) -> None:
    owner = sign_in(claims_of("11@house.example"), RIGHTS, SECRET, house, tenant_id=1)
    seller = sign_in(claims_of(" 12@HOUSE.example"), RIGHTS, SECRET, house, tenant_id=1)

    assert (owner.tenant_id, owner.user_id, owner.people) == (1, 11, None)
    assert owner.permissions == codes.CODES
    assert (seller.people, seller.permissions) == (frozenset({12}), frozenset({codes.STAFF}))
    assert not owner.is_demo
    assert owner.scope != seller.scope


def test_two_people_of_one_sight_share_a_scope_and_others_do_not(house: Release) -> None:
    staff: tuple[Staff, ...] = (
        (1, 1, None, "An", "owner", True), (1, 2, 1, "Bo", "manager", True),
        (1, 3, 2, "Cy", "sales", True), (1, 4, 1, "Di", "analyst", True),
        (1, 5, None, "Ed", "owner", True),
    )  # fmt: skip
    rights = rights_of_house(staff)
    scope = {
        user: sign_in(claims_of(f"{user}@house.example"), rights, SECRET, house, tenant_id=1).scope
        for user in (1, 2, 3, 4, 5)
    }
    assert scope[1] == scope[5]
    assert len(set(scope.values())) == 4  # the analyst sees everybody, and no names


def test_an_address_of_two_shops_leads_to_both_and_to_no_third(house: Release) -> None:
    rights = rights_of_house(TWO_SHOPS)
    claims = claims_of("12@house.example")
    people = people_of(claims, rights, SECRET, house)

    assert not isinstance(people, str)
    assert [(person.tenant_id, person.user_id) for person in people] == [(1, 12), (2, 12)]
    assert sign_in(claims, rights, SECRET, house, tenant_id=2).people == frozenset({12})
    assert codes.STAFF in sign_in(claims, rights, SECRET, house, tenant_id=1).permissions
    assert codes.SALES not in sign_in(claims, rights, SECRET, house, tenant_id=1).permissions
    with pytest.raises(PermissionError, match="nobody at tenant 3"):
        sign_in(claims, rights, SECRET, house, tenant_id=3)


@pytest.mark.parametrize(
    ("email", "rights", "refusal"),
    [
        ("99@house.example", RIGHTS, "unknown"),
        ("13@house.example", RIGHTS, "inactive"),
        ("11@house.example", rights_of_house(suspended=[1]), "suspended"),
        ("8@house.example", rights_of_house([(1, 8, None, "Io", "", True)]), "no_role"),
        ("8@house.example", rights_of_house([(9, 8, None, "Io", "owner", True)]), "suspended"),
    ],
    ids=["unknown", "inactive", "suspended", "without a role", "of a shop that is not shown"],
)
def test_who_may_see_nothing_is_told_why(
    house: Release, email: str, rights: Rights, refusal: str
) -> None:
    assert people_of(claims_of(email), rights, SECRET, house) == refusal
    with pytest.raises(PermissionError):
        sign_in(claims_of(email), rights, SECRET, house, tenant_id=1)


def test_active_staff_of_every_tenant_may_sign_in_to_the_demo_leaders_first(
    house: Release,
) -> None:
    users = demo_users(house, RIGHTS)
    assert [(user.tenant_name, user.full_name, user.role_codes) for user in users] == [
        ("Hudson & Vale", "Ada Frost", "owner"),
        ("Hudson & Vale", "Ben Ode", "sales"),
        ("Ngọc Lan", "Trần Thị Mai", "manager, owner"),
        ("Leer & Söhne", "Eva Leer", "owner"),
    ]


def test_the_demo_lets_see_what_its_roles_do(house: Release) -> None:
    principal = sign_in_demo(house, AT_THIS_MACHINE, RIGHTS, tenant_id=2, user_id=21)
    seller = sign_in_demo(house, AT_THIS_MACHINE, RIGHTS, tenant_id=1, user_id=12)

    assert (principal.tenant_id, principal.user_id, principal.people) == (2, 21, None)
    assert principal.is_demo
    assert (seller.permissions, seller.people) == (frozenset({codes.STAFF}), frozenset({12}))


@pytest.mark.parametrize(
    ("tenant_id", "user_id"),
    [(1, 13), (1, 99), (2, 11), (9, 11)],
    ids=["not active", "not there", "of another tenant", "no such tenant"],
)
def test_nobody_else_signs_in_to_the_demo(house: Release, tenant_id: int, user_id: int) -> None:
    with pytest.raises(PermissionError, match=f"User {user_id} of tenant {tenant_id}"):
        sign_in_demo(house, AT_THIS_MACHINE, RIGHTS, tenant_id=tenant_id, user_id=user_id)


def test_one_real_tenant_ends_the_demo_for_all(tmp_path: Path, semantic_manifest: Path) -> None:
    release = publish_house(Settings(home=tmp_path), semantic_manifest, is_demo=False)

    assert demo_refusal(release, AT_THIS_MACHINE) == "not_demo"
    assert demo_users(release, RIGHTS) == ()
    with pytest.raises(PermissionError, match="not_demo"):
        sign_in_demo(release, AT_THIS_MACHINE, RIGHTS, tenant_id=2, user_id=21)


@pytest.mark.parametrize(
    "request_context",
    [
        replace(AT_THIS_MACHINE, server_address=None),
        replace(AT_THIS_MACHINE, server_address=""),
        replace(AT_THIS_MACHINE, server_address="0.0.0.0"),
        replace(AT_THIS_MACHINE, remote_address="192.168.1.20"),
        replace(AT_THIS_MACHINE, remote_address=None),
        replace(AT_THIS_MACHINE, host="dashboards.example:8501"),
        replace(AT_THIS_MACHINE, host="localhost.example"),
        replace(AT_THIS_MACHINE, host=None),
        replace(AT_THIS_MACHINE, is_forwarded=True),
    ],
    ids=[
        "server's address unknown",
        "server's address empty",
        "server listens to everybody",
        "request from elsewhere",
        "request from nobody knows where",
        "asked for by another name",
        "asked for by a name that begins alike",
        "asked for by no name",
        "passed on by a proxy",
    ],
)
def test_away_from_this_machine_the_demo_is_refused(
    house: Release, request_context: RequestContext
) -> None:
    assert demo_refusal(house, request_context) == "not_loopback"
    with pytest.raises(PermissionError, match="not_loopback"):
        sign_in_demo(house, request_context, RIGHTS, tenant_id=1, user_id=11)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8501", "[::1]:8501", "127.0.0.2"])
def test_every_name_of_this_machine_will_do(house: Release, host: str) -> None:
    assert demo_refusal(house, replace(AT_THIS_MACHINE, host=host)) is None


def test_a_principal_cannot_be_made_elsewhere() -> None:
    with pytest.raises(PermissionError, match="signing in"):
        Principal(tenant_id=1, user_id=11, full_name="Eve", role_codes="owner", proof=object())
