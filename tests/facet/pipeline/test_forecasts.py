"""Forecasts are made of each tenant's days, or it is said why not; the same on both engines."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from facet.config import Settings
from facet.pipeline.forecasts import TABLES, make_forecasts, prepare
from facet.pipeline.warehouse import Value, insert, writing

LAST = date(2026, 6, 7)
#: A week that grows by a hundredth a fortnight; the same every year; 399 days; few days of orders.
GROWING, YEARLY, SHORT, SELDOM = 1, 2, 3, 4

_DAYS = "facet_intermediate.int_sales__days_totalled"
_PERIODS = "facet_intermediate.int_sales__periods_begun"
_EVENTS = "facet_marts.dim_events"


@pytest.fixture
def engine(settings: Settings, url: str) -> Settings:
    given = replace(settings, engine="postgres" if url else "duckdb")
    given.home.mkdir(exist_ok=True)
    with writing(given, url) as write:
        prepare(write)
        for schema in ("facet_intermediate", "facet_marts"):
            write(f"create schema {schema}")
        write(
            f"create table {_DAYS} (tenant_id bigint, date_day date,"
            " net_sales_amount numeric(18, 2), order_count integer)"
        )
        write(
            f"create table {_PERIODS} (tenant_id bigint, horizon text, decimal_places integer,"
            " start_date date, end_date date)"
        )
        write(
            f"create table {_EVENTS} (tenant_id bigint, event_code text, event_rank integer,"
            " start_date date, end_date date)"
        )
        insert(write, _DAYS, _days())
        insert(write, _PERIODS, _periods())
        insert(write, _EVENTS, [(GROWING, "fair", 1, LAST, LAST), (YEARLY, "fair", 1, LAST, LAST)])
    return given


def _days() -> Iterable[tuple[Value, ...]]:
    week = (800, 800, 900, 1_000, 1_200, 1_600, 700)
    for back in range(800):
        day = LAST - timedelta(days=back)
        sold = week[day.weekday()] * 1.01 ** (-back / 14)
        yield GROWING, day, round(sold, 2), round(sold / 100)
        # Another number every day, and the same 364 days later.
        luck = (day.toordinal() % 364) * 37 % 101
        yield YEARLY, day, 1_000 + 10 * luck, 10 + luck
        yield SELDOM, day, 5 if back % 7 == 0 else 0, int(back % 7 == 0)
        if back < 399:
            yield SHORT, day, 5, 1


def _periods() -> Iterable[tuple[Value, ...]]:
    for tenant in (GROWING, YEARLY, SHORT, SELDOM):
        places = 0 if tenant == GROWING else 2
        yield tenant, "week", places, LAST, LAST + timedelta(days=7)
        yield tenant, "fiscal_year", places, LAST, LAST + timedelta(days=330)


def test_forecasts_are_shown_of_who_beats_both_naive_ones(engine: Settings, url: str) -> None:
    assert make_forecasts(engine, url)
    with writing(engine, url) as write:
        statuses = _rows(
            write(
                "select tenant_id, forecast_metric, horizon, status, window_count"
                " from facet_source.forecast_back_tests"
            )
        )
        days = _rows(
            write(
                "select tenant_id, forecast_metric, min(date_day), max(date_day), count(*),"
                " max(forecast_date) from facet_source.forecast_days group by 1, 2"
            )
        )
        [(expected, lower, upper, whole)] = write(
            "select expected_value, lower_value, upper_value,"
            " sum(case when expected_value <> floor(expected_value) then 1 else 0 end)"
            " over () from facet_source.forecast_days where forecast_metric = 'net_sales'"
            f" and date_day = '{LAST + timedelta(days=7)}'"
        )
    assert statuses == [
        (GROWING, "net_sales", "fiscal_year", "too_few_windows", None),
        (GROWING, "net_sales", "week", "shown", 26),
        (GROWING, "orders", "fiscal_year", "too_few_windows", None),
        # So few orders a day, in whole numbers, are those of the week before.
        (GROWING, "orders", "week", "worse_than_naive", 26),
        (YEARLY, "net_sales", "fiscal_year", "too_few_windows", None),
        (YEARLY, "net_sales", "week", "worse_than_seasonal", 26),
        (YEARLY, "orders", "fiscal_year", "too_few_windows", None),
        (YEARLY, "orders", "week", "worse_than_seasonal", 26),
    ]
    first, last = LAST + timedelta(days=1), LAST + timedelta(days=7)
    assert days == [(GROWING, "net_sales", first, last, 7, LAST)]
    # A week of 7,000 half a fortnight on: 7,000 x 1.01 ** (4 / 14).
    assert float(expected) == pytest.approx(7_020, rel=0.02)
    assert lower <= expected <= upper
    assert whole == 0


def test_the_same_days_are_forecast_to_the_same_cent_on_both_engines(
    engine: Settings, url: str
) -> None:
    """What one engine has is written down by the first to come, and compared by the second."""
    make_forecasts(engine, url)
    with writing(engine, url) as write:
        found = [_rows(write(f"select * from facet_source.{name}")) for name in TABLES]
    others = _SEEN.setdefault("first", found)
    assert found == others
    assert len(found[0]) == 7


_SEEN: dict[str, Any] = {}


def test_what_was_forecast_is_gone_where_no_history_is_left(engine: Settings, url: str) -> None:
    assert make_forecasts(engine, url)
    with writing(engine, url) as write:
        write(f"delete from {_DAYS} where tenant_id not in ({SHORT}, {SELDOM})")
    assert make_forecasts(engine, url)
    with writing(engine, url) as write:
        left = [write(f"select * from facet_source.{name}") for name in TABLES]
    assert left == [[], []]
    assert not make_forecasts(engine, url)


def _rows(found: Iterable[Iterable[Any]]) -> list[tuple[Any, ...]]:
    return sorted(tuple(row) for row in found)
