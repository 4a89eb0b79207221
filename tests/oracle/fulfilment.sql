-- What is to do after the sale, one row per thing and figure, by the words of definitions.md, Orders after the sale,
-- shipping: returns with their units back, refunds with their days, cases with their age (-1: not open) and days overdue,
-- inbound shipments with their days and what is short and over.
with

this_day as (
    select tenant_id, tz, (current_setting('oracle.as_of')::timestamptz at time zone tz)::date as today from tenant
),

line as (
    select i.*, o.status as order_status, o.promised_on, o.ordered_at
    from order_items i join placed o on o.tenant_id = i.tenant_id and o.id = i.order_id
    where o.status <> 'draft'
),

work as (
    select p.tenant_id, 'pre_order' as kind, p.id, p.stage, p.expected_on as due, p.requested_at as opened,
        p.stage <> all (array['fulfilled', 'cancelled'])
        and l.order_status <> 'cancelled' and l.deleted_at is null as is_open
    from order_item_pre_orders p join line l on l.tenant_id = p.tenant_id and l.id = p.order_item_id
    union all
    select c.tenant_id, 'made_to_order', c.id, s.stage, l.promised_on, l.ordered_at,
        s.stage <> all (array['delivered', 'returned', 'cancelled'])
        and l.order_status <> 'cancelled' and l.deleted_at is null
    from order_item_customization c
    join line l on l.tenant_id = c.tenant_id and l.id = c.order_item_id
    cross join lateral (
        select coalesce((
            select h.status from order_item_statuses h
            where h.tenant_id = c.tenant_id and h.order_item_id = c.order_item_id
            order by h.entered_at desc, h.id desc limit 1
        ), case
            when l.order_status in ('delivered', 'completed') then 'delivered'
            when l.order_status in ('in_production', 'shipped') then l.order_status else 'pending'
        end) as stage
    ) as s
    union all
    select a.tenant_id, 'after_sales', a.id, a.stage, a.promised_on, a.opened_at,
        a.stage <> all (array['closed', 'rejected'])
    from order_items_after_sales a join line l on l.tenant_id = a.tenant_id and l.id = a.order_item_id
    where a.deleted_at is null
),

told as (
    select r.tenant_id, 'return' as figure, r.id, case when r.status = 'received' then r.quantity else 0 end as value
    from order_returns r join counted c on c.tenant_id = r.tenant_id and c.id = r.order_id
    union all
    select r.tenant_id, 'refund', r.id, r.own_day - r.order_day from refund r where r.own_day >= r.order_day
    union all
    select w.tenant_id, w.kind || ' ' || w.stage, w.id,
        case when w.is_open then d.today - (w.opened at time zone d.tz)::date else -1 end
    from work w join this_day d using (tenant_id)
    union all
    select w.tenant_id, w.kind || ' overdue', w.id, d.today - w.due
    from work w join this_day d using (tenant_id) where w.is_open and w.due < d.today
    union all
    select s.tenant_id, 'inbound', s.id, (s.received_at at time zone d.tz)::date - (s.ordered_at at time zone d.tz)::date
    from inbound_shipments s join this_day d using (tenant_id)
    where s.deleted_at is null and s.status = 'received' and s.received_at >= s.ordered_at
    union all
    select s.tenant_id, 'inbound ' || m.side, s.id, sum(m.units)
    from inbound_shipments s
    join inbound_shipment_items i on i.tenant_id = s.tenant_id and i.inbound_shipment_id = s.id
    cross join lateral (
        values ('short', i.quantity_ordered - i.quantity_received), ('over', i.quantity_received - i.quantity_ordered)
    ) as m (side, units)
    where s.deleted_at is null and s.status = 'received' and m.units > 0
    group by s.tenant_id, s.id, m.side
)

select tenant_id, figure, id, value from told
