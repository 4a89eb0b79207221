with

marketing_promotions as (
    select * from {{ ref('stg_marketing__promotions') }}
),

product_promotions as (
    select * from {{ ref('stg_products__promotions') }}
),

promotion_scopes as (
    select * from {{ ref('int_marketing__promotion_scopes_listed') }}
),

promotion_free_items as (
    select distinct tenant_id, promotion_id from {{ ref('stg_marketing__promotion_free_items') }}
),

products as (
    select * from {{ ref('dim_products') }}
),

categories as (
    select * from {{ ref('stg_products__categories') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

promotions_consolidated as (
    select
        marketing_promotions.tenant_id,
        'mkt_promotions' as source_table,
        marketing_promotions.promotion_id,
        cast(null as bigint) as successor_promotion_id,
        marketing_promotions.code,
        marketing_promotions.name,
        marketing_promotions.promotion_type,
        marketing_promotions.status,
        promotion_scopes.product_names,
        promotion_scopes.category_names,
        promotion_scopes.channel_names,
        marketing_promotions.value,
        marketing_promotions.max_discount_amount,
        marketing_promotions.min_order_amount,
        marketing_promotions.usage_limit,
        marketing_promotions.per_customer_limit,
        marketing_promotions.issued_count,
        marketing_promotions.budget_amount,
        marketing_promotions.is_stackable,
        promotion_scopes.has_products,
        promotion_scopes.has_categories,
        promotion_scopes.has_channels,
        promotion_scopes.has_exclusions,
        promotion_free_items.promotion_id is not null as has_free_items,
        marketing_promotions.starts_at,
        marketing_promotions.ends_at,
        marketing_promotions.deleted_at
    from marketing_promotions
    inner join promotion_scopes
        on promotion_scopes.tenant_id = marketing_promotions.tenant_id
        and promotion_scopes.promotion_id = marketing_promotions.promotion_id
    left join promotion_free_items
        on promotion_free_items.tenant_id = marketing_promotions.tenant_id
        and promotion_free_items.promotion_id = marketing_promotions.promotion_id
    union all
    select
        product_promotions.tenant_id,
        'promotion' as source_table,
        product_promotions.promotion_id,
        product_promotions.mkt_promotion_id as successor_promotion_id,
        product_promotions.code,
        product_promotions.name,
        product_promotions.promotion_type,
        product_promotions.status,
        products.product_name as product_names,
        categories.name as category_names,
        cast(null as text) as channel_names,
        product_promotions.value,
        cast(null as numeric(18, 2)) as max_discount_amount,
        product_promotions.min_order_amount,
        product_promotions.usage_limit,
        cast(null as integer) as per_customer_limit,
        cast(null as integer) as issued_count,
        cast(null as numeric(18, 2)) as budget_amount,
        false as is_stackable,
        product_promotions.product_id is not null as has_products,
        product_promotions.category_id is not null as has_categories,
        false as has_channels,
        false as has_exclusions,
        false as has_free_items,
        product_promotions.starts_at,
        product_promotions.ends_at,
        product_promotions.deleted_at
    from product_promotions
    left join products
        on products.tenant_id = product_promotions.tenant_id
        and products.product_id = product_promotions.product_id
    left join categories
        on categories.tenant_id = product_promotions.tenant_id
        and categories.category_id = product_promotions.category_id
)

select
    -- keys
    cast(promotions.tenant_id as bigint) as tenant_id,
    cast(promotions.source_table as text) as source_table,
    cast(promotions.promotion_id as bigint) as promotion_id,
    cast(promotions.successor_promotion_id as bigint) as successor_promotion_id,

    -- attributes
    cast(promotions.code as text) as promotion_code,
    cast(promotions.name as text) as promotion_name,
    cast(promotions.promotion_type as text) as promotion_type,
    cast(promotions.status as text) as promotion_status,
    cast(promotions.product_names as text) as product_names,
    cast(promotions.category_names as text) as category_names,
    cast(promotions.channel_names as text) as channel_names,

    -- measures
    cast(promotions.value as numeric(18, 2)) as discount_value,
    cast(promotions.max_discount_amount as numeric(18, 2)) as max_discount_amount,
    cast(promotions.min_order_amount as numeric(18, 2)) as min_order_amount,
    cast(promotions.budget_amount as numeric(18, 2)) as budget_amount,
    cast(promotions.usage_limit as integer) as usage_limit_count,
    cast(promotions.per_customer_limit as integer) as per_customer_limit_count,
    cast(promotions.issued_count as integer) as issued_count,

    -- flags
    cast(promotions.is_stackable as boolean) as is_stackable,
    cast(promotions.successor_promotion_id is not null as boolean) as is_superseded,
    cast(promotions.deleted_at is not null as boolean) as is_deleted,
    cast(promotions.has_products as boolean) as has_products,
    cast(promotions.has_categories as boolean) as has_categories,
    cast(promotions.has_channels as boolean) as has_channels,
    cast(promotions.has_exclusions as boolean) as has_exclusions,
    cast(promotions.has_free_items as boolean) as has_free_items,

    -- dates
    cast({{ local_date('promotions.starts_at', 'tenants.timezone') }} as date) as start_date,
    cast(
        {{ local_date("promotions.ends_at - interval '1 microsecond'", 'tenants.timezone') }}
        as date
    ) as end_date,

    -- timestamps
    cast(promotions.starts_at as timestamp with time zone) as starts_at,
    cast(promotions.ends_at as timestamp with time zone) as ends_at
from promotions_consolidated as promotions
inner join tenants
    on tenants.tenant_id = promotions.tenant_id
