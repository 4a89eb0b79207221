"""The orders behind a bar add up to the bar, for every measure and every bar there is."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from facet.config import Settings
from facet.release import Release
from facet.reporting.present.filters import DIMENSIONS, MEASURES, PRODUCT, Dimension, Filters
from facet.reporting.present.series import part_series, trend_series
from facet.reporting.query.periods import Grain, Period, bucket_period
from facet.reporting.screen.parts.figures import clicked_key
from facet.reporting.screen.parts.orders import orders_of, sum_message
from facet.reporting.screen.session.selection import Selection
from facet.reporting.screen.session.view import View
from tests.facet.reporting.fixtures import sign_in
from tests.facet.reporting.house import NEW_YORK, SAIGON, Order, publish_house

ALL = Filters(preset="custom", custom=Period(date(2025, 1, 1), date(2026, 3, 18)))


@pytest.fixture(params=[NEW_YORK, SAIGON], ids=["New York", "Saigon"])
def view(request: pytest.FixtureRequest, house: Release) -> View:
    return View.of(sign_in(house, request.param), house, "en").showing(ALL)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("grain", ["day", "week", "month"])
def test_by_time(view: View, measure: str, grain: Grain) -> None:
    view = view.showing(Filters(preset="custom", custom=ALL.custom, grain=grain))
    points = trend_series(view, measure)[0].points

    checked = 0
    for point in points:
        if point.value:
            period = bucket_period(date.fromisoformat(point.key), grain, view.period)
            selection = Selection(name="trend", label="", period=period)
            assert float(orders_of(view, measure, selection).total(measure)) == point.value
            checked += 1
    whole = view.numbers([measure]).now[measure]
    drawn = [point.value for point in points if point.value is not None]  # None: no cost is known
    assert sum(Decimal(str(value)) for value in drawn) == whole
    assert checked or not whole


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("dimension", [*DIMENSIONS.values(), PRODUCT])
def test_by_part(view: View, measure: str, dimension: Dimension) -> None:
    points = part_series(view, measure, dimension)[0].points

    for point in points:
        where = {dimension.id: [dimension.value(point.key)]}
        selection = Selection(name="part", label="", period=view.period, where=where)
        orders = orders_of(view, measure, selection)
        assert float(orders.total(measure)) == point.value
        assert len(set(orders.column("ledger_entry__order_number"))) == len(orders) > 0
    assert points or not view.numbers([measure]).now[measure]


def test_a_return_is_in_the_day_that_it_is_counted_on(house: Release) -> None:
    view = View.of(sign_in(house, NEW_YORK), house, "en")
    day = Period(date(2026, 3, 5), date(2026, 3, 5))
    orders = orders_of(view, "net_sales", Selection(name="trend", label="", period=day))

    assert orders.records()[0]["net_sales"] == Decimal("-100.00")
    assert orders.records()[0]["ledger_entry__order_date__day"] == date(2025, 3, 18)


@pytest.mark.parametrize("tenant_id", [NEW_YORK, SAIGON])
def test_orders_are_counted_as_the_page_counts_them(
    tmp_path: Path, semantic_manifest: Path, tenant_id: int
) -> None:
    day, before = date(2026, 3, 2), date(2026, 2, 2)
    orders = [
        Order(tenant_id=tenant_id, order_id=1, day=day, gross="1000"),
        Order(tenant_id=tenant_id, order_id=2, day=day, gross="70", refunded_on=day, refund="70"),
        Order(tenant_id=tenant_id, order_id=3, day=before, gross="90", refunded_on=day, refund="9"),
    ]
    release = publish_house(Settings(home=tmp_path), semantic_manifest, orders=orders)
    view = View.of(sign_in(release, tenant_id), release, "en").showing(ALL)
    selection = Selection(name="trend", label="", period=Period(day, day))

    found = orders_of(view, "net_sales", selection)
    message = sum_message(view, "net_sales", selection, found)
    assert view.query(["orders"], period=selection.period).total("orders") == 2
    assert message.startswith(
        "Orders: 2, of which 1 have Net sales; 1 more were placed at another time."
    )
    assert [order["net_sales"] for order in found.records()] == [1000, -9]
    message = sum_message(view, "orders", selection, orders_of(view, "orders", selection))
    assert message == "Orders: 2, exactly the number above."


@pytest.mark.parametrize("by", ["channel", "category", "product"])
@pytest.mark.parametrize("tenant_id", [NEW_YORK, SAIGON])
def test_things_of_one_name_have_a_bar_and_orders_of_their_own(
    tmp_path: Path, semantic_manifest: Path, tenant_id: int, by: str
) -> None:
    orders = [
        Order(
            tenant_id=tenant_id, order_id=n, day=date(2026, 3, 2), gross=gross, channel="Maison",
            category="Rings", product="Solitaire", page_id=n, category_id=n + 10, product_id=n + 20,
        )
        for n, gross in ((1, "1000"), (2, "3000"))
    ]  # fmt: skip
    release = publish_house(Settings(home=tmp_path), semantic_manifest, orders=orders)
    view = View.of(sign_in(release, tenant_id), release, "en").showing(ALL)
    dimension = view.dimensions.get(by, PRODUCT)
    points = part_series(view, "net_sales", dimension)[0].points

    assert [point.value for point in points] == [3000, 1000]
    for point, number in zip(points, (2, 1), strict=True):
        selection = Selection(
            name=by, label="", period=view.period,
            where={dimension.id: [dimension.value(point.key)]},
        )  # fmt: skip
        (order,) = orders_of(view, "net_sales", selection).records()
        assert order["sales_order"] == number


@pytest.mark.parametrize(
    ("points", "key"),
    [
        ([], None),
        ([{"customdata": ["2026-03-02", "Mar 2", "$1"]}], "2026-03-02"),
        ([{"customdata": {"0": "Rings"}}], "Rings"),
        ([{"x": 1}, {"customdata": ["", "Others (3)", "$1"]}], None),
    ],
)
def test_a_click_tells_the_key_of_its_bar(points: list[object], key: str | None) -> None:
    assert clicked_key({"selection": {"points": points}}) == key
