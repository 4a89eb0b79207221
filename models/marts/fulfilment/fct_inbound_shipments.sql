{#-
    What suppliers send: how long it took, whether it is late, and what came of what was ordered.
-#}
with

inbound_shipments as (
    select * from {{ ref('stg_shipping__inbound_shipments') }}
    where deleted_at is null
),

inbound_items as (
    select * from {{ ref('stg_shipping__inbound_shipment_items') }}
),

inbound_notes as (
    select * from {{ ref('stg_shipping__inbound_shipment_notes') }}
    where deleted_at is null
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

items_per_shipment as (
    select
        tenant_id,
        inbound_shipment_id,
        count(*) as item_count,
        count(distinct order_id) as waiting_order_count,
        sum(quantity_ordered) as ordered_units,
        sum(quantity_received) as received_units,
        sum(greatest(quantity_ordered - quantity_received, 0)) as short_units,
        sum(greatest(quantity_received - quantity_ordered, 0)) as over_units
    from inbound_items
    group by tenant_id, inbound_shipment_id
),

notes_per_shipment as (
    select tenant_id, inbound_shipment_id, count(*) as note_count
    from inbound_notes
    group by tenant_id, inbound_shipment_id
),

shipments_placed as (
    select
        inbound_shipments.*,
        coalesce(items.item_count, 0) as item_count,
        coalesce(items.waiting_order_count, 0) as waiting_order_count,
        coalesce(items.ordered_units, 0) as ordered_units,
        coalesce(items.received_units, 0) as received_units,
        coalesce(items.short_units, 0) as short_units,
        coalesce(items.over_units, 0) as over_units,
        coalesce(notes.note_count, 0) as note_count,
        tenants.timezone,
        tenants.as_of_date,
        {{ local_date('inbound_shipments.ordered_at', 'tenants.timezone') }} as ordered_date,
        case
            when inbound_shipments.status = 'received'
                then {{ local_date('inbound_shipments.received_at', 'tenants.timezone') }}
        end as received_date,
        inbound_shipments.status in ('ordered', 'in_transit', 'arrived') as is_open
    from inbound_shipments
    inner join tenants
        on tenants.tenant_id = inbound_shipments.tenant_id
    left join items_per_shipment as items
        on items.tenant_id = inbound_shipments.tenant_id
        and items.inbound_shipment_id = inbound_shipments.inbound_shipment_id
    left join notes_per_shipment as notes
        on notes.tenant_id = inbound_shipments.tenant_id
        and notes.inbound_shipment_id = inbound_shipments.inbound_shipment_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(inbound_shipment_id as bigint) as inbound_shipment_id,

    -- attributes
    cast(shipment_number as text) as shipment_number,
    cast(supplier_name as text) as supplier_name,
    cast(status as text) as inbound_status,
    cast(location_code as text) as location_code,
    cast(carrier as text) as carrier,

    -- measures
    cast(item_count as integer) as item_count,
    cast(waiting_order_count as integer) as waiting_order_count,
    cast(note_count as integer) as note_count,
    cast(ordered_units as numeric(18, 4)) as ordered_units,
    cast(case when status = 'received' then received_units else 0 end as numeric(18, 4))
        as received_units,
    cast(case when status = 'received' then short_units else 0 end as numeric(18, 4))
        as short_units,
    cast(case when status = 'received' then over_units else 0 end as numeric(18, 4))
        as over_units,
    cast(
        case when received_date >= ordered_date then received_date - ordered_date end as integer
    ) as lead_days,
    cast(
        case
            when received_date > expected_on then received_date - expected_on
            when is_open and expected_on < as_of_date then as_of_date - expected_on
        end as integer
    ) as late_days,

    -- flags
    cast(is_open as boolean) as is_open,
    cast(coalesce(is_open and expected_on < as_of_date, false) as boolean) as is_overdue,
    cast(status = 'received' as boolean) as was_received,
    cast(status = 'received' and short_units > 0 as boolean) as was_short,
    cast(status = 'received' and over_units > 0 as boolean) as was_over,

    -- dates
    cast(ordered_date as date) as ordered_date,
    cast(expected_on as date) as expected_date,
    cast(received_date as date) as received_date,

    -- timestamps
    cast(
        case when received_date is not null then {{ local_at('received_at', 'timezone') }} end
        as timestamp
    ) as received_at_local
from shipments_placed
