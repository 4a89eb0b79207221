{#-
    A product's category is its primary one, else the one with the lowest id. The category at the
    top is found by walking up at most ten levels: a circle of parents ends there instead of running
    on.
-#}
with

products as (
    select
        *,
        {{ name_told_apart('name', by='sku', id='product_id') }} as product_name
    from {{ ref('stg_products__products') }}
),

products_described as (
    select * from {{ ref('int_products__products_described') }}
),

product_categories as (
    select * from {{ ref('stg_products__product_categories') }}
),

categories as (
    select * from {{ ref('stg_products__categories') }}
),

categories_below as (
    select
        categories.*,
        parents.name as parent_name
    from categories
    left join categories as parents
        on parents.tenant_id = categories.tenant_id
        and parents.category_id = categories.parent_id
),

categories_named as (
    select
        *,
        {{ name_told_apart('name', by='parent_name', id='category_id') }} as category_name
    from categories_below
),

ancestors as (
    with recursive steps as (
        select tenant_id, category_id, parent_id, category_id as top_category_id, 0 as height
        from categories
        union all
        select
            steps.tenant_id,
            steps.category_id,
            parents.parent_id,
            parents.category_id as top_category_id,
            steps.height + 1 as height
        from steps
        inner join categories as parents
            on parents.tenant_id = steps.tenant_id
            and parents.category_id = steps.parent_id
        where steps.height < 10
    )

    select * from steps
),

ancestors_ranked as (
    select
        ancestors.*,
        row_number() over (partition by tenant_id, category_id order by height desc) as from_top
    from ancestors
),

product_categories_ranked as (
    select
        product_categories.*,
        row_number() over (
            partition by tenant_id, product_id
            order by case when is_primary then 0 else 1 end, category_id
        ) as category_rank
    from product_categories
)

select
    -- keys
    cast(products.tenant_id as bigint) as tenant_id,
    cast(products.product_id as bigint) as product_id,
    cast(product_categories_ranked.category_id as bigint) as category_id,
    cast(ancestors_ranked.top_category_id as bigint) as top_category_id,

    -- attributes
    cast(products.sku as text) as sku,
    cast(products.product_name as text) as product_name,
    cast(products.product_type as text) as product_type,
    cast(products.status as text) as product_status,
    cast(categories_named.category_name as text) as category_name,
    cast(top_categories.category_name as text) as top_category_name,
    cast(products_described.brand as text) as brand,
    cast(products_described.collection as text) as collection,
    cast(products_described.metal as text) as metal,
    cast(products_described.gemstone as text) as gemstone,

    -- measures
    cast(products.list_price as numeric(18, 2)) as list_price,
    cast(
        case
            {% for power in range(13, -1, -1) -%}
            {% for step in [5, 2, 1] -%}
            {% set floor = step * 10 ** power -%}
            when products.list_price >= {{ floor }} then {{ floor }}
            {% endfor -%}
            {% endfor -%}
            when products.list_price is not null then 0
        end as numeric(18, 2)
    ) as price_band_from,
    cast(products.unit_cost as numeric(18, 2)) as unit_cost,

    -- flags
    cast(products.deleted_at is not null as boolean) as is_deleted
from products
left join products_described
    on products_described.tenant_id = products.tenant_id
    and products_described.product_id = products.product_id
left join product_categories_ranked
    on product_categories_ranked.tenant_id = products.tenant_id
    and product_categories_ranked.product_id = products.product_id
    and product_categories_ranked.category_rank = 1
left join categories_named
    on categories_named.tenant_id = product_categories_ranked.tenant_id
    and categories_named.category_id = product_categories_ranked.category_id
left join ancestors_ranked
    on ancestors_ranked.tenant_id = product_categories_ranked.tenant_id
    and ancestors_ranked.category_id = product_categories_ranked.category_id
    and ancestors_ranked.from_top = 1
left join categories_named as top_categories
    on top_categories.tenant_id = ancestors_ranked.tenant_id
    and top_categories.category_id = ancestors_ranked.top_category_id
