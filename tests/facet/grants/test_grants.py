"""Roles of readers in a warehouse of two tenants: what is to be done, done, refused, undone."""

from pathlib import Path

import psycopg
import pytest
from typer import Typer
from typer.testing import CliRunner

from facet.config import Settings
from facet.grants import commands
from facet.grants.applying import apply, changes
from facet.lock import run_lock
from tests.facet.grants.conftest import Warehouse

_BUYERS = "select string_agg(distinct buyer, ' '), count(*) from facet_served.fct_sales"


@pytest.mark.parametrize("is_superuser", [True, False], ids=["superuser", "owner"])
def test_readers_read_their_own_once_it_is_done_and_nothing_is_left_to_do(
    warehouse: Warehouse, is_superuser: bool
) -> None:
    url = warehouse.url if is_superuser else warehouse.as_role(warehouse.owner)
    readers = warehouse.readers
    to_do = changes(url, readers=readers)
    assert changes(url, readers=readers) == to_do  # to look changes nothing
    assert warehouse.has_no_readers()

    assert apply(url, readers=readers) == to_do

    assert changes(url, readers=readers) == apply(url, readers=readers) == ()
    assert warehouse.query(_BUYERS, role=readers.of(1)) == [("Ann", 300)]
    assert warehouse.query(_BUYERS, role=readers.of(12)) == [("Bob", 100)]
    assert warehouse.query(_BUYERS, role=warehouse.owner) == [("Ann Bob", 400)]
    warehouse.query("drop policy facet_owner on facet_served.fct_sales")
    assert warehouse.query(_BUYERS, role=warehouse.owner) == [(None, 0)]


def test_readers_without_names_read_what_tells_of_nobody(warehouse: Warehouse) -> None:
    """Of tenant 12 Bob's amounts without his name; of a mart that nobody described, nothing."""
    shown = {"dim_tenants": ("tenant_id", "tenant_name"), "fct_sales": ("tenant_id", "amount")}
    warehouse.query("create table facet_served.fct_hours as table facet_served.fct_sales")
    warehouse.query("alter table facet_served.fct_hours owner to {owner}")
    unnamed = warehouse.readers.unnamed
    done = apply(warehouse.url, readers=warehouse.readers, shown=shown)
    assert changes(warehouse.url, readers=warehouse.readers, shown=shown) == ()
    assert (
        f'grant select (amount, tenant_id) on table facet_served.fct_sales to "{unnamed.group}"'
        in {change.statement for change in done}
    )

    summed = "select sum(amount), count(*) from facet_served.fct_sales"
    assert warehouse.query(summed, role=unnamed.of(1)) == [(45150, 300)]
    assert warehouse.query(summed, role=unnamed.of(12)) == [(35050, 100)]
    for hidden in (
        "select buyer from facet_served.fct_sales",
        "select count(*) from facet_served.fct_sales where buyer = 'Bob'",
        "select * from facet_served.fct_sales",
        "select count(*) from facet_served.fct_hours",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            warehouse.query(hidden, role=unnamed.of(12))
    assert warehouse.query(_BUYERS, role=warehouse.readers.of(12)) == [("Bob", 100)]

    # whoever granted them more, in whole or by a column, has it taken back
    for more in (
        "grant select on facet_served.fct_sales to {group}_unnamed",
        "grant select (buyer) on facet_served.fct_sales to {group}_unnamed_12",
    ):
        warehouse.query(more)
        apply(warehouse.url, readers=warehouse.readers, shown=shown)
        assert changes(warehouse.url, readers=warehouse.readers, shown=shown) == ()
        assert warehouse.query(summed, role=unnamed.of(12)) == [(35050, 100)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            warehouse.query("select buyer from facet_served.fct_sales", role=unnamed.of(12))


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
        "grant insert, update on facet_served.fct_sales to {group}",
        "select has_table_privilege('{one}', 'facet_served.fct_sales', 'insert, update')",
    ),
    "a_catalogue_of_values": (
        "grant select on pg_statistic to {group}",
        "select has_table_privilege('{one}', 'pg_statistic', 'select')",
    ),
    "a_function_with_its_owners_rights": (
        "create function public.peek() returns text language sql security definer"
        " as 'select max(buyer) from facet_served.fct_sales'",
        "select has_function_privilege('{one}', 'public.peek()', 'execute')",
    ),
    "a_view_with_its_owners_rights": (
        "create view facet_served.all_sales as select * from facet_served.fct_sales;"
        " grant select on facet_served.all_sales to {group}",
        "select has_table_privilege('{one}', 'facet_served.all_sales', 'select')",
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
        "alter default privileges for role {owner} in schema facet_served"
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
        "create policy everything on facet_served.fct_sales using (true)",
        "select count(*) <> 3 from pg_policies where tablename = 'fct_sales'",
    ),
    "another_condition": (
        "alter policy facet_reader on facet_served.fct_sales using (tenant_id > 0)",
        "select count(*) > 0 from pg_policies where qual ~ '>'",
    ),
    "no_security_of_rows": (
        "alter table facet_served.fct_sales no force row level security",
        "select not relforcerowsecurity from pg_class where relname = 'fct_sales'",
    ),
    "sampled_values": (
        "alter table facet_served.fct_sales alter column buyer set statistics 100;"
        " analyze facet_served.fct_sales",
        "select count(*) > 0 from pg_statistic where starelid = 'facet_served.fct_sales'::regclass",
    ),
}


@pytest.mark.parametrize(("surplus", "is_there"), _SURPLUS.values(), ids=_SURPLUS.keys())
def test_what_readers_should_not_have_is_taken_from_them(
    warehouse: Warehouse, surplus: str, is_there: str
) -> None:
    apply(warehouse.url, readers=warehouse.readers)
    warehouse.query(surplus)
    assert warehouse.query(is_there) == [(True,)]

    assert apply(warehouse.url, readers=warehouse.readers)

    assert warehouse.query(is_there) == [(False,)]
    assert changes(warehouse.url, readers=warehouse.readers) == ()
    assert warehouse.query(_BUYERS, role=warehouse.readers.of(1)) == [("Ann", 300)]


def test_a_reader_that_must_ask_for_its_groups_rights_gets_them(warehouse: Warehouse) -> None:
    for before in (
        "create role {one} login noinherit",
        "alter role {one} noinherit",
        "revoke {group} from {one}; alter role {one} noinherit; grant {group} to {one}",
    ):
        warehouse.query(before)
        apply(warehouse.url, readers=warehouse.readers)
        assert changes(warehouse.url, readers=warehouse.readers) == ()
    assert warehouse.query(_BUYERS, role=warehouse.readers.of(1)) == [("Ann", 300)]


def test_a_view_with_its_callers_rights_may_be_granted(warehouse: Warehouse) -> None:
    apply(warehouse.url, readers=warehouse.readers)
    warehouse.query(
        "create view facet_served.sales with (security_invoker)"
        " as select * from facet_served.fct_sales;"
        " grant select on facet_served.sales to {group}"
    )
    assert changes(warehouse.url, readers=warehouse.readers) == ()
    query = _BUYERS.replace("fct_sales", "sales")
    assert warehouse.query(query, role=warehouse.readers.of(1)) == [("Ann", 300)]


def test_a_plan_no_longer_tells_how_many_rows_others_have(warehouse: Warehouse) -> None:
    def estimates(role: str | None) -> set[str]:
        queries = (
            f"explain select * from facet_served.fct_sales where buyer = '{name}'"
            for name in ("Ann", "Bob", "Eve")
        )
        return {str(warehouse.query(query, role=role)[0][0]) for query in queries}

    assert len(estimates(None)) == 3
    apply(warehouse.url, readers=warehouse.readers)
    warehouse.query("analyze facet_served.fct_sales")
    assert len(estimates(warehouse.readers.of(12))) == 1


def test_a_new_mart_waits_for_its_policy(warehouse: Warehouse) -> None:
    apply(warehouse.url, readers=warehouse.readers)
    warehouse.query("create table facet_served.fct_more as table facet_served.fct_sales")
    query = _BUYERS.replace("fct_sales", "fct_more")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        warehouse.query(query, role=warehouse.readers.of(1))
    warehouse.query("grant select on facet_served.fct_more to {group}")
    assert [
        change.statement.partition(" ")[0]
        for change in apply(warehouse.url, readers=warehouse.readers)
    ] == ["alter", "alter", "create", "create", "create"]
    assert warehouse.query(query, role=warehouse.readers.of(1)) == [("Ann", 300)]


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
    assert warehouse.has_no_readers()
    with run_lock(Settings(home=tmp_path)):
        assert getattr(run(app, ["--apply"]).exception, "exit_code", None) == 7
    assert warehouse.has_no_readers()
    assert run(app, ["--apply"]).stdout == shown.stdout
    assert run(app, []).stdout == ""
