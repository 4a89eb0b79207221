"""Roles of readers in a warehouse of two tenants: what is to be done, done, refused, undone."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from typer import Typer
from typer.testing import CliRunner

from facet.config import Settings
from facet.errors import BuildError, ConfigurationError, OperationalError
from facet.grants import commands
from facet.grants.applying import apply, changes
from facet.grants.readers import Readers
from facet.lock import run_lock

#: As it was built before there were policies, and sampled; tenant 1 has rows that nobody else has.
_MARTS = """
create schema facet_marts;
create table facet_marts.dim_tenants (tenant_id bigint not null, tenant_name text not null);
create table facet_marts.fct_sales (tenant_id bigint not null, buyer text, amount numeric(18, 2));
insert into facet_marts.dim_tenants values (1, 'One'), (12, 'Twelve');
insert into facet_marts.fct_sales
select case when n <= 300 then 1 else 12 end, case when n <= 300 then 'Ann' else 'Bob' end, n
from generate_series(1, 400) as n;
analyze facet_marts.fct_sales;
"""


@dataclass(frozen=True, kw_only=True)
class Warehouse:
    """A database with marts; roles are called after it, for they are the server's."""

    url: str
    name: str

    @property
    def readers(self) -> Readers:
        return Readers(group=f"{self.name}_reader")

    @property
    def owner(self) -> str:
        """An ordinary role that owns the marts and may create roles."""
        return f"{self.name}_owner"

    def as_role(self, role: str) -> str:
        return make_conninfo(self.url, user=role)

    def ask(self, query: str, *, role: str | None = None) -> list[tuple[Any, ...]]:
        url = self.as_role(role) if role else self.url
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(query.format(**self._names()).encode())
            return cursor.fetchall() if cursor.description else []

    def _names(self) -> dict[str, str]:
        group = self.readers.group
        return {"group": group, "one": f"{group}_1", "owner": self.owner, "db": self.name}


@pytest.fixture
def warehouse(empty_database: Callable[[], str]) -> Warehouse:
    url = empty_database()
    found = Warehouse(url=url, name=str(conninfo_to_dict(url)["dbname"]))
    found.ask("create role {owner} login createrole")
    found.ask("grant create on database {db} to {owner}")
    found.ask(_MARTS, role=found.owner)
    return found


_BUYERS = "select string_agg(distinct buyer, ' '), count(*) from facet_marts.fct_sales"


@pytest.mark.parametrize("is_superuser", [True, False], ids=["superuser", "owner"])
def test_readers_read_their_own_once_it_is_done_and_nothing_is_left_to_do(
    warehouse: Warehouse, is_superuser: bool
) -> None:
    url = warehouse.url if is_superuser else warehouse.as_role(warehouse.owner)
    readers = warehouse.readers
    to_do = changes(url, readers=readers)
    assert changes(url, readers=readers) == to_do  # to look changes nothing
    assert warehouse.ask("select from pg_roles where rolname ~ '^{group}'") == []

    assert apply(url, readers=readers) == to_do

    assert changes(url, readers=readers) == apply(url, readers=readers) == ()
    assert warehouse.ask(_BUYERS, role=readers.of(1)) == [("Ann", 300)]
    assert warehouse.ask(_BUYERS, role=readers.of(12)) == [("Bob", 100)]
    assert warehouse.ask(_BUYERS, role=warehouse.owner) == [("Ann Bob", 400)]
    warehouse.ask("drop policy facet_owner on facet_marts.fct_sales")
    assert warehouse.ask(_BUYERS, role=warehouse.owner) == [(None, 0)]


#: What somebody granted or changed, and what tells that it is undone.
_SURPLUS = {
    "a_table_for_everybody": (
        "create table public.secrets (id bigint); grant select on public.secrets to public",
        "select has_table_privilege('{one}', 'public.secrets', 'select')",
    ),
    "a_column_for_readers": (
        "create table public.secrets (id bigint); grant select (id) on public.secrets to {group}",
        "select has_column_privilege('{one}', 'public.secrets', 'id', 'select')",
    ),
    "a_sequence_for_one_reader": (
        "create sequence public.numbers; grant select on public.numbers to {one}",
        "select has_sequence_privilege('{one}', 'public.numbers', 'select')",
    ),
    "writing_marts": (
        "grant insert, update on facet_marts.fct_sales to {group}",
        "select has_table_privilege('{one}', 'facet_marts.fct_sales', 'insert, update')",
    ),
    "a_catalogue_of_values": (
        "grant select on pg_statistic to {group}",
        "select has_table_privilege('{one}', 'pg_statistic', 'select')",
    ),
    "a_function_with_its_owners_rights": (
        "create function public.peek() returns text language sql security definer"
        " as 'select max(buyer) from facet_marts.fct_sales'",
        "select has_function_privilege('{one}', 'public.peek()', 'execute')",
    ),
    "a_view_with_its_owners_rights": (
        "create view facet_marts.all_sales as select * from facet_marts.fct_sales;"
        " grant select on facet_marts.all_sales to {group}",
        "select has_table_privilege('{one}', 'facet_marts.all_sales', 'select')",
    ),
    "a_place_to_create": (
        "grant create on schema public to public; grant create on database {db} to {one}",
        "select has_schema_privilege('{one}', 'public', 'create')"
        " or has_database_privilege('{one}', '{db}', 'create')",
    ),
    "another_schema": (
        "create schema facet_staging; grant usage on schema facet_staging to {group}",
        "select has_schema_privilege('{one}', 'facet_staging', 'usage')",
    ),
    "what_is_yet_to_come": (
        "alter default privileges for role {owner} in schema facet_marts"
        " grant select on tables to public; alter default privileges grant all on tables to {one}",
        "select count(*) > 0 from pg_default_acl",
    ),
    "another_role": (
        "grant pg_read_all_data to {one}",
        "select pg_has_role('{one}', 'pg_read_all_data', 'member')",
    ),
    "another_tenants_role": (
        "grant {group}_12 to {one}",
        "select pg_has_role('{one}', '{group}_12', 'member')",
    ),
    "a_power": (
        "alter role {one} bypassrls createrole",
        "select rolbypassrls or rolcreaterole from pg_roles where rolname = '{one}'",
    ),
    "a_login_of_the_group": (
        "alter role {group} login",
        "select rolcanlogin from pg_roles where rolname = '{group}'",
    ),
    "a_tenant_that_is_gone": (
        "create role {group}_77 login in role {group}",
        "select pg_has_role('{group}_77', '{group}', 'member')",
    ),
    "a_policy_for_all": (
        "create policy everything on facet_marts.fct_sales using (true)",
        "select count(*) <> 2 from pg_policies where tablename = 'fct_sales'",
    ),
    "another_condition": (
        "alter policy facet_reader on facet_marts.fct_sales using (tenant_id > 0)",
        "select count(*) > 0 from pg_policies where qual ~ '>'",
    ),
    "no_security_of_rows": (
        "alter table facet_marts.fct_sales no force row level security",
        "select not relforcerowsecurity from pg_class where relname = 'fct_sales'",
    ),
    "sampled_values": (
        "alter table facet_marts.fct_sales alter column buyer set statistics 100;"
        " analyze facet_marts.fct_sales",
        "select count(*) > 0 from pg_statistic where starelid = 'facet_marts.fct_sales'::regclass",
    ),
}


@pytest.mark.parametrize(("surplus", "is_there"), _SURPLUS.values(), ids=_SURPLUS.keys())
def test_what_readers_should_not_have_is_taken_from_them(
    warehouse: Warehouse, surplus: str, is_there: str
) -> None:
    apply(warehouse.url, readers=warehouse.readers)
    warehouse.ask(surplus)
    assert warehouse.ask(is_there) == [(True,)]

    assert apply(warehouse.url, readers=warehouse.readers)

    assert warehouse.ask(is_there) == [(False,)]
    assert changes(warehouse.url, readers=warehouse.readers) == ()
    assert warehouse.ask(_BUYERS, role=warehouse.readers.of(1)) == [("Ann", 300)]


def test_a_reader_that_must_ask_for_its_groups_rights_gets_them(warehouse: Warehouse) -> None:
    for before in (
        "create role {one} login noinherit",
        "alter role {one} noinherit",
        "revoke {group} from {one}; alter role {one} noinherit; grant {group} to {one}",
    ):
        warehouse.ask(before)
        apply(warehouse.url, readers=warehouse.readers)
        assert changes(warehouse.url, readers=warehouse.readers) == ()
    assert warehouse.ask(_BUYERS, role=warehouse.readers.of(1)) == [("Ann", 300)]


def test_a_view_with_its_callers_rights_may_be_granted(warehouse: Warehouse) -> None:
    apply(warehouse.url, readers=warehouse.readers)
    warehouse.ask(
        "create view facet_marts.sales with (security_invoker)"
        " as select * from facet_marts.fct_sales;"
        " grant select on facet_marts.sales to {group}"
    )
    assert changes(warehouse.url, readers=warehouse.readers) == ()
    query = _BUYERS.replace("fct_sales", "sales")
    assert warehouse.ask(query, role=warehouse.readers.of(1)) == [("Ann", 300)]


def test_a_plan_no_longer_tells_how_many_rows_others_have(warehouse: Warehouse) -> None:
    def estimates(role: str | None) -> set[str]:
        queries = (
            f"explain select * from facet_marts.fct_sales where buyer = '{name}'"
            for name in ("Ann", "Bob", "Eve")
        )
        return {str(warehouse.ask(query, role=role)[0][0]) for query in queries}

    assert len(estimates(None)) == 3
    apply(warehouse.url, readers=warehouse.readers)
    warehouse.ask("analyze facet_marts.fct_sales")
    assert len(estimates(warehouse.readers.of(12))) == 1


def test_a_new_mart_waits_for_its_policy(warehouse: Warehouse) -> None:
    apply(warehouse.url, readers=warehouse.readers)
    warehouse.ask("create table facet_marts.fct_more as table facet_marts.fct_sales")
    query = _BUYERS.replace("fct_sales", "fct_more")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        warehouse.ask(query, role=warehouse.readers.of(1))
    warehouse.ask("grant select on facet_marts.fct_more to {group}")
    assert [
        change.statement.partition(" ")[0]
        for change in apply(warehouse.url, readers=warehouse.readers)
    ] == ["alter", "alter", "create", "create"]
    assert warehouse.ask(query, role=warehouse.readers.of(1)) == [("Ann", 300)]


def _nothing_was_done(warehouse: Warehouse) -> bool:
    return warehouse.ask("select from pg_roles where rolname ~ '^{group}'") == []


def test_a_database_without_marts_is_named(empty_database: Callable[[], str]) -> None:
    with pytest.raises(BuildError, match=r"No marts in schema facet_marts .*facet run"):
        apply(empty_database(), readers=Readers())


def test_a_role_that_may_not_create_roles_is_told_and_nothing_is_done(
    warehouse: Warehouse,
) -> None:
    warehouse.ask("alter role {owner} nocreaterole")
    with pytest.raises(ConfigurationError, match=r"_owner may not create role .*CREATEROLE"):
        apply(warehouse.as_role(warehouse.owner), readers=warehouse.readers)
    assert _nothing_was_done(warehouse)
    assert warehouse.ask("select from pg_policy") == []


def test_a_role_that_does_not_own_the_marts_is_told_who_does(warehouse: Warehouse) -> None:
    warehouse.ask("create role {db}_guest login createrole")
    with pytest.raises(ConfigurationError, match=r"belong to \w+_owner"):
        apply(warehouse.as_role(f"{warehouse.name}_guest"), readers=warehouse.readers)


def test_what_only_a_superuser_may_take_away_is_named_and_nothing_is_done(
    warehouse: Warehouse,
) -> None:
    warehouse.ask(
        "create table public.secrets (id bigint); grant select on public.secrets to public"
    )
    with pytest.raises(ConfigurationError, match=r"public\.secrets from public"):
        apply(warehouse.as_role(warehouse.owner), readers=warehouse.readers)
    assert _nothing_was_done(warehouse)


def test_a_reader_that_owns_something_is_named(warehouse: Warehouse) -> None:
    apply(warehouse.url, readers=warehouse.readers)
    warehouse.ask("create table public.mine (id bigint); alter table public.mine owner to {one}")
    with pytest.raises(ConfigurationError, match=r"_reader_1 owns table public\.mine"):
        apply(warehouse.url, readers=warehouse.readers)


def test_readers_of_another_database_are_not_let_in(
    warehouse: Warehouse, empty_database: Callable[[], str]
) -> None:
    apply(warehouse.url, readers=warehouse.readers)
    another = Warehouse(url=empty_database(), name=warehouse.name)
    another.ask(_MARTS)
    with pytest.raises(ConfigurationError, match=rf"{warehouse.name} of this.*FACET_READER_ROLE"):
        apply(another.url, readers=warehouse.readers)


def test_what_somebody_else_granted_is_named_and_all_is_as_it_was(warehouse: Warehouse) -> None:
    apply(warehouse.url, readers=warehouse.readers)
    warehouse.ask("create role {db}_dba login")
    warehouse.ask(
        "create table public.secrets (id bigint);"
        " grant select on public.secrets to {db}_dba with grant option"
    )
    warehouse.ask("grant select on public.secrets to {group}", role=f"{warehouse.name}_dba")
    with pytest.raises(ConfigurationError, match=r"revoke select on table public\.secrets"):
        apply(warehouse.url, readers=warehouse.readers)


def test_nobody_answering_is_told() -> None:
    with pytest.raises(OperationalError, match="Cannot connect"):
        changes("postgresql://nobody@127.0.0.1:1/facet", readers=Readers())


def test_the_command_shows_the_sql_and_waits_for_a_run_before_it_does_it(
    warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACET_HOME", str(tmp_path))
    monkeypatch.setenv("FACET_OPERATIONAL_URL", warehouse.url)
    monkeypatch.setenv("FACET_READER_ROLE", warehouse.readers.group)
    app = Typer()
    commands.register(app)
    run = CliRunner().invoke

    shown = run(app, [])
    assert shown.exit_code == 0
    assert f'create role "{warehouse.readers.of(12)}" login;  -- ' in shown.stdout
    assert _nothing_was_done(warehouse)
    with run_lock(Settings(home=tmp_path)):
        assert getattr(run(app, ["--apply"]).exception, "exit_code", None) == 7
    assert _nothing_was_done(warehouse)
    assert run(app, ["--apply"]).stdout == shown.stdout
    assert run(app, []).stdout == ""
