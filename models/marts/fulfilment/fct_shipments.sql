{#-
    What left for customers, or is to leave: each shipment with the day by which it was promised
    and how it went. One that carries orders, all of which count nowhere, counts nowhere either.
-#}
with

outbound_shipments as (
    select * from {{ ref('stg_shipping__outbound_shipments') }}
    where deleted_at is null
),

shipment_orders as (
    select * from {{ ref('stg_shipping__outbound_shipment_orders') }}
),

shipment_products as (
    select * from {{ ref('stg_shipping__outbound_shipment_products') }}
),

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

addresses as (
    select * from {{ ref('stg_customers__personal_addresses') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

orders_per_shipment as (
    select
        shipment_orders.tenant_id,
        shipment_orders.outbound_shipment_id,
        count(orders_counted.order_id) as order_count,
        min(orders_counted.order_id) as first_order_id,
        string_agg(
            orders_counted.order_number, ', ' order by orders_counted.order_id
        ) as order_numbers,
        min(orders_counted.promised_on) as promised_on,
        max(orders_counted.order_date) as ordered_date
    from shipment_orders
    left join orders_counted
        on orders_counted.tenant_id = shipment_orders.tenant_id
        and orders_counted.order_id = shipment_orders.order_id
    group by shipment_orders.tenant_id, shipment_orders.outbound_shipment_id
),

units_per_shipment as (
    select tenant_id, outbound_shipment_id, sum(quantity) as unit_count
    from shipment_products
    group by tenant_id, outbound_shipment_id
),

shipments_placed as (
    select
        outbound_shipments.*,
        orders_per_shipment.order_count,
        orders_per_shipment.first_order_id,
        orders_per_shipment.order_numbers,
        orders_per_shipment.ordered_date,
        units_per_shipment.unit_count,
        coalesce(addresses.region, addresses.city) as region,
        addresses.country_code,
        tenants.timezone,
        tenants.as_of_date,
        coalesce(outbound_shipments.promised_on, orders_per_shipment.promised_on)
            as promised_date,
        {{ local_date('outbound_shipments.dispatched_at', 'tenants.timezone') }}
            as dispatched_date,
        case
            when outbound_shipments.status = 'delivered'
                then {{ local_date('outbound_shipments.delivered_at', 'tenants.timezone') }}
        end as delivered_date,
        outbound_shipments.status not in ('delivered', 'cancelled', 'lost') as is_open
    from outbound_shipments
    inner join tenants
        on tenants.tenant_id = outbound_shipments.tenant_id
    left join orders_per_shipment
        on orders_per_shipment.tenant_id = outbound_shipments.tenant_id
        and orders_per_shipment.outbound_shipment_id = outbound_shipments.outbound_shipment_id
    left join units_per_shipment
        on units_per_shipment.tenant_id = outbound_shipments.tenant_id
        and units_per_shipment.outbound_shipment_id = outbound_shipments.outbound_shipment_id
    left join addresses
        on addresses.tenant_id = outbound_shipments.tenant_id
        and addresses.address_id = outbound_shipments.address_id
    where coalesce(orders_per_shipment.order_count, 1) > 0
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(outbound_shipment_id as bigint) as shipment_id,
    cast(first_order_id as bigint) as first_order_id,

    -- attributes
    cast(shipment_number as text) as shipment_number,
    cast(status as text) as shipment_status,
    cast(order_numbers as text) as order_numbers,
    cast(location_code as text) as location_code,
    cast(carrier as text) as carrier,
    cast(service as text) as service,
    cast(region as text) as region,
    cast(country_code as text) as country_code,

    -- measures
    cast(coalesce(order_count, 0) as integer) as order_count,
    cast(coalesce(unit_count, 0) as integer) as unit_count,
    cast(shipping_cost as numeric(18, 2)) as shipping_cost_amount,
    cast(
        case when dispatched_date >= ordered_date then dispatched_date - ordered_date end
        as integer
    ) as dispatch_days,
    cast(
        case when delivered_date >= ordered_date then delivered_date - ordered_date end
        as integer
    ) as delivery_days,
    cast(
        case
            when delivered_date > promised_date then delivered_date - promised_date
            when is_open and promised_date < as_of_date then as_of_date - promised_date
        end as integer
    ) as late_days,

    -- flags
    cast(is_open as boolean) as is_open,
    cast(coalesce(is_open and promised_date < as_of_date, false) as boolean) as is_late,
    cast(coalesce(delivered_date <= promised_date, false) as boolean) as was_on_time,
    cast(coalesce(delivered_date > promised_date, false) as boolean) as was_late,

    -- dates
    cast(ordered_date as date) as ordered_date,
    cast(promised_date as date) as promised_date,
    cast(dispatched_date as date) as dispatched_date,
    cast(delivered_date as date) as delivered_date,

    -- timestamps
    cast({{ local_at('dispatched_at', 'timezone') }} as timestamp) as dispatched_at_local,
    cast(
        case when delivered_date is not null then {{ local_at('delivered_at', 'timezone') }} end
        as timestamp
    ) as delivered_at_local
from shipments_placed
