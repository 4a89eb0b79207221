"""A small release made by hand: every number in it can be added up on paper.

Three tenants: one in New York (US dollars, weeks from Sunday, fiscal years from February), one in
Saigon (đồng, Vietnamese), one that has not sold anything yet. The data is as of 2026-03-18, 15:30
UTC.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Final
from zlib import crc32

import duckdb

from facet.config import Settings
from facet.release import Audit, Mart, Release, Snapshot, publish
from facet.rights.document import to_json
from tests.facet.reporting import house_forecast, house_schema
from tests.facet.reporting.contracts import insert, privacy_of
from tests.facet.reporting.house_people import STAFF, Staff, rights_of_house

AS_OF: Final = datetime(2026, 3, 18, 15, 30, tzinfo=UTC)
NEW_YORK, SAIGON, EMPTY = 1, 2, 3


@dataclass(frozen=True, kw_only=True)
class Order:
    """An order of one line, and what it puts in the ledger."""

    tenant_id: int = NEW_YORK
    order_id: int
    day: date
    gross: str
    discount: str = "0"
    cost: str = "0"
    tax: str = "0"
    shipping: str = "0"
    paid: str = "0"
    paid_on: date | None = None
    units: int = 1
    channel: str = "Boutique"
    category: str | None = "Rings"
    product: str | None = "Solitaire"
    #: Ids go with names unless they are given.
    page_id: int | None = None
    category_id: int | None = None
    product_id: int | None = None
    buyer: str = "new"
    refunded_on: date | None = None
    refund: str = "0"
    #: When on the clocks of the shop: of the order, of its payment and of its refund.
    at: time = time(9)


ORDERS: Final = (
    # this month, New York
    Order(
        order_id=1, day=date(2026, 3, 2), gross="1000.00", discount="100.10", cost="400.00",
        tax="72.00", shipping="15.00", paid="986.90",
    ),
    Order(
        order_id=2, day=date(2026, 3, 10), gross="250.50", cost="100.00", tax="20.04",
        paid="270.54", channel="Website", category="Earrings", product="Pearl “Nacre”",
        buyer="repeat",
    ),
    Order(
        order_id=3, day=date(2026, 3, 18), gross="80.00", cost="30.00", units=2,
        channel="Website", category="Earrings", product="Studs", buyer="guest",
        paid="80.00", refunded_on=date(2026, 3, 18), refund="40.00",
    ),
    # the month before: the same stretch ends on 18 February
    Order(order_id=4, day=date(2026, 2, 18), gross="600.00", cost="200.00", paid="600.00"),
    Order(order_id=5, day=date(2026, 2, 19), gross="5000.00", cost="900.00", paid="5000.00"),
    # the year before
    Order(
        order_id=6, day=date(2025, 3, 18), gross="1000.00", cost="400.00", paid="1000.00",
        refunded_on=date(2026, 3, 5), refund="100.00", buyer="repeat",
    ),
    # Saigon
    Order(
        tenant_id=SAIGON, order_id=1, day=date(2026, 3, 1), gross="25000000", cost="12000000",
        paid="10000000", channel="Cửa hàng", category="Nhẫn", product="Nhẫn cưới",
    ),
    Order(
        tenant_id=SAIGON, order_id=2, day=date(2026, 3, 17), gross="2500000", discount="250000",
        cost="900000", paid="2250000", channel="Zalo", category="Bông tai", product="Bông tai",
        buyer="repeat",
    ),
)  # fmt: skip

_TENANTS: Final = """
    (1, 'Hudson & Vale', 'America/New_York', 'USD', 'en-US', 'refund_date', 7, 2, true),
    (2, 'Ngọc Lan', 'Asia/Ho_Chi_Minh', 'VND', 'vi-VN', 'refund_date', 1, 1, true),
    (3, 'Leer & Söhne', 'Europe/Berlin', 'EUR', 'de-DE', 'order_date', 1, 1, true)
"""
_MARTS: Final = f"""
create schema facet_marts;
create table facet_marts.dim_tenants as
    select * from (values {_TENANTS}) as tenants(
        tenant_id, tenant_name, timezone, currency_code, locale, return_dating, week_start,
        fiscal_year_start_month, is_demo
    );
create table facet_marts.dim_dates as
    select
        tenant_id,
        cast(day as date) as date_day,
        cast(day as date) - cast((isodow(day) - week_start + 7) % 7 as integer) as week_start_date,
        cast(date_trunc('month', day) as date) as month_start_date,
        cast(date_trunc('quarter', day) as date) as fiscal_quarter_start_date,
        cast(date_trunc('year', day) as date) as fiscal_year_start_date,
        case tenant_id when 1 then '2026/27' else strftime(day, '%Y') end as fiscal_year_name
    from facet_marts.dim_tenants
    cross join range(timestamp '2024-01-01', timestamp '2027-01-01', interval 1 day) as days(day);
create table facet_marts.fct_sales_ledger (
    tenant_id bigint, source_table text, source_id bigint, order_id bigint, order_item_id bigint,
    product_id bigint, category_id bigint, customer_id bigint, person_id bigint, page_id bigint,
    event_type text,
    order_number text, order_type text, buyer_type text, channel_name text, platform_name text,
    category_name text, product_name text, payment_method text, amount numeric(18, 2),
    quantity integer, has_unit_cost boolean, is_order_counted boolean, ledger_date date,
    event_date date, order_date date, occurred_at timestamptz,
    dated_at_local timestamp, occurred_at_local timestamp, ordered_at_local timestamp
);
"""
#: Who bought, as the ledger has them; names are like nobody else's.
_BUYERS: Final = """
create table facet_marts.dim_customers as
    select distinct
        tenant_id, person_id, 'Buyer ' || tenant_id || '-' || person_id as full_name,
        case tenant_id when 1 then 'US' else 'VN' end as country_code,
        case tenant_id when 1 then 'Boston' else 'Huế' end as city
    from facet_marts.fct_sales_ledger
    where person_id is not null
"""


def publish_house(
    settings: Settings,
    semantic_manifest: Path,
    *,
    orders: Sequence[Order] = ORDERS,
    staff: Sequence[Staff] = STAFF,
    is_demo: bool = True,
    audit: Audit | None = None,
    has_schema: bool = True,
    more: Callable[[duckdb.DuckDBPyConnection], Sequence[str]] = lambda _: (),
    without: Mapping[str, Sequence[str]] | None = None,
) -> Release:
    """Publish a release of the house's tenants with these orders.

    `has_schema` is False for a release made before there were marts of the schema. `more` creates
    further marts and returns their names. `without` are columns of marts, or for none the whole
    mart, that a release made before them does not have.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    settings.warehouse_path.unlink(missing_ok=True)
    with duckdb.connect(str(settings.warehouse_path)) as connection:
        connection.execute(_MARTS)
        connection.execute(
            """
            create table facet_marts.dim_staff (
                tenant_id bigint, user_id bigint, manager_id bigint, full_name text,
                role_codes text, is_active boolean
            )
            """
        )
        insert(connection, "facet_marts.dim_staff", staff)
        if not is_demo:
            connection.execute("update facet_marts.dim_tenants set is_demo = tenant_id <> 1")
        rows = [row for order in orders for row in _ledger_rows(order)]
        insert(connection, "facet_marts.fct_sales_ledger", rows)
        for statement in house_schema.statements() if has_schema else ():
            connection.execute(statement)
        connection.execute(_BUYERS)
        further = [*house_forecast.make_empty(connection), *more(connection)]
        for mart, columns in (without or {}).items():
            for column in columns:
                connection.execute(
                    f"alter table if exists facet_marts.{mart} drop column if exists {column}"
                )
    names = ["dim_tenants", "dim_staff", "dim_dates", "dim_customers", "fct_sales_ledger"]
    names.extend(house_schema.NAMES if has_schema else ())
    names.extend(further)
    names = [name for name in names if (without or {}).get(name, (name,))]
    return publish(
        settings,
        url="",
        marts=[
            Mart(name=name, sort_key=("tenant_id",), privacy=privacy_of(name)) for name in names
        ],
        audit=audit or Audit(passed=1),
        snapshot=Snapshot(at=AS_OF, source="the house"),
        semantic_manifest=semantic_manifest,
        dbt_version="1.11",
        rights=to_json(rights_of_house(staff)),
    )


def _ledger_rows(order: Order) -> Iterator[tuple[object, ...]]:
    """The order's events; taxes, shipping and payments are of no category, as in the mart."""
    line = [
        ("sale", order.gross, order.units),
        ("discount", f"-{order.discount}", 0),
        ("cost", f"-{order.cost}", 0),
    ]
    whole = [("tax", order.tax, 0), ("shipping", order.shipping, 0)]
    for event, amount, quantity in line:
        yield _row(order, event, amount, quantity, order.day)
    for event, amount, quantity in whole:
        yield _row(_unsplit(order), event, amount, quantity, order.day)
    yield _row(_unsplit(order), "payment", order.paid, 0, order.paid_on or order.day)
    if order.refunded_on is not None:
        yield _row(order, "return", f"-{order.refund}", 0, order.refunded_on)


def _unsplit(order: Order) -> Order:
    return replace(order, category=None, product=None, category_id=None, product_id=None)


def id_of(name: str | None) -> int | None:
    """The id of what bears a name; None for what has none."""
    return None if name is None else crc32(name.encode()) % 10_000


def _row(order: Order, event: str, amount: str, quantity: int, day: date) -> tuple[object, ...]:
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    buyer = None if order.buyer == "guest" else order.order_id
    return (
        order.tenant_id, "orders", order.order_id, order.order_id, order.order_id,
        order.product_id or id_of(order.product), order.category_id or id_of(order.category),
        buyer, buyer, order.page_id or id_of(order.channel), event,
        f"{order.tenant_id}-{order.order_id:04}",
        "retail", order.buyer, order.channel, "shop", order.category, order.product,
        "card" if event == "payment" else None, Decimal(amount), quantity,
        event in {"sale", "discount", "cost", "return"}, True, day, day, order.day, moment,
        datetime.combine(day, order.at), datetime.combine(day, order.at),
        datetime.combine(order.day, order.at),
    )  # fmt: skip
