{#-
    Every attempt to use a promotion. What an order came to stands on the first net redemption of a
    promotion on it, so that sums by promotion count an order once; fct_promoted_orders counts it
    once for all promotions.
-#}
with

redemptions as (
    select * from {{ ref('int_marketing__redemptions_joined_to_orders') }}
),

free_items_given as (
    select * from {{ ref('int_marketing__free_items_given') }}
),

promotions as (
    select * from {{ ref('stg_marketing__promotions') }}
),

channels as (
    select * from {{ ref('dim_channels') }}
),

orders_that_count as (
    select * from {{ ref('fct_orders') }}
),

free_item_costs as (
    select tenant_id, redemption_id, sum(cost_amount) as cost_amount
    from free_items_given
    group by tenant_id, redemption_id
)

select
    -- keys
    cast(redemptions.tenant_id as bigint) as tenant_id,
    cast(redemptions.redemption_id as bigint) as redemption_id,
    cast(redemptions.promotion_id as bigint) as promotion_id,
    cast(redemptions.order_id as bigint) as order_id,
    cast(redemptions.person_id as bigint) as person_id,
    cast(redemptions.page_id as bigint) as page_id,
    cast(redemptions.user_id as bigint) as user_id,

    -- attributes
    cast(promotions.code as text) as promotion_code,
    cast(promotions.name as text) as promotion_name,
    cast(promotions.promotion_type as text) as promotion_type,
    cast(redemptions.order_number as text) as order_number,
    cast(redemptions.redemption_status as text) as redemption_status,
    cast(redemptions.rejection_reason as text) as rejection_reason,
    cast(redemptions.buyer_type as text) as buyer_type,
    cast(channels.channel_name as text) as channel_name,
    cast(channels.platform_name as text) as platform_name,

    -- measures
    cast(redemptions.discount_amount as numeric(18, 2)) as discount_amount,
    cast(coalesce(free_item_costs.cost_amount, 0) as numeric(18, 2)) as free_item_cost_amount,
    cast(
        case
            when redemptions.is_net
                then redemptions.discount_amount + coalesce(free_item_costs.cost_amount, 0)
            else 0
        end as numeric(18, 2)
    ) as discount_cost_amount,
    {% for name, amount in {
        'promoted_sales_amount': 'demand_sales_amount',
        'promoted_costed_amount': 'costed_demand_amount',
        'promoted_recorded_margin_amount': 'net_sales_amount - orders_that_count.cost_amount',
        'margin_after_promotion_amount': 'gross_margin_amount',
    }.items() -%}
    cast(
        case
            when redemptions.is_order_promoted_once then orders_that_count.{{ amount }}
            else 0
        end as numeric(18, 2)
    ) as {{ name }},
    {% endfor %}
    -- flags
    cast(redemptions.is_redemption as boolean) as is_redemption,
    cast(redemptions.is_use as boolean) as is_use,
    cast(redemptions.is_net as boolean) as is_net,
    cast(redemptions.is_order_promoted_once as boolean) as is_order_promoted_once,

    -- dates
    cast(redemptions.redeemed_date as date) as redeemed_date,

    -- timestamps
    cast(redemptions.redeemed_at as timestamp with time zone) as redeemed_at,
    cast(redemptions.redeemed_at_local as timestamp) as redeemed_at_local
from redemptions
inner join promotions
    on promotions.tenant_id = redemptions.tenant_id
    and promotions.promotion_id = redemptions.promotion_id
left join free_item_costs
    on free_item_costs.tenant_id = redemptions.tenant_id
    and free_item_costs.redemption_id = redemptions.redemption_id
left join channels
    on channels.tenant_id = redemptions.tenant_id
    and channels.page_id = redemptions.page_id
left join orders_that_count
    on orders_that_count.tenant_id = redemptions.tenant_id
    and orders_that_count.order_id = redemptions.order_id
