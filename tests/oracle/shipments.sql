-- What became of shipments, per local day, carrier and measure, by the words of definitions.md, Orders after the
-- sale, shipping: counts, and for medians the days of each shipment by itself. Late now is of the promised day.
with

shipment as (
    select s.*, t.tz, (current_setting('oracle.as_of')::timestamptz at time zone t.tz)::date as today,
        coalesce(s.promised_on, (
            select min(c.promised_on) from outbound_shipment_orders l
            join counted c on c.tenant_id = l.tenant_id and c.id = l.order_id
            where l.tenant_id = s.tenant_id and l.outbound_shipment_id = s.id
        )) as promised,
        (
            select max(c.day) from outbound_shipment_orders l
            join counted c on c.tenant_id = l.tenant_id and c.id = l.order_id
            where l.tenant_id = s.tenant_id and l.outbound_shipment_id = s.id
        ) as ordered,
        (s.dispatched_at at time zone t.tz)::date as dispatched,
        case when s.status = 'delivered' then (s.delivered_at at time zone t.tz)::date end as delivered
    from outbound_shipments s join tenant t using (tenant_id)
    where s.deleted_at is null
        and not (
            exists (
                select from outbound_shipment_orders l
                where l.tenant_id = s.tenant_id and l.outbound_shipment_id = s.id
            )
            and not exists (
                select from outbound_shipment_orders l
                join counted c on c.tenant_id = l.tenant_id and c.id = l.order_id
                where l.tenant_id = s.tenant_id and l.outbound_shipment_id = s.id
            )
        )
),

told as (
    select tenant_id, 'shipments_dispatched' as metric, dispatched as day, carrier, id, 1 as value
    from shipment where dispatched is not null
    union all
    select tenant_id, 'shipments_delivered', delivered, carrier, id, 1 from shipment where delivered is not null
    union all
    select tenant_id, 'shipments_delivered_of_promised', delivered, carrier, id, 1
    from shipment where delivered is not null and promised is not null
    union all
    select tenant_id, 'shipments_on_time', delivered, carrier, id, 1 from shipment where delivered <= promised
    union all
    select tenant_id, 'shipments_late', promised, carrier, id, 1
    from shipment where promised < today and status <> all (array['delivered', 'cancelled', 'lost'])
    union all
    select tenant_id, 'days_to_dispatch', dispatched, carrier, id, dispatched - ordered
    from shipment where dispatched >= ordered
    union all
    select tenant_id, 'days_to_deliver', delivered, carrier, id, delivered - ordered
    from shipment where delivered >= ordered
)

select tenant_id, metric, day, carrier, id, value from told
