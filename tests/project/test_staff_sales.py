"""Each figure of each member of staff of each local day is what the operational tables say."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

import pytest

from tests.oracle.query import query_oracle
from tests.project.compare import Figures, assert_same, measured
from tests.project.figures import STAFF

#: What follows from several of those: by which two of them, and by how much the first is more.
RATIOS = {
    "target_attainment": ("credited_net_sales", "sales_target", 1),
    "order_target_attainment": ("credited_orders", "order_target", 1),
    "sales_per_hour": ("credited_net_sales", "worked_seconds", 3600),
    "lead_conversion_rate": ("leads_converted", "leads_assigned", 1),
}


def _expected(url: str) -> Figures:
    figures: Figures = {}
    took: dict[tuple[int, int, date], list[Decimal]] = defaultdict(list)
    for tenant, metric, person, day, _, value in query_oracle(
        url, "staff_sales", using=("00_sales", "01_parts")
    ):
        if metric in STAFF and value is not None:
            figures[tenant, metric, person, day] = Decimal(value)
        elif metric == "converting_minutes":
            took[tenant, person, day].append(Decimal(value))
    for (tenant, person, day), minutes in took.items():
        figures[tenant, "median_days_to_convert", person, day] = _ratio(median(minutes), 1440)
    for name, (above, below, factor) in RATIOS.items():
        for tenant, metric, person, day in list(figures):
            if metric == below and (whole := figures[tenant, below, person, day]):
                part = figures.get((tenant, above, person, day), Decimal(0))
                figures[tenant, name, person, day] = _ratio(part * factor, whole)
    return figures


def _ratio(part: Decimal, whole: Decimal | int) -> Decimal:
    """To eight places, cut off."""
    return (part * 10**8 // whole).scaleb(-8)


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_every_figure_of_every_person_and_day_is_what_the_operational_tables_say(
    database: str, engine: str, publish: Callable[..., Any]
) -> None:
    expected = _expected(database)
    names = {*STAFF, *RATIOS, "median_days_to_convert"}
    assert {metric for _, metric, _, _ in expected} == names, "every metric occurs"
    by = ["staff_member", "metric_time__day"]
    assert_same(expected, measured(publish(database, engine), sorted(names), by))
