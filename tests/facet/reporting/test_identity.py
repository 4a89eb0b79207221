"""Who may sign in to the demo, and where."""

from dataclasses import replace
from pathlib import Path

import pytest

from facet.config import Settings
from facet.release import Release
from facet.reporting.identity import (
    Principal,
    Surroundings,
    demo_refusal,
    demo_users,
    sign_in_demo,
)
from tests.facet.reporting.fixtures import AT_THIS_MACHINE
from tests.facet.reporting.house import publish_house


def test_active_staff_of_every_tenant_may_sign_in_leaders_first(house: Release) -> None:
    assert [(user.tenant_name, user.full_name, user.role_codes) for user in demo_users(house)] == [
        ("Hudson & Vale", "Ada Frost", "owner"),
        ("Hudson & Vale", "Ben Ode", "sales"),
        ("Ngọc Lan", "Trần Thị Mai", "manager, owner"),
        ("Leer & Söhne", "Eva Leer", "owner"),
    ]


def test_signing_in_makes_a_principal_of_that_tenant(house: Release) -> None:
    principal = sign_in_demo(house, AT_THIS_MACHINE, tenant_id=2, user_id=21)

    assert (principal.tenant_id, principal.user_id, principal.scope) == (2, 21, "tenant")
    assert principal.is_demo


@pytest.mark.parametrize(
    ("tenant_id", "user_id"),
    [(1, 13), (1, 99), (2, 11), (9, 11)],
    ids=["not active", "not there", "of another tenant", "no such tenant"],
)
def test_nobody_else_signs_in(house: Release, tenant_id: int, user_id: int) -> None:
    with pytest.raises(PermissionError, match=f"User {user_id} of tenant {tenant_id}"):
        sign_in_demo(house, AT_THIS_MACHINE, tenant_id=tenant_id, user_id=user_id)


def test_one_real_tenant_ends_the_demo_for_all(tmp_path: Path, semantic_manifest: Path) -> None:
    release = publish_house(Settings(home=tmp_path), semantic_manifest, is_demo=False)

    assert demo_refusal(release, AT_THIS_MACHINE) == "not_demo"
    assert demo_users(release) == ()
    with pytest.raises(PermissionError, match="not_demo"):
        sign_in_demo(release, AT_THIS_MACHINE, tenant_id=2, user_id=21)


def test_a_damaged_file_keeps_its_own_tenant_out_and_no_other(
    tmp_path: Path, semantic_manifest: Path
) -> None:
    release = publish_house(Settings(home=tmp_path), semantic_manifest)
    damaged = release.file_of(2)
    damaged.chmod(0o644)
    damaged.write_bytes(b"not a database")

    assert {user.tenant_id for user in demo_users(release)} == {1, 3}
    with pytest.raises(PermissionError, match="User 21 of tenant 2"):
        sign_in_demo(release, AT_THIS_MACHINE, tenant_id=2, user_id=21)


@pytest.mark.parametrize(
    "surroundings",
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
    house: Release, surroundings: Surroundings
) -> None:
    assert demo_refusal(house, surroundings) == "not_loopback"
    with pytest.raises(PermissionError, match="not_loopback"):
        sign_in_demo(house, surroundings, tenant_id=1, user_id=11)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8501", "[::1]:8501", "127.0.0.2"])
def test_every_name_of_this_machine_will_do(house: Release, host: str) -> None:
    assert demo_refusal(house, replace(AT_THIS_MACHINE, host=host)) is None


def test_a_principal_cannot_be_made_elsewhere() -> None:
    with pytest.raises(PermissionError, match="signing in"):
        Principal(tenant_id=1, user_id=11, full_name="Eve", role_codes="owner", proof=object())
