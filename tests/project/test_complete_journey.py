"""A year of a real shop comes out of the published release as it is in the package's own tables.

One household in 25 is tried, and another one in 25 as a second tenant. All 2,469 of them by

    FACET_COMPLETE_JOURNEY=1 pytest tests/project/test_complete_journey.py
"""

import os
from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pytest

from tests.project import complete_journey
from tests.project.compare import Figures, differences
from tests.project.complete_journey_totals import METRICS, PROMOTIONS, totals

_OF = int(os.environ.get("FACET_COMPLETE_JOURNEY", "25"))
_PARTS = complete_journey.parts(_OF)


@pytest.fixture(scope="module")
def served(operational_database: Callable[[], str], publish: Callable[..., Any]) -> Any:
    url = operational_database()
    complete_journey.load(url, _PARTS)
    return publish(url, "duckdb")


@pytest.mark.parametrize("part", _PARTS, ids=["one", "another"])
def test_a_years_totals_are_those_of_the_packages_own_tables(
    part: complete_journey.Part, served: Any
) -> None:
    metrics, promotions = totals(part)
    assert differences(metrics, _metrics(served, part.tenant)) == {}
    assert promotions == _promotions(served, part.tenant)

    if part.timezone == complete_journey.AMERICA:
        days = {key[2] for key in metrics if key[1] == "orders"}
        assert (min(days), max(days)) == (date(2017, 1, 1), date(2017, 12, 31))
        assert promotions[part.tenant, "too late"] == 0
        assert promotions[part.tenant, "campaigns"] == 27
    if part.of == 1:  # as the package's documentation says
        assert promotions[part.tenant, "lines"] == 1_469_307
        assert promotions[part.tenant, "redemptions"] == 2_102


def test_a_thousand_promotions_on_flat_categories_are_matched_with_shelves(served: Any) -> None:
    """Were each matched with every product beside what it names, there would be 28 million rows."""
    with duckdb.connect(str(served.settings.warehouse_path), read_only=True) as warehouse:
        promotions, named, shelves, products = [
            warehouse.execute(query).fetchall()[0][0]
            for query in (
                "select count(*) from public.mkt_promotions where tenant_id = 2",
                "select count(*) from public.mkt_promotion_products where tenant_id = 2",
                "select count(*) from facet_intermediate.int_marketing__scope_shelves_matched"
                " where tenant_id = 2",
                "select count(*) from facet_intermediate.int_marketing__scope_products_matched"
                " where tenant_id = 2",
            )
        ]
    assert promotions > 1000
    assert 0 < products <= named
    assert 0 < shelves < 32 * promotions


def test_the_package_is_the_one_that_its_documentation_describes() -> None:
    documented = {
        "transactions": 1_469_307, "demographics": 801, "products": 92_331, "campaigns": 6_589,
        "campaign_descriptions": 27, "coupons": 116_204, "coupon_redemptions": 2_102,
    }  # fmt: skip
    with complete_journey.open_package(_PARTS[0]) as package:
        assert documented == {
            name: package.sql(f"select count(*) from all_{name}").fetchall()[0][0]
            for name in documented
        }


def _metrics(served: Any, tenant: int) -> Figures:
    figures: Figures = {}
    reader = served.reader(tenant)
    chosen = {
        "campaign_sale__attribution_model": ["last_touch"],
        "campaign_sale__window_days": ["28"],
    }
    for by, queries in METRICS.items():
        where = chosen if by == ("campaign",) else {}
        for key, *values in reader.metrics(list(queries), by=by, where=where).rows:
            for name, value in zip(queries, values, strict=True):
                if value is not None:
                    figures[tenant, name, key] = value
    return figures


def _promotions(served: Any, tenant: int) -> Figures:
    with duckdb.connect(str(served.release.file_of(tenant)), read_only=True) as marts:
        marts.execute("set schema = 'facet_marts'")
        return {
            (tenant, name): marts.execute(query).fetchall()[0][0]
            for name, (_, query) in PROMOTIONS.items()
        }
