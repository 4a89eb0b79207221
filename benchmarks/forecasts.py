"""How often what came was inside the intervals of forecasts, by the number of days.

`python -m benchmarks.forecasts`: of every tenant of the warehouse (`FACET_HOME`) with enough days.
Each window is told by windows that were over when it began (docs/decisions/0039).
"""

import time
from collections.abc import Mapping
from datetime import date
from typing import Final

import duckdb
import numpy as np

from benchmarks.tables import machine, table
from facet.config import Settings
from facet.forecast import BackTest, Event, History, forecast

_LENGTHS: Final = (1, 3, 7, 14, 30, 60, 91, 182, 365)
_DAYS: Final = "facet_intermediate.int_sales__days_totalled"


def _tested(
    warehouse: duckdb.DuckDBPyConnection, tenant_id: int, column: str
) -> Mapping[int, BackTest]:
    days = warehouse.execute(
        f"select date_day, {column} from {_DAYS} where tenant_id = ? order by 1", [tenant_id]
    ).fetchall()
    events = warehouse.execute(
        "select event_code, start_date, end_date from facet_marts.dim_events where tenant_id = ?"
        " order by event_rank, event_code, start_date",
        [tenant_id],
    ).fetchall()
    first: date = days[0][0]
    values = np.array([float(value) for _, value in days])
    told = [Event(code=code, start=start, end=end) for code, start, end in events]
    return forecast(History(first=first, values=values), told, _LENGTHS).tests


def main() -> None:
    """Print the coverage of each length, and what it took."""
    with duckdb.connect(str(Settings.from_environment().warehouse_path), read_only=True) as of:
        tenants = of.execute(
            f"select tenant_id from {_DAYS} group by 1 having count(*) >= 400 order by 1"
        ).fetchall()
        started = time.process_time()
        found = [
            _tested(of, tenant_id, column)
            for (tenant_id,) in tenants
            for column in ("net_sales_amount", "order_count")
        ]
        took = time.process_time() - started
    rows = []
    for length in _LENGTHS:
        tests = [tests[length] for tests in found if length in tests]
        judged = sum(test.judged for test in tests)
        inside = f"{sum(test.covered for test in tests) / judged:.1%}" if judged else "–"
        better = sum(test.beats_naive and test.beats_seasonal for test in tests)
        rows.append([str(length), str(judged), inside, f"{better} of {len(tests)}"])
    print(machine())
    print(table(["days", "windows judged", "inside", "better than both naive"], rows))
    print(f"\n{len(found)} forecasts with their back-tests: {took:.1f} s of a processor.")


if __name__ == "__main__":
    main()
