"""Shops of nothing, of one and of very many; `test_edge_shops.py` has their figures.

All are in Paris and keep their books in euros. Each has an owner who may see everything. Beside
them are two shops whose things bear one name (`test_things_of_one_name.py`).
"""

from decimal import Decimal

import psycopg

from facet.rights.codes import CODES
from tests.project.paper_shop import PaperShop

EMPTY, ONE_CUSTOMER, ONE_PRODUCT, NO_STOCK, NO_MOVEMENTS, NO_COSTS = range(11, 17)
MANY_PRODUCTS, MANY_ORDERS = 17, 18
SAME_NAMES, SAME_NAMES_ALSO = 21, 22
SHOPS = {
    EMPTY: "Empty",
    ONE_CUSTOMER: "One customer",
    ONE_PRODUCT: "One product",
    NO_STOCK: "No stock",
    NO_MOVEMENTS: "No movements",
    NO_COSTS: "No costs",
    MANY_PRODUCTS: "Ten thousand products",
    MANY_ORDERS: "A thousand orders",
}


def load(url: str) -> None:
    """Write the shops; dashboards take all tenants of the database for a demo's."""
    with psycopg.connect(url) as connection:
        connection.execute("set timezone to 'UTC'")
        shops = {
            tenant: PaperShop(
                connection, tenant, "Europe/Paris", name=name, slug=name, currency_code="EUR"
            )
            for tenant, name in SHOPS.items()
        }
        _one_customer(shops[ONE_CUSTOMER])
        _one_product(shops[ONE_PRODUCT])
        _no_stock(shops[NO_STOCK])
        _no_movements(shops[NO_MOVEMENTS])
        _no_costs(shops[NO_COSTS])
        _many_products(shops[MANY_PRODUCTS])
        _many_orders(shops[MANY_ORDERS])
        connection.execute(
            "insert into channels_platforms (id, code, name) values (2, 'fb', 'Facebook')"
        )
        for tenant in (SAME_NAMES, SAME_NAMES_ALSO):
            slug = f"same-{tenant}"
            _things_of_one_name(
                PaperShop(
                    connection, tenant, "Europe/Paris", name=slug, slug=slug, currency_code="EUR"
                )
            )
        connection.execute(_OWNERS, [list(CODES), list(SHOPS)])


def _one_customer(shop: PaperShop) -> None:
    """One order, delivered a day early; ShipStation knows it as the shop does."""
    shop.add("product", id=1, name="Ring", list_price=100, unit_cost=40)
    shop.add("crm_customers", id=1, customer_code="C-1")
    shop.order(1, "2026-11-12T10:00Z", "100.00", cost=40, customer_id=1, status="delivered")
    shop.add("order_payments", id=1, order_id=1, status="succeeded", amount=60,
             paid_at="2026-11-12T10:00Z")  # fmt: skip
    shop.add("outbound_shipments", id=1, shipment_number="S-1", status="delivered", carrier="DHL",
             promised_on="2026-11-15", dispatched_at="2026-11-13T10:00Z",
             delivered_at="2026-11-14T10:00Z")  # fmt: skip
    shop.add("outbound_shipment_orders", outbound_shipment_id=1, order_id=1)
    shop.add("shipstation_orders", order_id=1, outbound_shipment_id=1, external_id="1",
             status="shipped", synced_at="2026-11-15T10:00Z")  # fmt: skip


def _one_product(shop: PaperShop) -> None:
    """Three came, one was sold to a guest, who wants to give it back; nobody promised a day."""
    shop.add("product", id=1, name="Ring", list_price=100, unit_cost=40)
    shop.order(1, "2026-11-12T10:00Z", "100.00", cost=40)
    _stock(shop, product=1, received="2026-10-01", units=3, sold="2026-11-12")
    shop.add("order_returns", id=1, order_id=1, order_item_id=1, quantity=1, reason="Too big",
             requested_at="2026-11-20T10:00Z")  # fmt: skip
    shop.add("outbound_shipments", id=1, shipment_number="S-1", status="delivered",
             dispatched_at="2026-11-13T10:00Z", delivered_at="2026-11-14T10:00Z")  # fmt: skip
    shop.add("outbound_shipment_orders", outbound_shipment_id=1, order_id=1)


def _no_stock(shop: PaperShop) -> None:
    """Two products sell, in a category; nobody counts what is there of them."""
    shop.add("category", id=1, name="Rings")
    for product, price in ((1, 100), (2, 25)):
        shop.add("product", id=product, name=f"Ring {product}", list_price=price, unit_cost=10)
        shop.add("product_category", product_id=product, category_id=1)
    shop.add("product_variant", id=1, product_id=1, sku="R-1", name="Size 52")
    shop.add("product_set_item", product_id=1, component_product_id=2, quantity=1)
    shop.order(1, "2026-11-10T10:00Z", "100.00", cost=10)
    shop.order(2, "2026-11-12T10:00Z", "25.00", cost=10, product=2, quantity=2)


def _no_movements(shop: PaperShop) -> None:
    """Four are counted of what sold once; nobody notes what comes and goes."""
    shop.add("product", id=1, name="Ring", list_price=100, unit_cost=40)
    shop.order(1, "2026-11-12T10:00Z", "100.00", cost=40)
    shop.add("stock", product_id=1, quantity_on_hand=4)


def _no_costs(shop: PaperShop) -> None:
    """Five came long ago and one was sold; nobody knows what one costs."""
    shop.add("category", id=1, name="Rings")
    shop.add("product", id=1, name="Ring", list_price=100)
    shop.add("product_category", product_id=1, category_id=1)
    shop.order(1, "2026-11-12T10:00Z", "100.00")
    _stock(shop, product=1, received="2025-03-01", units=5, sold="2026-11-12")


def _many_products(shop: PaperShop) -> None:
    """One came of each of ten thousand; three were sold, for 800, 150 and 50."""
    shop.fill("""
        insert into product (id, tenant_id, name, sku, list_price, unit_cost)
        select {first} + n, {tenant}, 'Ring ' || n, 'R-' || n, 20, 10
        from generate_series(1, 10000) as n
    """)
    shop.fill("""
        insert into stock (tenant_id, product_id, quantity_on_hand)
        select {tenant}, {first} + n, case when n <= 3 then 0 else 1 end
        from generate_series(1, 10000) as n
    """)
    shop.fill("""
        insert into stock_history (
            tenant_id, product_id, movement_type, quantity_change, occurred_at, created_at
        )
        select {tenant}, {first} + n, movement, units, moved_at, moved_at
        from generate_series(1, 10000) as n
        cross join (
            values
            ('receipt', 1, 10000, timestamptz '2026-01-10T10:00Z'),
            ('sale', -1, 3, timestamptz '2026-11-10T10:00Z')
        ) as moves (movement, units, products, moved_at)
        where n <= products
    """)
    for product, price in ((1, "800.00"), (2, "150.00"), (3, "50.00")):
        shop.order(product, "2026-11-10T10:00Z", price, cost=10, product=product)


def _many_orders(shop: PaperShop) -> None:
    """Customer 1 ordered twice a day on 500 days, up to the last; five others once each."""
    shop.add("product", id=1, name="Ring", list_price=10, unit_cost=4)
    for customer in range(1, 7):
        shop.add("crm_customers", id=customer, customer_code=f"C-{customer}")
    shop.fill("""
        insert into orders (
            id, tenant_id, order_number, customer_id, status, ordered_at, currency_code
        )
        select
            {first} + n, {tenant}, n, {first} + 1, 'completed',
            timestamptz '2025-07-10T10:00Z' + (n - 1) / 2 * interval '1 day', 'EUR'
        from generate_series(1, 1000) as n
    """)
    shop.fill("""
        insert into order_items (
            id, tenant_id, order_id, product_id, quantity, unit_price, unit_cost
        )
        select {first} + n, {tenant}, {first} + n, {first} + 1, 1, 10, 4
        from generate_series(1, 1000) as n
    """)
    days = ("2026-11-11", "2026-11-01", "2026-10-22", "2026-10-12", "2025-01-05")
    for customer, day in enumerate(days, start=2):
        shop.order(1000 + customer, f"{day}T10:00Z", "50.00", cost=20, customer_id=customer)


def _stock(shop: PaperShop, *, product: int, received: str, units: int, sold: str) -> None:
    """So many came of a product, and one went."""
    shop.add("stock", product_id=product, quantity_on_hand=units - 1)
    for movement, day, change in (("receipt", received, units), ("sale", sold, -1)):
        shop.add("stock_history", product_id=product, movement_type=movement,
                 quantity_change=change, occurred_at=f"{day}T10:00Z",
                 created_at=f"{day}T10:00Z")  # fmt: skip


def _things_of_one_name(shop: PaperShop) -> None:
    """A ring in 14 k sold on the website, one in 18 k sold on Facebook, of which 500.00 went back.

    Both rings are called Solitaire, both pages Maison, and each ring is in another category Rings.
    """
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


_OWNERS = """
    with permissions as (
        insert into sys_permissions (code) select unnest(%s::text[])
        returning id
    ),

    roles as (
        insert into sys_roles (id, tenant_id, code, name)
        select 100000 * tenant_id, tenant_id, 'owner', 'Owner'
        from unnest(%s::bigint[]) as tenant_id
        returning id, tenant_id
    ),

    users as (
        insert into sys_users (id, tenant_id, full_name)
        select id, tenant_id, 'Owner' from roles
        returning id, tenant_id
    ),

    owners as (
        insert into sys_user_roles (tenant_id, user_id, role_id)
        select tenant_id, id, id from users
    ),

    demo as (update sys_tenants set metadata = '{"is_demo": true}')

    insert into sys_role_permissions (role_id, permission_id)
    select roles.id, permissions.id from roles cross join permissions
"""
