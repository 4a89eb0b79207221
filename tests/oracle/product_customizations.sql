-- What can be made to order, as of oracle.as_of: tenant, product, whether it can be engraved, most letters, surcharge, lead
-- time; of the year's pieces that were not given up how many, how many not done, over lead time, their net sales, and the
-- days of each that is done. Over 00_sales.sql; definitions.md, Products and inventory.
with

this_day as (
    select tenant_id, tz, (current_setting('oracle.as_of')::timestamptz at time zone tz)::date as today from tenant
),

piece as (
    select c.tenant_id, i.id as line_id, i.product_id, d.today - o.day as age,
        coalesce(s.status, case
            when o.status in ('delivered', 'completed') then 'delivered' else 'not yet'
        end) = 'delivered' as is_done,
        case when s.status = 'delivered' and (s.entered_at at time zone d.tz)::date >= o.day
            then (s.entered_at at time zone d.tz)::date - o.day end as days
    from order_item_customization c
    join this_day d using (tenant_id)
    join order_items i on i.tenant_id = c.tenant_id and i.id = c.order_item_id
    join placed o on o.tenant_id = i.tenant_id and o.id = i.order_id
    left join lateral (
        select h.status, h.entered_at from order_item_statuses h
        where h.tenant_id = c.tenant_id and h.order_item_id = c.order_item_id
        order by h.entered_at desc, h.id desc limit 1
    ) as s on true
    where o.status <> all (array['draft', 'cancelled']) and i.deleted_at is null
        and coalesce(s.status, '') <> all (array['cancelled', 'returned'])
        and o.day < d.today and o.day >= d.today - 365
),

sold as (
    select tenant_id, id as line_id,
        round(quantity * unit_price * rate, places) - round(discount_amount * rate, places) - round(share * rate, places)
        as amount
    from goods
    union all
    select tenant_id, line_id, -amount from returned
)

select z.tenant_id, z.product_id, z.is_engravable, z.engraving_max_length, z.surcharge_amount, z.lead_time_days,
    (select count(*) from piece p where p.tenant_id = z.tenant_id and p.product_id = z.product_id),
    (select count(*) from piece p where p.tenant_id = z.tenant_id and p.product_id = z.product_id and not p.is_done),
    case when z.lead_time_days is not null then (
        select count(*) from piece p where p.tenant_id = z.tenant_id and p.product_id = z.product_id
            and case when p.is_done then p.days else p.age end > z.lead_time_days
    ) end,
    coalesce((
        select sum(s.amount) from piece p join sold s on s.tenant_id = p.tenant_id and s.line_id = p.line_id
        where p.tenant_id = z.tenant_id and p.product_id = z.product_id
    ), 0),
    array(
        select p.days from piece p
        where p.tenant_id = z.tenant_id and p.product_id = z.product_id and p.days is not null
    )
from product_customize z
join product x on x.tenant_id = z.tenant_id and x.id = z.product_id
where x.deleted_at is null
