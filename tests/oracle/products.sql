-- What products must be now and over the year (definitions.md, Products and inventory), over what 00_sales.sql tells
-- of each order: tenant, figure, product, value as text. Goes another way than the models: every day is written out,
-- and every unit on hand is a row.
with recursive

clock as (
    select t.*, (current_setting('oracle.as_of')::timestamptz at time zone t.tz)::date as today from tenant t
),

sold (tenant_id, product_id, day, units, back, amount, demand, costed, cost) as (
    select tenant_id, product_id, day, quantity, 0,
        round(quantity * unit_price * rate, places) - round(discount_amount * rate, places) - round(share * rate, places),
        round(quantity * unit_price * rate, places) - round(discount_amount * rate, places) - round(share * rate, places),
        case when unit_cost is null then 0 else round(quantity * unit_price * rate, places)
            - round(discount_amount * rate, places) - round(share * rate, places) end,
        round(quantity * coalesce(unit_cost, 0) * rate, places)
    from goods
    union all
    select r.tenant_id, i.product_id, r.day, 0, 0, r.amount, r.amount,
        case when i.unit_cost is null then 0 else r.amount end, 0
    from resold r join order_items i on i.tenant_id = r.tenant_id and i.id = r.line_id where not r.is_gift_card
    union all
    select r.tenant_id, i.product_id, r.day, 0, 0, -r.amount, 0, 0, 0
    from returned r join order_items i on i.tenant_id = r.tenant_id and i.id = r.line_id
    union all
    select r.tenant_id, i.product_id, r.day, 0, r.quantity, 0, 0, 0, -r.cost
    from received r join order_items i on i.tenant_id = r.tenant_id and i.id = r.line_id
),

year as (
    select s.tenant_id, s.product_id, sum(units) as units, sum(units - back) as net_units, sum(amount) as sales,
        case when sum(costed) <> 0 or sum(demand) = 0 then sum(amount - cost) end as margin
    from sold s join clock c using (tenant_id)
    where s.product_id is not null and s.day >= c.today - 365 and s.day < c.today
    group by 1, 2
),

place as (
    select tenant_id, product_id, variant_id, greatest(sum(quantity_on_hand), 0) as units,
        sum(quantity_reserved) as reserved
    from stock group by 1, 2, 3
),

moved as (
    select h.*, (h.occurred_at at time zone c.tz)::date as day
    from stock_history h join clock c using (tenant_id)
),

unit_received as (  -- the youngest is 1
    select m.tenant_id, m.product_id, m.variant_id, m.day,
        row_number() over (partition by m.tenant_id, m.product_id, m.variant_id order by m.day desc) as nth
    from moved m cross join generate_series(1, m.quantity_change)
    where m.movement_type = 'receipt'
),

unit_there as (
    select p.tenant_id, p.product_id, c.today - r.day as age
    from place p
    cross join generate_series(1, p.units) as nth
    join clock c using (tenant_id)
    left join unit_received r on r.tenant_id = p.tenant_id and r.product_id = p.product_id
        and r.variant_id is not distinct from p.variant_id and r.nth = nth.nth
),

month_end as (
    select tenant_id, (date_trunc('month', today) - k * interval '1 month')::date - 1 as day
    from clock cross join generate_series(0, 12) as k
),

month_end_units as (
    select tenant_id, product_id, sum(greatest(units, 0)) as units
    from (
        select m.tenant_id, m.product_id, m.variant_id, e.day, sum(m.quantity_change) as units
        from moved m join month_end e on e.tenant_id = m.tenant_id and m.day <= e.day
        group by 1, 2, 3, 4
    ) as variant
    group by 1, 2
),

material_cost as (
    select tenant_id, product_id,
        case when bool_and(m.unit_cost is not null) then round(sum(b.quantity * m.unit_cost), c.places) end as amount
    from material_product b
    left join (select tenant_id, id as material_id, unit_cost from material) m using (tenant_id, material_id)
    join clock c using (tenant_id)
    group by 1, 2, c.places
),

day_there as (  -- every whole day since something moved
    select p.tenant_id, p.product_id, d.day::date as day,
        sum(coalesce(x.change, 0)) over w as ended, sum(coalesce(x.change, 0)) over w - coalesce(x.change, 0) as began
    from (select tenant_id, product_id, min(day) as first_day from moved group by 1, 2) p
    join clock c using (tenant_id)
    cross join generate_series(p.first_day, c.today - 1, interval '1 day') as d (day)
    left join (select tenant_id, product_id, day, sum(quantity_change) as change from moved group by 1, 2, 3) x
        on x.tenant_id = p.tenant_id and x.product_id = p.product_id and x.day = d.day
    window w as (partition by p.tenant_id, p.product_id order by d.day)
),

day_sold as (
    select d.*, coalesce(s.units, 0) as units, coalesce(s.amount, 0) as amount,
        case when d.began > 0 or d.ended > 0
            then count(*) filter (where d.began > 0 or d.ended > 0) over w end as nth,
        max(d.ended) over (w rows between unbounded preceding and 1 preceding) > 0 as was_there,
        count(*) filter (where d.began > 0 or d.ended > 0) over w as last_nth
    from day_there d
    left join (select tenant_id, product_id, day, sum(units) as units, sum(amount) as amount from sold group by 1, 2, 3) s
        on s.tenant_id = d.tenant_id and s.product_id = d.product_id and s.day = d.day
    window w as (partition by d.tenant_id, d.product_id order by d.day)
),

day_out as (
    select d.tenant_id, d.product_id, d.day, round(greatest(l.amount, 0) / l.days, 2) as lost
    from day_sold d
    join clock c using (tenant_id)
    cross join lateral (
        select sum(b.amount) as amount, count(*) as days from day_sold b
        where b.tenant_id = d.tenant_id and b.product_id = d.product_id and b.nth > d.last_nth - 90 and b.nth <= d.last_nth
    ) as l
    where d.ended <= 0 and d.was_there and d.day >= c.today - 365 and exists (
        select from sold s
        where s.tenant_id = d.tenant_id and s.product_id = d.product_id and s.units > 0
            and s.day between d.day - 90 and d.day - 1
    )
),

product_now as (
    select p.tenant_id, p.id as product_id, p.status, p.deleted_at is not null as is_deleted,
        coalesce(p.unit_cost, m.amount) as cost, y.units, coalesce(y.net_units, 0) as net_units,
        coalesce(y.sales, 0) as sales, case when y.tenant_id is null then 0 else y.margin end as margin,
        coalesce((select sum(s.units) from place s where s.tenant_id = p.tenant_id and s.product_id = p.id), 0) as there,
        coalesce((select sum(s.reserved) from place s where s.tenant_id = p.tenant_id and s.product_id = p.id), 0) as reserved,
        (select count(*) from unit_there u where u.tenant_id = p.tenant_id and u.product_id = p.id and u.age < 183) as young,
        (select count(*) from unit_there u where u.tenant_id = p.tenant_id and u.product_id = p.id and u.age > 365) as old,
        (select count(*) from unit_there u where u.tenant_id = p.tenant_id and u.product_id = p.id and u.age is null) as ageless,
        coalesce((select e.units from month_end_units e where e.tenant_id = p.tenant_id and e.product_id = p.id), 0) as at_ends,
        exists (select from day_there d where d.tenant_id = p.tenant_id and d.product_id = p.id and d.ended > 0) as was_there
    from product p
    left join year y on y.tenant_id = p.tenant_id and y.product_id = p.id
    left join material_cost m on m.tenant_id = p.tenant_id and m.product_id = p.id
    where p.product_type is distinct from 'gift_card'
        and not exists (
            select from line_share l where l.tenant_id = p.tenant_id and l.product_id = p.id
            having count(*) > 0 and bool_and(l.is_gift_card)
        )
),

classed as (
    select n.*, case
        when coalesce(units, 0) = 0 then 'dead'
        when sales <= 0 then 'c'
        when b.above * 100 < b.whole * 80 then 'a'
        when b.above * 100 < b.whole * 95 then 'b'
        else 'c' end as class
    from product_now n
    cross join lateral (
        select coalesce(sum(o.sales) filter (where o.sales > n.sales or (o.sales = n.sales and o.product_id < n.product_id)), 0)
            as above, sum(o.sales) as whole
        from year o where o.tenant_id = n.tenant_id and o.sales > 0
    ) as b
),

judged as (
    select *, case
        when not (was_there or there > 0) or is_deleted or status <> 'active' or net_units <= 0 or class in ('c', 'dead') then null
        when there <= reserved then 'ran_out'
        when (there - reserved) / (net_units / 365.0) < 30 then 'short' end as reorder,
    case
        when there = 0 then null
        when class = 'dead' and young = 0 then 'dead'
        when old > there - old then 'aged'
        when class = 'c' and net_units > 0 and there * 365.0 / net_units > 365 then 'overstocked' end as mark_down
    from classed
)

select tenant_id, f.figure, product_id, f.value
from judged j
cross join lateral (
    values ('class', class), ('reorder', reorder), ('mark_down', mark_down), ('net_units', net_units::text),
        ('net_sales', sales::numeric(18, 2)::text), ('margin', margin::numeric(18, 2)::text), ('on_hand', there::text),
        ('young', young::text), ('old', old::text), ('ageless', ageless::text),
        ('at_cost', (there * cost)::numeric(28, 2)::text), ('at_month_ends', (at_ends * cost)::numeric(28, 2)::text),
        ('reorder_units', case when reorder is not null then (ceil(net_units * 90 / 365.0) - there + reserved)::bigint::text end),
        ('stock_out_days', (select count(*)::text from day_out o where o.tenant_id = j.tenant_id and o.product_id = j.product_id)),
        ('lost_sales', (
            select coalesce(sum(lost), 0)::numeric(18, 2)::text from day_out o
            where o.tenant_id = j.tenant_id and o.product_id = j.product_id
        ))
) as f (figure, value)
where not is_deleted and f.value is not null
