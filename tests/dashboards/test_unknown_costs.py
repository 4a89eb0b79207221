"""Where unit costs are not known, pages say of how much of the sales they are.

Saigon knows the cost of nothing; in New York order 1, 899.90 of March's 1,230.40, has none.
"""

from collections.abc import Sequence
from decimal import Decimal

import duckdb
import pytest

from facet.release import Release
from facet.reporting.present.filters import Filters
from facet.reporting.query.table import Row
from facet.reporting.screen.pages.campaigns.data.campaigns import gross_margin
from facet.reporting.screen.parts.orders import orders_of, sum_message
from facet.reporting.screen.session.selection import Selection
from facet.reporting.screen.session.view import View
from tests.dashboards.reading import MARCH, App, HouseWith, overview, tiles, words
from tests.facet.reporting.fixtures import sign_in as principal
from tests.facet.reporting.house import NEW_YORK, SAIGON

KNOWN_IN_MARCH = "Unit costs are known for 26.8% of these sales"


def _forget(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    unknown = "(tenant_id = 2 or order_id = 1)"
    connection.execute(
        f"delete from facet_marts.fct_sales_ledger where event_type = 'cost' and {unknown}"
    )
    connection.execute(
        f"update facet_marts.fct_sales_ledger set has_unit_cost = false where {unknown}"
    )
    return ()


@pytest.fixture(scope="module")
def unknown(house_with: HouseWith) -> Release:
    return house_with(_forget)


def test_figures_say_for_how_much_of_the_sales_costs_are_known(app: App, unknown: Release) -> None:
    script = overview(app(home=unknown.directory.parent.parent, **MARCH), NEW_YORK)

    found = tiles(script)
    assert found["Gross margin"][0] == "$960.40"  # 1,090.40 less 100.00 and 30.00
    assert found["Gross margin rate"][0] == "88.1%"
    assert KNOWN_IN_MARCH in words(script).replace("\\", "")

    script = script.switch_page("app_pages/sales.py").run()
    assert tiles(script)["Cost of goods"][0] == "$130.00"
    assert KNOWN_IN_MARCH in words(script).replace("\\", "")


def test_no_margin_is_told_where_no_cost_is_known(app: App, unknown: Release) -> None:
    script = overview(app(home=unknown.directory.parent.parent, **MARCH), SAIGON)

    found = tiles(script)
    assert (found["Lợi nhuận gộp"][0], found["Tỷ suất lợi nhuận gộp"][0]) == ("–", "–")
    assert found["Doanh thu thuần"][0] == "27,3\xa0Tr\xa0₫"
    assert "Không biết giá vốn của món nào đã bán ở đây" in words(script)


def test_nothing_is_said_where_all_costs_are_known(app: App) -> None:
    script = overview(app(**MARCH), NEW_YORK)

    assert tiles(script)["Gross margin"][0] == "$560.40"
    assert "Unit costs" not in words(script)


def test_orders_of_unknown_margin_are_listed_and_the_total_is_the_bars(unknown: Release) -> None:
    view = View.of(principal(unknown, NEW_YORK), unknown, "en").showing(
        Filters(preset="month_to_date")
    )
    selection = Selection(name="trend", label="", period=view.period)
    orders = orders_of(view, "gross_margin", selection)

    margins = dict(
        zip(
            orders.column("ledger_entry__order_number"),
            orders.column("gross_margin"),
            strict=True,
        )
    )
    assert margins["1-0001"] is None
    assert margins["1-0002"] == Decimal("150.50")
    assert "$960.40" in sum_message(view, "gross_margin", selection, orders)


def test_campaigns_together_have_a_margin_where_one_has_costs() -> None:
    def row(demand: int, costed: int, cost: int) -> Row:
        net = {"demand_sales_amount": demand, "net_sales_amount": demand}
        return Row({**net, "costed_demand_amount": costed, "cost_amount": cost})

    assert gross_margin([row(100, 0, 0)]) is None
    assert gross_margin([row(100, 0, 0), row(100, 50, 20)]) == 180
    assert gross_margin([row(0, 0, 0)]) == gross_margin([]) == 0
