{#-
    Each stone that a product is or carries, with its price per carat and how long such pieces lay
    before they were sold, first in first out (definitions.md, Products and inventory).
-#}
with

products as (
    select * from {{ ref('rpt_products') }}
),

diamonds as (
    select * from {{ ref('stg_products__diamonds') }}
    where deleted_at is null
),

gemstones as (
    select * from {{ ref('stg_products__gemstones') }}
    where deleted_at is null
),

units_queued as (
    select * from {{ ref('int_products__sales_queued') }}
),

stones as (
    select
        tenant_id,
        product_id,
        'diamond' as stone_type,
        'diamond' as stone_name,
        shape,
        color_grade as color,
        clarity_grade as clarity,
        cut_grade,
        fluorescence,
        origin_type,
        certificate_number,
        carat_weight
    from diamonds
    union all
    select
        tenant_id,
        product_id,
        'gemstone',
        gem_type,
        shape,
        color,
        clarity,
        null,
        null,
        origin_type,
        certificate_number,
        carat_weight
    from gemstones
),

days_per_product as (
    select
        tenant_id,
        product_id,
        sum(queued_units) as known_units,
        sum(queued_units * days_to_sell) as unit_days
    from units_queued
    group by tenant_id, product_id
)

select
    -- keys
    cast(stones.tenant_id as bigint) as tenant_id,
    cast(stones.product_id as bigint) as product_id,
    cast(stones.stone_type as text) as stone_type,

    -- attributes
    {% for column in [
        'stone_name', 'shape', 'color', 'clarity', 'cut_grade', 'fluorescence', 'origin_type',
        'certificate_number',
    ] -%}
    cast(stones.{{ column }} as text) as {{ column }},
    {% endfor -%}
    cast(products.product_name as text) as product_name,

    -- measures
    cast(stones.carat_weight as numeric(18, 4)) as carat_weight,
    cast(products.list_price as numeric(18, 2)) as list_price,
    cast(
        case
            when stones.carat_weight > 0
                then {{ from_scaled(divide_rounded(
                    to_scaled('products.list_price', 2) ~ ' * 10000',
                    to_scaled('stones.carat_weight', 4),
                ), 2) }}
        end as numeric(28, 2)
    ) as price_per_carat_amount,
    cast(products.units_on_hand as bigint) as units_on_hand,
    cast(products.year_net_units as bigint) as year_net_units,
    cast(coalesce(days_per_product.known_units, 0) as bigint) as known_units,
    cast(
        {{ ratio('days_per_product.unit_days', 'days_per_product.known_units') }} as numeric(28, 8)
    ) as days_to_sell
from stones
inner join products
    on products.tenant_id = stones.tenant_id
    and products.product_id = stones.product_id
left join days_per_product
    on days_per_product.tenant_id = stones.tenant_id
    and days_per_product.product_id = stones.product_id
where not products.is_deleted
