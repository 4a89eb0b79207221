with

redemptions as (
    select * from {{ ref('fct_promotion_redemptions') }}
    where is_redemption
),

orders_that_count as (
    select * from {{ ref('fct_orders') }}
),

redemptions_per_order as (
    select
        tenant_id,
        order_id,
        count(*) as redemption_count,
        count(distinct promotion_id) as accepted_promotion_count,
        min(promotion_id) as first_promotion_id,
        min(promotion_name) as first_promotion_name,
        sum(discount_cost_amount) as discount_cost_amount
    from redemptions
    group by tenant_id, order_id
    having max(case when is_net then 1 else 0 end) = 1
)

select
    -- keys
    cast(orders_that_count.tenant_id as bigint) as tenant_id,
    cast(orders_that_count.order_id as bigint) as order_id,
    cast(orders_that_count.person_id as bigint) as person_id,

    -- attributes
    cast(orders_that_count.order_number as text) as order_number,
    cast(orders_that_count.buyer_type as text) as buyer_type,
    cast(orders_that_count.channel_name as text) as channel_name,
    cast(orders_that_count.platform_name as text) as platform_name,
    cast(
        case
            when redemptions_per_order.accepted_promotion_count > 1 then 'several'
            else cast(redemptions_per_order.first_promotion_id as text)
        end as text
    ) as promotion_key,
    cast(
        case
            when redemptions_per_order.accepted_promotion_count = 1
                then redemptions_per_order.first_promotion_name
        end as text
    ) as promotion_name,

    -- measures
    cast(redemptions_per_order.accepted_promotion_count as integer) as accepted_promotion_count,
    cast(redemptions_per_order.redemption_count as integer) as redemption_count,
    cast(orders_that_count.demand_sales_amount as numeric(18, 2)) as demand_sales_amount,
    cast(orders_that_count.costed_demand_amount as numeric(18, 2)) as costed_demand_amount,
    cast(
        orders_that_count.net_sales_amount - orders_that_count.cost_amount as numeric(18, 2)
    ) as recorded_margin_amount,
    cast(orders_that_count.gross_margin_amount as numeric(18, 2)) as gross_margin_amount,
    cast(redemptions_per_order.discount_cost_amount as numeric(18, 2)) as discount_cost_amount,

    -- flags
    cast(redemptions_per_order.accepted_promotion_count > 1 as boolean) as is_stacked,

    -- dates
    cast(orders_that_count.order_date as date) as order_date,

    -- timestamps
    cast(orders_that_count.ordered_at_local as timestamp) as ordered_at_local
from orders_that_count
inner join redemptions_per_order
    on redemptions_per_order.tenant_id = orders_that_count.tenant_id
    and redemptions_per_order.order_id = orders_that_count.order_id
