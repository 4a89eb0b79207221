"""What Customers, Products and Fulfilment say of shops of nothing, of one and of very many.

Right numbers, or the empty state that says what is missing: the figures are those of
`test_edge_shops.py`, of 1 to 21 November 2026.
"""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from facet.config import PROJECT_DIR
from facet.reporting.identity.identity import demo_users
from facet.reporting.present.formats import DASH
from facet.reporting.screen.frame import sign_in
from facet.reporting.screen.session.state import KEY, State
from facet.rights.document import rights_of
from tests.dashboards.reading import listed, page_text, plain, table, tiles, total
from tests.facet.reporting.fixtures import AT_THIS_MACHINE
from tests.project.edge_shop_texts import SAID, TILES, UNTOLD, WAITING
from tests.project.edge_shops import (
    MANY_ORDERS,
    MANY_PRODUCTS,
    NO_STOCK,
    ONE_CUSTOMER,
    SHOPS,
)

Open = Callable[..., AppTest]
_PERIOD = {"period": "custom", "from": "2026-11-01", "to": "2026-11-21"}
_PARTS = ("shipments", "services", "returns", "balances", "inbound")
#: Every page, with what is chosen on it.
_PAGES = (("customers", {}), ("products", {}), *(("fulfilment", {"part": part}) for part in _PARTS))


@pytest.fixture(scope="module")
def served(edge_database: str, publish: Callable[..., Any]) -> Any:
    return publish(edge_database, "duckdb")


@pytest.fixture
def opened(served: Any, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a page of the published release for a shop's owner."""
    monkeypatch.setattr(sign_in, "request_context", lambda: AT_THIS_MACHINE)
    monkeypatch.setenv("FACET_HOME", str(served.settings.home))
    rights = rights_of(served.release.directory, served.settings)
    owners = {user.tenant_id: user.user_id for user in demo_users(served.release, rights)}

    def open_page(shop: int, page: str, *, lang: str = "en", **address: str) -> AppTest:
        script = AppTest.from_file(
            str(PROJECT_DIR / "dashboards" / "streamlit_app.py"), default_timeout=120
        )
        script.session_state[KEY] = State(demo_user=(shop, owners[shop]))
        for name, value in {**_PERIOD, "lang": lang, **address}.items():
            script.query_params[name] = value
        script = script.run().switch_page(f"app_pages/{page}.py").run()
        assert not script.exception
        return script

    return open_page


def _without_waiting(script: AppTest) -> dict[str, str]:
    """Tiles by name, but for those of what waits."""
    found = {plain(name): value for name, (value, _) in tiles(script).items()}
    return {name: value for name, value in found.items() if name not in _WAITING_FOR}


_WAITING_FOR = (
    *("Late shipments", "Overdue cases", "Returns open", "Owed for over 90 days"),
    *("Overdue inbound", "ShipStation differences"),
)


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("shop", SHOPS, ids=SHOPS.get)
def test_every_page_opens_and_says_what_is_so_or_what_is_missing(
    opened: Open, shop: int, lang: str
) -> None:
    for page, address in _PAGES:
        name = address.get("part", page)
        said = page_text(opened(shop, page, lang=lang, **address))
        for english, vietnamese in SAID.get((shop, name), []):
            assert (english if lang == "en" else vietnamese) in said, name
        assert [words for words in UNTOLD.get((shop, name), ()) if words in said] == [], name


@pytest.mark.parametrize(("shop", "name"), TILES)
def test_tiles_have_the_figures_that_are_known_and_no_others(
    opened: Open, shop: int, name: str
) -> None:
    part = {"part": name} if name in _PARTS else {}
    script = opened(shop, "fulfilment" if part else name, **part)

    assert _without_waiting(script) == TILES[shop, name]


@pytest.mark.parametrize("shop", WAITING)
def test_nothing_waits_where_something_is_recorded_and_nobody_knows_where_not(
    opened: Open, shop: int
) -> None:
    found = tiles(opened(shop, "fulfilment"))

    assert [found[name] for name in _WAITING_FOR] == WAITING[shop]


def test_one_customer_is_a_segment_a_cohort_and_a_month(opened: Open) -> None:
    script = opened(ONE_CUSTOMER, "customers")

    assert listed(script, "Segment") == [
        ["Hibernating", "bought seldom and long ago", "1", "100.0%", "1", "€100.00", "€60.00", DASH]
    ]
    assert listed(script, "First order") == [["11/2026", "1", "100.0%", DASH]]
    assert table(script, "Month") == [["11/2026 so far", "1", "0", "1", "0.0%", "€100.00"]]


def test_a_customer_of_a_thousand_orders_opens_with_all_of_them(opened: Open) -> None:
    customer = str(100_000 * (MANY_ORDERS - 1) + 1)
    script = opened(MANY_ORDERS, "customers", segment="champion", customer=customer)

    assert [[row[0], row[2], row[4], row[-1]] for row in listed(script, "Segment")] == [
        ["Champions", "1", "730", "0"],
        ["Promising", "1", "1", "1"],
        ["About to sleep", "1", "1", "1"],
        ["Hibernating", "2", "2", "2"],
        ["Lost", "1", "0", DASH],
    ]
    assert total(script).endswith("Overdue 4")
    assert "Orders: 1,000, the first on Jul 10, 2025." in page_text(script)
    assert "Net sales €10,000.00 · Balance due €10,000.00" in total(script, 2)
    assert "Events: 1,000, the latest first." in page_text(script)


def test_products_that_nobody_counts_have_sales_and_no_stock(opened: Open) -> None:
    script = opened(NO_STOCK, "products")

    assert [[*row[:5], *row[5:10]] for row in listed(script, "Product")] == [
        ["Ring 1", "A", "1", "€100.00", "€90.00", *[DASH] * 5],
        ["Ring 2", "A", "2", "€50.00", "€30.00", *[DASH] * 5],
    ]
    assert total(script) == "Total · Units 3 · Net sales €150.00 · At cost –"
    assert [plain(heading) for heading in script.table[-1].value.columns] == [
        "Class", "Products", "Net sales of the year", "Share",
    ]  # fmt: skip
    assert listed(script, "Set") == [["Ring 1", "Ring 2", "1", DASH, DASH]]
    assert [row[2:4] for row in listed(script, "Category")] == [[DASH, DASH]]
    assert [row[2:4] for row in table(script, "Variant")] == [[DASH, DASH]]


def test_ten_thousand_products_are_classed_and_add_up(opened: Open) -> None:
    script = opened(MANY_PRODUCTS, "products")

    classes = [[plain(cell) for cell in row[:5]] for row in table(script, "Class")]
    assert classes == [
        ["A", "1", "€800.00", "80.0%", "€0.00"],
        ["B", "1", "€150.00", "15.0%", "€0.00"],
        ["C", "1", "€50.00", "5.0%", "€0.00"],
        ["Dead", "9,997", "€0.00", "0.0%", "€99,970.00"],
        ["Total", "10,000", "€1,000.00", "100.0%", "€99,970.00"],
    ]
    assert [row[:2] + row[6:] for row in listed(script, "Product", "Reason", "To order")] == [
        ["Ring 1", "Ran out", "1", "11", "€97.79"],
        ["Ring 2", "Ran out", "1", "11", "€18.37"],
    ]
    assert total(script, 2) == (
        "Total · Units 3 · Net sales €1,000.00 · On hand 9,997 · At cost €99,970.00"
    )


def test_balances_of_a_thousand_orders_add_up_by_age(opened: Open) -> None:
    script = opened(MANY_ORDERS, "fulfilment", part="balances")

    ages = [[plain(cell) for cell in row[:3]] for row in table(script, "Age of the order")]
    assert ages == [
        ["Up to 30 days", "62", "€700.00"],
        ["31 to 60 days", "62", "€700.00"],
        ["61 to 90 days", "60", "€600.00"],
        ["Over 90 days", "821", "€8,250.00"],
        ["Total", "1,005", "€10,250.00"],
    ]
