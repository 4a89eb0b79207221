"""Creating the schema: once, again, beside other tables, and where it cannot be."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
import typer
from typer.testing import CliRunner

from facet.errors import ConfigurationError, OperationalError
from facet.operational import commands, connection, create
from facet.operational.schema import table_names

#: Every row that describes an object of the schema, with the transaction that wrote it.
SNAPSHOT = """
    with objects as (
        select oid from pg_class where relnamespace = to_regnamespace('public')
        union all
        select oid from pg_constraint where connamespace = to_regnamespace('public')
        union all
        select oid from pg_proc where pronamespace = to_regnamespace('public')
    )
    select 'class', oid::text, xmin::text from pg_class where oid in (table objects)
    union all
    select 'constraint', oid::text, xmin::text from pg_constraint where oid in (table objects)
    union all
    select 'function', oid::text, xmin::text from pg_proc where oid in (table objects)
    union all
    select 'column', attrelid || '.' || attnum, xmin::text from pg_attribute
    where attrelid in (table objects)
    union all
    select 'trigger', oid::text, xmin::text from pg_trigger where tgrelid in (table objects)
    union all
    select 'comment', objoid || '.' || objsubid, xmin::text from pg_description
    where objoid in (table objects)
    union all
    select 'schema', oid::text, nspname from pg_namespace
    where nspname not like 'pg\\_%'
    order by 1, 2
"""


def _query(url: str, statement: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as session:
        return session.execute(statement.encode()).fetchall()


def _execute(url: str, statement: str) -> None:
    with psycopg.connect(url) as session:
        session.execute(statement.encode())


def test_creating_twice_changes_nothing(empty_database: Callable[[], str]) -> None:
    url = empty_database()
    first = create(url)
    assert (first.created, first.stood) == (table_names(), ())
    before = _query(url, SNAPSHOT)
    assert len(before) > 2_000
    second = create(url)
    assert (second.created, second.stood) == ((), table_names())
    assert _query(url, SNAPSHOT) == before


def test_only_what_is_missing_is_added(operational_database: Callable[[], str]) -> None:
    url = operational_database()
    _execute(
        url,
        "drop table stock_history; drop trigger set_updated_at on orders;"
        " drop index orders_by_customer_id; comment on table orders is 'Ours';",
    )
    report = create(url)
    assert report.created == ("stock_history",)
    assert _query(
        url,
        """
        select to_regclass('orders_by_customer_id') is not null,
            obj_description('orders'::regclass),
            (select count(*) from pg_trigger
                where tgrelid = 'orders'::regclass and tgname = 'set_updated_at')
        """,
    ) == [(True, "Ours", 1)]


def test_another_schema_is_created_beside(empty_database: Callable[[], str]) -> None:
    url = empty_database()
    create(url, schema='the "CRM"')
    counts = dict(
        _query(
            url,
            "select schemaname, count(*) from pg_tables where schemaname !~ '^(pg_|inf)'"
            " group by schemaname",
        )
    )
    assert counts == {'the "CRM"': len(table_names())}


def test_a_table_of_the_same_name_with_other_columns_is_refused_and_nothing_changes(
    empty_database: Callable[[], str],
) -> None:
    url = empty_database()
    _execute(url, "create table product (id integer, tenant_id bigint, sku text)")
    with pytest.raises(OperationalError) as caught:
        create(url)
    assert "public.product.id is integer (needed: bigint)" in caught.value.why
    assert "public.product.name is missing (needed: text)" in caught.value.why
    assert _query(url, "select relname from pg_class where relnamespace = 'public'::regnamespace"
                  " and relkind = 'r'") == [("product",)]  # fmt: skip


def test_a_missing_privilege_is_named(empty_database: Callable[[], str]) -> None:
    url = empty_database()
    _execute(url, "drop role if exists visitor; create role visitor login")
    with pytest.raises(OperationalError, match="visitor may not create it: permission denied"):
        create(url.replace("postgres@", "visitor@"))


def test_an_old_server_is_refused(
    operational_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "MINIMUM_VERSION", 99)
    with pytest.raises(OperationalError, match=r"It is PostgreSQL \d+; Facet needs 99 or later"):
        create(operational_database())


def test_an_unreachable_server_is_named_without_the_password() -> None:
    with pytest.raises(OperationalError, match="Cannot connect to") as caught:
        create("postgresql://me:secret@/x?host=/nowhere")
    assert "secret" not in str(caught.value)


def test_what_is_no_address_is_a_setting_that_is_wrong() -> None:
    with pytest.raises(ConfigurationError, match="not the address of a PostgreSQL database"):
        create("nonsense")


def test_the_command_says_what_it_did(empty_database: Callable[[], str]) -> None:
    app = typer.Typer()
    commands.register(app)
    app.callback()(lambda: None)
    result = CliRunner().invoke(app, ["operational", "create", "--url", empty_database()])
    assert result.output == f"Schema public: {len(table_names())} tables created, 0 stood.\n"
