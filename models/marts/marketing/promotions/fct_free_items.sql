with

free_items_given as (
    select * from {{ ref('int_marketing__free_items_given') }}
),

redemptions as (
    select * from {{ ref('fct_promotion_redemptions') }}
),

order_lines as (
    select * from {{ ref('fct_order_lines') }}
)

select
    -- keys
    cast(free_items_given.tenant_id as bigint) as tenant_id,
    cast(free_items_given.order_item_id as bigint) as order_item_id,
    cast(free_items_given.redemption_id as bigint) as redemption_id,
    cast(redemptions.promotion_id as bigint) as promotion_id,
    cast(free_items_given.order_id as bigint) as order_id,
    cast(free_items_given.product_id as bigint) as product_id,

    -- attributes
    cast(redemptions.promotion_name as text) as promotion_name,
    cast(redemptions.order_number as text) as order_number,
    cast(redemptions.channel_name as text) as channel_name,
    cast(redemptions.buyer_type as text) as buyer_type,
    cast(order_lines.product_name as text) as product_name,
    cast(order_lines.category_name as text) as category_name,

    -- measures
    cast(order_lines.quantity as integer) as quantity,
    cast(free_items_given.cost_amount as numeric(18, 2)) as cost_amount,

    -- flags
    cast(redemptions.is_net as boolean) as is_net,

    -- dates
    cast(redemptions.redeemed_date as date) as redeemed_date
from free_items_given
inner join redemptions
    on redemptions.tenant_id = free_items_given.tenant_id
    and redemptions.redemption_id = free_items_given.redemption_id
inner join order_lines
    on order_lines.tenant_id = free_items_given.tenant_id
    and order_lines.order_item_id = free_items_given.order_item_id
