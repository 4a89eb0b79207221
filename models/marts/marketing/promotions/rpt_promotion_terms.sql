{#-
    What promotions ask for and give, as their terms say it: attributes of products, and what is to
    be bought and given. Redemptions are held against none of it (docs/decisions/0011).
-#}
with

promotion_attributes as (
    select * from {{ ref('stg_marketing__promotion_attributes') }}
),

bmgm_products as (
    select * from {{ ref('stg_marketing__promotion_bmgm_products') }}
),

promotions as (
    select * from {{ ref('dim_promotions') }}
    where source_table = 'mkt_promotions'
),

attributes as (
    select
        *,
        {{ name_told_apart('name', by='code', id='product_attribute_id') }} as attribute_name
    from {{ ref('stg_products__product_attributes') }}
),

attribute_values as (
    select
        tenant_id,
        product_id,
        product_attribute_id,
        trim(content) as content
    from {{ ref('stg_products__product_attribute_values') }}
),

products as (
    select * from {{ ref('dim_products') }}
),

attribute_values_counted as (
    select
        attribute_values.tenant_id,
        attribute_values.product_attribute_id,
        attribute_values.content,
        count(distinct attribute_values.product_id) as product_count
    from attribute_values
    inner join products
        on products.tenant_id = attribute_values.tenant_id
        and products.product_id = attribute_values.product_id
    where not products.is_deleted
    group by
        attribute_values.tenant_id,
        attribute_values.product_attribute_id,
        attribute_values.content
),

attributes_asked_for as (
    select distinct
        tenant_id,
        promotion_id,
        product_attribute_id,
        trim(content) as content
    from promotion_attributes
),

terms_collected as (
    select
        asked.tenant_id,
        asked.promotion_id,
        'attribute' as term_type,
        asked.product_attribute_id as thing_id,
        attributes.attribute_name as thing_name,
        asked.content as asked_value,
        null as quantity,
        null as discount_rate,
        coalesce(counted.product_count, 0) as product_count
    from attributes_asked_for as asked
    left join attributes
        on attributes.tenant_id = asked.tenant_id
        and attributes.product_attribute_id = asked.product_attribute_id
    left join attribute_values_counted as counted
        on counted.tenant_id = asked.tenant_id
        and counted.product_attribute_id = asked.product_attribute_id
        and counted.content = asked.content
    union all
    select
        bmgm_products.tenant_id,
        bmgm_products.promotion_id,
        bmgm_products.product_role,
        bmgm_products.product_id,
        products.product_name,
        '',
        bmgm_products.quantity,
        bmgm_products.discount_rate,
        null
    from bmgm_products
    left join products
        on products.tenant_id = bmgm_products.tenant_id
        and products.product_id = bmgm_products.product_id
)

select
    -- keys
    cast(terms.tenant_id as bigint) as tenant_id,
    cast(terms.promotion_id as bigint) as promotion_id,
    cast(terms.term_type as text) as term_type,
    cast(terms.thing_id as bigint) as thing_id,
    cast(terms.asked_value as text) as asked_value,

    -- attributes
    cast(terms.thing_name as text) as thing_name,

    -- measures
    cast(terms.quantity as integer) as quantity,
    cast(terms.discount_rate as numeric(9, 6)) as discount_rate,
    cast(terms.product_count as integer) as product_count
from terms_collected as terms
inner join promotions
    on promotions.tenant_id = terms.tenant_id
    and promotions.promotion_id = terms.promotion_id
