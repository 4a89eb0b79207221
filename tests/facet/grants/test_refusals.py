"""What cannot be granted or taken away is named, and nothing is done."""

from collections.abc import Callable

import pytest

from facet.errors import BuildError, ConfigurationError, OperationalError
from facet.grants.applying import apply, changes
from facet.grants.readers import Readers
from tests.facet.grants.conftest import MARTS, Warehouse


def test_a_database_without_marts_is_named(empty_database: Callable[[], str]) -> None:
    with pytest.raises(BuildError, match=r"No marts in schema facet_served .*facet run"):
        apply(empty_database(), readers=Readers())


def test_a_role_that_may_not_create_roles_is_told_and_nothing_is_done(
    warehouse: Warehouse,
) -> None:
    warehouse.query("alter role {owner} nocreaterole")
    with pytest.raises(ConfigurationError, match=r"_owner may not create role .*CREATEROLE"):
        apply(warehouse.as_role(warehouse.owner), readers=warehouse.readers)
    assert warehouse.has_no_readers()
    assert warehouse.query("select from pg_policy") == []


def test_a_role_that_does_not_own_the_marts_is_told_who_does(warehouse: Warehouse) -> None:
    warehouse.query("create role {db}_guest login createrole")
    with pytest.raises(ConfigurationError, match=r"belong to \w+_owner"):
        apply(warehouse.as_role(f"{warehouse.name}_guest"), readers=warehouse.readers)


def test_what_only_a_superuser_may_take_away_is_named_and_nothing_is_done(
    warehouse: Warehouse,
) -> None:
    warehouse.query(
        "create table public.secrets (id bigint); grant select on public.secrets to public"
    )
    with pytest.raises(ConfigurationError, match=r"public\.secrets from public"):
        apply(warehouse.as_role(warehouse.owner), readers=warehouse.readers)
    assert warehouse.has_no_readers()


def test_a_reader_that_owns_something_is_named(warehouse: Warehouse) -> None:
    apply(warehouse.url, readers=warehouse.readers)
    warehouse.query("create table public.mine (id bigint); alter table public.mine owner to {one}")
    with pytest.raises(ConfigurationError, match=r"_reader_1 owns table public\.mine"):
        apply(warehouse.url, readers=warehouse.readers)


def test_readers_of_another_database_are_not_let_in(
    warehouse: Warehouse, empty_database: Callable[[], str]
) -> None:
    apply(warehouse.url, readers=warehouse.readers)
    another = Warehouse(url=empty_database(), name=warehouse.name)
    another.query(MARTS)
    with pytest.raises(ConfigurationError, match=rf"{warehouse.name} of this.*FACET_READER_ROLE"):
        apply(another.url, readers=warehouse.readers)


def test_what_somebody_else_granted_is_named_and_all_is_as_it_was(warehouse: Warehouse) -> None:
    apply(warehouse.url, readers=warehouse.readers)
    warehouse.query("create role {db}_dba login")
    warehouse.query(
        "create table public.secrets (id bigint);"
        " grant select on public.secrets to {db}_dba with grant option"
    )
    warehouse.query("grant select on public.secrets to {group}", role=f"{warehouse.name}_dba")
    with pytest.raises(ConfigurationError, match=r"revoke select on table public\.secrets"):
        apply(warehouse.url, readers=warehouse.readers)


def test_nobody_answering_is_told() -> None:
    with pytest.raises(OperationalError, match="Cannot connect"):
        changes("postgresql://nobody@127.0.0.1:1/facet", readers=Readers())
