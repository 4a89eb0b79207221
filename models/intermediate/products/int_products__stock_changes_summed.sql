{#- What came and went of each variant on each local day. -#}
with

movements as (
    select * from {{ ref('stg_history__stock_movements') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

movements_dated as (
    select
        movements.*,
        {{ local_date('movements.occurred_at', 'tenants.timezone') }} as change_date
    from movements
    inner join tenants
        on tenants.tenant_id = movements.tenant_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(product_id as bigint) as product_id,
    cast(variant_id as bigint) as variant_id,
    cast(change_date as date) as change_date,

    -- measures
    cast(sum(quantity_change) as bigint) as change_units,
    cast(
        sum(
            case
                when movement_type = 'receipt' and quantity_change > 0 then quantity_change else 0
            end
        ) as bigint
    ) as receipt_units
from movements_dated
group by tenant_id, product_id, variant_id, change_date
