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
from tests.facet.operational.damages import DAMAGES, HARMLESS, UNCHECKED, Found

Connection = psycopg.Connection[tuple[Any, ...]]

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
    assert sum(measure.total - measure.passed for measure in found.measures) == len(broken)


def test_rows_are_counted_for_the_tenant_that_they_are_of(url: str) -> None:
    with damaged(url, f"{UNCHECKED} update order_items set product_id = 99") as connection:
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
