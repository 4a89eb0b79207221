"""A breakdown takes each dimension of the filters, and names them where it is given another."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from facet.reporting.screen.session.state import KEY
from tests.dashboards.reading import MARCH, App, overview, table
from tests.facet.reporting.house import NEW_YORK, SAIGON

#: March's orders by what differs: rows, then the total.
SHOPS = [
    (NEW_YORK, {"Category": 3, "Buyer": 4}),
    (SAIGON, {"Danh mục": 3, "Người mua": 3}),
]


def _script(by: tuple[str, ...]) -> None:
    from facet.reporting.screen.parts.breakdown import breakdown_table
    from facet.reporting.screen.session.state import current_view

    for name in by:
        breakdown_table(current_view(), by=name)


def _alone(script: Callable[[Any], None], page: AppTest, by: object) -> AppTest:
    """A page of one function alone, for whoever has signed in on another."""
    alone = AppTest.from_function(script, args=(by,), default_timeout=60)
    alone.session_state[KEY] = page.session_state[KEY]
    return alone.run()


@pytest.mark.parametrize(("tenant_id", "counts"), SHOPS)
def test_a_breakdown_is_by_any_dimension_of_the_filters(
    app: App, tenant_id: int, counts: dict[str, int]
) -> None:
    page = _alone(_script, overview(app(**MARCH), tenant_id), ("category", "buyer"))

    assert not page.exception
    assert {heading: len(table(page, heading)) for heading in counts} == counts


@pytest.mark.parametrize("tenant_id", [NEW_YORK, SAIGON])
def test_a_breakdown_by_anything_else_names_what_there_is(app: App, tenant_id: int) -> None:
    page = _alone(_script, overview(app(**MARCH), tenant_id), ("region",))

    assert "Choose one of: buyer, category, channel." in page.exception[0].message


def _chart(by: str) -> None:
    from facet.reporting.screen.parts.figures import breakdown_chart
    from facet.reporting.screen.session.state import current_view

    breakdown_chart(current_view(), "net_sales", by=by)


@pytest.mark.parametrize("by", ["product", "category"])
def test_a_chart_is_by_product_or_a_dimension_of_the_filters(app: App, by: str) -> None:
    assert not _alone(_chart, overview(app(**MARCH), NEW_YORK), by).exception


def test_a_chart_by_anything_else_names_what_there_is(app: App) -> None:
    page = _alone(_chart, overview(app(**MARCH), NEW_YORK), "produkt")

    assert "Choose one of: buyer, category, channel, product." in page.exception[0].message
