{#-
    Orders that ShipStation knows otherwise than the shop does: what would be sent though it must
    not, or is sent as one of both does not know. One of them may have several differences.
-#}
with

shipstation_orders as (
    select * from {{ ref('stg_shipping__shipstation_orders') }}
),

orders as (
    select * from {{ ref('stg_orders__orders') }}
),

outbound_shipments as (
    select * from {{ ref('stg_shipping__outbound_shipments') }}
    where deleted_at is null
),

shipment_orders as (
    select * from {{ ref('stg_shipping__outbound_shipment_orders') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

mirrored as (
    select
        shipstation_orders.tenant_id,
        shipstation_orders.shipstation_order_id,
        shipstation_orders.order_id,
        shipstation_orders.status as shipstation_status,
        orders.order_number,
        orders.status as order_status,
        outbound_shipments.outbound_shipment_id,
        outbound_shipments.shipment_number,
        outbound_shipments.status as shipment_status,
        outbound_shipments.tracking_number <> shipstation_orders.tracking_number
            as has_other_tracking,
        outbound_shipments.outbound_shipment_id is not null and shipment_orders.order_id is null
            as has_other_order,
        orders.deleted_at is null and not orders.is_test
        and orders.status not in ('draft', 'cancelled') as is_order_counted,
        shipstation_orders.status not in ('shipped', 'cancelled') as is_open_there,
        {{ local_date('shipstation_orders.synced_at', 'tenants.timezone') }} as synced_date
    from shipstation_orders
    inner join tenants
        on tenants.tenant_id = shipstation_orders.tenant_id
    inner join orders
        on orders.tenant_id = shipstation_orders.tenant_id
        and orders.order_id = shipstation_orders.order_id
    left join outbound_shipments
        on outbound_shipments.tenant_id = shipstation_orders.tenant_id
        and outbound_shipments.outbound_shipment_id = shipstation_orders.outbound_shipment_id
    left join shipment_orders
        on shipment_orders.tenant_id = outbound_shipments.tenant_id
        and shipment_orders.outbound_shipment_id = outbound_shipments.outbound_shipment_id
        and shipment_orders.order_id = shipstation_orders.order_id
),

differences as (
    {% set rules = {
        'order_not_counted': 'is_open_there and not is_order_counted',
        'cancelled_there': "shipstation_status = 'cancelled' and is_order_counted"
            ~ " and coalesce(shipment_status, 'pending') <> 'cancelled'",
        'sent_there_only': "shipstation_status = 'shipped'"
            ~ " and coalesce(shipment_status, 'pending') in ('pending', 'packed')",
        'sent_here_only': 'is_open_there'
            ~ " and shipment_status in ('dispatched', 'in_transit', 'delivered')",
        'other_order': 'has_other_order',
        'other_tracking_number': 'has_other_tracking',
    } -%}
    {% for difference_type, rule in rules.items() -%}
    select '{{ difference_type }}' as difference_type, mirrored.*
    from mirrored
    where {{ rule }}
    {% if not loop.last -%}
    union all
    {% endif -%}
    {% endfor %}
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(shipstation_order_id as bigint) as shipstation_order_id,
    cast(order_id as bigint) as order_id,
    cast(outbound_shipment_id as bigint) as shipment_id,

    -- attributes
    cast(difference_type as text) as difference_type,
    cast(order_number as text) as order_number,
    cast(order_status as text) as order_status,
    cast(shipment_number as text) as shipment_number,
    cast(shipment_status as text) as shipment_status,
    cast(shipstation_status as text) as shipstation_status,

    -- dates
    cast(synced_date as date) as synced_date
from differences
