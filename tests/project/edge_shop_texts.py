"""What pages say of shops of nothing, of one and of very many: texts and figures."""

from facet.reporting.present.formats import DASH
from tests.project.edge_shops import (
    EMPTY,
    MANY_ORDERS,
    MANY_PRODUCTS,
    NO_COSTS,
    NO_MOVEMENTS,
    NO_STOCK,
    ONE_CUSTOMER,
    ONE_PRODUCT,
)

#: Shop and page (or part of Fulfilment): what it says in English and in Vietnamese.
SAID = {
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
UNTOLD = {
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

NONE = (DASH, "none recorded")
NOT_THERE = (DASH, "no order there")
#: What waits for somebody: of shipments, cases, returns, what is owed, inbound, ShipStation.
WAITING = {
    EMPTY: [NONE, NONE, NONE, (DASH, "no order yet"), NONE, NOT_THERE],
    ONE_CUSTOMER: [
        ("0", "of which came back: 0"), NONE, NONE, ("€0.00", ""), NONE, ("0", "")
    ],
    ONE_PRODUCT: [
        ("0", "of which came back: 0"), NONE, ("1", ""), ("€0.00", ""), NONE, NOT_THERE
    ],
    NO_STOCK: [NONE, NONE, NONE, ("€0.00", ""), NONE, NOT_THERE],
    MANY_ORDERS: [NONE, NONE, NONE, ("€8,250.00", ""), NONE, NOT_THERE],
}  # fmt: skip
#: All further tiles of a page.
TILES = {
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
