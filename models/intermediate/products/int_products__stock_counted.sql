{#-
    What is there now of each variant, at all locations: goods move between them. Below 0 nothing is
    there, and more was sold than had been counted.
-#}
with

stocks as (
    select * from {{ ref('stg_products__stocks') }}
),

variants_summed as (
    select
        tenant_id,
        product_id,
        variant_id,
        sum(quantity_on_hand) as recorded_units,
        sum(quantity_reserved) as reserved_units
    from stocks
    group by tenant_id, product_id, variant_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(product_id as bigint) as product_id,
    cast(variant_id as bigint) as variant_id,

    -- measures
    cast(greatest(recorded_units, 0) as bigint) as units_on_hand,
    cast(greatest(-recorded_units, 0) as bigint) as oversold_units,
    cast(reserved_units as bigint) as reserved_units
from variants_summed
