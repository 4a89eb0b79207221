"""Every figure of a database that chance wrote is what the oracles say, to the cent.

A database holds many small tenants, drawn by Hypothesis. One is tried; more by

    FACET_RANDOM_DATABASES=20 pytest tests/project/test_random_databases.py

A difference is reported with all rows of the smallest tenant that has one.
"""

import os
import shutil
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from tests.project.compare import Differences, differences
from tests.project.figures import RESULTS
from tests.project.foreign_tenant import NOW
from tests.project.random_rows import draw_tenants
from tests.project.random_tenant import Tenant, write

_SEEDS = range(1, int(os.environ.get("FACET_RANDOM_DATABASES", "1")) + 1)
_TENANTS = 30


@pytest.mark.parametrize("seed", _SEEDS)
def test_every_figure_of_a_random_database_is_what_the_oracles_say(
    seed: int, operational_database: Callable[[], str], publish: Callable[..., Any]
) -> None:
    tenants = dict(enumerate(draw_tenants(seed, _TENANTS), 1))
    url = operational_database()
    write(url, tenants.items())
    served = publish(url, "duckdb")

    reports = []
    for result, (expected_of, served_of) in RESULTS.items():
        expected = expected_of(url, NOW)
        assert expected, f"chance wrote nothing for {result}"
        if found := differences(expected, served_of(served)):
            reports.append(_report(result, found, tenants))
    assert not reports, "\n".join(reports)
    shutil.rmtree(served.settings.home)  # nobody asks for it again, and there are many


def test_a_difference_is_told_with_the_rows_of_the_smallest_tenant_that_has_one() -> None:
    tenants = dict(enumerate(draw_tenants(1, 3), 1))
    wanted = {(n, "net_sales", "day"): Decimal(n) for n in tenants}
    got = {**wanted, (3, "net_sales", "day"): Decimal("2.99"), (1, "orders", "day"): 1}
    assert differences(wanted, wanted) == {}
    assert differences({(1, "orders", "day"): 0}, {(1, "return_rate", "day"): None}) == {}
    assert differences({}, {(1, "return_rate", "day"): 0}) == {
        1: [((1, "return_rate", "day"), None, 0)]
    }
    report = _report("sales", differences(wanted, got), tenants)
    assert report.splitlines()[:2] == [
        "sales of 2 tenants differ; the smallest is tenant 1:",
        "  (1, 'orders', 'day'): must be 0, is 1",
    ]
    assert "'slug': 't1'" in report


def _report(result: str, found: Differences, tenants: Mapping[int, Tenant]) -> str:
    """The smallest tenant with a difference: its differences and all its rows."""
    smallest = min(found, key=lambda number: sum(map(len, tenants[number].rows.values())))
    lines = [f"{result} of {len(found)} tenants differ; the smallest is tenant {smallest}:"]
    lines += [f"  {key}: must be {wanted}, is {got}" for key, wanted, got in found[smallest][:20]]
    lines += [
        f"  {table}: {row}"
        for table, rows in tenants[smallest].placed(smallest).items()
        for row in rows
    ]
    return "\n".join(lines)
