"""What is forecast of the house's sales: New York's month, and why Saigon's is not shown."""

from collections.abc import Sequence
from typing import Final

import duckdb

from tests.facet.reporting.contracts import Record, create

_NEW_YORK: Final[Record] = {
    "tenant_id": 1, "horizon": "month", "forecast_status": "shown", "is_shown": True,
    "day_count": 700, "order_day_count": 600, "interval_rate": "0.9", "start_date": "2026-03-01",
    "end_date": "2026-03-31", "forecast_date": "2026-03-17",
}  # fmt: skip
_SAIGON: Final[Record] = {
    "tenant_id": 2, "forecast_metric": "net_sales", "is_shown": False, "day_count": 399,
    "order_day_count": 300, "interval_rate": "0.9", "start_date": "2026-03-01",
    "end_date": "2026-03-31", "rest_value": None, "forecast_value": None, "lower_value": None,
    "upper_value": None,
}  # fmt: skip
FORECASTS: Final[dict[str, Sequence[Record]]] = {
    "rpt_forecasts": [
        {**_NEW_YORK, "forecast_metric": "net_sales", "actual_to_date_value": "1090.40",
         "rest_value": "500.00", "forecast_value": "1590.40", "lower_value": "1190.40",
         "upper_value": "1990.40"},
        {**_NEW_YORK, "forecast_metric": "orders", "actual_to_date_value": "4.00",
         "rest_value": "3.60", "forecast_value": "7.60", "lower_value": "5.10",
         "upper_value": "9.40"},
        {**_NEW_YORK, "forecast_metric": "net_sales", "horizon": "week", "start_date": "2026-03-18",
         "end_date": "2026-03-24", "actual_to_date_value": "0", "rest_value": "700.00",
         "forecast_value": "700.00", "lower_value": "400.00", "upper_value": "900.00"},
        {**_SAIGON, "horizon": "month", "forecast_status": "worse_than_seasonal",
         "actual_to_date_value": "27250000", "forecast_date": "2026-03-17"},
        {**_SAIGON, "horizon": "week", "forecast_status": "too_short",
         "actual_to_date_value": None, "forecast_date": None},
    ],
    "rpt_forecast_days": [
        {"tenant_id": 1, "forecast_metric": "net_sales", "date_day": f"2026-03-{day}",
         "expected_value": f"{of:.2f}", "lower_value": f"{of / 5:.2f}",
         "upper_value": f"{of * 9 / 5:.2f}", "forecast_date": "2026-03-17"}
        for day, of in ((18, 100), (19, 200), (31, 500))
    ],
    "rpt_forecast_back_tests": [
        {"tenant_id": 1, "forecast_metric": "net_sales", "horizon": "month", "day_count": 14,
         "window_count": 26, "missed_value": "90.00", "naive_missed_value": "150.00",
         "seasonal_missed_value": "120.00", "judged_window_count": 20, "covered_window_count": 18,
         "coverage_rate": "0.9", "forecast_date": "2026-03-17"},
    ],
}  # fmt: skip


def make_empty(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    """Create these marts with nothing in them; returns their names."""
    for name in FORECASTS:
        create(connection, name, ())
    return [*FORECASTS]


def make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    """Create these marts in place of the empty ones; returns no further names."""
    for name, rows in FORECASTS.items():
        connection.execute(f"drop table facet_marts.{name}")
        create(connection, name, rows)
    return []
