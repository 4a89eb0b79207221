"""Damage done to a database appears in its scorecard as exactly that, and nothing else does."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner

from facet.errors import OperationalError, QualityError
from facet.operational import catalogue, commands, scorecard
from facet.operational.connection import reader
from facet.operational.schema import catalogue_of_files, table_names

Connection = psycopg.Connection[tuple[Any, ...]]
#: Measure, table, item, problem, rows.
Found = tuple[str, str, str, str, int | None]

_ROWS = """
    insert into sys_tenants (id, name, slug) values (1, 'One', 'one'), (2, 'Two', 'two');
    insert into category (id, tenant_id, name) values (1, 1, 'Rings'), (2, 2, 'Rings');
    insert into product (id, tenant_id, sku, name, description) values
        (1, 1, 'A-1', 'Ring, gold', 'Gold, jade, silver'),
        (2, 2, 'A-1', 'Ring, gold', 'Gold, jade and silver'), (3, 1, 'A-2', 'Small box', null);
    insert into product_category (tenant_id, product_id, category_id) values (1, 1, 1), (2, 2, 2);
    insert into crm_personal_keys (id, tenant_id, full_name)
    values (1, 1, 'Nguyễn, An'), (2, 2, 'Bo');
    insert into crm_customers (id, tenant_id, personal_key_id) values (1, 1, 1), (2, 2, 2);
    insert into crm_personal_addresses (tenant_id, personal_key_id, line1, city) values
        (1, 1, '12 Lê Lợi, Bến Nghé, Quận 1', 'Huế'), (2, 2, '1,5,9 Main Street', 'Paris, Texas');
    insert into orders (id, tenant_id, order_number, customer_id, ordered_at, currency_code) values
        (1, 1, 'O-1', 1, now(), 'VND'), (2, 2, 'O-1', 2, now(), 'VND');
    insert into order_items (id, tenant_id, order_id, product_id, quantity, unit_price) values
        (1, 1, 1, 1, 2, 100), (2, 1, 1, 3, 1, 50), (3, 2, 2, 2, 1, 100);
"""
#: As data gets in that PostgreSQL would refuse: a replica, a load with triggers off.
_UNCHECKED = "set local session_replication_role = replica;"

DAMAGES: dict[str, tuple[str, list[Found]]] = {
    "a table dropped": (
        "drop table crm_customers cascade",
        [("existence", "crm_customers", "", "does not exist", None)],
    ),
    "a column dropped": (
        "alter table order_items drop column variant_id",
        [("existence", "order_items", "variant_id", "does not exist", None)],
    ),
    "a foreign key dropped": (
        "alter table orders drop constraint orders_tenant_id_customer_id_fkey",
        [
            ("foreign_keys", "orders", "customer_id",
             "is not declared as a foreign key to crm_customers", None),
        ],
    ),
    "a foreign key not validated": (
        """
        alter table order_items drop constraint order_items_tenant_id_order_id_fkey;
        alter table order_items add foreign key (tenant_id, order_id)
            references orders (tenant_id, id) on delete cascade not valid
        """,
        [
            ("foreign_keys", "order_items", "order_id",
             "is declared as a foreign key to orders, but not validated", None),
        ],
    ),
    "a check not enforced": (
        """
        alter table sys_tenants drop constraint sys_tenants_week_start_check;
        alter table sys_tenants add check (week_start between 1 and 7) not enforced
        """,
        [
            ("constraints", "sys_tenants", "CHECK (((week_start >= 1) AND (week_start <= 7)))",
             "is not in force", None),
        ],
    ),
    "a not-null not validated": (
        """
        alter table sys_tenants alter column slug drop not null;
        update sys_tenants set slug = null where id = 2;
        alter table sys_tenants add constraint has_slug not null slug not valid
        """,
        [("constraints", "sys_tenants", "slug", "may be null", None)],
    ),
    "what deleting does changed": (
        """
        alter table order_items drop constraint order_items_tenant_id_order_id_fkey;
        alter table order_items add foreign key (tenant_id, order_id)
            references orders (tenant_id, id)
        """,
        [
            ("foreign_keys", "order_items", "order_id",
             "says on delete no action, not cascade", None),
        ],
    ),
    "orphans planted": (
        f"{_UNCHECKED} update order_items set product_id = 99 where tenant_id = 1",
        [("foreign_keys", "order_items", "product_id", "refers to no row of product", 2)],
    ),
    "a parent deleted": (
        f"{_UNCHECKED} delete from category where id = 2",
        [("foreign_keys", "product_category", "category_id", "refers to no row of category", 1)],
    ),
    "orphans behind a dropped foreign key": (
        """
        alter table orders drop constraint orders_tenant_id_customer_id_fkey;
        update orders set customer_id = 99 where id = 2
        """,
        [
            ("foreign_keys", "orders", "customer_id",
             "is not declared as a foreign key to crm_customers", None),
            ("foreign_keys", "orders", "customer_id", "refers to no row of crm_customers", 1),
        ],
    ),
    "a key's type changed": (
        "alter table product alter column id type integer",
        [("types", "product", "id", "is integer, not bigint", None)],
    ),
    "a reference's type changed": (
        "alter table order_items alter column product_id type integer",
        [("types", "order_items", "product_id", "is integer, not bigint", None)],
    ),
    "the type of a reference in an expression changed": (
        "alter table stock alter column variant_id type integer",
        [("types", "stock", "variant_id", "is integer, not bigint", None)],
    ),
    "a reference's type changed to text": (
        """
        alter table orders drop constraint orders_tenant_id_customer_id_fkey;
        alter table orders alter column customer_id type text
        """,
        [
            ("foreign_keys", "orders", "customer_id",
             "is not declared as a foreign key to crm_customers", None),
            ("types", "orders", "customer_id", "is text, not bigint", None),
        ],
    ),
    "a tenant's id nulled": (
        """
        alter table order_items alter column tenant_id drop not null;
        update order_items set tenant_id = null where id = 2
        """,
        [
            ("tenancy", "order_items", "tenant_id", "is null", 1),
            ("tenancy", "order_items", "tenant_id", "may be null", None),
        ],
    ),
    "a tenant's id nulled that others refer to": (
        f"alter table orders alter column tenant_id drop not null; {_UNCHECKED}"
        " update orders set tenant_id = null where id = 2",
        [
            ("tenancy", "orders", "tenant_id", "is null", 1),
            ("tenancy", "orders", "tenant_id", "may be null", None),
        ],
    ),
    "a tenant's id dropped": (
        "alter table stock_history drop column tenant_id cascade",
        [("tenancy", "stock_history", "tenant_id", "does not exist", None)],
    ),
    "tenants crossed": (
        f"{_UNCHECKED} update order_items set order_id = 2 where id = 1",
        [("tenancy", "order_items", "order_id", "refers to another tenant's row of orders", 1)],
    ),
    "a reference that could cross tenants": (
        "alter table stock add column category_id bigint references category (id);"
        " create index on stock (category_id); comment on column stock.category_id is 'Category'",
        [
            ("tenancy", "stock", "category_id", "may refer to another tenant's row of category",
             None),
        ],
    ),
    "a,b,c in a column": (
        "update product set description = 'gold,jade,silver' where id = 1",
        [("normalisation", "product", "description", "holds comma-separated lists", 1)],
    ),
    "numbers, and a space after each comma": (
        "update product set sku = '101, 102, 103' where id = 2",
        [("normalisation", "product", "sku", "holds comma-separated lists", 1)],
    ),
    "two in a list": (
        "update orders set order_number = 'O-1,O-2'",
        [("normalisation", "orders", "order_number", "holds comma-separated lists", 2)],
    ),
    "lists in a column of its own": (
        "alter table orders add column tags text; comment on column orders.tags is 'Tags';"
        " update orders set tags = 'vip,gấp,quà' where id = 2",
        [("normalisation", "orders", "tags", "holds comma-separated lists", 1)],
    ),
    "an index of a foreign key removed": (
        "drop index order_items_by_product_id",
        [("indexes", "order_items", "btree (tenant_id, product_id)", "does not exist", None)],
    ),
    "a partial index removed": (
        "drop index order_items_by_deleted_at",
        [
            ("indexes", "order_items", "btree (id) WHERE (deleted_at IS NULL)", "does not exist",
             None),
        ],
    ),
    "an index of JSON removed": (
        "drop index product_by_metadata",
        [("indexes", "product", "gin (metadata)", "does not exist", None)],
    ),
    "a reference added without an index": (
        "alter table product add column category_id bigint;"
        " comment on column product.category_id is 'Category';"
        " alter table product add foreign key (tenant_id, category_id)"
        " references category (tenant_id, id)",
        [("indexes", "product", "btree (tenant_id, category_id)", "does not exist", None)],
    ),
    "a check dropped": (
        "alter table sys_tenants drop constraint sys_tenants_week_start_check",
        [
            ("constraints", "sys_tenants", "CHECK (((week_start >= 1) AND (week_start <= 7)))",
             "does not exist", None),
        ],
    ),
    "a check not validated": (
        "alter table sys_tenants drop constraint sys_tenants_week_start_check;"
        " alter table sys_tenants add check (week_start between 1 and 7) not valid",
        [
            ("constraints", "sys_tenants", "CHECK (((week_start >= 1) AND (week_start <= 7)))",
             "is not in force", None),
        ],
    ),
    "an enum widened": (
        "alter table sys_tenants drop constraint sys_tenants_return_dating_check;"
        " alter table sys_tenants add check (return_dating in ('refund_date', 'order_date', ''))",
        [
            ("constraints", "sys_tenants", "CHECK ((return_dating = ANY"
             " (ARRAY['refund_date'::text, 'order_date'::text])))", "does not exist", None),
        ],
    ),
    "a unique key dropped": (
        "alter table product drop constraint product_tenant_id_sku_key",
        [("constraints", "product", "UNIQUE (tenant_id, sku)", "does not exist", None)],
    ),
    "a primary key dropped": (
        "alter table stock_history drop constraint stock_history_pkey",
        [("constraints", "stock_history", "PRIMARY KEY (id)", "does not exist", None)],
    ),
    "a not-null dropped": (
        "alter table orders alter column order_number drop not null",
        [("constraints", "orders", "order_number", "may be null", None)],
    ),
    "a trigger disabled": (
        "alter table orders disable trigger set_updated_at",
        [("constraints", "orders", "TRIGGER set_updated_at", "is not in force", None)],
    ),
    "a trigger dropped": (
        "drop trigger set_updated_at on orders",
        [("constraints", "orders", "TRIGGER set_updated_at", "does not exist", None)],
    ),
    "a column's comment removed": (
        "comment on column orders.order_number is null",
        [("documentation", "orders", "order_number", "has no comment", None)],
    ),
    "a table's comment removed": (
        "comment on table orders is ''",
        [("documentation", "orders", "", "has no comment", None)],
    ),
    "a column added without a comment": (
        "alter table orders add column colour integer",
        [("documentation", "orders", "colour", "has no comment", None)],
    ),
}  # fmt: skip
HARMLESS = {
    "nothing": "select",
    "a wider index instead": "drop index order_items_by_product_id;"
    " create index on order_items (product_id, tenant_id, quantity)",
    "a table of somebody else": "create table alembic_version (version_num text primary key);"
    " insert into alembic_version values ('a,b,c')",
    "prose, names, addresses and numbers": """
        update product set name = 'Vâng, dạ, ạ', description = 'Ring,box' where id = 1;
        update product set metadata = '{"tags": "a,b,c"}';
        update crm_personal_keys set full_name = 'Nguyễn,An' where id = 1;
        update crm_personal_keys set full_name = 'Lê Thị, Hoa' where id = 2;
        insert into notes (tenant_id, subject_type, subject_id, body)
        select 1, 'orders', 1, body from (values ('https://example.com/a,b,c'),
            ('{"a":1,"b":2,"c":3}'), ('one, two, three'), ('Call back.'), ('1,5'), ('a,b;c,d,e')
        ) as written (body)
    """,
    "temporal keys": """
        alter table sys_tenants add column seat int4range, add column during tstzrange,
            add constraint one_plan unique (seat, during without overlaps);
        comment on column sys_tenants.seat is 'Seats.';
        comment on column sys_tenants.during is 'When.';
        create table plan (
            during tstzrange, seat int4range, primary key (seat, during without overlaps)
        )
    """,
}


@pytest.fixture(scope="module")
def url(operational_database: Callable[[], str]) -> str:
    url = operational_database()
    with psycopg.connect(url) as connection:
        connection.execute(_ROWS)
    return url


@contextmanager
def damaged(url: str, *statements: str) -> Iterator[Connection]:
    """The database after these statements, which are undone."""
    with psycopg.connect(url) as connection, connection.transaction(force_rollback=True):
        for statement in statements:
            connection.execute(statement.encode())
            connection.execute("set local session_replication_role = origin")
        yield connection


def measured(connection: Connection) -> scorecard.Scorecard:
    return scorecard.score(
        catalogue.read_catalogue(connection, "public"),
        execute=reader(connection),
        database="test",
        schema="public",
    )


def offenders(found: scorecard.Scorecard) -> list[Found]:
    return sorted(
        (measure.name, offender.table, offender.item, str(offender.problem), offender.row_count)
        for measure in found.measures
        for offender in measure.offenders
    )


def test_what_is_expected_is_what_the_files_create(url: str) -> None:
    text = catalogue.to_json(catalogue_of_files(url))
    assert catalogue.EXPECTED.read_text() == text, "run: facet operational expect"
    assert catalogue.expected().keys() == set(table_names())


@pytest.mark.parametrize("statement", HARMLESS.values(), ids=HARMLESS)
def test_what_is_in_order_is_whole(url: str, statement: str) -> None:
    with damaged(url, statement) as connection:
        found = measured(connection)
    assert offenders(found) == []
    assert {measure.share for measure in found.measures} == {1.0}
    assert all(measure.total > len(table_names()) for measure in found.measures)


@pytest.mark.parametrize(("statement", "expected"), DAMAGES.values(), ids=DAMAGES)
def test_damage_appears_as_exactly_that(url: str, statement: str, expected: list[Found]) -> None:
    with damaged(url, statement) as connection:
        found = measured(connection)
    assert offenders(found) == sorted(expected)
    broken = {(measure, table, item) for measure, table, item, _, _ in expected}
    assert sum(measure.total - measure.whole for measure in found.measures) == len(broken)


def test_rows_are_counted_for_the_tenant_that_they_are_of(url: str) -> None:
    with damaged(url, f"{_UNCHECKED} update order_items set product_id = 99") as connection:
        (offender,) = measured(connection).measures[1].offenders
    assert offender.rows == {1: 2, 2: 1}


def test_the_one_narrow_key_may_be_widened_with_all_that_refers_to_it(url: str) -> None:
    references = [
        (key.table, column)
        for table in catalogue.expected().values()
        for key in table.foreign_keys
        for column, target in zip(key.columns, key.target_columns, strict=True)
        if (key.target, target) == ("crm_personal_keys", "id")
    ]
    assert references
    widen = "alter table {} alter column {} type bigint"
    with damaged(url, widen.format("crm_personal_keys", "id")) as connection:
        found = {found[1:3] for found in offenders(measured(connection))}
        assert found == set(references)
        for table, column in references:
            connection.execute(widen.format(table, column).encode())
        assert offenders(measured(connection)) == []


def test_all_damages_together_appear_as_all_of_them(url: str) -> None:
    together = [
        "a key's type changed", "orphans planted", "tenants crossed", "a,b,c in a column",
        "an index of JSON removed", "a check dropped", "a not-null dropped",
        "a column's comment removed", "a tenant's id dropped", "a foreign key dropped",
    ]  # fmt: skip
    with damaged(url, *(DAMAGES[name][0] for name in together)) as connection:
        found = offenders(measured(connection))
    expected = [offender for name in together for offender in DAMAGES[name][1]]
    assert found == sorted(expected)


def test_a_copy_is_read_only_as_far_as_it_goes(url: str) -> None:
    with damaged(
        url, "alter table orders add column tags text; update orders set tags = 'a,b,c'"
    ) as connection:
        found = catalogue.read_catalogue(connection, "public")
        copy = {"orders": found["orders"], "sys_tenants": found["sys_tenants"]}
        columns = {
            name: column for name, column in copy["orders"].columns.items() if name != "tags"
        }
        copy["orders"] = catalogue.Table(columns=columns)
        statements: list[str] = []

        def execute(statement: str) -> list[tuple[Any, ...]]:
            statements.append(statement)
            return reader(connection)(statement)

        scorecard.score(found, execute=execute, database="test", schema="public", copy=copy)
    assert statements
    assert not any("tags" in statement or "order_items" in statement for statement in statements)


def test_the_command_prints_what_is_wrong_only_reads_and_fails(
    operational_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = operational_database()
    with psycopg.connect(url) as connection:
        connection.execute(_ROWS)
        connection.execute(DAMAGES["a check dropped"][0].encode())
        connection.execute(
            "create role reader; grant select on all tables in schema public to reader"
        )
    arguments = ["check", "--url", url + "&options=-crole%3Dreader"]

    failed = CliRunner().invoke(commands._commands, arguments)
    assert isinstance(failed.exception, QualityError)
    assert failed.exception.exit_code == 9
    assert "constraints: sys_tenants CHECK (((week_start >= 1)" in failed.stdout
    tolerant = CliRunner().invoke(commands._commands, [*arguments, "--threshold", "0.9", "--json"])
    assert tolerant.exit_code == 0
    measures = {measure["name"]: measure for measure in json.loads(tolerant.stdout)["measures"]}
    assert [name for name, measure in measures.items() if measure["offenders"]] == ["constraints"]
    assert measures["constraints"]["share"] < 1

    with psycopg.connect(url) as connection:
        connection.execute("revoke select on orders from reader")
    refused = CliRunner().invoke(commands._commands, arguments)
    assert isinstance(refused.exception, OperationalError)
    assert "orders" in str(refused.exception)
    with psycopg.connect(url) as connection:
        connection.execute("drop owned by reader; drop role reader")


def test_a_database_of_something_else_is_named(empty_database: Callable[[], str]) -> None:
    with pytest.raises(OperationalError, match="none of the operational tables"):
        scorecard.check(empty_database())
