-- What metrics of products must be per tenant and calendar month: units sold less units received back, on the days of
-- net sales, and units that receipts brought in, on the days of their movements.
with

moved (tenant_id, metric, line_id, product_id, day, units) as (
    select tenant_id, 'net_units', id, null::bigint, day, quantity from goods
    union all
    select tenant_id, 'net_units', line_id, null, day, -quantity from received
    union all
    select h.tenant_id, 'units_received', null, h.product_id, (h.occurred_at at time zone t.tz)::date,
        greatest(h.quantity_change, 0)
    from stock_history h join tenant t using (tenant_id)
    where h.movement_type = 'receipt'
)

select m.tenant_id, m.metric, date_trunc('month', m.day)::date, sum(m.units)
from moved m
left join order_items i on i.tenant_id = m.tenant_id and i.id = m.line_id
where coalesce(i.product_id, m.product_id) is not null
group by 1, 2, 3
