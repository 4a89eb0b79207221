{#-
    What the catalogue says of a product besides its name and price, in one value each
    (definitions.md, Products and inventory). Several of a kind stand one after the other, so that
    a product is under one value and sums over values are those of the products.
-#}
with

attributes as (
    select * from {{ ref('stg_products__product_attributes') }}
    where deleted_at is null
),

attribute_values as (
    select * from {{ ref('stg_products__product_attribute_values') }}
),

diamonds as (
    select * from {{ ref('stg_products__diamonds') }}
    where deleted_at is null
),

gemstones as (
    select * from {{ ref('stg_products__gemstones') }}
    where deleted_at is null
),

materials as (
    select * from {{ ref('stg_products__materials') }}
    where material_type = 'metal'
),

material_products as (
    select * from {{ ref('stg_products__material_products') }}
),

{#- by place they stand one after the other -#}
descriptions_collected as (
    select
        attribute_values.tenant_id,
        attribute_values.product_id,
        lower(trim(attributes.code)) as description_type,
        trim(attribute_values.content) as description,
        attribute_values.product_attribute_value_id as place
    from attribute_values
    inner join attributes
        on attributes.tenant_id = attribute_values.tenant_id
        and attributes.product_attribute_id = attribute_values.product_attribute_id
    where lower(trim(attributes.code)) in ('brand', 'collection')
    union all
    select tenant_id, product_id, 'gemstone', 'diamond', 0
    from diamonds
    union all
    select tenant_id, product_id, 'gemstone', trim(gem_type), 1
    from gemstones
    union all
    select
        material_products.tenant_id,
        material_products.product_id,
        'metal',
        trim(materials.name),
        materials.material_id
    from material_products
    inner join materials
        on materials.tenant_id = material_products.tenant_id
        and materials.material_id = material_products.material_id
),

descriptions_told_once as (
    select tenant_id, product_id, description_type, description, min(place) as place
    from descriptions_collected
    where description <> ''
    group by tenant_id, product_id, description_type, description
),

descriptions_per_product as (
    select
        tenant_id,
        product_id,
        {% for kind in ['brand', 'collection', 'metal', 'gemstone'] -%}
        string_agg(
            case when description_type = '{{ kind }}' then description end, ', ' order by place
        ) as {{ kind }}{{ ',' if not loop.last }}
        {% endfor -%}
    from descriptions_told_once
    group by tenant_id, product_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(product_id as bigint) as product_id,

    -- attributes
    cast(brand as text) as brand,
    cast(collection as text) as collection,
    cast(metal as text) as metal,
    cast(gemstone as text) as gemstone
from descriptions_per_product
