"""Products, pages and categories that bear one name are as many things as they are.

Two tenants have the same rows, of which `edge_shops.py` tells.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from facet.config import Engine
from facet.reporting.present.filters import DIMENSIONS, PRODUCT
from tests.oracle.query import query_oracle
from tests.project.edge_shops import SAME_NAMES, SAME_NAMES_ALSO

#: With what is added to their ids.
_SHOPS = {SAME_NAMES: 2_000_000, SAME_NAMES_ALSO: 2_100_000}
_DIMENSIONS = {
    "product": PRODUCT,
    "channel": DIMENSIONS["channel"],
    "category": DIMENSIONS["category"],
}


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_each_thing_has_its_own_sales_and_a_name_of_its_own(
    edge_database: str, engine: Engine, publish: Callable[[str, Engine], Any]
) -> None:
    served = publish(edge_database, engine)
    expected = {
        (tenant, of, thing): amount
        for tenant, of, thing, amount in query_oracle(edge_database, "sales_by_thing")
        if tenant in _SHOPS
    }
    got, names = {}, {}
    for tenant in _SHOPS:
        for of, dimension in _DIMENSIONS.items():
            table = served.reader(tenant).metrics(["net_sales"], by=dimension.columns)
            for thing, name, amount in table.rows:
                if amount:
                    got[tenant, of, thing] = amount
                    names[tenant, of, thing] = name

    assert got == expected
    assert {expected[SAME_NAMES, "channel", 2_000_000 + n] for n in (11, 12)} == {
        Decimal(1000),
        Decimal(2500),
    }
    for tenant, first in _SHOPS.items():
        assert [names[tenant, "product", first + n] for n in (11, 12)] == [
            "Solitaire · S-14K",
            "Solitaire · S-18K",
        ]
        assert [names[tenant, "channel", first + n] for n in (11, 12)] == [
            "Maison · W",
            "Maison · Facebook",
        ]
        assert [names[tenant, "category", first + n] for n in (11, 12)] == [
            f"Rings · {first + 11}",
            f"Rings · {first + 12}",
        ]
