-- What products have in common, as of oracle.as_of: tenant, kind, name, value, products, of these on hand, units on hand, at
-- cost (null where the cost of one on hand is not known), net units and net sales of the year. Over 00_sales.sql and
-- product_days.sql; definitions.md, Products and inventory. Whatever a product has is looked up for each product.
with

made_of as (  -- null where one material has no price
    select m.tenant_id, m.product_id, case when bool_and(m.quantity * x.unit_cost is not null)
        then round(sum(m.quantity * x.unit_cost), t.places) end as cost
    from material_product m
    join tenant t using (tenant_id)
    left join material x on x.tenant_id = m.tenant_id and x.id = m.material_id
    group by m.tenant_id, m.product_id, t.places
),

told as (
    select p.tenant_id, p.id,
        coalesce((
            select sum(greatest(v.units, 0)) from (
                select sum(s.quantity_on_hand) as units from stock s
                where s.tenant_id = p.tenant_id and s.product_id = p.id group by s.variant_id
            ) as v
        ), 0) as on_hand,
        coalesce(p.unit_cost, (select cost from made_of m where m.tenant_id = p.tenant_id and m.product_id = p.id)) as cost,
        coalesce((
            select sum(d.net_units) from product_days d
            where d.tenant_id = p.tenant_id and d.product_id = p.id and d.day >= y.today - 365 and d.day < y.today
        ), 0) as units,
        coalesce((
            select sum(d.amount) from product_days d
            where d.tenant_id = p.tenant_id and d.product_id = p.id and d.day >= y.today - 365 and d.day < y.today
        ), 0) as sales
    from product p
    join (
        select tenant_id, (current_setting('oracle.as_of')::timestamptz at time zone tz)::date as today from tenant
    ) as y using (tenant_id)
    where p.product_type is distinct from 'gift_card' and p.deleted_at is null and (
        exists (
            select from goods g where g.tenant_id = p.tenant_id and g.product_id = p.id
        ) or not exists (
            select from line_share l where l.tenant_id = p.tenant_id and l.product_id = p.id
        )
    )
),

has as (
    select distinct v.tenant_id, v.product_id, 'attribute' as kind,
        concat(a.name, ' (' || a.unit || ')') as name, btrim(v.content, ' ') as value
    from product_attribute_value v
    join product_attribute a on a.tenant_id = v.tenant_id and a.id = v.product_attribute_id
    where a.deleted_at is null
    union all
    select tenant_id, product_id, 'tag', null, tag from product_tag
    union all
    select distinct m.tenant_id, m.product_id, 'material_attribute', a.name, btrim(a.content, ' ')
    from material_product m
    join material_attribute a on a.tenant_id = m.tenant_id and a.material_id = m.material_id
)

select h.tenant_id, h.kind, h.name, h.value, count(*), count(*) filter (where t.on_hand > 0), sum(t.on_hand),
    case when bool_or(t.on_hand > 0 and t.cost is null) then null
        else sum(case when t.on_hand > 0 then t.on_hand * t.cost else 0 end) end,
    sum(t.units), sum(t.sales)
from has h join told t on t.tenant_id = h.tenant_id and t.id = h.product_id
where h.value <> ''
group by 1, 2, 3, 4
