{#-
    What products are to a scope that names or excludes them by themselves; all other products are
    to it what their shelf is (int_marketing__scope_shelves_matched).
-#}
{{ config(post_hook="{{ gather_statistics(this) }}") }}

with

scopes as (
    select * from {{ ref('int_marketing__promotion_scopes_listed') }}
    where promotion_id = scope_id
),

products_shelved as (
    select * from {{ ref('int_marketing__products_shelved') }}
),

scope_shelves as (
    select * from {{ ref('int_marketing__scope_shelves_matched') }}
),

products_listed as (
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
        products_listed.product_id,
        not (scopes.has_products or scopes.has_categories) as is_unlimited,
        max(products_listed.is_named) = 1 as is_named,
        max(products_listed.is_excluded) = 1 as is_excluded_product
    from products_listed
    inner join scopes
        on scopes.tenant_id = products_listed.tenant_id
        and scopes.promotion_id = products_listed.promotion_id
    group by
        scopes.tenant_id,
        scopes.scope_id,
        products_listed.product_id,
        scopes.has_products,
        scopes.has_categories
),

products_on_shelves as (
    select
        products_matched.*,
        products_shelved.shelf_id,
        scope_shelves.excluded_category_id,
        is_named or coalesce(scope_shelves.is_targeted, is_unlimited) as is_targeted,
        coalesce(scope_shelves.is_in_its_categories, false) as is_in_its_categories,
        coalesce(scope_shelves.is_in_scope, is_unlimited) as is_shelf_in_scope,
        coalesce(scope_shelves.is_other_product, false) as is_shelf_other_product
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
        products_on_shelves.*,
        is_targeted and not is_excluded_product and excluded_category_id is null as is_in_scope
    from products_on_shelves
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(scope_id as bigint) as scope_id,
    cast(product_id as bigint) as product_id,
    cast(excluded_category_id as bigint) as excluded_category_id,

    -- flags
    cast(is_targeted as boolean) as is_targeted,
    cast(is_excluded_product as boolean) as is_excluded_product,
    cast(is_in_scope as boolean) as is_in_scope,
    cast(is_in_its_categories and not is_in_scope as boolean) as is_other_product,
    cast(is_shelf_in_scope as boolean) as is_shelf_in_scope,
    cast(is_shelf_other_product as boolean) as is_shelf_other_product
from products_judged
