-- What left the house for the batch's orders. A parcel has the id of its order times ten, plus one;
-- the second parcel of an order plus two, one that went astray plus three.

create temp table demo_parcel on commit drop as
with sent as (
    select
        demo_order.*, subtotal, goods,
        lines > 1 and goods > 1 and status <> 'confirmed' and pg_temp.u(order_id, 'parcels') < 0.06
            as is_split,
        status in ('delivered', 'completed') and order_type = 'standard'
            and pg_temp.u(order_id, 'astray') < 0.006 as went_astray
    from demo_order
    inner join demo_total using (order_id)
    inner join (
        select order_id, count(*) filter (where kind <> 'gift_card') as goods
        from demo_taxed
        group by order_id
    ) as counted using (order_id)
    where
        platform_id <> 6 and goods > 0 and not (is_test or is_deleted)
        and (
            status in ('shipped', 'delivered', 'completed')
            or status = 'confirmed' and order_type = 'standard'
        )
)

select
    order_id * 10 + place as parcel_id, sent.*, place, left_at, there_at,
    case
        when place = 3 then case when order_id % 2 = 0 then 'lost' else 'returned' end
        when sent.status = 'confirmed' then
            case when dispatched_at - interval '3 hours' < horizon then 'packed' else 'pending' end
        when there_at < horizon then 'delivered'
        when left_at + interval '12 hours' < horizon then 'in_transit'
        else 'dispatched'
    end as parcel_status,
    array['GHN', 'Viettel Post', 'GHTK', 'FedEx', 'UPS', 'USPS', 'Colissimo', 'Chronopost', 'DHL',
        'Australia Post', 'StarTrack', 'DHL'] as carriers
from sent
cross join lateral (
    values
    (
        1, true, dispatched_at,
        case
            when is_split then dispatched_at + (delivered_at - dispatched_at) * 0.7
            else delivered_at
        end
    ),
    (2, is_split, dispatched_at + (delivered_at - dispatched_at) * 0.3, delivered_at),
    -- the first try of one that had to be sent again
    (3, went_astray, ordered_at + (dispatched_at - ordered_at) * 0.4, null)
) as parcel (place, is_sent, left_at, there_at)
where is_sent and (sent.status = 'confirmed' or left_at < horizon);

insert into outbound_shipments (
    id, tenant_id, shipment_number, status, location_code, address_id, carrier, service,
    tracking_number, weight_grams, shipping_cost, insured_amount, promised_on, packed_by, packed_at,
    dispatched_at, delivered_at, returned_at, created_at, updated_at
)
select
    parcel_id, demo_parcel.tenant_id, 'S-' || demo_parcel.order_number || '-' || place,
    parcel_status, location_code, address.id, carrier,
    case when pg_temp.u(parcel_id, 'service') < 0.25 then 'express' else 'standard' end,
    case when is_gone then upper(left(replace(carrier, ' ', ''), 3)) || parcel_id end,
    120 + floor(500 * pg_temp.u(parcel_id, 'weight')),
    round(
        cast(demo_parcel.shipping_fee * case when is_foreign then 2.4 else 0.8 end
            * (0.8 + 0.5 * pg_temp.u(parcel_id, 'cost')) as numeric),
        decimals
    ),
    round(subtotal * exchange_rate, decimals),
    -- made to order and pre-ordered: the order's own; all else within six days
    coalesce(demo_parcel.promised_on, demo_parcel.day + 6),
    case when parcel_status <> 'pending' then packer_id end,
    case when parcel_status <> 'pending' then packed_at end,
    case when is_gone then left_at end,
    case when parcel_status = 'delivered' then there_at end,
    case when parcel_status = 'returned' then dispatched_at end,
    ordered_at + interval '1 minute',
    case parcel_status
        when 'delivered' then there_at
        when 'pending' then ordered_at + interval '1 minute'
        when 'packed' then packed_at
        when 'returned' then dispatched_at
        else left_at
    end
from demo_parcel
left join demo_team on demo_team.tenant_id = demo_parcel.tenant_id and demo_team.day = least(
    cast(left_at at time zone timezone as date), last_day
)
left join crm_personal_addresses as address on address.id = buyer * 10 + 1
cross join lateral (
    select
        carriers[(demo_parcel.tenant_id - 1) * 3 + pg_temp.roll(order_id, 'carrier', 3)] as carrier,
        parcel_status not in ('pending', 'packed') as is_gone,
        user_ids[pg_temp.roll(parcel_id, 'packer', cardinality(user_ids))] as packer_id,
        greatest(left_at - interval '3 hours', ordered_at + interval '2 minutes') as packed_at
) as details
order by parcel_id;

insert into outbound_shipment_orders (
    id, tenant_id, outbound_shipment_id, order_id, is_complete, created_at, updated_at
)
select
    parcel_id, tenant_id, parcel_id, order_id, place = 2 or (place = 1 and not is_split),
    ordered_at + interval '1 minute', ordered_at + interval '1 minute'
from demo_parcel
order by parcel_id;

-- The second parcel has what the first has not: all but the first line.
insert into outbound_shipment_products (
    id, tenant_id, outbound_shipment_id, order_item_id, product_id, variant_id, quantity,
    created_at, updated_at
)
select
    line_id * 10 + place, demo_parcel.tenant_id, parcel_id, line_id, product_id, variant_id,
    quantity, ordered_at + interval '1 minute', ordered_at + interval '1 minute'
from demo_parcel
inner join (
    select
        order_id, line_id, product_id, variant_id, quantity,
        row_number() over (partition by order_id order by line_id) as nth_goods
    from demo_taxed
    where kind <> 'gift_card'
) as demo_taxed using (order_id)
where not is_split or place = 3 or (nth_goods = 1) = (place = 1)
order by 1;

-- Two of the houses ship with ShipStation since a year; the others use it for what goes abroad.
insert into shipstation_orders (
    id, tenant_id, order_id, outbound_shipment_id, external_id, status, carrier_code, service_code,
    tracking_number, label_cost, ship_by_on, shipped_at, synced_at, data, created_at, updated_at
)
select
    parcel_id, demo_parcel.tenant_id, order_id, parcel_id, 'SS-' || parcel_id,
    case
        when parcel_status = 'pending' and pg_temp.u(parcel_id, 'held') < 0.2 then 'on_hold'
        when parcel_status in ('pending', 'packed') then 'awaiting_shipment'
        else 'shipped'
    end,
    lower(replace(carrier, ' ', '_')), service, tracking_number, shipping_cost, day + 3,
    shipment.dispatched_at, synced_at,
    jsonb_build_object('orderNumber', order_number, 'items', goods), shipment.created_at, synced_at
from demo_parcel
inner join outbound_shipments as shipment on shipment.id = parcel_id
cross join lateral (
    select
        least(shipment.updated_at + interval '17 minutes', horizon - interval '1 second')
            as synced_at
) as syncs
where age <= 365 and (demo_parcel.tenant_id in (2, 4, 5, 6) or is_foreign)
order by parcel_id;
