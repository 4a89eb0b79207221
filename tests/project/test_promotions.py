"""Redemptions, violations and lift are what the operational tables say, on both engines."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.project.compare import rows
from tests.project.conftest import NOW
from tests.project.promotion_figures import SAME
from tests.project.promotion_oracle import promotion_oracle

Rows = Counter[tuple[Any, ...]]
#: What the demo has none of.
_PLANTED_NOWHERE = {"what is told twice"}


@pytest.fixture(scope="module")
def wanted() -> Callable[[str], dict[str, Rows]]:
    """The oracle's results on a database; queried once each."""
    by_url: dict[str, dict[str, Rows]] = {}

    def of(url: str) -> dict[str, Rows]:
        if url not in by_url:
            with promotion_oracle(url, NOW) as oracle:
                by_url[url] = {name: Counter(oracle.rows(sql)) for name, (sql, _) in SAME.items()}
        return by_url[url]

    return of


def _found(served: Any, sql: str) -> Rows:
    found = Counter(rows(served.release, sql))
    assert not [row for row in found if any(isinstance(cell, float) for cell in row)]
    return found


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_promotions_are_what_the_operational_tables_say(
    database: str,
    engine: str,
    publish: Callable[..., Any],
    wanted: Callable[[str], dict[str, Rows]],
    foreign_database: str,
) -> None:
    expected, served = wanted(database), publish(database, engine)
    differences = {}
    for name, (_, sql) in SAME.items():
        found = _found(served, sql)
        at_least = 0 if name in _PLANTED_NOWHERE and served.url != foreign_database else 2
        assert len({tenant for tenant, *_ in found}) >= at_least, name
        if found != expected[name]:
            differences[name] = {
                "missing": sorted(expected[name] - found, key=str)[:5],
                "in excess": sorted(found - expected[name], key=str)[:5],
            }
    assert differences == {}


def test_the_data_has_promotions_with_a_lift_and_without(
    database: str, wanted: Callable[[str], dict[str, Rows]]
) -> None:
    lifts = wanted(database)["the lift of each promotion"]
    assert len([row for row in lifts if row[5] is not None]) >= 10
    assert {row[-1] for row in lifts} == {True, False}
