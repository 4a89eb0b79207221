"""The page $english, for two shops, each in its language."""

import pytest

from tests.dashboards.reading import MARCH, App, open_page, tiles, total
from tests.facet.reporting.house import NEW_YORK, SAIGON

#: To be written: what must stand there, added up by hand from ORDERS of house.py.
SHOPS = [
    (NEW_YORK, "$measure_en", "in short", "exactly"),
    (SAIGON, "$measure_vi", "in short", "exactly"),
]


@pytest.mark.parametrize(("tenant_id", "metric", "in_short", "exactly"), SHOPS)
def test_orders_add_up_to_the_tile(
    app: App, tenant_id: int, metric: str, in_short: str, exactly: str
) -> None:
    page = open_page(app(**MARCH), tenant_id, "app_pages/$name.py")

    assert tiles(page)[metric][0] == in_short
    assert f"{metric} {exactly}" in total(page)
