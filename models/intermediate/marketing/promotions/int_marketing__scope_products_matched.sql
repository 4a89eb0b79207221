{#-
    What products are to a scope that names or excludes them by themselves; all other products are
    to it what their shelf is (int_marketing__scope_shelves_matched).
-#}
{{ config(post_hook="{{ gather_statistics(this) }}") }}

with

scopes as (
    select * from {{ ref('int_marketing__promotions_scoped') }}
    where promotion_id = scope_id
),

products_shelved as (
    select * from {{ ref('int_marketing__products_shelved') }}
),

scope_shelves as (
    select * from {{ ref('int_marketing__scope_shelves_matched') }}
),

products_said as (
    select tenant_id, promotion_id, product_id, 1 as is_named, 0 as is_excluded
    from {{ ref('stg_marketing__promotion_products') }}
    union all
    select tenant_id, promotion_id, product_id, 0 as is_named, 1 as is_excluded
    from {{ ref('stg_marketing__promotion_exclusions') }}
    where product_id is not null
),

products_matched as (
    select
        scopes.tenant_id,
        scopes.scope_id,
        products_said.product_id,
        not (scopes.has_products or scopes.has_categories) as is_naming_nothing,
        max(products_said.is_named) = 1 as is_named,
        max(products_said.is_excluded) = 1 as is_excluded_product
    from products_said
    inner join scopes
        on scopes.tenant_id = products_said.tenant_id
        and scopes.promotion_id = products_said.promotion_id
    group by
        scopes.tenant_id,
        scopes.scope_id,
        products_said.product_id,
        scopes.has_products,
        scopes.has_categories
),

products_placed as (
    select
        products_matched.*,
        products_shelved.shelf_id,
        scope_shelves.excluded_category_id,
        is_named or coalesce(scope_shelves.is_meant, is_naming_nothing) as is_meant,
        coalesce(scope_shelves.is_nearby, false) as is_nearby,
        coalesce(scope_shelves.is_in_scope, is_naming_nothing) as is_shelf_in_scope,
        coalesce(scope_shelves.is_beside, false) as is_shelf_beside
    from products_matched
    left join products_shelved
        on products_shelved.tenant_id = products_matched.tenant_id
        and products_shelved.product_id = products_matched.product_id
    left join scope_shelves
        on scope_shelves.tenant_id = products_matched.tenant_id
        and scope_shelves.scope_id = products_matched.scope_id
        and scope_shelves.shelf_id = products_shelved.shelf_id
),

products_judged as (
    select
        products_placed.*,
        is_meant and not is_excluded_product and excluded_category_id is null as is_in_scope
    from products_placed
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
    cast(is_in_scope as boolean) as is_in_scope,
    cast(is_nearby and not is_in_scope as boolean) as is_beside,
    cast(is_shelf_in_scope as boolean) as is_shelf_in_scope,
    cast(is_shelf_beside as boolean) as is_shelf_beside
from products_judged
