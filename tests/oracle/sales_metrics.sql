-- What every sales metric must be per tenant and local day: sums of amounts, no ledger, over what
-- 00_sales.sql tells of each order.
with

paid as (
    select p.tenant_id, p.order_id, p.method, (p.paid_at at time zone o.tz)::date as day, p.amount as there,
        round(p.amount * o.exchange_rate, o.places) as amount
    from order_payments p join placed o on o.tenant_id = p.tenant_id and o.id = p.order_id
    where p.status = 'succeeded' and p.paid_at is not null
),

paid_back as (
    select r.tenant_id, r.order_id, (r.refunded_at at time zone o.tz)::date as day,
        round((r.amount + r.tax_amount + r.shipping_amount) * o.exchange_rate, o.places) as amount
    from order_refunds r join placed o on o.tenant_id = r.tenant_id and o.id = r.order_id
    where r.status = 'succeeded' and r.refunded_at is not null
),

card_sold as (
    select tenant_id, day, round(quantity * unit_price * rate, places) - round(discount_amount * rate, places)
        - round(share * rate, places) as amount
    from line_share where is_gift_card
    union all
    select tenant_id, day, amount from resold where is_gift_card
),

cancelled as (
    select tenant_id, id as order_id, (cancelled_at at time zone tz)::date as day from placed
    where status = 'cancelled' and cancelled_at is not null
),

figure (tenant_id, metric, day, value) as (
    select tenant_id, 'gross_sales', day, sum(amount) from (
        select tenant_id, day, round(quantity * unit_price * rate, places) as amount from goods
        union all
        select tenant_id, day, amount from resold where not is_gift_card
    ) as sold group by 1, 3
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
    select tenant_id, 'recorded_cost', day, sum(cost) from (
        select tenant_id, day, round(quantity * coalesce(unit_cost, 0) * rate, places) as cost from goods
        union all
        select tenant_id, day, -cost from received
    ) as costs group by 1, 3
    union all
    select tenant_id, 'costed_demand_sales', day, sum(amount) from (
        select tenant_id, day,
            round(quantity * unit_price * rate, places) - round(discount_amount * rate, places)
            - round(share * rate, places) as amount
        from goods where unit_cost is not null
        union all
        select r.tenant_id, r.day, r.amount from resold r
        join order_items i on i.tenant_id = r.tenant_id and i.id = r.line_id
        where not r.is_gift_card and i.unit_cost is not null
    ) as known_costs group by 1, 3
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
    select tenant_id, 'gift_cards_sold', day, sum(amount) from card_sold group by 1, 3
    union all
    select tenant_id, 'payments_collected', day, sum(amount) from paid group by 1, 3
    union all
    select tenant_id, 'gift_cards_redeemed', day, sum(amount) from paid where method = 'gift_card' group by 1, 3
    union all
    select tenant_id, 'refunds_paid', day, sum(amount) from paid_back group by 1, 3
    union all
    select tenant_id, 'payments_net', day, sum(amount) from (
        select tenant_id, day, amount from paid where method is distinct from 'gift_card'
        union all
        select tenant_id, day, -amount from paid_back
    ) as till group by 1, 3
    union all
    select tenant_id, 'gift_card_liability', day, sum(amount) from (
        select tenant_id, day, amount from card_sold
        union all
        select tenant_id, day, -amount from paid where method = 'gift_card'
        union all
        select tenant_id, own_day, -round(part * rate, places) from refund_share where is_gift_card
    ) as cards group by 1, 3
    union all
    select tenant_id, 'balance_due', day, sum(round(exchange_rate * (
        tax_amount + shipping_amount
        + coalesce((select sum(after_line_discount - share) from line_share s
            where s.tenant_id = c.tenant_id and s.order_id = c.id), 0)
        + coalesce((select sum(there) from resold r where r.tenant_id = c.tenant_id and r.order_id = c.id), 0)
        - coalesce((select sum(p.there) from paid p where p.tenant_id = c.tenant_id and p.order_id = c.id), 0)
        + coalesce((select sum(r.part) from refund_share r
            where r.tenant_id = c.tenant_id and r.order_id = c.id and r.is_overpaid), 0)
    ), places)) from counted c group by 1, 3
    union all
    select tenant_id, 'cancelled_orders', day, count(*) from cancelled group by 1, 3
    union all
    select c.tenant_id, 'cancelled_sales', c.day,
        sum(round(s.quantity * s.unit_price * s.rate, s.places) - round(s.discount_amount * s.rate, s.places)
            - round(s.share * s.rate, s.places))
    from cancelled c join share_of_any s on s.tenant_id = c.tenant_id and s.order_id = c.order_id
    where not s.is_gift_card group by 1, 3
    union all
    select c.tenant_id, 'deposits_kept', c.day, sum(m.amount) from cancelled c
    join (
        select tenant_id, order_id, amount from paid
        union all
        select tenant_id, order_id, -amount from paid_back
    ) as m on m.tenant_id = c.tenant_id and m.order_id = c.order_id group by 1, 3
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
        coalesce(sum(value) filter (where metric = 'recorded_cost'), 0) as cost,
        coalesce(sum(value) filter (where metric = 'costed_demand_sales'), 0) as costed,
        coalesce(sum(value) filter (where metric = 'units'), 0) as units,
        coalesce(sum(value) filter (where metric = 'returned_units'), 0) as returned_units,
        coalesce(sum(value) filter (where metric = 'orders'), 0) as orders
    from figure group by 1, 2
)

select tenant_id, metric, day, value from figure
union all select tenant_id, 'demand_sales', day, gross - discounts from known
union all select tenant_id, 'net_sales', day, gross - discounts - returns from known
union all select tenant_id, 'total_sales', day, gross - discounts - returns + taxes + shipping from known
-- where no cost is known of anything that was sold, there is neither cost nor margin
union all select tenant_id, 'cost_of_goods', day, cost from known where costed <> 0 or gross = discounts
union all select tenant_id, 'gross_margin', day, gross - discounts - returns - cost from known
    where costed <> 0 or gross = discounts
-- ratios to eight places, cut off; nothing where they divide by 0. div() is exact, `/` rounds large quotients
union all select tenant_id, 'average_order_value', day, div((gross - discounts) * 1e8, orders) * 1e-8 from known
    where orders <> 0
union all select tenant_id, 'units_per_order', day, div(units * 1e8, orders) * 1e-8 from known where orders <> 0
union all select tenant_id, 'gross_margin_rate', day,
    div((gross - discounts - returns - cost) * 1e8, gross - discounts - returns) * 1e-8 from known
    where gross - discounts - returns <> 0 and (costed <> 0 or gross = discounts)
union all select tenant_id, 'cost_coverage_rate', day, div(costed * 1e8, gross - discounts) * 1e-8 from known
    where gross <> discounts
union all select tenant_id, 'return_rate', day, div(returned_units * 1e8, units) * 1e-8 from known where units <> 0
