"""What The Complete Journey comes to, straight from the package's own tables.

Knows what `complete_journey` makes an order, a line and a promotion of, and nothing of its rows.
"""

from collections.abc import Iterator

import duckdb

from tests.project.compare import Figures
from tests.project.complete_journey import Part, open_package

_TABLES = """
    create table item as
    select basket_id, household_id, store_id, product_id, coupon_disc,
        timezone('UTC', transaction_timestamp) as moment,
        cast(timezone('{timezone}', timezone('UTC', transaction_timestamp)) as date) as day,
        round(sales_value * 100) as paid,
        round((sales_value + retail_disc + coupon_match_disc) * 100) as shelf,
        -- as many pieces as share the price on the shelf to the cent
        if(quantity = 0 or fmod(shelf, quantity) <> 0, 1, quantity) as pieces
    from transactions;

    create table basket as
    select basket_id, any_value(household_id) as household_id, any_value(moment) as moment,
        any_value(day) as day, sum(paid) as paid, sum(coupon_disc) as coupon_disc
    from item group by basket_id;

    -- handed in on the first of the shopping trips of that day that used most coupons
    create table handed_in as
    select r.rowid as place, r.household_id, r.coupon_upc, r.campaign_id, b.*
    from coupon_redemptions r
    join basket b on b.household_id = r.household_id
        and cast(timezone('America/New_York', b.moment) as date) = cast(r.redemption_date as date)
    qualify row_number() over (
        partition by r.rowid order by b.coupon_disc desc, b.basket_id
    ) = 1;

    create table handed_in_product as
    select h.place, sum(i.coupon_disc) as off, count(i.product_id) as bought
    from handed_in h
    left join (select distinct * from coupons) as c
        on c.coupon_upc = h.coupon_upc and c.campaign_id = h.campaign_id
    left join item i on i.basket_id = h.basket_id and i.product_id = c.product_id
    group by 1;

    create table came_by as
    select b.*, coalesce(
        (select min(h.campaign_id) from handed_in h where h.basket_id = b.basket_id),
        (
            select d.campaign_id from campaigns s join campaign_descriptions d using (campaign_id)
            where s.household_id = b.household_id
                and timezone('America/New_York', d.start_date) <= b.moment
                and timezone('America/New_York', d.start_date) >= b.moment - interval 672 hours
            order by d.start_date desc, d.campaign_id limit 1
        )
    ) as campaign_id
    from basket b;
"""

_DOLLARS = "cast(sum({}) as bigint) * 0.01"
_COST = "pieces * floor(0.6 * shelf / pieces + 1e-9)"

#: Of each metric by some key: the dimensions it is grouped by, and the figures.
METRICS = {
    ("metric_time__day",): {
        "orders": "select day, count(*) from basket group by 1",
        "units": "select day, sum(pieces) from item group by 1",
        "gross_sales": f"select day, {_DOLLARS.format('shelf')} from item group by 1",
        "discounts": f"select day, {_DOLLARS.format('shelf - paid')} from item group by 1",
        "net_sales": f"select day, {_DOLLARS.format('paid')} from item group by 1",
        "cost_of_goods": f"select day, {_DOLLARS.format(_COST)} from item group by 1",
        "new_customer_orders": "select day, count(*) from (select arg_min(day, (moment, basket_id))"
        " as day from basket group by household_id) group by 1",
    },
    ("staff_member",): {
        "credited_net_sales": f"select {{shift}} + store_id, {_DOLLARS.format('paid')} from item"
        " group by 1",
        "credited_orders": "select {shift} + store_id, count(distinct basket_id) from item"
        " group by 1",
    },
    ("campaign",): {
        "campaign_net_sales": f"select {{shift}} + campaign_id, {_DOLLARS.format('paid')}"
        " from came_by where campaign_id is not null group by 1",
        "campaign_orders": "select {shift} + campaign_id, count(*) from came_by"
        " where campaign_id is not null group by 1",
    },
}

_VIOLATED = "select count(*) from fct_promotion_violations where violation_type = '{}'"

#: Of each figure of promotions: what the package says, and what a tenant's marts do.
PROMOTIONS = {
    "campaigns": ("select count(*) from campaign_descriptions",
                  "select count(*) from dim_campaigns"),
    "lines": ("select count(*) from transactions", "select count(*) from fct_order_lines"),
    "redemptions": ("select count(*) from coupon_redemptions",
                    "select sum(redemption_count) from rpt_promotions"),
    # nothing was given back, not even of a basket that cost nothing
    "net redemptions": ("select count(*) from handed_in",
                        "select count(*) from fct_promotion_redemptions where is_net"),
    "discount cost": ("select cast(sum(off) as decimal(18, 2)) from handed_in_product",
                      "select sum(discount_cost_amount) from fct_promotion_redemptions"),
    "split over lines": ("select cast(sum(off) as decimal(18, 2)) from handed_in_product",
                         "select sum(discount_amount) from fct_redemption_lines"),
    "promoted orders": ("select count(distinct basket_id) from handed_in",
                        "select count(*) from fct_promoted_orders"),
    "promoted sales": (
        f"select {_DOLLARS.format('paid')} from basket"
        " where basket_id in (select basket_id from handed_in)",
        "select sum(demand_sales_amount) from fct_promoted_orders"),
    "stacked orders": ("select count(*) from (select basket_id from handed_in group by 1 having"
                       " count(distinct (coupon_upc, campaign_id)) > 1)",
                       "select count(*) from fct_promoted_orders where is_stacked"),
    "stacked": ("select count(*) from handed_in h where exists (select 1 from handed_in e where"
                " e.basket_id = h.basket_id and (e.coupon_upc, e.campaign_id)"
                " <> (h.coupon_upc, h.campaign_id))",
                _VIOLATED.format("stacked_not_stackable")),
    "handed in twice": ("select count(*) - count(distinct (household_id, coupon_upc, campaign_id))"
                        " from coupon_redemptions",
                        _VIOLATED.format("above_person_limit")),
    "for nothing bought": ("select count(*) from handed_in_product where bought = 0",
                           _VIOLATED.format("not_its_product")),
    "too late": ("select count(*) from handed_in join campaign_descriptions using (campaign_id)"
                 " where moment >= timezone('{timezone}', end_date + interval 1 day)"
                 " or moment < timezone('{timezone}', start_date)",
                 _VIOLATED.format("outside_window")),
}  # fmt: skip


def totals(part: Part) -> tuple[Figures, Figures]:
    """What metrics must be, by name and key; what figures of promotions must be, by name."""
    with open_package(part) as package:
        package.execute(_TABLES.format(timezone=part.timezone))
        metrics = dict(_metrics(package, part))
        promotions = {
            (part.tenant, name): _query(package, query, part)[0][0]
            for name, (query, _) in PROMOTIONS.items()
        }
    return metrics, promotions


def _metrics(
    package: duckdb.DuckDBPyConnection, part: Part
) -> Iterator[tuple[tuple[object, ...], object]]:
    for queries in METRICS.values():
        for name, query in queries.items():
            for key, value in _query(package, query, part):
                yield (part.tenant, name, key), value


def _query(package: duckdb.DuckDBPyConnection, query: str, part: Part) -> list[tuple[object, ...]]:
    return package.sql(query.format(shift=part.shift, timezone=part.timezone)).fetchall()
