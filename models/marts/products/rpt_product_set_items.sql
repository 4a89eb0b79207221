{#-
    What sets consist of, and how many sets the units of each component would make; unknown in a
    shop that records no stock, where the greatest of nothing known and 0 must not be 0.
-#}
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
),

set_items_counted as (
    select
        set_items.*,
        products.product_name,
        components.product_name as component_name,
        case
            when products_stocked.units_on_hand is not null
                then greatest(products_stocked.units_on_hand - products_stocked.reserved_units, 0)
        end as available_units
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
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(product_id as bigint) as product_id,
    cast(component_product_id as bigint) as component_product_id,

    -- attributes
    cast(product_name as text) as product_name,
    cast(component_name as text) as component_name,

    -- measures
    cast(quantity as integer) as quantity,
    cast(available_units as bigint) as available_units,
    cast({{ integer_divide('available_units', 'nullif(quantity, 0)') }} as bigint) as set_units
from set_items_counted
