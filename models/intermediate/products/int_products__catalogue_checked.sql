{#-
    Where the catalogue contradicts itself: a SKU that is not numbered as its category numbers, an
    attribute with something else than it is of (definitions.md, Products and inventory).
-#}
with

products as (
    select * from {{ ref('dim_products') }}
),

patterns as (
    select * from {{ ref('stg_products__category_autoskus') }}
    where is_active
),

attributes as (
    select * from {{ ref('stg_products__product_attributes') }}
    where deleted_at is null
),

attribute_values as (
    select * from {{ ref('stg_products__product_attribute_values') }}
),

values_checked as (
    select
        attribute_values.tenant_id,
        attribute_values.product_id,
        case attributes.value_type
            when 'number'
                then trim(attribute_values.content) similar to '[-+]?[0-9]+([.,][0-9]+)?'
            when 'boolean'
                then lower(trim(attribute_values.content)) in ('true', 'false')
            else true
        end as is_valid
    from attribute_values
    inner join attributes
        on attributes.tenant_id = attribute_values.tenant_id
        and attributes.product_attribute_id = attribute_values.product_attribute_id
),

invalid_values as (
    select tenant_id, product_id, count(*) as invalid_value_count
    from values_checked
    where not is_valid
    group by tenant_id, product_id
),

products_checked as (
    select
        products.tenant_id,
        products.product_id,
        patterns.category_id is not null and not coalesce(
            substring(products.sku, 1, length(patterns.prefix)) = patterns.prefix
            and length(products.sku) = length(patterns.prefix) + patterns.digit_count
            and substring(products.sku, length(patterns.prefix) + 1) similar to '[0-9]+',
            false
        ) as has_unmatched_sku,
        coalesce(invalid_values.invalid_value_count, 0) as invalid_value_count
    from products
    left join patterns
        on patterns.tenant_id = products.tenant_id
        and patterns.category_id = products.category_id
    left join invalid_values
        on invalid_values.tenant_id = products.tenant_id
        and invalid_values.product_id = products.product_id
    where not products.is_deleted
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(product_id as bigint) as product_id,

    -- flags
    cast(has_unmatched_sku as boolean) as has_unmatched_sku,
    cast(invalid_value_count > 0 as boolean) as has_invalid_attribute
from products_checked
