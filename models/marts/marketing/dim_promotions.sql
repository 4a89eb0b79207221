with

marketing_promotions as (
    select * from {{ ref('stg_marketing__promotions') }}
),

product_promotions as (
    select * from {{ ref('stg_products__promotions') }}
),

promotions_consolidated as (
    select
        tenant_id,
        'mkt_promotions' as source_table,
        promotion_id,
        cast(null as bigint) as successor_promotion_id,
        code,
        name,
        promotion_type,
        status,
        value,
        max_discount_amount,
        min_order_amount,
        usage_limit,
        budget_amount,
        is_stackable,
        starts_at,
        ends_at,
        deleted_at
    from marketing_promotions
    union all
    select
        tenant_id,
        'promotion' as source_table,
        promotion_id,
        mkt_promotion_id as successor_promotion_id,
        code,
        name,
        promotion_type,
        status,
        value,
        cast(null as numeric(18, 2)) as max_discount_amount,
        min_order_amount,
        usage_limit,
        cast(null as numeric(18, 2)) as budget_amount,
        false as is_stackable,
        starts_at,
        ends_at,
        deleted_at
    from product_promotions
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(source_table as text) as source_table,
    cast(promotion_id as bigint) as promotion_id,
    cast(successor_promotion_id as bigint) as successor_promotion_id,

    -- attributes
    cast(code as text) as promotion_code,
    cast(name as text) as promotion_name,
    cast(promotion_type as text) as promotion_type,
    cast(status as text) as promotion_status,

    -- measures
    cast(value as numeric(18, 2)) as discount_value,
    cast(max_discount_amount as numeric(18, 2)) as max_discount_amount,
    cast(min_order_amount as numeric(18, 2)) as min_order_amount,
    cast(budget_amount as numeric(18, 2)) as budget_amount,
    cast(usage_limit as integer) as usage_limit_count,

    -- flags
    cast(is_stackable as boolean) as is_stackable,
    cast(successor_promotion_id is not null as boolean) as is_superseded,
    cast(deleted_at is not null as boolean) as is_deleted,

    -- timestamps
    cast(starts_at as timestamp with time zone) as starts_at,
    cast(ends_at as timestamp with time zone) as ends_at
from promotions_consolidated
