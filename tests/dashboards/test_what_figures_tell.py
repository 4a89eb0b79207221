"""What tiles and lists tell beside a number: whether it is good, and what part of a whole."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.Metric_pb2 import Metric
from streamlit.testing.v1 import AppTest

from facet.config import Settings
from facet.release import Release
from tests.dashboards.reading import App, overview
from tests.facet.reporting import house_whole
from tests.facet.reporting.house import EMPTY, NEW_YORK, SAIGON, Order, publish_house

#: New York counts returns on their own day, Berlin (elsewhere empty) on that of their order.
BERLIN = EMPTY
MARCH = {"period": "custom", "from_": "2026-03-01", "to": "2026-03-18"}
NOVEMBER = {"period": "custom", "from_": "2025-11-01", "to": "2025-11-30"}


def _orders(tenant_id: int) -> list[Order]:
    """A tenth comes back of what is ordered in the years before, a fifth of what is compared."""
    days = {
        date(2024, 10, 1): "0",
        **{date(2024, 11, 5): "10", date(2025, 11, 5): "20"},
        **{date(2025, 3, 5): "10", date(2026, 3, 5): "20"},
    }
    return [
        Order(
            tenant_id=tenant_id, order_id=number, day=day, gross="100.00", paid="100.00",
            refunded_on=day.replace(day=6) if refund != "0" else None, refund=refund,
        )
        for number, (day, refund) in enumerate(days.items(), start=1)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path) -> Release:
    settings = Settings(home=tmp_path_factory.mktemp("returns"))
    orders = [*_orders(NEW_YORK), *_orders(BERLIN)]
    return publish_house(settings, semantic_manifest, orders=orders)


def _tile(script: AppTest, label: str) -> tuple[str, str, str]:
    """The number of a tile, the colour of its change, and what it says when asked."""
    (found,) = (metric for metric in script.metric if metric.label == label)
    proto: Any = found.proto
    return found.value, Metric.MetricColor.Name(proto.color), proto.help


@pytest.mark.parametrize(
    ("tenant_id", "page", "label", "value", "is_by_order"),
    [
        (NEW_YORK, "overview", "Returns", "$20.00", False),
        (BERLIN, "overview", "Returns", "€20.00", True),
        # pieces, of which the house receives none back: always grey
        (NEW_YORK, "sales", "Return rate", "0.0%", True),
        (BERLIN, "sales", "Return rate", "0.0%", True),
    ],
)
def test_what_may_still_come_back_of_young_orders_is_grey_and_says_so(
    app: App, returns: Release, tenant_id: int, page: str, label: str, value: str, is_by_order: bool
) -> None:
    home = returns.directory.parent.parent
    for days, is_young in ((MARCH, True), (NOVEMBER, False)):
        script = overview(app(home=home, lang="en", **days), tenant_id)
        script = script.switch_page(f"app_pages/{page}.py").run()
        now, colour, help_text = _tile(script, label)

        assert now == value
        is_grey = (is_young and is_by_order) or value == "0.0%"
        assert colour == ("GRAY" if is_grey else "RED")
        assert ("Still growing" in help_text) == (is_young and is_by_order)


@pytest.fixture(scope="module")
def lopsided(tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path) -> Release:
    """One order that is nearly all there is, in New York and in Saigon."""
    settings = Settings(home=tmp_path_factory.mktemp("lopsided"))
    day = date(2026, 3, 5)
    orders = [
        Order(tenant_id=tenant_id, order_id=number, day=day, gross=gross, channel=channel)
        for tenant_id in (NEW_YORK, SAIGON)
        for number, (gross, channel) in enumerate(
            {"1000000": "Large", "300": "Small", "5000": "Some"}.items(), start=1
        )
    ]
    return publish_house(settings, semantic_manifest, orders=orders)


@pytest.mark.parametrize(
    ("tenant_id", "expected"),
    [
        (NEW_YORK, {"Large": "99.5%", "Some": "0.5%", "Small": "< 0.1%", "Total": "100.0%"}),
        (SAIGON, {"Large": "99,5%", "Some": "0,5%", "Small": "< 0,1%", "Tổng cộng": "100,0%"}),
    ],
)
def test_a_small_share_is_not_none_of_it(
    app: App, lopsided: Release, tenant_id: int, expected: dict[str, str]
) -> None:
    script = overview(app(home=lopsided.directory.parent.parent, **MARCH), tenant_id)
    cells = [[str(cell).strip("*") for cell in row] for row in script.table[-1].value.to_numpy()]

    assert {row[0].replace("\\", ""): row[-1].replace("\\", "") for row in cells} == expected


@pytest.mark.parametrize("page", ["staff", "campaigns", "promotions"])
@pytest.mark.parametrize("tenant_id", [NEW_YORK, SAIGON])
def test_rates_are_written_and_drawn_in_no_bar_that_ends_anywhere(
    app: App, whole: Release, tenant_id: int, page: str
) -> None:
    script = overview(app(home=whole.directory.parent.parent), tenant_id)
    script = script.switch_page(f"app_pages/{page}.py").run()

    lists: list[Any] = list(script.dataframe)
    assert lists
    for shown in lists:
        assert '"progress"' not in shown.proto.columns


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path) -> Release:
    settings = Settings(home=tmp_path_factory.mktemp("whole"))
    return house_whole.publish_whole(settings, semantic_manifest)
