-- What was sold of each product by local day: tenant, product, day, units, net units, net sales; over what 00_sales.sql
-- tells of each order.
with

sold (tenant_id, line_id, day, units, net_units, amount) as (
    select tenant_id, id, day, quantity, quantity,
        round(quantity * unit_price * rate, places) - round(discount_amount * rate, places) - round(share * rate, places)
    from goods
    union all
    select tenant_id, line_id, day, 0, 0, amount from resold where not is_gift_card
    union all
    select tenant_id, line_id, day, 0, 0, -amount from returned
    union all
    select tenant_id, line_id, day, 0, -quantity, 0 from received
)

select s.tenant_id, i.product_id, s.day, sum(s.units) as units, sum(s.net_units) as net_units, sum(s.amount) as amount
from sold s
join order_items i on i.tenant_id = s.tenant_id and i.id = s.line_id
where i.product_id is not null
group by 1, 2, 3
