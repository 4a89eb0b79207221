"""Products, pages and categories that bear one name are as many things as they are.

Two tenants have the same rows: a ring in 14 k for 1,000.00 sold on the website and one in 18 k for
3,000.00 sold on Facebook, of which 500.00 went back; both rings are called Solitaire, both pages
Maison, and each ring is in another category Rings.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from facet.config import Engine
from facet.reporting.present.filters import DIMENSIONS, PRODUCT
from tests.oracle.query import query_oracle
from tests.project.paper_shop import AUCKLAND, PARIS, PaperShop, write

_DIMENSIONS = {
    "product": PRODUCT,
    "channel": DIMENSIONS["channel"],
    "category": DIMENSIONS["category"],
}


def _things(shop: PaperShop) -> None:
    for n, sku, price in ((11, "S-14K", "1000"), (12, "S-18K", "3000")):
        shop.add("product", id=n, name="Solitaire", sku=sku)
        shop.add("category", id=n, name="Rings")
        shop.add("product_category", product_id=n, category_id=n, is_primary=True)
        shop.add(
            "channels_platform_pages", id=n, platform_id=n - 10, name="Maison", external_id=sku
        )
        shop.order(n, "2026-11-10T10:00Z")
        shop.add(
            "order_items", id=n, order_id=n, product_id=n, quantity=1, unit_price=Decimal(price)
        )
        shop.add("order_meta_crm", order_id=n, page_id=n)
    shop.refund(12, "2026-11-11T10:00Z", "500")


@pytest.fixture(scope="module")
def url(operational_database: Callable[[], str]) -> str:
    made = operational_database()
    with psycopg.connect(made) as connection:
        connection.execute(
            "insert into channels_platforms (id, code, name) values (2, 'fb', 'Facebook')"
        )
    return write(made, _things)


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_each_thing_has_its_own_sales_and_a_name_of_its_own(
    url: str, engine: Engine, publish: Callable[[str, Engine], Any]
) -> None:
    served = publish(url, engine)
    expected = {
        (tenant, of, thing): amount
        for tenant, of, thing, amount in query_oracle(url, "sales_by_thing")
    }
    got, names = {}, {}
    for tenant in (PARIS, AUCKLAND):
        for of, dimension in _DIMENSIONS.items():
            table = served.reader(tenant).metrics(["net_sales"], by=dimension.columns)
            for thing, name, amount in table.rows:
                if amount:
                    got[tenant, of, thing] = amount
                    names[tenant, of, thing] = name

    assert got == expected
    assert {expected[PARIS, "channel", n] for n in (11, 12)} == {Decimal(1000), Decimal(2500)}
    for tenant, first in ((PARIS, 0), (AUCKLAND, 100_000)):
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
