"""What Home says that a change is made of, beside SQL on the operational tables."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from facet.reporting.present.contributions import OF_NET_SALES
from facet.reporting.query.periods import Period
from facet.reporting.screen.pages.home.data.stretches import SHOP, Days, Figure, Stretch
from facet.reporting.screen.pages.home.data.why import Why, why
from facet.reporting.screen.session.view import View
from tests.oracle.query import query_oracle
from tests.principals import principal
from tests.project.conftest import NOW

_NOW = Period(date(2026, 11, 1), date(2026, 11, 21))
_BEFORE = Period(date(2025, 11, 1), date(2025, 11, 21))
_USING = ("00_sales", "01_parts")
_BY = {"channel", "category", "buyer", "person", "promotion"}

Said = dict[tuple[int, str, str | None], Decimal]


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_contributions_are_those_of_the_operational_tables(
    demo_database: str, engine: str, publish: Callable[..., Any]
) -> None:
    rows = query_oracle(demo_database, "contributions", using=_USING, as_of=NOW)
    expected = {(tenant, by, key): value for tenant, by, key, value in rows if value}

    served = publish(demo_database, engine)
    actual: Said = {}
    for tenant in served.release.tenants:
        view = View.of(principal(tenant.tenant_id), served.release, "en")
        found = why(view, SHOP, _stretch())
        assert found is not None
        now, before = (
            view.query(["net_sales"], period=days).total("net_sales") for days in (_NOW, _BEFORE)
        )
        assert found.total.of(OF_NET_SALES) == now - before
        assert {split.by for split in found.splits} == {*_BY, "product"}
        for split in found.splits:
            assert sum(part.change for part in split.parts) == now - before
        actual |= {(tenant.tenant_id, by, key): value for by, key, value in _said(found)}
    assert actual == expected
    for name in (*OF_NET_SALES, *_BY):
        assert len({tenant for tenant, by, _ in expected if by == name}) > 1, name


def _stretch() -> Stretch:
    """Both Novembers, as Home would hold them against each other."""
    return Stretch(
        preset="month_to_date",
        now=Days(period=_NOW),
        before=Days(period=_BEFORE),
        figures=(Figure(metric="net_sales", now=None),),
        comparison="year",
    )


def _said(found: Why) -> Iterator[tuple[str, str | None, Decimal]]:
    assert found.effects is not None
    for key, effects in found.effects.items():
        for name in OF_NET_SALES:
            if value := getattr(effects, name):
                yield name, _text(key), value
    for split in found.splits:
        if split.by != "product":
            for part in split.parts:
                yield split.by, _text(part.key), part.change


def _text(key: object) -> str | None:
    return None if key is None else str(key)
