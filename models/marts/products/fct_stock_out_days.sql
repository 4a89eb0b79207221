{#-
    Days that end with nothing on hand of a product that was on hand before and sold in the 90 days
    before, and what its sales of its last 90 days on hand make of such a day: modelled
    (definitions.md, Products and inventory).
-#}
with

stock_levels as (
    select * from {{ ref('int_products__stock_levels_traced') }}
),

product_days as (
    select * from {{ ref('fct_product_days') }}
    where product_id is not null
),

stock_outs as (
    select * from stock_levels
    where units_on_hand <= 0 and was_on_hand_before
),

{#- days with sales that began or ended with a unit, by the number of the day on hand -#}
days_on_hand as (
    select
        product_days.*,
        stock_levels.on_hand_days_so_far - stock_levels.on_hand_day_count
        + (product_days.activity_date - stock_levels.from_date) + 1 as on_hand_day
    from product_days
    inner join stock_levels
        on stock_levels.tenant_id = product_days.tenant_id
        and stock_levels.product_id = product_days.product_id
        and product_days.activity_date between stock_levels.from_date and stock_levels.until_date
        and (
            product_days.activity_date < stock_levels.from_date + stock_levels.on_hand_day_count
        )
),

stock_outs_measured as (
    select
        stock_outs.tenant_id,
        stock_outs.product_id,
        stock_outs.from_date,
        stock_outs.until_date,
        least(stock_outs.on_hand_days_so_far, 90) as day_count,
        sum(coalesce(days_on_hand.net_units, 0)) as net_units,
        sum(coalesce(days_on_hand.net_sales_amount, 0)) as net_sales_amount
    from stock_outs
    left join days_on_hand
        on days_on_hand.tenant_id = stock_outs.tenant_id
        and days_on_hand.product_id = stock_outs.product_id
        and days_on_hand.on_hand_day > stock_outs.on_hand_days_so_far - 90
        and days_on_hand.on_hand_day <= stock_outs.on_hand_days_so_far
    group by
        stock_outs.tenant_id,
        stock_outs.product_id,
        stock_outs.from_date,
        stock_outs.until_date,
        stock_outs.on_hand_days_so_far
),

{#- each sale is the last one from the next day until the next sale, and for 90 days at most -#}
sales_followed as (
    select
        tenant_id,
        product_id,
        activity_date + 1 as first_date,
        least(
            activity_date + 90,
            coalesce(
                lead(activity_date) over (
                    partition by tenant_id, product_id order by activity_date
                ),
                activity_date + 90
            )
        ) as last_date
    from product_days
    where sold_units > 0
),

stock_out_days as (
    select
        stock_outs_measured.tenant_id,
        stock_outs_measured.product_id,
        stock_outs_measured.day_count,
        greatest(stock_outs_measured.net_units, 0) as net_units,
        greatest(stock_outs_measured.net_sales_amount, 0) as net_sales_amount,
        {{ each_day(
            'greatest(stock_outs_measured.from_date, sales_followed.first_date)',
            'least(stock_outs_measured.until_date, sales_followed.last_date)'
        ) }} as stock_out_date
    from stock_outs_measured
    inner join sales_followed
        on sales_followed.tenant_id = stock_outs_measured.tenant_id
        and sales_followed.product_id = stock_outs_measured.product_id
        and sales_followed.first_date <= stock_outs_measured.until_date
        and sales_followed.last_date >= stock_outs_measured.from_date
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(product_id as bigint) as product_id,

    -- measures
    cast({{ ratio('net_units', 'day_count') }} as numeric(28, 8)) as lost_units,
    cast(
        {{ from_scaled(divide_rounded(to_scaled('net_sales_amount', 2), 'day_count'), 2) }}
        as numeric(18, 2)
    ) as lost_sales_amount,

    -- dates
    cast(stock_out_date as date) as stock_out_date
from stock_out_days
