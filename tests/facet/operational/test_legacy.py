"""An old database beside the new one: rows and sums of each pair, and of several old as one new."""

import csv
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from facet.config import PROJECT_DIR, Settings
from facet.errors import ConfigurationError, OperationalError
from facet.operational import commands
from facet.operational.legacy import Line, compare

MAPPING = PROJECT_DIR / "seeds" / "legacy_tables.csv"

_OLD = """
    create table db_order (id integer, "customerId" integer, "shippingAmount" numeric(12, 2),
        tax_amount real, note text);
    insert into db_order values (1, 7, 10.50, 1, 'a'), (2, 7, 20, null, 'b');
    create table db_shift_schedule_sales (id integer);
    insert into db_shift_schedule_sales values (1), (2);
    create table db_draft_shift_schedule_sales (id integer);
    insert into db_draft_shift_schedule_sales values (3);
    create table something_else (id integer);
"""
_NEW = """
    insert into sys_tenants (id, name, slug) values (1, 'One', 'one'), (2, 'Two', 'two');
    insert into orders (tenant_id, order_number, ordered_at, currency_code, shipping_amount,
        tax_amount) values (1, '1', now(), 'VND', 10.50, 1), (1, '2', now(), 'VND', 20, 0),
        (2, '1', now(), 'VND', 99, 9);
    insert into sys_users (id, tenant_id) values (1, 1);
    insert into schedule (tenant_id, user_id, starts_at, ends_at, status)
        select 1, 1, now() + n * interval '1 day', now() + n * interval '1 day 1 hour', 'draft'
        from generate_series(1, 3) as n;
    drop table workflow cascade
"""


@pytest.fixture(scope="module")
def old(empty_database: Callable[[], str]) -> str:
    url = empty_database()
    with psycopg.connect(url) as connection:
        connection.execute(_OLD)
    return url


@pytest.fixture(scope="module")
def new(operational_database: Callable[[], str]) -> str:
    url = operational_database()
    with psycopg.connect(url) as connection:
        connection.execute(_NEW)
    return url


def _of(lines: tuple[Line, ...], new_table: str) -> list[tuple[str, str, object, object]]:
    return [
        (line.legacy_table, line.what, line.legacy, line.new)
        for line in lines
        if line.new_table == new_table
    ]


def test_rows_and_sums_stand_side_by_side(old: str, new: str) -> None:
    lines = compare(old, new, mapping=MAPPING, tenant_id=1)
    assert _of(lines, "orders") == [
        ("db_order", "rows", 2, 2),
        ("db_order", "shipping_amount", Decimal("30.50"), Decimal("30.50")),
        ("db_order", "tax_amount", 1, 1),
    ]
    assert [line.difference for line in lines if line.new_table == "orders"] == [0, 0, 0]
    of_all = _of(compare(old, new, mapping=MAPPING), "orders")
    assert [new for *_, new in of_all] == [3, Decimal("129.50"), 10]


def test_several_old_tables_are_added_up_where_one_took_their_place(old: str, new: str) -> None:
    assert _of(compare(old, new, mapping=MAPPING), "schedule") == [
        ("db_shift_schedule_sales", "rows", 2, 3),
        ("db_draft_shift_schedule_sales", "rows", 1, 3),
        ("db_shift_schedule_sales + db_draft_shift_schedule_sales", "rows", 3, 3),
    ]


def test_every_mapped_pair_is_there_and_says_which_side_lacks_it(old: str, new: str) -> None:
    lines = compare(old, new, mapping=MAPPING)
    with MAPPING.open(newline="") as file:
        pairs = {
            (row["legacy_table"], name)
            for row in csv.DictReader(file)
            for name in row["new_tables"].lower().split()
        }
    found = {
        (line.legacy_table, line.new_table) for line in lines if " + " not in line.legacy_table
    }
    assert found == pairs
    assert _of(lines, "workflow") == [("db_workflow_ai", "rows", None, None)]
    assert _of(lines, "hr_staff") == [("db_staff", "rows", None, 0)]


def test_the_command_shows_them(
    old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACET_LEGACY_URL", old)
    assert Settings.from_environment().legacy_url == old
    shown = CliRunner().invoke(commands._commands, ["compare", "--url", new])
    assert shown.exit_code == 0
    assert "db_order" in shown.stdout
    result = CliRunner().invoke(commands._commands, ["compare", "--url", new, "--json"])
    assert {line["legacy_table"] for line in json.loads(result.stdout)} >= {"db_order", "db_staff"}

    monkeypatch.delenv("FACET_LEGACY_URL")
    missing = CliRunner().invoke(commands._commands, ["compare", "--url", new])
    assert isinstance(missing.exception, ConfigurationError)


def test_a_database_without_old_tables_is_named(new: str) -> None:
    with pytest.raises(OperationalError, match="none of the old tables"):
        compare(new, new, mapping=MAPPING)
