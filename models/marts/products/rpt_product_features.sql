{#-
    What products have in common, and what is there and was sold in the year of those that have it
    (definitions.md, Products and inventory). Sums are those of the products: a product is in the
    row of each of its features, once.
-#}
with

products as (
    select * from {{ ref('rpt_products') }}
),

attributes as (
    select
        *,
        {{ name_told_apart('name', by='code', id='product_attribute_id') }} as attribute_name
    from {{ ref('stg_products__product_attributes') }}
    where deleted_at is null
),

attribute_values as (
    select * from {{ ref('stg_products__product_attribute_values') }}
),

tags as (
    select * from {{ ref('stg_products__product_tags') }}
),

material_products as (
    select * from {{ ref('stg_products__material_products') }}
),

material_attributes as (
    select * from {{ ref('stg_products__material_attributes') }}
),

features_collected as (
    select
        attribute_values.tenant_id,
        attribute_values.product_id,
        'attribute' as feature_type,
        attributes.product_attribute_id,
        attributes.attribute_name
        || coalesce(' (' || nullif(trim(attributes.unit), '') || ')', '') as feature_name,
        trim(attribute_values.content) as feature_value
    from attribute_values
    inner join attributes
        on attributes.tenant_id = attribute_values.tenant_id
        and attributes.product_attribute_id = attribute_values.product_attribute_id
    union all
    select tenant_id, product_id, 'tag', null, null, trim(tag)
    from tags
    union all
    select
        material_products.tenant_id,
        material_products.product_id,
        'material_attribute',
        null,
        trim(material_attributes.name),
        trim(material_attributes.content)
    from material_products
    inner join material_attributes
        on material_attributes.tenant_id = material_products.tenant_id
        and material_attributes.material_id = material_products.material_id
),

features_of_products as (
    select distinct
        tenant_id,
        product_id,
        feature_type,
        product_attribute_id,
        feature_name,
        feature_value
    from features_collected
    where feature_value <> ''
),

features_summed as (
    select
        features_of_products.tenant_id,
        features_of_products.product_attribute_id,
        features_of_products.feature_type,
        features_of_products.feature_name,
        features_of_products.feature_value,
        count(*) as product_count,
        sum(
            case
                when products.units_on_hand > 0 then 1
                when products.units_on_hand is not null then 0
            end
        ) as stocked_product_count,
        sum(products.units_on_hand) as units_on_hand,
        {{ sum_where_all_known('products.stock_at_cost_amount') }} as stock_at_cost_amount,
        sum(products.year_net_units) as year_net_units,
        sum(products.year_net_sales_amount) as year_net_sales_amount
    from features_of_products
    inner join products
        on products.tenant_id = features_of_products.tenant_id
        and products.product_id = features_of_products.product_id
    group by
        features_of_products.tenant_id,
        features_of_products.product_attribute_id,
        features_of_products.feature_type,
        features_of_products.feature_name,
        features_of_products.feature_value
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(product_attribute_id as bigint) as product_attribute_id,

    -- attributes
    cast(feature_type as text) as feature_type,
    cast(feature_name as text) as feature_name,
    cast(feature_value as text) as feature_value,

    -- measures
    cast(product_count as bigint) as product_count,
    cast(stocked_product_count as bigint) as stocked_product_count,
    cast(units_on_hand as bigint) as units_on_hand,
    cast(stock_at_cost_amount as numeric(28, 2)) as stock_at_cost_amount,
    cast(year_net_units as bigint) as year_net_units,
    cast(year_net_sales_amount as numeric(18, 2)) as year_net_sales_amount
from features_summed
