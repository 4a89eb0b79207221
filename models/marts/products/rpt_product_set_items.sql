{#- What sets consist of, and how many sets the units of each component would make. -#}
with

set_items as (
    select * from {{ ref('stg_products__product_set_items') }}
),

products as (
    select * from {{ ref('rpt_products') }}
),

components as (
    select * from {{ ref('dim_products') }}
),

products_stocked as (
    select * from {{ ref('int_products__products_stocked') }}
)

select
    -- keys
    cast(set_items.tenant_id as bigint) as tenant_id,
    cast(set_items.product_id as bigint) as product_id,
    cast(set_items.component_product_id as bigint) as component_product_id,

    -- attributes
    cast(products.product_name as text) as product_name,
    cast(components.product_name as text) as component_name,

    -- measures
    cast(set_items.quantity as integer) as quantity,
    cast(greatest(products_stocked.units_on_hand - products_stocked.reserved_units, 0) as bigint)
        as available_units,
    cast(
        {{ integer_divide(
            'greatest(products_stocked.units_on_hand - products_stocked.reserved_units, 0)',
            'nullif(set_items.quantity, 0)',
        ) }} as bigint
    ) as set_units
from set_items
inner join products
    on products.tenant_id = set_items.tenant_id
    and products.product_id = set_items.product_id
inner join components
    on components.tenant_id = set_items.tenant_id
    and components.product_id = set_items.component_product_id
inner join products_stocked
    on products_stocked.tenant_id = set_items.tenant_id
    and products_stocked.product_id = set_items.component_product_id
