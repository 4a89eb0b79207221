"""The demo is the same whenever it is made, fits together, and goes nowhere else."""

from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg
import pytest

from facet.demo import create_demo
from facet.demo.create import SQL_DIR
from facet.errors import OperationalError
from facet.operational.schema import table_names

Connection = psycopg.Connection[tuple[Any, ...]]

AS_OF = date(2026, 11, 22)


def _fingerprints(url: str) -> dict[str, tuple[int, str]]:
    with psycopg.connect(url) as connection:
        rows = {
            table: connection.execute(
                "select count(*), coalesce(md5(string_agg(row::text, '' order by row::text)), '')"
                f" from {table} as row"
            ).fetchone()
            for table in table_names()
        }
    return {table: (row[0], row[1]) for table, row in rows.items() if row is not None}


def test_the_same_arguments_give_the_same_rows(demo_url: str, same_demo_url: str) -> None:
    assert _fingerprints(demo_url) == _fingerprints(same_demo_url)


def test_another_seed_gives_other_rows(demo_url: str, other_demo_url: str) -> None:
    first, other = _fingerprints(demo_url), _fingerprints(other_demo_url)
    assert first["orders"] != other["orders"]
    assert first["sys_users"] != other["sys_users"] or first["product"] != other["product"]


def test_every_table_has_rows(demo_url: str) -> None:
    assert [table for table, (rows, _) in _fingerprints(demo_url).items() if rows == 0] == []


def test_no_file_asks_for_the_time_or_for_chance() -> None:
    text = "\n".join(path.read_text() for path in SQL_DIR.glob("*.sql")).lower()
    for call in ("now()", "random()", "clock_timestamp", "current_date", "current_timestamp"):
        assert call not in text


def test_where_this_demo_stands_nothing_is_done(demo_url: str) -> None:
    before = _fingerprints(demo_url)
    assert not create_demo(demo_url, as_of=AS_OF, scale=0.02).created
    assert _fingerprints(demo_url) == before


def test_another_demo_is_refused(demo_url: str) -> None:
    with pytest.raises(OperationalError, match="seed 7"):
        create_demo(demo_url, as_of=AS_OF, scale=0.02, seed=9)


def test_a_database_with_other_tenants_is_refused(
    operational_database: Callable[[], str],
) -> None:
    url = operational_database()
    with psycopg.connect(url) as connection:
        connection.execute("insert into sys_tenants (name, slug) values ('A real shop', 'real')")
    with pytest.raises(OperationalError, match="A real shop"):
        create_demo(url, as_of=AS_OF, scale=0.02)


def test_a_database_without_tables_is_refused(empty_database: Callable[[], str]) -> None:
    with pytest.raises(OperationalError, match="facet operational create"):
        create_demo(empty_database(), as_of=AS_OF, scale=0.02)


def test_a_demo_that_was_broken_off_is_written_anew(
    operational_database: Callable[[], str], demo_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = operational_database()

    def stop(step: str, done: float) -> None:
        if done > 0.4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create_demo(url, as_of=AS_OF, scale=0.02, seed=3, progress=stop)
    assert create_demo(url, as_of=AS_OF, scale=0.02).created
    assert _fingerprints(url) == _fingerprints(demo_url)


def test_rows_that_others_add_come_after_the_demo_s(demo: Connection) -> None:
    with demo.transaction(force_rollback=True):
        row = demo.execute(
            "insert into orders (tenant_id, order_number, ordered_at, currency_code)"
            " values (1, 'NEXT', '2026-11-22', 'VND') returning id"
        ).fetchone()
        assert row is not None
        assert row[0] > 100_000


def test_the_shelves_hold_what_the_movements_left_but_for_two_pieces_of_each_shop(
    demo: Connection,
) -> None:
    key = "tenant_id, product_id, variant_id, location_code"
    rows = demo.execute(
        f"""
        select count(*)
        from (select {key}, sum(quantity_change) as moved from stock_history group by {key}) as sums
        full join stock on stock.tenant_id = sums.tenant_id and stock.product_id = sums.product_id
            and stock.variant_id is not distinct from sums.variant_id
            and stock.location_code = sums.location_code
        where moved is distinct from quantity_on_hand or quantity_on_hand < 0
        """
    ).fetchone()
    assert rows == (12,)  # in each of the six tenants, from two shelves
