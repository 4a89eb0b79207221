"""Readers in PostgreSQL have whole releases: what changed of whom passed, at once, or nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from facet.config import Settings
from facet.errors import ReleaseError
from facet.grants.applying import apply, changes
from facet.grants.readers import Readers
from facet.grants.shown import shown_without_people
from facet.pipeline import served_marts
from facet.pipeline.served_marts import serve
from facet.release import Audit, FailedTest, Mart, Reference, Snapshot, publish
from tests.facet.pipeline.conftest import SNAPSHOT_AT

TENANTS = Mart(name="dim_tenants", grain=("tenant_id",))
CUSTOMERS = Mart(name="dim_customers", grain=("tenant_id", "person_id"))
ORDERS = Mart(
    name="fct_orders",
    grain=("tenant_id", "order_id"),
    references=(
        Reference("person_id", "dim_customers", "person_id"),
        Reference("channel_id", "dim_channels", "channel_id"),  # which is not published
    ),
)
#: Its product may be unknown.
DAYS = Mart(
    name="fct_product_days",
    grain=("tenant_id", "product_id"),
    nullable=frozenset({"product_id"}),
)
MARTS = (TENANTS, CUSTOMERS, ORDERS, DAYS)
#: As a build leaves them: rows of three tenants in turn, cents so that sums tell whose they are.
BUILT = """
    create schema facet_marts;
    create table facet_marts.dim_tenants (tenant_id bigint, tenant_name text, is_demo boolean);
    insert into facet_marts.dim_tenants
    values (1, 'One', true), (2, 'Two', true), (3, 'Three', true);
    create table facet_marts.dim_customers (tenant_id bigint, person_id bigint, full_name text);
    insert into facet_marts.dim_customers values (1, 5, 'Ann'), (2, 5, 'Bob'), (3, 5, 'Cy');
    create table facet_marts.fct_orders (
        tenant_id bigint, order_id bigint, person_id bigint, channel_id bigint,
        amount numeric(18, 2)
    );
    comment on table facet_marts.fct_orders is 'Orders.';
    comment on column facet_marts.fct_orders.amount is 'Money.';
    insert into facet_marts.fct_orders
    select 1 + mod(n, 3), n, 5, null, n * 0.01 from generate_series(1, 30) as n;
    create table facet_marts.fct_product_days (tenant_id bigint, product_id bigint);
    insert into facet_marts.fct_product_days values (1, 7), (1, null), (2, null);
"""
AMOUNTS = (
    "select tenant_id, count(*), sum(amount) from facet_served.fct_orders group by 1 order by 1"
)
#: 3 + 6 + … + 30 cents are of tenant 1, 1 + 4 + … + 28 of 2, 2 + 5 + … + 29 of 3.
AT_FIRST = [(1, 10, "1.65"), (2, 10, "1.45"), (3, 10, "1.55")]
TWO_FAILED = Audit(passed=1, failed=(FailedTest(name="grain_x", rows=1, tenant_ids=(2,)),))


class Shop:
    """A database in which marts are built, released and served."""

    def __init__(self, url: str, home: Path) -> None:
        self.url = url
        self.readers = Readers(group=f"{conninfo_to_dict(url)['dbname']}_reader")
        self.settings = Settings(home=home, engine="postgres", reader_role=self.readers.group)
        self._manifest = home.with_name("semantic_manifest.json")
        self._manifest.write_text(json.dumps({}))

    def run(self, statement: str, *, role: str | None = None) -> list[tuple[Any, ...]]:
        url = make_conninfo(self.url, user=role) if role else self.url
        with psycopg.connect(url, autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    def amounts(self, role: str | None = None) -> list[tuple[int, int, str]]:
        return [(tenant, count, str(sold)) for tenant, count, sold in self.run(AMOUNTS, role=role)]

    def serve(self, audit: Audit | None = None, marts: tuple[Mart, ...] = MARTS) -> None:
        release = publish(
            self.settings,
            url=self.url,
            marts=marts,
            audit=audit or Audit(passed=2),
            snapshot=Snapshot(at=SNAPSHOT_AT, source="here"),
            semantic_manifest=self._manifest,
            dbt_version="1.11",
        )
        serve(self.settings, self.url, marts, release)

    def let_in(self) -> None:
        shown = shown_without_people(self.settings.project_dir)
        apply(self.url, readers=self.readers, shown=shown)
        assert self.nothing_is_to_be_granted()

    def nothing_is_to_be_granted(self) -> bool:
        shown = shown_without_people(self.settings.project_dir)
        return changes(self.url, readers=self.readers, shown=shown) == ()


@pytest.fixture
def shop(empty_database: Callable[[], str], tmp_path: Path) -> Shop:
    shop = Shop(empty_database(), tmp_path / "home")
    shop.settings.home.mkdir()
    shop.run(BUILT)
    return shop


def test_readers_get_what_changed_of_whom_passed_and_wait_for_nobody(shop: Shop) -> None:
    shop.serve()
    assert shop.amounts() == AT_FIRST
    shop.let_in()
    one, two = shop.readers.of(1), shop.readers.of(2)
    assert shop.amounts(one) == AT_FIRST[:1]
    places = "select ctid, xmin::text from facet_served.fct_orders where tenant_id = 3 order by 1"
    untouched = shop.run(places)

    shop.run("update facet_marts.fct_orders set amount = amount + 1 where tenant_id < 3")
    assert shop.amounts() == AT_FIRST  # what is built is read by nobody
    with psycopg.connect(make_conninfo(shop.url, user=one)) as reader:
        reader.execute("set transaction isolation level repeatable read")
        before = reader.execute(AMOUNTS.encode()).fetchall()
        shop.serve(TWO_FAILED)
        assert reader.execute(AMOUNTS.encode()).fetchall() == before
        reader.rollback()
        assert [str(row[2]) for row in reader.execute(AMOUNTS.encode())] == ["11.65"]
    assert shop.amounts() == [(1, 10, "11.65"), *AT_FIRST[1:]]
    assert shop.run(places) == untouched

    shop.serve()  # the test passes again, though no row changed since
    assert shop.amounts(two) == [(2, 10, "11.45")]
    assert shop.run(places) == untouched
    for hidden in ("facet_marts.fct_orders", "facet_build.served_tenants"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            shop.run(f"select * from {hidden}", role=two)


def test_a_mart_that_is_laid_out_otherwise_keeps_rows_rights_and_protection(shop: Shop) -> None:
    shop.serve()
    shop.let_in()
    shop.run(
        "alter table facet_marts.fct_orders add column note text default 'n';"
        "update facet_marts.fct_orders set amount = 0;"
        "insert into facet_marts.fct_orders values (2, 99, 5, null, 1);"
        "create table facet_marts.fct_payments as table facet_marts.fct_product_days;"
        "create view public.of_somebody as select amount from facet_served.fct_orders"
    )
    payments = Mart(name="fct_payments", sort_key=("product_id",))

    shop.serve(TWO_FAILED, marts=(TENANTS, CUSTOMERS, ORDERS, payments))

    # tenant 2 has what it had, without what it had not
    assert shop.amounts() == [(1, 10, "0.00"), (2, 10, "1.45"), (3, 10, "0.00")]
    notes = "select tenant_id, count(note) from facet_served.fct_orders group by 1 order by 1"
    assert shop.run(notes) == [(1, 10), (2, 0), (3, 10)]
    assert shop.run(notes, role=shop.readers.of(3)) == [(3, 10)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        shop.run(
            "select full_name from facet_served.dim_customers", role=shop.readers.unnamed.of(3)
        )
    named = shop.run("select full_name from facet_served.dim_customers", role=shop.readers.of(3))
    assert named == [("Cy",)]
    assert shop.nothing_is_to_be_granted()
    assert shop.run("select relname from pg_class where relname = 'of_somebody'") == []
    assert shop.run("select nspname from pg_namespace where nspname = 'facet_next'") == []
    tables = "select tablename from pg_tables where schemaname = 'facet_served' order by 1"
    assert shop.run(tables) == [
        *(("dim_customers",), ("dim_tenants",), ("fct_orders",), ("fct_payments",))
    ]

    shop.run("delete from facet_marts.dim_tenants where tenant_id = 3")
    shop.serve(marts=(TENANTS, CUSTOMERS, ORDERS, payments))
    assert shop.amounts() == [(1, 10, "0.00"), (2, 11, "1.00")]


def test_tools_are_told_of_keys_references_and_what_columns_mean(shop: Shop) -> None:
    shop.serve()
    for _ in range(2):
        constraints = shop.run(
            "select conname, pg_get_constraintdef(oid) from pg_constraint"
            " where connamespace = 'facet_served'::regnamespace and contype in ('p', 'f')"
            " order by 1"
        )
        assert constraints == [
            ("dim_customers_pkey", "PRIMARY KEY (tenant_id, person_id)"),
            ("dim_tenants_pkey", "PRIMARY KEY (tenant_id)"),
            (
                "fct_orders_person_id_fkey",
                "FOREIGN KEY (tenant_id, person_id) REFERENCES"
                " facet_served.dim_customers(tenant_id, person_id) NOT ENFORCED",
            ),
            ("fct_orders_pkey", "PRIMARY KEY (tenant_id, order_id)"),
        ]
        indexes = "select indexdef from pg_indexes where tablename = 'fct_product_days'"
        assert "(tenant_id, product_id)" in shop.run(indexes)[0][0]
        words = "select obj_description('facet_served.fct_orders'::regclass, 'pg_class')"
        assert shop.run(words) == [("Orders.",)]
        # the parent is laid out anew, and with it goes what refers to it
        shop.run("comment on column facet_marts.dim_customers.full_name is 'Whole.'")
        shop.serve()
    assert shop.run("select col_description('facet_served.dim_customers'::regclass, 3)") == [
        ("Whole.",)
    ]


def test_what_is_refused_changes_nothing_and_is_made_up_for(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.serve()
    shop.run(
        "update facet_marts.dim_customers set full_name = 'Dee' where tenant_id = 1;"
        "insert into facet_marts.fct_orders select * from facet_marts.fct_orders where order_id = 3"
    )
    with pytest.raises(ReleaseError, match="not to readers in PostgreSQL") as refused:
        shop.serve()
    assert "fct_orders" in str(refused.value)
    first = "select full_name from facet_served.dim_customers where tenant_id = 1"
    assert shop.run(first) == [("Ann",)]
    assert shop.amounts() == AT_FIRST

    shop.run(
        "delete from facet_marts.fct_orders"
        " where ctid = (select max(ctid) from facet_marts.fct_orders)"
    )
    shop.run("alter table facet_marts.fct_orders alter column amount type numeric(20, 2)")
    monkeypatch.setattr(served_marts, "_PATIENCE", "100ms")
    with psycopg.connect(shop.url) as somebody:
        somebody.execute(AMOUNTS.encode())
        with pytest.raises(ReleaseError, match="pg_stat_activity"):
            shop.serve()
    assert shop.run(first) == [("Ann",)]
    shop.serve()
    assert shop.run(first) == [("Dee",)]
    assert shop.amounts() == AT_FIRST
