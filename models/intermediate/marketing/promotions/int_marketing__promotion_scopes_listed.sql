{#-
    What a promotion of marketing is limited to, and its days. Promotions with the same products,
    categories, exclusions and channels have one scope, named by the lowest of them: what is in
    scope is found and summed once for all of them.
-#}
with

promotions as (
    select * from {{ ref('stg_marketing__promotions') }}
),

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

limits as (
    select
        tenant_id, promotion_id,
        'product' as limit_type, product_id as limit_id, cast(product_id as text) as limit_key
    from {{ ref('stg_marketing__promotion_products') }}
    union all
    select
        tenant_id, promotion_id,
        'category' as limit_type, category_id as limit_id, cast(category_id as text) as limit_key
    from {{ ref('stg_marketing__promotion_categories') }}
    union all
    select
        tenant_id, promotion_id,
        'channel' as limit_type, page_id as limit_id, cast(page_id as text) as limit_key
    from {{ ref('stg_marketing__promotion_channels') }}
    union all
    select
        tenant_id, promotion_id,
        'exclusion' as limit_type, coalesce(product_id, category_id) as limit_id,
        case when product_id is null then 'c' else 'p' end
        || cast(coalesce(product_id, category_id) as text) as limit_key
    from {{ ref('stg_marketing__promotion_exclusions') }}
),

limits_per_promotion as (
    select
        tenant_id,
        promotion_id,
        {% for limit_type in ['product', 'category', 'channel', 'exclusion'] -%}
        count(case when limit_type = '{{ limit_type }}' then 1 end) as {{ limit_type }}_count,
        min(case when limit_type = '{{ limit_type }}' then limit_id end)
            as first_{{ limit_type }}_id,
        {% endfor -%}
        string_agg(limit_type || limit_key, ' ' order by limit_type, limit_key) as limit_list
    from limits
    group by tenant_id, promotion_id
),

products as (
    select * from {{ ref('dim_products') }}
),

categories as (
    select * from {{ ref('stg_products__categories') }}
),

channels as (
    select * from {{ ref('dim_channels') }}
),

promotions_limited as (
    select
        promotions.tenant_id,
        promotions.promotion_id,
        min(promotions.promotion_id) over (
            partition by promotions.tenant_id, limits_per_promotion.limit_list
        ) as scope_id,
        {% for limit_type in ['product', 'category', 'channel', 'exclusion'] -%}
        coalesce(limits_per_promotion.{{ limit_type }}_count, 0) as {{ limit_type }}_count,
        {% endfor -%}
        products.product_name as first_product_name,
        categories.name as first_category_name,
        channels.channel_name as first_channel_name,
        {{ local_date('promotions.starts_at', 'tenants.timezone') }} as start_date,
        {{ local_date("promotions.ends_at - interval '1 microsecond'", 'tenants.timezone') }}
            as end_date
    from promotions
    inner join tenants
        on tenants.tenant_id = promotions.tenant_id
    left join limits_per_promotion
        on limits_per_promotion.tenant_id = promotions.tenant_id
        and limits_per_promotion.promotion_id = promotions.promotion_id
    left join products
        on products.tenant_id = limits_per_promotion.tenant_id
        and products.product_id = limits_per_promotion.first_product_id
    left join categories
        on categories.tenant_id = limits_per_promotion.tenant_id
        and categories.category_id = limits_per_promotion.first_category_id
    left join channels
        on channels.tenant_id = limits_per_promotion.tenant_id
        and channels.page_id = limits_per_promotion.first_channel_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(promotion_id as bigint) as promotion_id,
    cast(scope_id as bigint) as scope_id,

    -- attributes
    {% for limit_type in ['product', 'category', 'channel'] -%}
    cast(
        first_{{ limit_type }}_name
        || case
            when {{ limit_type }}_count > 1
                then ' + ' || cast({{ limit_type }}_count - 1 as text)
            else ''
        end as text
    ) as {{ limit_type }}_names,
    {% endfor %}
    -- flags
    cast(product_count > 0 as boolean) as has_products,
    cast(category_count > 0 as boolean) as has_categories,
    cast(channel_count > 0 as boolean) as has_channels,
    cast(exclusion_count > 0 as boolean) as has_exclusions,

    -- dates
    cast(start_date as date) as start_date,
    cast(end_date as date) as end_date
from promotions_limited
