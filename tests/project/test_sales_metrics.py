"""Each sales metric of each local day is what the operational tables say, to the cent."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.oracle.ask import ask

_SEMANTIC = Path(__file__).parents[2] / "models" / "semantic"

Figures = dict[tuple[int, str, date], Decimal]


def _expected(url: str) -> Figures:
    return {
        (tenant, metric, day): Decimal(value)
        for tenant, metric, day, value in ask(url, "sales_metrics")
    }


def _served(served: Any, names: list[str]) -> Figures:
    figures: Figures = {}
    for tenant in served.release.tenants:
        table = served.reader(tenant.tenant_id).metrics(names, by=["metric_time__day"])
        for day, *values in table.rows:
            for name, value in zip(names, values, strict=True):
                assert not isinstance(value, float), f"{name} is a float"
                if value is not None:
                    figures[tenant.tenant_id, name, day] = Decimal(value)
    return figures


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_every_sales_metric_of_every_local_day_is_what_the_operational_tables_say(
    database: str, engine: str, publish: Callable[..., Any]
) -> None:
    names = [
        metric["name"]
        for file in sorted(_SEMANTIC.glob("sales_*metrics.yml"))
        for metric in yaml.safe_load(file.read_text())["metrics"]
    ]
    expected = _expected(database)
    assert {metric for _, metric, _ in expected} == set(names), "an oracle for each metric"
    actual = _served(publish(database, engine), names)

    differences = defaultdict(list)
    for key in expected.keys() | actual.keys():
        wanted, got = expected.get(key, Decimal(0)), actual.get(key, Decimal(0))
        if wanted != got:
            differences[key[1]].append((key[0], key[2].isoformat(), wanted, got))
    assert {metric: sorted(rows)[:5] for metric, rows in differences.items()} == {}
    assert len({tenant for tenant, _, _ in expected}) >= 2
