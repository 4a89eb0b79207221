{#-
    Lines of which more left than was ordered: what breaks that shipped units are at most ordered
    ones.
-#}
with

outbound_shipments as (
    select * from {{ ref('stg_shipping__outbound_shipments') }}
    where deleted_at is null and status not in ('cancelled', 'returned', 'lost')
),

shipment_products as (
    select * from {{ ref('stg_shipping__outbound_shipment_products') }}
),

order_items as (
    select * from {{ ref('stg_orders__order_items') }}
),

orders as (
    select * from {{ ref('stg_orders__orders') }}
    where deleted_at is null and not is_test
),

shipped_per_line as (
    select
        shipment_products.tenant_id,
        shipment_products.order_item_id,
        count(*) as shipment_count,
        sum(shipment_products.quantity) as shipped_units,
        string_agg(
            outbound_shipments.shipment_number, ', '
            order by outbound_shipments.outbound_shipment_id
        ) as shipment_numbers
    from shipment_products
    inner join outbound_shipments
        on outbound_shipments.tenant_id = shipment_products.tenant_id
        and outbound_shipments.outbound_shipment_id = shipment_products.outbound_shipment_id
    group by shipment_products.tenant_id, shipment_products.order_item_id
),

lines_shipped as (
    select
        shipped_per_line.*,
        orders.order_id,
        orders.order_number,
        order_items.product_id,
        case
            when order_items.deleted_at is null and orders.status not in ('draft', 'cancelled')
                then order_items.quantity
            else 0
        end as ordered_units
    from shipped_per_line
    inner join order_items
        on order_items.tenant_id = shipped_per_line.tenant_id
        and order_items.order_item_id = shipped_per_line.order_item_id
    inner join orders
        on orders.tenant_id = order_items.tenant_id
        and orders.order_id = order_items.order_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(order_item_id as bigint) as order_item_id,
    cast(order_id as bigint) as order_id,
    cast(product_id as bigint) as product_id,

    -- attributes
    cast(order_number as text) as order_number,
    cast(shipment_numbers as text) as shipment_numbers,

    -- measures
    cast(shipment_count as integer) as shipment_count,
    cast(ordered_units as integer) as ordered_units,
    cast(shipped_units as integer) as shipped_units
from lines_shipped
where shipped_units > ordered_units
