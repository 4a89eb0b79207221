{#- The orders that ShipStation knows, whether or not both agree: where it knows none, none can. -#}
with

shipstation_orders as (
    select * from {{ ref('stg_shipping__shipstation_orders') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
)

select
    -- keys
    cast(shipstation_orders.tenant_id as bigint) as tenant_id,
    cast(shipstation_orders.shipstation_order_id as bigint) as shipstation_order_id,
    cast(shipstation_orders.order_id as bigint) as order_id,

    -- attributes
    cast(shipstation_orders.status as text) as shipstation_status,

    -- dates
    cast({{ local_date('shipstation_orders.synced_at', 'tenants.timezone') }} as date)
        as synced_date
from shipstation_orders
inner join tenants
    on tenants.tenant_id = shipstation_orders.tenant_id
