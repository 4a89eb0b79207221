{#-
    Each material at its present price: what there is of it, and what the units sold in the year
    would cost of it (definitions.md, Products and inventory).
-#}
with

materials as (
    select * from {{ ref('stg_products__materials') }}
),

material_products as (
    select * from {{ ref('stg_products__material_products') }}
),

products as (
    select * from {{ ref('rpt_products') }}
),

uses as (
    select
        material_products.tenant_id,
        material_products.material_id,
        count(*) as product_count,
        sum(material_products.quantity * products.year_net_units) as year_quantity,
        sum(material_products.quantity * products.units_on_hand) as stock_quantity
    from material_products
    inner join products
        on products.tenant_id = material_products.tenant_id
        and products.product_id = material_products.product_id
    group by material_products.tenant_id, material_products.material_id
)

select
    -- keys
    cast(materials.tenant_id as bigint) as tenant_id,
    cast(materials.material_id as bigint) as material_id,

    -- attributes
    cast(materials.code as text) as material_code,
    cast(materials.name as text) as material_name,
    cast(materials.material_type as text) as material_type,
    cast(materials.unit as text) as unit,
    cast(materials.supplier_name as text) as supplier_name,

    -- measures
    cast(materials.unit_cost as numeric(18, 2)) as unit_cost,
    cast(materials.quantity_on_hand as numeric(18, 4)) as quantity_on_hand,
    cast(materials.reorder_quantity as numeric(18, 4)) as reorder_quantity,
    cast(coalesce(uses.product_count, 0) as bigint) as product_count,
    cast(coalesce(uses.year_quantity, 0) as numeric(28, 4)) as year_quantity,
    -- nothing costs nothing, whatever a unit costs
    cast(
        case
            when coalesce(uses.year_quantity, 0) = 0 then 0
            else round(cast(uses.year_quantity as numeric(20, 4)) * materials.unit_cost, 2)
        end as numeric(28, 2)
    ) as year_cost_amount,

    -- flags
    cast(
        coalesce(materials.quantity_on_hand <= materials.reorder_quantity, false) as boolean
    ) as is_to_reorder
from materials
left join uses
    on uses.tenant_id = materials.tenant_id
    and uses.material_id = materials.material_id
where materials.deleted_at is null
