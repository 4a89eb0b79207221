{#-
    What products are to a scope: named by it, excluded from it, or beside what it names: in a category
    that it names or that a product it names is in, or below. A product that is nothing to a scope
    has no row; it is in scope where the scope names nothing.
-#}
with

scopes as (
    select * from {{ ref('int_marketing__promotions_scoped') }}
    where promotion_id = scope_id
),

categories_nested as (
    select * from {{ ref('int_marketing__categories_nested') }}
),

product_categories as (
    select * from {{ ref('stg_products__product_categories') }}
),

promotion_products as (
    select * from {{ ref('stg_marketing__promotion_products') }}
),

promotion_categories as (
    select * from {{ ref('stg_marketing__promotion_categories') }}
),

promotion_exclusions as (
    select * from {{ ref('stg_marketing__promotion_exclusions') }}
),

products_of_branches as (
    select distinct
        product_categories.tenant_id,
        product_categories.product_id,
        categories_nested.ancestor_category_id as category_id
    from product_categories
    inner join categories_nested
        on categories_nested.tenant_id = product_categories.tenant_id
        and categories_nested.category_id = product_categories.category_id
),

categories_nearby as (
    select tenant_id, promotion_id, category_id
    from promotion_categories
    union
    select promotion_products.tenant_id, promotion_products.promotion_id, product_categories.category_id
    from promotion_products
    inner join product_categories
        on product_categories.tenant_id = promotion_products.tenant_id
        and product_categories.product_id = promotion_products.product_id
),

matches as (
    select
        tenant_id, promotion_id, product_id, 'named' as match_type,
        cast(null as bigint) as category_id
    from promotion_products
    union all
    select
        tenant_id, promotion_id, product_id, 'excluded product' as match_type,
        cast(null as bigint) as category_id
    from promotion_exclusions
    where product_id is not null
    {% for relation, match_type in [
        ('promotion_categories', 'named'),
        ('promotion_exclusions', 'excluded category'),
        ('categories_nearby', 'nearby'),
    ] -%}
    union all
    select
        {{ relation }}.tenant_id, {{ relation }}.promotion_id, products_of_branches.product_id,
        '{{ match_type }}' as match_type, {{ relation }}.category_id
    from {{ relation }}
    inner join products_of_branches
        on products_of_branches.tenant_id = {{ relation }}.tenant_id
        and products_of_branches.category_id = {{ relation }}.category_id
    {% endfor %}
),

products_matched as (
    select
        matches.tenant_id,
        matches.promotion_id as scope_id,
        matches.product_id,
        min(case when matches.match_type = 'excluded category' then matches.category_id end)
            as excluded_category_id,
        {% for match_type in ['named', 'excluded product', 'excluded category', 'nearby'] -%}
        max(case when matches.match_type = '{{ match_type }}' then 1 else 0 end) = 1
            as is_{{ match_type | replace(' ', '_') }},
        {% endfor -%}
        max(case when scopes.has_products or scopes.has_categories then 1 else 0 end) = 1
            as is_naming
    from matches
    inner join scopes
        on scopes.tenant_id = matches.tenant_id
        and scopes.promotion_id = matches.promotion_id
    group by matches.tenant_id, matches.promotion_id, matches.product_id
),

products_placed as (
    select
        products_matched.*,
        is_named or not is_naming as is_meant,
        (is_named or not is_naming)
        and not is_excluded_product
        and not is_excluded_category as is_in_scope
    from products_matched
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(scope_id as bigint) as scope_id,
    cast(product_id as bigint) as product_id,
    cast(excluded_category_id as bigint) as excluded_category_id,

    -- flags
    cast(is_meant as boolean) as is_meant,
    cast(is_excluded_product as boolean) as is_excluded_product,
    cast(is_excluded_category as boolean) as is_excluded_category,
    cast(is_in_scope as boolean) as is_in_scope,
    cast(is_nearby and not is_in_scope as boolean) as is_beside
from products_placed
