"""The page $english, for two shops, each in its language."""

import pytest

from tests.dashboards.reading import MARCH, App, open_page, tiles
from tests.facet.reporting.house import NEW_YORK, SAIGON

#: To be written: what must stand there, added up by hand from the rows of the house.
SHOPS = [(NEW_YORK, "$measure_en", "in short"), (SAIGON, "$measure_vi", "in short")]


@pytest.mark.parametrize(("tenant_id", "metric", "in_short"), SHOPS)
def test_the_tile_says_what_the_rows_come_to(
    app: App, tenant_id: int, metric: str, in_short: str
) -> None:
    page = open_page(app(**MARCH), tenant_id, "app_pages/$name.py")

    assert tiles(page)[metric][0] == in_short
