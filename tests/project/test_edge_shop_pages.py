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
from tests.project.edge_shops import (
    EMPTY,
    MANY_ORDERS,
    MANY_PRODUCTS,
    NO_COSTS,
    NO_MOVEMENTS,
    NO_STOCK,
    ONE_CUSTOMER,
    ONE_PRODUCT,
    SHOPS,
)

Open = Callable[..., AppTest]
_PERIOD = {"period": "custom", "from": "2026-11-01", "to": "2026-11-21"}
_PARTS = ("shipments", "services", "returns", "balances", "inbound")
#: Every page, with what is chosen on it.
_PAGES = (("customers", {}), ("products", {}), *(("fulfilment", {"part": part}) for part in _PARTS))

#: Shop and page (or part of Fulfilment): what it says in English and in Vietnamese.
_SAID = {
    (EMPTY, "customers"): [
        ("No orders yet.", "Chưa có đơn hàng nào."),
        ("There are no customers yet.", "Chưa có khách hàng nào."),
        ("No leads came in during this period.", "Không có khách tiềm năng nào trong kỳ này."),
        ("ordered on two days or more: 0. Below 200", "từ hai ngày trở lên: 0. Dưới 200"),
    ],
    (EMPTY, "products"): [("There are no products yet.", "Chưa có sản phẩm nào.")],
    (EMPTY, "shipments"): [
        ("No shipment is recorded.", "Chưa ghi nhận kiện hàng nào."),
        ("ShipStation has no order of this shop.", "ShipStation chưa có đơn nào của cửa hàng này."),
    ],
    (EMPTY, "services"): [
        ("No case of this kind is recorded.", "Chưa ghi nhận việc nào loại này.")
    ],
    (EMPTY, "returns"): [("Nothing was sold or given back", "Không có gì được bán hay hoàn lại")],
    (EMPTY, "balances"): [("No orders yet.", "Chưa có đơn hàng nào.")],
    (EMPTY, "inbound"): [("No inbound shipment is recorded.", "Chưa ghi nhận lô hàng nhập nào.")],
    (ONE_CUSTOMER, "customers"): [
        ("With fewer than five who ordered in the year", "Khi chưa đủ năm khách đặt hàng"),
        ("Nobody has ordered on two days yet", "Chưa có ai đặt hàng vào hai ngày khác nhau"),
    ],
    (ONE_CUSTOMER, "products"): [("There is no stock in the CRM.", "CRM chưa có tồn kho.")],
    (ONE_CUSTOMER, "shipments"): [
        ("No shipment is late.", "Không có kiện hàng nào trễ hẹn."),
        ("ShipStation agrees with every order that it knows.", "ShipStation khớp với mọi đơn"),
    ],
    (ONE_CUSTOMER, "returns"): [("Nothing was sent back", "Không có hàng nào được gửi trả")],
    (ONE_PRODUCT, "customers"): [
        ("No customer who is known ordered", "Không có khách nào được biết tên đặt hàng"),
    ],
    (ONE_PRODUCT, "products"): [
        ("No product of class A or B is short.", "Không có sản phẩm hạng A hoặc B nào sắp hết."),
        ("All recorded stock agrees with its movements", "Mọi số ghi nhận đều khớp"),
    ],
    (ONE_PRODUCT, "shipments"): [
        ("Nothing that was delivered in this period had a promised day", "không có ngày hẹn"),
        ("ShipStation has no order of this shop.", "ShipStation chưa có đơn nào của cửa hàng này."),
    ],
    (NO_STOCK, "products"): [
        ("There is no stock in the CRM.", "CRM chưa có tồn kho."),
        ("stock, cover and reasons to order or mark down are not known", "thì chưa biết"),
    ],
    (NO_MOVEMENTS, "products"): [
        ("There are no movements of stock in the CRM", "CRM chưa có phiếu xuất nhập"),
        ("No stock needs to be marked down.", "Không có hàng nào cần giảm giá."),
    ],
    (NO_COSTS, "products"): [
        ("What they tie up is unknown", "chưa rõ đang giữ bao nhiêu tiền"),
        ("Products on hand without a known cost: 1.", "1 sản phẩm còn hàng"),
    ],
    (MANY_PRODUCTS, "products"): [
        ("Class A or B products that have run out: 2.", "hạng A hoặc B đã hết hàng: 2."),
        ("mark down: 9,997. They tie up €99,970.00", "9.997 sản phẩm nên giảm giá"),
        ("8,997 more, not shown", "8.997 dòng khác không hiển thị"),
    ],
    (MANY_ORDERS, "customers"): [
        ("ordered on two days or more: 1. Below 200", "từ hai ngày trở lên: 1. Dưới 200"),
    ],
    (MANY_ORDERS, "balances"): [("5 more, not shown", "5 dòng khác không hiển thị")],
}
#: What it must not say of them, in either language.
_UNTOLD = {
    (EMPTY, "customers"): ("slipping", "rời đi"),
    (EMPTY, "shipments"): (
        "No shipment is late",
        "agrees",
        "khớp với",
        "Nothing to draw",
        "Không có dữ liệu",
    ),
    (ONE_CUSTOMER, "products"): (" €0.00", " 0,00\xa0€", "is short", "sắp hết", "be marked"),
    (ONE_PRODUCT, "customers"): ("No orders", "Không có đơn hàng", "slipping", "rời đi"),
    (ONE_PRODUCT, "shipments"): ("agrees", "Nothing to draw", "Không có dữ liệu"),
    (NO_STOCK, "products"): (
        *(" €0.00", " 0,00\xa0€", "is short", "sắp hết", "be marked", "mark down:", "cost is not"),
    ),
    (NO_COSTS, "products"): ("€0.00 at cost", "0,00\xa0€ theo giá vốn"),
    (MANY_ORDERS, "returns"): ("Nothing was sold", "Không có gì được bán"),
}

_NONE = (DASH, "none recorded")
_NOT_THERE = (DASH, "no order there")
#: What waits for somebody: of shipments, cases, returns, what is owed, inbound, ShipStation.
_WAITING = {
    EMPTY: [_NONE, _NONE, _NONE, (DASH, "no order yet"), _NONE, _NOT_THERE],
    ONE_CUSTOMER: [
        ("0", "of which came back: 0"), _NONE, _NONE, ("€0.00", ""), _NONE, ("0", "")
    ],
    ONE_PRODUCT: [
        ("0", "of which came back: 0"), _NONE, ("1", ""), ("€0.00", ""), _NONE, _NOT_THERE
    ],
    NO_STOCK: [_NONE, _NONE, _NONE, ("€0.00", ""), _NONE, _NOT_THERE],
    MANY_ORDERS: [_NONE, _NONE, _NONE, ("€8,250.00", ""), _NONE, _NOT_THERE],
}  # fmt: skip
#: All further tiles of a page.
_TILES = {
    (EMPTY, "customers"): {},
    (EMPTY, "products"): {},
    (EMPTY, "returns"): {},
    (ONE_CUSTOMER, "customers"): {
        "Customers": "1", "New customers": "1", "Returning customers": "0",
        "Share of returning customers": "0.0%", "Net sales per customer": "€100.00",
        "Overdue": DASH,
    },
    (ONE_CUSTOMER, "products"): {"Net units": "1"},
    (ONE_CUSTOMER, "shipments"): {
        "On-time rate": "100.0%", "Shipments delivered": "1", "Days to dispatch": "1",
        "Days to deliver": "2",
    },
    (ONE_CUSTOMER, "returns"): {
        "Return rate": "0.0%", "Refund rate": "0.0%", "Returns of orders": "€0.00",
        "Days to refund": DASH, "Days to refund, 90th percentile": DASH,
    },
    (ONE_PRODUCT, "customers"): {},
    (ONE_PRODUCT, "products"): {
        "Stock at cost": "€80.00", "Dead stock at cost": "€0.00", "Stock cover in days": "730",
        "Return on inventory": "6.50", "Net units": "1", "Stock-out days": "0",
        "Sales lost to stock-outs (modelled)": "€0.00", "Sell-through": "33.3%",
    },
    (ONE_PRODUCT, "shipments"): {
        "On-time rate": DASH, "Shipments delivered": "1", "Days to dispatch": "1",
        "Days to deliver": "2",
    },
    (NO_STOCK, "products"): {"Net units": "3"},
    (NO_MOVEMENTS, "products"): {
        "Stock at cost": "€160.00", "Dead stock at cost": "€0.00",
        "Stock cover in days": "1,460", "Return on inventory": DASH, "Net units": "1",
    },
    (NO_COSTS, "products"): {
        "Stock at cost": DASH, "Dead stock at cost": "€0.00", "Stock cover in days": "1,460",
        "Return on inventory": DASH, "Net units": "1", "Stock-out days": "0",
        "Sales lost to stock-outs (modelled)": "€0.00", "Sell-through": "20.0%",
    },
    (MANY_PRODUCTS, "products"): {
        "Stock at cost": "€99,970.00", "Dead stock at cost": "€99,970.00",
        "Stock cover in days": "1,216,301.67", "Return on inventory": "0.01", "Net units": "3",
        "Stock-out days": "33", "Sales lost to stock-outs (modelled)": "€122.32",
        "Sell-through": "< 0.1%",
    },
    (MANY_ORDERS, "customers"): {
        "Customers": "3", "New customers": "2", "Returning customers": "1",
        "Share of returning customers": "33.3%", "Net sales per customer": "€173.33",
        "Overdue": "4",
    },
}  # fmt: skip


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
        for english, vietnamese in _SAID.get((shop, name), []):
            assert (english if lang == "en" else vietnamese) in said, name
        assert [words for words in _UNTOLD.get((shop, name), ()) if words in said] == [], name


@pytest.mark.parametrize(("shop", "name"), _TILES)
def test_tiles_have_the_figures_that_are_known_and_no_others(
    opened: Open, shop: int, name: str
) -> None:
    part = {"part": name} if name in _PARTS else {}
    script = opened(shop, "fulfilment" if part else name, **part)

    assert _without_waiting(script) == _TILES[shop, name]


@pytest.mark.parametrize("shop", _WAITING)
def test_nothing_waits_where_something_is_recorded_and_nobody_knows_where_not(
    opened: Open, shop: int
) -> None:
    found = tiles(opened(shop, "fulfilment"))

    assert [found[name] for name in _WAITING_FOR] == _WAITING[shop]


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
