"""Forecasts of net sales and orders, between two builds: dbt's tables in, ``facet_source`` out.

The model is fitted for each tenant to its days up to the last whole one, and back-tested. A
forecast is shown of a period where past windows of as many days tell its interval, and where the
model missed them by less than both the days before and the year before did (docs/definitions.md,
Forecasts).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite
from typing import TYPE_CHECKING, Final

from facet.config import Settings
from facet.operational.findings import Execute
from facet.pipeline.warehouse import Value, create_tables, empty_tables, insert, writing
from facet.quoting import constant

if TYPE_CHECKING:
    from facet.forecast import BackTest, Event, Forecast

SCHEMA: Final = "facet_source"
#: What dbt reads of it, by table; the first column is the tenant.
TABLES: Final = {
    "forecast_days": (
        *("tenant_id bigint", "forecast_metric text", "date_day date", "forecast_date date"),
        *("expected_value numeric(18, 2)", "lower_value numeric(18, 2)"),
        "upper_value numeric(18, 2)",
    ),
    "forecast_back_tests": (
        *("tenant_id bigint", "forecast_metric text", "horizon text", "status text"),
        *("forecast_date date", "end_date date", "window_count integer"),
        *("missed_value numeric(18, 2)", "naive_missed_value numeric(18, 2)"),
        *("seasonal_missed_value numeric(18, 2)", "judged_window_count integer"),
        "covered_window_count integer",
    ),
}
#: The column of each metric.
METRICS: Final = {"net_sales": "net_sales_amount", "orders": "order_count"}

_DAYS: Final = "facet_intermediate.int_sales__days_totalled"
_PERIODS: Final = "facet_intermediate.int_sales__periods_begun"
_EVENTS: Final = "facet_marts.dim_events"
#: So many days, and so many with an order among them, are enough.
_ENOUGH_DAYS: Final = 400
_ENOUGH_ORDER_DAYS: Final = 200
#: Orders are forecast in hundredths, as money of two places.
_PLACES: Final = 2
#: Events reach so many days further than the days themselves.
_AROUND_EVENTS: Final = timedelta(days=60)

Row = Sequence[Value]


@dataclass(frozen=True, kw_only=True)
class _Shop:
    """What a tenant's forecasts reach to."""

    tenant_id: int
    last_day: date
    ends: Mapping[str, date]
    decimal_places: int

    @property
    def lengths(self) -> Mapping[str, int]:
        """Days to the end of each horizon."""
        return {horizon: (end - self.last_day).days for horizon, end in self.ends.items()}


def prepare(write: Execute) -> None:
    """Create what dbt reads of forecasts, where it is missing."""
    create_tables(write, SCHEMA, TABLES)


def make_forecasts(settings: Settings, url: str) -> bool:
    """Forecast anew for every tenant with enough days; say whether what dbt reads has changed.

    What dbt reads is there: ``prepare`` has made it.
    """
    with writing(settings, url) as write:
        had = empty_tables(write, SCHEMA, TABLES)
        shops = _shops(write)
        for shop in shops:
            for name, rows in _rows(write, shop).items():
                insert(write, f"{SCHEMA}.{name}", rows)
    return had or bool(shops)


def _shops(write: Execute) -> Sequence[_Shop]:
    """The tenants with enough days, and where their periods end."""
    days = write(
        "select tenant_id, max(date_day), count(*),"
        f" sum(case when order_count > 0 then 1 else 0 end) from {_DAYS} group by 1 order by 1"
    )
    enough = {
        tenant_id: last_day
        for tenant_id, last_day, count, with_orders in days
        if count >= _ENOUGH_DAYS and with_orders >= _ENOUGH_ORDER_DAYS
    }
    ends: dict[int, dict[str, date]] = {}
    places: dict[int, int] = {}
    for tenant_id, horizon, end, decimal_places in write(
        f"select tenant_id, horizon, end_date, decimal_places from {_PERIODS} order by 1, 3, 2"
    ):
        ends.setdefault(tenant_id, {})[horizon] = end
        places[tenant_id] = decimal_places
    return [
        _Shop(
            tenant_id=tenant_id,
            last_day=last_day,
            ends=ends[tenant_id],
            decimal_places=places[tenant_id],
        )
        for tenant_id, last_day in enough.items()
    ]


def _rows(write: Execute, shop: _Shop) -> Mapping[str, Sequence[Row]]:
    """The rows of a tenant, by table."""
    import numpy as np

    from facet.forecast import History, forecast

    days = write(
        f"select date_day, {', '.join(METRICS.values())} from {_DAYS}"
        f" where tenant_id = {shop.tenant_id} order by date_day"
    )
    events = _events(write, shop, days[0][0])
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for column, metric in enumerate(METRICS, start=1):
        values = np.array([float(day[column]) for day in days], dtype=np.float64)
        history = History(first=days[0][0], values=values)
        found = forecast(history, events, list(shop.lengths.values()))
        statuses = {name: _status(found, length) for name, length in shop.lengths.items()}
        shown = [shop.lengths[name] for name, status in statuses.items() if status == "shown"]
        rows["forecast_back_tests"] += [
            (shop.tenant_id, metric, name, status, shop.last_day, shop.ends[name],
             *_tested(shop, metric, found.tests.get(shop.lengths[name])))
            for name, status in statuses.items()
        ]  # fmt: skip
        rows["forecast_days"] += [
            (shop.tenant_id, metric, shop.last_day + timedelta(days=n), shop.last_day,
             *_of_day(shop, metric, found, n))
            for n in range(1, max(shown, default=0) + 1)
        ]  # fmt: skip
    return rows


def _events(write: Execute, shop: _Shop, first_day: date) -> Sequence["Event"]:
    from facet.forecast import Event

    first, last = first_day - _AROUND_EVENTS, max(shop.ends.values()) + _AROUND_EVENTS
    return [
        Event(code=code, start=start, end=end)
        for code, start, end in write(
            f"select event_code, start_date, end_date from {_EVENTS}"
            f" where tenant_id = {shop.tenant_id} and end_date >= {constant(first)}"
            f" and start_date <= {constant(last)} order by event_rank, event_code, start_date"
        )
    ]


def _status(found: "Forecast", length: int) -> str:
    test = found.tests.get(length)
    if test is None or not isfinite(float(found.upper[length - 1])):
        return "too_few_windows"
    if not test.beats_naive:
        return "worse_than_naive"
    return "shown" if test.beats_seasonal else "worse_than_seasonal"


def _tested(shop: _Shop, metric: str, test: "BackTest | None") -> Row:
    """Windows, what was missed, and what intervals held; nothing where there are too few."""
    if test is None:
        return [None] * 6
    missed = (test.missed, test.naive_missed, test.seasonal_missed)
    written = [_written(shop, metric, value) for value in missed]
    return (test.windows, *written, test.judged, test.covered)


def _of_day(shop: _Shop, metric: str, found: "Forecast", number: int) -> Row:
    """What is expected up to a day, and its interval; there are no less than 0 orders."""
    least = 0.0 if metric == "orders" else -float("inf")
    lower = max(float(found.lower[number - 1]), least)
    values = (float(found.expected[number - 1]), lower, float(found.upper[number - 1]))
    return [_written(shop, metric, value) for value in values]


def _written(shop: _Shop, metric: str, value: float) -> Value:
    """A value at the minor unit of its currency; null where it is not known."""
    places = shop.decimal_places if metric == "net_sales" else _PLACES
    return round(value, places) if isfinite(value) else None
