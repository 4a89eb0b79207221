{#-
    The free lines of an order that an accepted redemption gave away; of two, the lower redemption.
-#}
with

redemptions as (
    select * from {{ ref('int_marketing__redemptions_joined_to_orders') }}
    where is_redemption and is_order_counted
),

promotion_free_items as (
    select * from {{ ref('stg_marketing__promotion_free_items') }}
),

free_lines as (
    select * from {{ ref('fct_order_lines') }}
    where is_free_item
),

claims as (
    select
        redemptions.tenant_id,
        redemptions.redemption_id,
        free_lines.order_item_id,
        free_lines.order_id,
        free_lines.product_id,
        free_lines.cost_amount,
        row_number() over (
            partition by redemptions.tenant_id, free_lines.order_item_id
            order by redemptions.redemption_id
        ) as claim_number
    from redemptions
    inner join promotion_free_items
        on promotion_free_items.tenant_id = redemptions.tenant_id
        and promotion_free_items.promotion_id = redemptions.promotion_id
    inner join free_lines
        on free_lines.tenant_id = redemptions.tenant_id
        and free_lines.order_id = redemptions.order_id
        and free_lines.product_id = promotion_free_items.product_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(order_item_id as bigint) as order_item_id,
    cast(redemption_id as bigint) as redemption_id,
    cast(order_id as bigint) as order_id,
    cast(product_id as bigint) as product_id,

    -- measures
    cast(cost_amount as numeric(18, 2)) as cost_amount
from claims
where claim_number = 1
