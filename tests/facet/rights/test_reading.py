"""Rights as the CRM has them, for two tenants whose people and roles have the same names."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from facet.config import Settings
from facet.errors import OperationalError
from facet.rights import codes
from facet.rights.document import FILE_NAME, Person, Rights, RightsError, newest, to_json
from facet.rights.installing import install
from facet.rights.keys import email_key, secret_of
from facet.rights.reading import read_rights, refresh

#: Tenant 1: Ada leads Ben, who leads Cy; Dee left; Eve shares an address; Max and Mia lead each
#: other. Tenant 2: Ada again, under another id; the shop is suspended. Fay has a role of nothing.
_ROWS = """
insert into sys_tenants (id, name, slug, status)
values (1, 'One', 'one', 'active'), (2, 'Two', 'two', 'suspended');
insert into auth_users (id, email) values (1, ' Ada@Shop.example'), (2, 'ben@shop.example');
insert into sys_users (id, tenant_id, auth_user_id, email, full_name, manager_id, is_active)
values
    (11, 1, 1, 'old@shop.example', 'Ada', null, true), (12, 1, 2, null, 'Ben', 11, true),
    (13, 1, null, 'cy@shop.example', 'Cy', 12, true),
    (14, 1, null, 'dee@shop.example', 'Dee', 12, false),
    (15, 1, null, 'eve@shop.example', 'Eve', 11, true),
    (16, 1, null, 'EVE@shop.example ', 'Eva', 11, true),
    (17, 1, null, 'max@shop.example', 'Max', null, true),
    (18, 1, null, null, 'Mia', 17, true), (19, 1, null, 'fay@shop.example', null, 11, true),
    (21, 2, 1, null, 'Ada', null, true);
update sys_users set manager_id = 18 where id = 17;
insert into sys_roles (id, tenant_id, code, name, deleted_at)
values
    (1, 1, 'owner', 'Owner', null), (2, 1, 'sales', 'Sales', null), (3, 1, 'idle', 'Idle', null),
    (4, 1, 'gone', 'Gone', now()), (5, 2, 'owner', 'Owner', null);
insert into sys_permissions (id, code)
values (101, 'orders.edit'), (102, 'facet.staff'), (103, 'facet.unheard_of'), (104, 'facet.export');
insert into sys_role_permissions (role_id, permission_id)
values (1, 101), (1, 102), (1, 103), (2, 102), (4, 104), (5, 104);
insert into sys_user_roles (tenant_id, user_id, role_id)
values (1, 11, 1), (1, 11, 2), (1, 12, 2), (1, 12, 4), (1, 19, 3), (2, 21, 5);
"""


@pytest.fixture
def url(operational_database: Callable[[], str]) -> str:
    url = operational_database()
    with psycopg.connect(url) as connection:
        connection.execute(_ROWS)
    return url


def settings_of(home: Path) -> Settings:
    return Settings(home=home)


def person(rights: Rights, tenant_id: int, user_id: int) -> Person:
    found = rights.person(tenant_id, user_id)
    assert found is not None
    return found


def test_permissions_are_the_union_of_the_roles_that_are_there(tmp_path: Path, url: str) -> None:
    rights = read_rights(settings_of(tmp_path), url)

    assert person(rights, 1, 11).permissions == {codes.STAFF}  # not what Facet does not know
    assert person(rights, 1, 11).role_codes == "owner, sales"
    assert person(rights, 1, 12).permissions == {codes.STAFF}  # the deleted role gave export
    assert person(rights, 1, 19).permissions == frozenset()
    assert person(rights, 1, 19).role_codes == "idle"
    assert person(rights, 2, 21).permissions == {codes.EXPORT}


def test_the_people_under_one_are_found_at_any_depth_and_in_a_circle(
    tmp_path: Path, url: str
) -> None:
    rights = read_rights(settings_of(tmp_path), url)

    assert person(rights, 1, 11).people == {11, 12, 13, 14, 15, 16, 19}
    assert person(rights, 1, 13).people == {13}
    assert person(rights, 1, 17).people == person(rights, 1, 18).people == {17, 18}
    assert person(rights, 2, 21).people == {21}


def test_an_address_leads_to_one_person_of_each_tenant_or_to_nobody(
    tmp_path: Path, url: str
) -> None:
    settings = settings_of(tmp_path)
    rights = read_rights(settings, url)

    def led_to(email: str) -> set[tuple[int, int]]:
        key = email_key(secret_of(settings), email)
        return {(person.tenant_id, person.user_id) for person in rights.of_key(key)}

    assert led_to("ada@shop.example") == {(1, 11), (2, 21)}
    assert led_to("old@shop.example") == set()  # the identity's address counts
    assert led_to("CY@shop.example") == {(1, 13)}
    assert led_to("eve@shop.example") == set()  # two people share it
    assert led_to("") == set()
    assert [shop.is_active for shop in rights.shops] == [True, False]


def test_no_address_is_kept(tmp_path: Path, url: str) -> None:
    settings = settings_of(tmp_path)
    refresh(settings, url)

    kept = (settings.rights_dir / FILE_NAME).read_text()
    assert "Ada" in kept
    assert "@" not in kept
    assert "shop.example" not in kept.lower()
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_what_was_revoked_is_gone_with_the_next_refresh(tmp_path: Path, url: str) -> None:
    settings = settings_of(tmp_path)
    refresh(settings, url)
    before = newest(tmp_path / "none", settings.rights_dir, max_age=timedelta(days=1))
    with psycopg.connect(url) as connection:
        connection.execute("delete from sys_user_roles where user_id = 12")
    refresh(settings, url)
    after = newest(tmp_path / "none", settings.rights_dir, max_age=timedelta(days=1))

    assert person(before, 1, 12).permissions == {codes.STAFF}
    assert person(after, 1, 12).permissions == frozenset()
    assert person(after, 1, 11).permissions == {codes.STAFF}


def test_rights_that_are_too_old_or_unreadable_let_nobody_in(tmp_path: Path, url: str) -> None:
    settings = settings_of(tmp_path)
    with pytest.raises(RightsError, match="facet rights refresh"):
        newest(settings.rights_dir, max_age=timedelta(days=1))
    taken_at = refresh(settings, url).taken_at
    later = taken_at + timedelta(minutes=5, seconds=1)
    with pytest.raises(RightsError, match="last known at"):
        newest(settings.rights_dir, now=later, max_age=timedelta(minutes=5))
    (settings.rights_dir / FILE_NAME).write_text('{"taken_at"')
    with pytest.raises(RightsError, match="of another version of Facet"):
        newest(settings.rights_dir, max_age=timedelta(days=1))


def test_rights_of_a_clock_that_ran_ahead_do_not_hide_what_was_revoked(
    tmp_path: Path, url: str
) -> None:
    settings = settings_of(tmp_path)
    ahead = refresh(settings, url)
    release = tmp_path / "release"
    release.mkdir()
    a_month_later = replace(ahead, taken_at=ahead.taken_at + timedelta(days=30))
    (release / FILE_NAME).write_text(to_json(a_month_later))
    with psycopg.connect(url) as connection:
        connection.execute("delete from sys_user_roles where user_id = 12")
    refresh(settings, url)

    now = newest(release, settings.rights_dir, max_age=timedelta(days=1))
    assert person(now, 1, 12).permissions == frozenset()
    (settings.rights_dir / FILE_NAME).unlink()
    with pytest.raises(RightsError, match="a moment that is yet to come"):
        newest(release, settings.rights_dir, max_age=timedelta(days=1))


def test_a_database_that_does_not_answer_leaves_what_was_known(tmp_path: Path, url: str) -> None:
    settings = settings_of(tmp_path)
    refresh(settings, url)
    kept = (settings.rights_dir / FILE_NAME).read_bytes()
    with pytest.raises(OperationalError):
        refresh(settings, "postgresql://nobody@127.0.0.1:1/none")
    assert (settings.rights_dir / FILE_NAME).read_bytes() == kept


def test_installing_adds_what_is_missing_and_changes_nothing_else(tmp_path: Path, url: str) -> None:
    assert install(url, with_defaults=True) == len(codes.PERMISSIONS) - 2
    assert install(url, with_defaults=True) == 0

    rights = read_rights(settings_of(tmp_path), url)
    assert person(rights, 1, 11).permissions == codes.CODES - {codes.EXPORT}  # export was there
    assert person(rights, 1, 12).permissions == {codes.STAFF}
    assert person(rights, 2, 21).permissions == codes.CODES - {codes.STAFF}
