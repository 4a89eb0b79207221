"""Lifetime values are fitted to each tenant's persons, or it is said why not; on both engines."""

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from facet.config import Settings
from facet.operational.findings import Execute
from facet.pipeline.lifetimes import fit_lifetimes, prepare
from facet.pipeline.warehouse import Value, insert, writing
from tests.facet.lifetime.simulated import Person, simulated

DAY = date(2026, 6, 1)
#: The same day as simulated persons count.
_LAST = 700.0
_HISTORIES = "facet_intermediate.int_customers__purchase_histories"

#: Segments that say nothing, and segments that say what will come.
SHOWN, WORSE, NO_MARGIN, ALIKE, TOO_FEW = 1, 2, 3, 4, 5

Row = tuple[Value, ...]


@pytest.fixture
def engine(settings: Settings, url: str) -> Settings:
    given = replace(settings, engine="postgres" if url else "duckdb")
    given.home.mkdir(exist_ok=True)
    with writing(given, url) as write:
        prepare(write)
        write("create schema facet_intermediate")
        write(
            f"create table {_HISTORIES} (tenant_id bigint, history_date date, person_id bigint,"
            " segment text, repeat_day_count integer, last_day_number integer,"
            " age_day_count integer, margin_day_count integer, margin_amount numeric(18, 2),"
            " day_count_after integer, margin_amount_after numeric(18, 2))"
        )
        insert(write, _HISTORIES, _shop())
    return given


def _shop() -> Iterable[Row]:
    persons = simulated(1_500, until=_LAST, seed=3)
    for back in (0, 90, 180):
        day = DAY - timedelta(days=back)
        for number, person in enumerate(persons, start=1):
            if person.orders[0] <= _LAST - back:
                for tenant in (SHOWN, WORSE, NO_MARGIN):
                    yield (tenant, day, number, *_measures(person, _LAST - back, tenant))
        for number in range(1, 301):
            yield (ALIKE, day, number, "loyal", 3, 90, 90, 3, 300, 1, 100)
        for number in range(1, 200):
            yield (TOO_FEW, day, number, "loyal", 1, 10, 100 + number, 1, number, 0, 0)
        yield (TOO_FEW, day, 200, "new", 0, 0, 10, 0, 0, 0, 0)


def _measures(person: Person, until: float, tenant: int) -> Row:
    first = person.orders[0]
    repeats, after = person.between(first, until), person.between(until, until + 90)
    last = max(at for at in person.orders if at <= until)
    known = [] if tenant == NO_MARGIN else repeats
    bought = f"brings {math.log2(1 + sum(after)):.0f}" if tenant == WORSE else "loyal"
    return (
        *(bought, len(repeats), int(last) - int(first), int(until) - int(first)),
        *(len(known), round(sum(known), 2), len(after), round(sum(after), 2)),
    )


def _rows(write: Execute, statement: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in write(f"{statement} order by 1, 2")]


def test_lifetime_values_are_fitted_by_tenant_or_it_is_said_why_not(
    engine: Settings, url: str
) -> None:
    assert fit_lifetimes(engine, url)
    with writing(engine, url) as write:
        statuses = _rows(write, "select tenant_id, status from facet_source.lifetime_fits")
        valued = _rows(write, "select distinct tenant_id, 0 from facet_source.lifetime_values")
        people = write("select count(*), count(alive_rate) from facet_source.lifetime_values")
        expected = write(
            "select f.expected_margin_amount - sum(v.expected_margin_amount),"
            " f.lower_margin_amount < sum(v.expected_margin_amount),"
            " f.upper_margin_amount > sum(v.expected_margin_amount)"
            " from facet_source.lifetime_fits f"
            " join facet_source.lifetime_values v on v.tenant_id = f.tenant_id"
            " group by f.expected_margin_amount, f.lower_margin_amount, f.upper_margin_amount"
        )
        held = _rows(
            write,
            "select tenant_id, repeat_order_count, person_count, order_count, margin_amount"
            " from facet_source.lifetime_hold_outs",
        )
        seen = _rows(
            write,
            "select tenant_id, least(repeat_day_count, 7), count(*), sum(day_count_after),"
            f" sum(margin_amount_after) from {_HISTORIES}"
            f" where history_date = '{DAY - timedelta(days=90)}' and tenant_id in (1, 2)"
            " group by 1, 2",
        )
        repeats = write(
            f"select count(*), count(case when repeat_day_count > 0 then 1 end) from {_HISTORIES}"
            f" where tenant_id = 1 and history_date = '{DAY}'"
        )
    assert statuses == [
        (SHOWN, "shown"),
        (WORSE, "worse_than_segment"),
        (NO_MARGIN, "no_margin"),
        (ALIKE, "not_converged"),
    ]
    assert valued == [(SHOWN, 0)]
    assert people == repeats
    # Each amount is rounded for itself, so that their sum differs by half a cent each at most.
    [(difference, is_above, is_below)] = expected
    assert abs(float(difference)) <= 0.005 * people[0][0]
    assert is_above
    assert is_below
    assert held == seen


def test_what_was_fitted_is_gone_where_nobody_is_left(engine: Settings, url: str) -> None:
    assert fit_lifetimes(engine, url)
    with writing(engine, url) as write:
        write(f"delete from {_HISTORIES} where tenant_id <> {TOO_FEW}")
    assert fit_lifetimes(engine, url)
    with writing(engine, url) as write:
        left = [write(f"select * from facet_source.{name}") for name in _TABLES]
    assert left == [[], [], []]
    assert not fit_lifetimes(engine, url)


_TABLES = ("lifetime_fits", "lifetime_values", "lifetime_hold_outs")
