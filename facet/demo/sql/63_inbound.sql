-- What the suppliers sent: each receipt of stock is a position of a shipment, by month and place.
-- What is still on its way brings pre-ordered goods and materials.

create temp table demo_inbound on commit preserve rows as
select
    10000 + row_number() over (order by tenant_id, reference) as shipment_id, tenant_id, reference,
    location_code, received_at, opened_at, usd_rate, decimals, currency_code, timezone, units,
    received_at - make_interval(
        days => 18 + pg_temp.roll(shipment_draw, 'lead time', 24)
    ) as ordered_at,
    case
        when pg_temp.u(shipment_draw, 'late') < 0.18 then 2 + pg_temp.roll(shipment_draw, 'days', 9)
        else -pg_temp.roll(shipment_draw, 'early', 4)
    end as days_late,
    pg_temp.one_of(
        array['Orfèvre Atelier', 'Saigon Gold Works', 'Hatton Cast'],
        pg_temp.u(shipment_draw, 'supplier')
    ) as supplier
from (
    select
        tenant_id, reference, location_code, min(occurred_at) as received_at,
        sum(quantity_change) as units, hashtextextended(reference, tenant_id) as shipment_draw
    from stock_history
    where movement_type = 'receipt'
    group by tenant_id, reference, location_code
) as receipts
inner join demo_tenant using (tenant_id);

insert into inbound_shipments (
    id, tenant_id, shipment_number, supplier_name, status, location_code, carrier, tracking_number,
    currency_code, freight_amount, duty_amount, expected_on, ordered_at, shipped_at, arrived_at,
    received_at, created_at, updated_at
)
select
    shipment_id, tenant_id, reference, supplier, 'received', location_code, 'DHL',
    'DHL' || shipment_id, currency_code,
    round(cast(usd_rate * (20 + 1.5 * units) as numeric), decimals),
    round(cast(usd_rate * 2 * units as numeric), decimals),
    cast(received_at at time zone timezone as date) - days_late,
    ordered_at, received_at - interval '6 days', received_at - interval '20 hours', received_at,
    ordered_at, received_at
from demo_inbound
order by shipment_id;

-- Of some positions fewer came than were ordered.
insert into inbound_shipment_items (
    id, tenant_id, inbound_shipment_id, product_id, variant_id, quantity_ordered, quantity_received,
    unit_cost, created_at, updated_at
)
select
    receipt.id, receipt.tenant_id, shipment_id, receipt.product_id, receipt.variant_id,
    quantity_change + case when pg_temp.u(receipt.id, 'short') < 0.02 then 1 else 0 end,
    quantity_change, unit_cost, demo_inbound.ordered_at, received_at
from stock_history as receipt
inner join demo_inbound using (tenant_id, reference)
inner join (select product_id, unit_cost from demo_product) as products using (product_id)
where movement_type = 'receipt'
order by receipt.id;

insert into inbound_shipment_notes (
    id, tenant_id, inbound_shipment_id, inbound_shipment_item_id, author_id, body, created_at,
    updated_at
)
select
    item.id, item.tenant_id, inbound_shipment_id, item.id, item.tenant_id * 1000 + 2,
    'One piece missing; the supplier sends it later.', item.updated_at, item.updated_at
from inbound_shipment_items as item
where quantity_received < quantity_ordered
union all
select
    shipment_id, tenant_id, shipment_id, null, tenant_id * 1000 + 2,
    'Came ' || days_late || ' days late.', received_at, received_at
from demo_inbound
where days_late > 5
order by 1;

-- On its way: ordered, in transit, at the door; one that was never sent, one that was given up.
create temp table demo_coming on commit preserve rows as
select
    tenant_id * 1000 + nth as shipment_id, demo_tenant.*, coming.*,
    (
        select location_code
        from demo_page
        where demo_page.tenant_id = demo_tenant.tenant_id and platform_id = 1
    ) as location_code,
    greatest(horizon - make_interval(days => days_ago), opened_at) as ordered_at
from demo_tenant
cross join (
    values
    (1, 'draft', 1, 30), (2, 'ordered', 9, 20), (3, 'in_transit', 25, 4), (4, 'in_transit', 41, -6),
    (5, 'arrived', 30, 0), (6, 'cancelled', 90, -60)
) as coming (nth, status, days_ago, due_in);

insert into inbound_shipments (
    id, tenant_id, shipment_number, supplier_name, status, location_code, carrier, currency_code,
    freight_amount, expected_on, ordered_at, shipped_at, arrived_at, created_at, updated_at
)
select
    shipment_id, tenant_id, 'PO-NEXT-' || nth, 'Refiner', status, location_code, 'DHL',
    currency_code, round(cast(usd_rate * 60 as numeric), decimals), as_of + due_in,
    case when status <> 'draft' then ordered_at end,
    case when status in ('in_transit', 'arrived') then ordered_at + interval '12 days' end,
    case when status = 'arrived' then horizon - interval '15 hours' end, ordered_at,
    case status
        when 'arrived' then horizon - interval '15 hours'
        when 'in_transit' then ordered_at + interval '12 days'
        when 'cancelled' then ordered_at + interval '20 days'
        else ordered_at
    end
from demo_coming
order by shipment_id;

insert into inbound_shipment_items (
    id, tenant_id, inbound_shipment_id, material_id, quantity_ordered, quantity_received, unit_cost,
    created_at, updated_at
)
select
    shipment_id * 10 + place, tenant_id, shipment_id, material_id, greatest(round(quantity), 1), 0,
    unit_cost, ordered_at, ordered_at
from demo_coming
inner join (
    select tenant_id, material_id, nth as material_nth, quantity, unit_cost from demo_material
) as materials using (tenant_id)
cross join lateral (select material_nth - (nth - 1) * 2 as place) as places
where place between 1 and 2
order by 1;

-- Of the pre-orders that wait, each is on the shipment in transit that is the latest.
insert into inbound_shipment_items (
    id, tenant_id, inbound_shipment_id, product_id, variant_id, order_id, pre_order_id,
    quantity_ordered, quantity_received, unit_cost, created_at, updated_at
)
select
    pre_order.id, pre_order.tenant_id, shipment_id, line.product_id, line.variant_id, line.order_id,
    pre_order.id, pre_order.quantity, 0, line.unit_cost, pre_order.stage_entered_at,
    pre_order.stage_entered_at
from order_item_pre_orders as pre_order
inner join order_items as line
    on line.tenant_id = pre_order.tenant_id and line.id = pre_order.order_item_id
inner join demo_coming
    on demo_coming.tenant_id = pre_order.tenant_id
    and nth = case stage when 'in_production' then 3 else 2 end
where stage in ('ordered', 'in_production') and pre_order.id >= 1000
order by pre_order.id;
