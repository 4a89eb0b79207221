"""Achievements of staff are what the credited figures of each day make them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from tests.oracle.query import query_oracle
from tests.project.compare import rows

#: Of a person's day: net sales, demand sales, orders.
Day = tuple[Decimal, Decimal, int]
#: Type; net sales, orders, days with sales; first day, last day.
Achievement = tuple[str, Decimal, int, int, date, date]

_OF_DAY = ("credited_net_sales", "credited_demand_sales", "credited_orders")


def _days(url: str) -> dict[tuple[int, int], dict[date, Day]]:
    figures: dict[Any, dict[str, Decimal]] = defaultdict(dict)
    for tenant, metric, person, day, _, value in query_oracle(
        url, "staff_sales", using=("00_sales", "01_parts")
    ):
        if metric in _OF_DAY and person is not None:
            figures[tenant, person, day][metric] = value
    days: dict[tuple[int, int], dict[date, Day]] = defaultdict(dict)
    for (tenant, person, day), of_day in sorted(figures.items()):
        net, demand, orders = (of_day.get(name, Decimal(0)) for name in _OF_DAY)
        days[tenant, person][day] = net, demand, int(orders)
    return days


def _achieved(days: Mapping[date, Day], today: date) -> Iterator[Achievement]:
    def span(kind: str, first: date, last: date) -> Achievement:
        within = [figures for day, figures in days.items() if first <= day <= last]
        return (
            kind,
            sum((net for net, _, _ in within), Decimal(0)),
            sum(orders for _, _, orders in within),
            sum(demand > 0 for _, demand, _ in within),
            first,
            last,
        )

    months = {day.replace(day=1) for day in days}
    by_month = [
        span("best_month", first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
        for first in sorted(months)
    ]
    by_day = [span("best_day", day, day) for day in days]
    streaks: list[list[date]] = []
    for day, (_, demand, _) in days.items():
        if demand > 0:
            if streaks and streaks[-1][-1] == day - timedelta(days=1):
                streaks[-1].append(day)
            else:
                streaks.append([day])

    # of equals, max takes the first, which is the earliest
    for spans in (by_day, by_month):
        best = max(spans, key=lambda achievement: achievement[1])
        if best[1] > 0:
            yield best
    busiest = max(by_day, key=lambda achievement: achievement[2])
    if busiest[2] > 0:
        yield "most_orders_in_a_day", *busiest[1:]
    if streaks:
        longest = max(streaks, key=len)
        yield span("longest_streak", longest[0], longest[-1])
        for streak in streaks:
            if streak[0] <= today and streak[-1] >= today - timedelta(days=1):
                yield span("current_streak", streak[0], streak[-1])


def test_the_best_days_months_and_streaks_are_those_of_the_credited_figures(
    database: str, publish: Callable[..., Any]
) -> None:
    served = publish(database, "duckdb")
    with psycopg.connect(database) as connection:
        zones: dict[int, str] = dict(
            connection.execute("select id, timezone from sys_tenants").fetchall()
        )
    today = {
        tenant: served.settings.as_of.astimezone(ZoneInfo(zone)).date()
        for tenant, zone in zones.items()
    }
    expected = {
        (tenant, person, *achievement)
        for (tenant, person), days in _days(database).items()
        for achievement in _achieved(days, today[tenant])
    }
    found = rows(
        served.release,
        "select tenant_id, user_id, achievement_type, net_sales_amount, order_count,"
        " sales_day_count, start_date, end_date from rpt_staff_achievements"
        " where achievement_type <> 'largest_order'",
    )
    assert set(found) == expected
    # chance may leave everybody in somebody else's shop without a sale of yesterday
    assert {kind for _, _, kind, *_ in expected} >= {
        "best_day", "best_month", "longest_streak", "most_orders_in_a_day",
    }  # fmt: skip
