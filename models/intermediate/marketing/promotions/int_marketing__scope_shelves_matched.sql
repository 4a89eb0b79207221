{#-
    What shelves are to a scope by their categories: targeted, excluded, or in its categories: those
    that it names or that a product it names is in, and below. A shelf that is nothing to a
    scope has no row: it is in scope where the scope names nothing.
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

shelves_of_branches as (
    select distinct
        products_shelved.tenant_id,
        products_shelved.shelf_id,
        categories_nested.ancestor_category_id as category_id
    from products_shelved
    inner join product_categories
        on product_categories.tenant_id = products_shelved.tenant_id
        and product_categories.product_id = products_shelved.product_id
    inner join categories_nested
        on categories_nested.tenant_id = product_categories.tenant_id
        and categories_nested.category_id = product_categories.category_id
    where products_shelved.product_id = products_shelved.shelf_id
),

categories_listed as (
    select tenant_id, promotion_id, category_id, 'named' as match_type
    from promotion_categories
    union all
    select tenant_id, promotion_id, category_id, 'excluded' as match_type
    from promotion_exclusions
    where category_id is not null
    union all
    select distinct
        promotion_products.tenant_id,
        promotion_products.promotion_id,
        product_categories.category_id,
        'of_a_product' as match_type
    from promotion_products
    inner join product_categories
        on product_categories.tenant_id = promotion_products.tenant_id
        and product_categories.product_id = promotion_products.product_id
),

shelves_matched as (
    select
        scopes.tenant_id,
        scopes.scope_id,
        scopes.has_products or scopes.has_categories as has_targets,
        shelves_of_branches.shelf_id,
        min(
            case
                when categories_listed.match_type = 'excluded' then categories_listed.category_id
            end
        ) as excluded_category_id,
        max(case when categories_listed.match_type = 'named' then 1 else 0 end) = 1 as is_named,
        max(case when categories_listed.match_type <> 'excluded' then 1 else 0 end) = 1
            as is_in_its_categories
    from categories_listed
    inner join scopes
        on scopes.tenant_id = categories_listed.tenant_id
        and scopes.promotion_id = categories_listed.promotion_id
    inner join shelves_of_branches
        on shelves_of_branches.tenant_id = categories_listed.tenant_id
        and shelves_of_branches.category_id = categories_listed.category_id
    group by
        scopes.tenant_id,
        scopes.scope_id,
        scopes.has_products,
        scopes.has_categories,
        shelves_of_branches.shelf_id
),

shelves_scoped as (
    select
        shelves_matched.*,
        is_named or not has_targets as is_targeted,
        (is_named or not has_targets) and excluded_category_id is null as is_in_scope
    from shelves_matched
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(scope_id as bigint) as scope_id,
    cast(shelf_id as bigint) as shelf_id,
    cast(excluded_category_id as bigint) as excluded_category_id,

    -- flags
    cast(is_targeted as boolean) as is_targeted,
    cast(is_in_its_categories as boolean) as is_in_its_categories,
    cast(is_in_scope as boolean) as is_in_scope,
    cast(is_in_its_categories and not is_in_scope as boolean) as is_other_product
from shelves_scoped
