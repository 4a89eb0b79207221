{#-
    Each accepted redemption beside what its promotion allows (docs/decisions/0011): all that
    fct_promotion_violations holds against one another.
-#}
with

redemptions as (
    select * from {{ ref('fct_promotion_redemptions') }}
    where is_redemption
),

redemptions_placed as (
    select * from {{ ref('int_marketing__redemptions_placed') }}
),

redemptions_checked as (
    select * from {{ ref('int_marketing__redemptions_checked') }}
),

redemptions_by_own_staff as (
    select * from {{ ref('int_marketing__redemptions_by_own_staff') }}
),

promotions as (
    select * from {{ ref('stg_marketing__promotions') }}
),

promotions_scoped as (
    select * from {{ ref('int_marketing__promotions_scoped') }}
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
    cast(redemptions_checked.other_promotion_id as bigint) as other_promotion_id,
    cast(redemptions.order_id as bigint) as order_id,
    cast(redemptions.person_id as bigint) as person_id,
    cast(redemptions.page_id as bigint) as page_id,
    cast(redemptions.user_id as bigint) as user_id,
    cast(redemptions_by_own_staff.user_id as bigint) as own_user_id,

    -- attributes
    cast(redemptions.promotion_code as text) as promotion_code,
    cast(redemptions.promotion_name as text) as promotion_name,
    cast(coalesce(other_promotions.code, other_promotions.name) as text) as other_promotion_code,
    cast(redemptions.order_number as text) as order_number,
    cast(redemptions_placed.order_status as text) as order_status,
    cast(redemptions.channel_name as text) as channel_name,
    cast(redemptions_checked.scope_fault as text) as scope_fault,
    cast(products.product_name as text) as offending_product_name,
    cast(products.category_name as text) as offending_category_name,
    cast(categories.name as text) as excluded_category_name,
    cast(promotions_scoped.product_names as text) as product_names,
    cast(promotions_scoped.category_names as text) as category_names,
    cast(promotions_scoped.channel_names as text) as channel_names,

    -- measures
    cast(redemptions_checked.use_number as bigint) as use_number,
    cast(redemptions_checked.use_of_person_number as bigint) as use_of_person_number,
    cast(promotions.usage_limit as bigint) as usage_limit,
    cast(promotions.per_customer_limit as bigint) as per_customer_limit,
    cast(redemptions_checked.order_amount as numeric(18, 2)) as order_amount,
    cast(promotions.min_order_amount as numeric(18, 2)) as min_order_amount,
    cast(redemptions.discount_amount as numeric(18, 2)) as discount_amount,
    cast(promotions.max_discount_amount as numeric(18, 2)) as max_discount_amount,
    cast(redemptions.discount_cost_amount as numeric(18, 2)) as discount_cost_amount,

    -- flags
    cast(promotions.is_stackable as boolean) as is_stackable,
    cast(promotions_scoped.has_products as boolean) as has_products,
    cast(promotions_scoped.has_channels as boolean) as has_channels,
    cast(redemptions_checked.is_on_its_channel as boolean) as is_on_its_channel,

    -- dates
    cast(redemptions.redeemed_date as date) as redeemed_date,

    -- timestamps
    cast(redemptions.redeemed_at as timestamp with time zone) as redeemed_at,
    cast(promotions.starts_at as timestamp with time zone) as starts_at,
    cast(promotions.ends_at as timestamp with time zone) as ends_at,
    cast(redemptions_placed.order_cancelled_at as timestamp with time zone) as order_cancelled_at,
    cast(redemptions_placed.order_deleted_at as timestamp with time zone) as order_deleted_at
from redemptions
inner join redemptions_placed
    on redemptions_placed.tenant_id = redemptions.tenant_id
    and redemptions_placed.redemption_id = redemptions.redemption_id
inner join redemptions_checked
    on redemptions_checked.tenant_id = redemptions.tenant_id
    and redemptions_checked.redemption_id = redemptions.redemption_id
inner join promotions
    on promotions.tenant_id = redemptions.tenant_id
    and promotions.promotion_id = redemptions.promotion_id
inner join promotions_scoped
    on promotions_scoped.tenant_id = redemptions.tenant_id
    and promotions_scoped.promotion_id = redemptions.promotion_id
left join redemptions_by_own_staff
    on redemptions_by_own_staff.tenant_id = redemptions.tenant_id
    and redemptions_by_own_staff.redemption_id = redemptions.redemption_id
left join products
    on products.tenant_id = redemptions_checked.tenant_id
    and products.product_id = redemptions_checked.offending_product_id
left join categories
    on categories.tenant_id = redemptions_checked.tenant_id
    and categories.category_id = redemptions_checked.excluded_category_id
left join promotions as other_promotions
    on other_promotions.tenant_id = redemptions_checked.tenant_id
    and other_promotions.promotion_id = redemptions_checked.other_promotion_id
