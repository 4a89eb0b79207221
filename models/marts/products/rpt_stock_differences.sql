{#-
    Whether what the history says is what is recorded, to the piece, at each place of each variant.
-#}
with

movements as (
    select * from {{ ref('stg_history__stock_movements') }}
),

stocks as (
    select * from {{ ref('stg_products__stocks') }}
),

products as (
    select * from {{ ref('dim_products') }}
),

variants as (
    select * from {{ ref('stg_products__product_variants') }}
),

units_told as (
    select
        tenant_id,
        product_id,
        variant_id,
        location_code,
        quantity_change as history_units,
        0 as recorded_units,
        occurred_at
    from movements
    union all
    select
        tenant_id,
        product_id,
        variant_id,
        location_code,
        0,
        quantity_on_hand,
        null
    from stocks
),

places as (
    select
        tenant_id,
        product_id,
        variant_id,
        location_code,
        sum(history_units) as history_units,
        sum(recorded_units) as recorded_units,
        max(occurred_at) as last_moved_at
    from units_told
    group by tenant_id, product_id, variant_id, location_code
)

select
    -- keys
    cast(places.tenant_id as bigint) as tenant_id,
    cast(places.product_id as bigint) as product_id,
    cast(places.variant_id as bigint) as variant_id,

    -- attributes
    cast(places.location_code as text) as location_code,
    cast(products.product_name as text) as product_name,
    cast(products.sku as text) as sku,
    cast(variants.name as text) as variant_name,

    -- measures
    cast(places.history_units as bigint) as history_units,
    cast(places.recorded_units as bigint) as recorded_units,
    cast(places.recorded_units - places.history_units as bigint) as difference_units,

    -- timestamps
    cast(places.last_moved_at as timestamp with time zone) as last_moved_at
from places
left join products
    on products.tenant_id = places.tenant_id
    and products.product_id = places.product_id
left join variants
    on variants.tenant_id = places.tenant_id
    and variants.variant_id = places.variant_id
