{#-
    Each accepted redemption beside what its promotion allows (docs/decisions/0011): all that
    fct_promotion_violations holds against one another.
-#}
with

redemptions as (
    select * from {{ ref('fct_promotion_redemptions') }}
    where is_redemption
),

redemptions_measured as (
    select * from {{ ref('int_marketing__redemptions_measured') }}
),

self_redemptions as (
    select * from {{ ref('int_marketing__self_redemptions_found') }}
),

promotions as (
    select * from {{ ref('dim_promotions') }}
    where source_table = 'mkt_promotions'
),

products as (
    select * from {{ ref('dim_products') }}
),

categories as (
    select * from {{ ref('stg_products__categories') }}
)

select
    -- keys
    cast(redemptions.tenant_id as bigint) as tenant_id,
    cast(redemptions.redemption_id as bigint) as redemption_id,
    cast(redemptions.promotion_id as bigint) as promotion_id,
    cast(redemptions_measured.other_promotion_id as bigint) as other_promotion_id,
    cast(redemptions.order_id as bigint) as order_id,
    cast(redemptions.person_id as bigint) as person_id,
    cast(redemptions.page_id as bigint) as page_id,
    cast(redemptions.user_id as bigint) as user_id,
    cast(self_redemptions.user_id as bigint) as self_redeeming_user_id,

    -- attributes
    cast(redemptions.promotion_code as text) as promotion_code,
    cast(redemptions.promotion_name as text) as promotion_name,
    cast(
        coalesce(other_promotions.promotion_code, other_promotions.promotion_name) as text
    ) as other_promotion_code,
    cast(redemptions.order_number as text) as order_number,
    cast(redemptions_measured.order_status as text) as order_status,
    cast(redemptions.channel_name as text) as channel_name,
    cast(redemptions_measured.scope_fault as text) as scope_fault,
    cast(products.product_name as text) as offending_product_name,
    cast(products.category_name as text) as offending_category_name,
    cast(categories.name as text) as excluded_category_name,
    cast(promotions.product_names as text) as product_names,
    cast(promotions.category_names as text) as category_names,
    cast(promotions.channel_names as text) as channel_names,

    -- measures
    cast(redemptions_measured.use_number as bigint) as use_number,
    cast(redemptions_measured.use_of_person_number as bigint) as use_of_person_number,
    cast(promotions.usage_limit_count as bigint) as usage_limit_count,
    cast(promotions.per_customer_limit_count as bigint) as per_customer_limit_count,
    cast(redemptions_measured.order_amount as numeric(18, 2)) as order_amount,
    cast(promotions.min_order_amount as numeric(18, 2)) as min_order_amount,
    cast(redemptions.discount_amount as numeric(18, 2)) as discount_amount,
    cast(promotions.max_discount_amount as numeric(18, 2)) as max_discount_amount,
    cast(redemptions.discount_cost_amount as numeric(18, 2)) as discount_cost_amount,

    -- flags
    cast(promotions.is_stackable as boolean) as is_stackable,
    cast(promotions.has_products as boolean) as has_products,
    cast(promotions.has_channels as boolean) as has_channels,
    cast(redemptions_measured.is_on_its_channel as boolean) as is_on_its_channel,

    -- dates
    cast(redemptions.redeemed_date as date) as redeemed_date,

    -- timestamps
    cast(redemptions.redeemed_at as timestamp with time zone) as redeemed_at,
    cast(promotions.starts_at as timestamp with time zone) as starts_at,
    cast(promotions.ends_at as timestamp with time zone) as ends_at,
    cast(redemptions_measured.order_cancelled_at as timestamp with time zone) as order_cancelled_at,
    cast(redemptions_measured.order_deleted_at as timestamp with time zone) as order_deleted_at
from redemptions
inner join redemptions_measured
    on redemptions_measured.tenant_id = redemptions.tenant_id
    and redemptions_measured.redemption_id = redemptions.redemption_id
inner join promotions
    on promotions.tenant_id = redemptions.tenant_id
    and promotions.promotion_id = redemptions.promotion_id
left join self_redemptions
    on self_redemptions.tenant_id = redemptions.tenant_id
    and self_redemptions.redemption_id = redemptions.redemption_id
left join products
    on products.tenant_id = redemptions_measured.tenant_id
    and products.product_id = redemptions_measured.offending_product_id
left join categories
    on categories.tenant_id = redemptions_measured.tenant_id
    and categories.category_id = redemptions_measured.excluded_category_id
left join promotions as other_promotions
    on other_promotions.tenant_id = redemptions_measured.tenant_id
    and other_promotions.promotion_id = redemptions_measured.other_promotion_id
