with

redemptions_allocated as (
    select * from {{ ref('int_marketing__redemptions_allocated') }}
),

redemptions as (
    select * from {{ ref('fct_promotion_redemptions') }}
),

products as (
    select * from {{ ref('dim_products') }}
)

select
    -- keys
    cast(redemptions_allocated.tenant_id as bigint) as tenant_id,
    cast(redemptions_allocated.redemption_id as bigint) as redemption_id,
    cast(redemptions_allocated.order_item_id as bigint) as order_item_id,
    cast(redemptions.promotion_id as bigint) as promotion_id,
    cast(redemptions_allocated.order_id as bigint) as order_id,
    cast(redemptions_allocated.product_id as bigint) as product_id,

    -- attributes
    cast(redemptions.promotion_name as text) as promotion_name,
    cast(redemptions.order_number as text) as order_number,
    cast(redemptions.channel_name as text) as channel_name,
    cast(redemptions.buyer_type as text) as buyer_type,
    cast(products.product_name as text) as product_name,
    cast(products.top_category_name as text) as category_name,

    -- measures
    cast(redemptions_allocated.discount_amount as numeric(18, 2)) as discount_amount,

    -- flags
    cast(redemptions.is_redemption as boolean) as is_redemption,
    cast(redemptions.is_net as boolean) as is_net,

    -- dates
    cast(redemptions.redeemed_date as date) as redeemed_date
from redemptions_allocated
inner join redemptions
    on redemptions.tenant_id = redemptions_allocated.tenant_id
    and redemptions.redemption_id = redemptions_allocated.redemption_id
left join products
    on products.tenant_id = redemptions_allocated.tenant_id
    and products.product_id = redemptions_allocated.product_id
