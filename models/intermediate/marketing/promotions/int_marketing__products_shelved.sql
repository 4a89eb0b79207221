{#-
    Products of exactly the same categories stand on one shelf, named by the lowest of them.
    Whatever goes by category holds for a shelf as a whole, so that a promotion is matched with some
    shelves, not with every product. A product without a category stands on none.
-#}
with

product_categories as (
    select * from {{ ref('stg_products__product_categories') }}
),

products_listed as (
    select
        tenant_id,
        product_id,
        string_agg(cast(category_id as text), ' ' order by category_id) as category_list
    from product_categories
    group by tenant_id, product_id
)

select
    cast(tenant_id as bigint) as tenant_id,
    cast(product_id as bigint) as product_id,
    cast(min(product_id) over (partition by tenant_id, category_list) as bigint) as shelf_id
from products_listed
