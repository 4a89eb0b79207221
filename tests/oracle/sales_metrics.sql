-- What every sales metric must be per tenant and local day: sums of amounts, no ledger, over what
-- 00_sales.sql tells of each order.
with

figure (tenant_id, metric, day, value) as (
    select tenant_id, 'gross_sales', day, sum(round(quantity * unit_price * rate, places)) from goods group by 1, 3
    union all
    select tenant_id, 'discounts', day, sum(round(discount_amount * rate, places) + round(share * rate, places))
    from goods group by 1, 3
    union all
    select tenant_id, 'returns', day, sum(amount) from returned group by 1, 3
    union all
    select tenant_id, 'units', day, sum(quantity) from goods group by 1, 3
    union all
    select tenant_id, 'returned_units', order_day, sum(quantity) from received group by 1, 3
    union all
    select tenant_id, 'cost_of_goods', day, sum(cost) from (
        select tenant_id, day, round(quantity * coalesce(unit_cost, 0) * rate, places) as cost from goods
        union all
        select tenant_id, day, -cost from received
    ) as costs group by 1, 3
    union all
    select tenant_id, 'taxes', day, sum(amount) from (
        select tenant_id, day, round(tax_amount * exchange_rate, places) as amount from counted
        union all
        select tenant_id, back_day, -round(tax_amount * rate, places) from refund
    ) as taxes group by 1, 3
    union all
    select tenant_id, 'shipping', day, sum(amount) from (
        select tenant_id, day, round(shipping_amount * exchange_rate, places) as amount from counted
        union all
        select tenant_id, back_day, -round(shipping_amount * rate, places) from refund
    ) as shipping group by 1, 3
    union all
    select tenant_id, 'orders', day, count(*) from counted group by 1, 3
    union all
    select tenant_id, 'gift_cards_sold', day,
        sum(round(quantity * unit_price * rate, places) - round(discount_amount * rate, places) - round(share * rate, places))
    from line_share where is_gift_card group by 1, 3
    union all
    select p.tenant_id, 'payments_collected', (p.paid_at at time zone c.tz)::date,
        sum(round(p.amount * c.exchange_rate, c.places))
    from order_payments p join counted c on c.tenant_id = p.tenant_id and c.id = p.order_id
    where p.status = 'succeeded' and p.paid_at is not null group by 1, 3
    union all
    select tenant_id, 'balance_due', day, sum(amount) from (
        select tenant_id, day, round(tax_amount * exchange_rate, places) + round(shipping_amount * exchange_rate, places)
            as amount
        from counted
        union all
        select tenant_id, day,
            round(quantity * unit_price * rate, places) - round(discount_amount * rate, places) - round(share * rate, places)
        from line_share
        union all
        select p.tenant_id, c.day, -round(p.amount * c.exchange_rate, c.places)
        from order_payments p join counted c on c.tenant_id = p.tenant_id and c.id = p.order_id
        where p.status = 'succeeded' and p.paid_at is not null
    ) as owed group by 1, 3
    union all
    select c.tenant_id,
        case when f.id = c.id then 'new_customer_orders' else 'repeat_orders' end, c.day, count(*)
    from counted c
    join identity i on i.tenant_id = c.tenant_id and i.customer_id = c.customer_id
    join first_order f on f.tenant_id = i.tenant_id and f.person = i.person
    group by 1, 2, 3
),

known as (
    select tenant_id, day,
        coalesce(sum(value) filter (where metric = 'gross_sales'), 0) as gross,
        coalesce(sum(value) filter (where metric = 'discounts'), 0) as discounts,
        coalesce(sum(value) filter (where metric = 'returns'), 0) as returns,
        coalesce(sum(value) filter (where metric = 'taxes'), 0) as taxes,
        coalesce(sum(value) filter (where metric = 'shipping'), 0) as shipping,
        coalesce(sum(value) filter (where metric = 'cost_of_goods'), 0) as cost,
        coalesce(sum(value) filter (where metric = 'units'), 0) as units,
        coalesce(sum(value) filter (where metric = 'returned_units'), 0) as returned_units,
        coalesce(sum(value) filter (where metric = 'orders'), 0) as orders
    from figure group by 1, 2
)

select tenant_id, metric, day, value from figure
union all select tenant_id, 'demand_sales', day, gross - discounts from known
union all select tenant_id, 'net_sales', day, gross - discounts - returns from known
union all select tenant_id, 'total_sales', day, gross - discounts - returns + taxes + shipping from known
union all select tenant_id, 'gross_margin', day, gross - discounts - returns - cost from known
-- ratios to eight places, cut off; nothing where they divide by 0. div() is exact, `/` rounds large quotients
union all select tenant_id, 'average_order_value', day, div((gross - discounts) * 1e8, orders) * 1e-8 from known
    where orders <> 0
union all select tenant_id, 'units_per_order', day, div(units * 1e8, orders) * 1e-8 from known where orders <> 0
union all select tenant_id, 'gross_margin_rate', day,
    div((gross - discounts - returns - cost) * 1e8, gross - discounts - returns) * 1e-8 from known
    where gross - discounts - returns <> 0
union all select tenant_id, 'return_rate', day, div(returned_units * 1e8, units) * 1e-8 from known where units <> 0
