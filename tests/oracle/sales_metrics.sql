-- What every sales metric must be per tenant and local day, straight from the operational tables and the
-- words of metrics.md. Shares no code with the models and goes another way where there is one: sums of
-- amounts, no ledger; correlated look-ups; shares as fractions, persons by repeated minimum.
with recursive

tenant as (
    select id as tenant_id, timezone as tz, return_dating = 'order_date' as is_cohort from sys_tenants
),

counted as (
    select o.*, (o.ordered_at at time zone t.tz)::date as day, t.tz, t.is_cohort
    from orders o join tenant t using (tenant_id)
    where o.deleted_at is null and o.is_test is false and o.status <> all (array['draft', 'cancelled'])
),

line as (
    select i.*, c.exchange_rate as rate, c.day, c.discount_amount as order_discount,
        i.quantity * i.unit_price - i.discount_amount as after_line_discount,
        i.is_gift_card and exists (
            select from order_items other
            where other.tenant_id = i.tenant_id and other.order_id = i.order_id
                and other.deleted_at is null and not other.is_gift_card
        ) as is_spared
    from order_items i join counted c on c.tenant_id = i.tenant_id and c.id = i.order_id
    where i.deleted_at is null
),

line_fraction as (
    select l.*,
        case when is_spared then 0
            when sum(case when is_spared then 0 else greatest(after_line_discount, 0) end) over o = 0
                then 100 * order_discount / count(*) filter (where not is_spared) over o
            else 100 * order_discount * greatest(after_line_discount, 0)
                / sum(case when is_spared then 0 else greatest(after_line_discount, 0) end) over o
        end as cents
    from line l
    window o as (partition by l.tenant_id, l.order_id)
),

line_share as (
    select f.*, (floor(cents) + case
        when row_number() over (
            partition by tenant_id, order_id order by is_spared, cents - floor(cents) desc, id
        ) <= 100 * order_discount - sum(floor(cents)) over (partition by tenant_id, order_id)
        then 1 else 0 end) / 100 as share
    from line_fraction f
),

refund as (
    select r.*, c.exchange_rate as rate,
        case when c.is_cohort then c.day else (r.refunded_at at time zone c.tz)::date end as back_day
    from order_refunds r join counted c on c.tenant_id = r.tenant_id and c.id = r.order_id
    where r.status = 'succeeded' and r.refunded_at is not null
),

refund_weight as (
    select r.tenant_id, r.id as refund_id, r.amount, r.rate, r.back_day, s.id as line_id, s.is_gift_card,
        greatest(s.after_line_discount - s.share, 0) as weight
    from refund r
    join line_share s on s.tenant_id = r.tenant_id and s.order_id = r.order_id
        and (not s.is_gift_card or not exists (
            select from line_share m
            where m.tenant_id = s.tenant_id and m.order_id = s.order_id and not m.is_gift_card
        ))
    where r.order_item_id is null
),

refund_fraction as (
    select w.*, case when sum(weight) over r = 0 then 100 * amount / count(*) over r
        else 100 * amount * weight / sum(weight) over r end as cents
    from refund_weight w window r as (partition by tenant_id, refund_id)
),

refund_share as (
    select f.*, (floor(cents) + case
        when row_number() over (
            partition by tenant_id, refund_id order by cents - floor(cents) desc, line_id
        ) <= 100 * amount - sum(floor(cents)) over (partition by tenant_id, refund_id)
        then 1 else 0 end) / 100 as part
    from refund_fraction f
),

returned as (
    select tenant_id, back_day as day, round(part * rate, 2) as amount
    from refund_share where not is_gift_card
    union all
    select r.tenant_id, r.back_day, round(r.amount * r.rate, 2)
    from refund r
    left join order_items i on i.tenant_id = r.tenant_id and i.id = r.order_item_id
    where (r.order_item_id is not null and not i.is_gift_card)
        or (r.order_item_id is null and not exists (
            select from line l where l.tenant_id = r.tenant_id and l.order_id = r.order_id
        ))
),

received as (
    select b.tenant_id, l.day as order_day, b.quantity,
        round(b.quantity * coalesce(l.unit_cost, 0) * l.rate, 2) as cost,
        case when c.is_cohort then c.day else (b.received_at at time zone c.tz)::date end as day
    from order_returns b
    join line l on l.tenant_id = b.tenant_id and l.id = b.order_item_id and not l.is_gift_card
    join counted c on c.tenant_id = l.tenant_id and c.id = l.order_id
    where b.status = 'received' and b.received_at is not null
),

person (tenant_id, customer_id, known_as, round) as (
    select tenant_id, id, id, 0 from crm_customers
    union
    select p.tenant_id, p.customer_id, neighbour.id, p.round + 1
    from person p
    join crm_customers me on me.tenant_id = p.tenant_id and me.id = p.known_as
    join lateral (
        select k.id from crm_customers k
        where k.tenant_id = me.tenant_id and k.personal_key_id = me.personal_key_id
        union select m.into_customer_id from crm_customer_merge_logs m
        where m.tenant_id = me.tenant_id and m.from_customer_id = me.id
        union select m.from_customer_id from crm_customer_merge_logs m
        where m.tenant_id = me.tenant_id and m.into_customer_id = me.id
    ) as neighbour on neighbour.id <> p.customer_id
    where p.round < 8
),

identity as (
    select tenant_id, customer_id, min(known_as) as person from person group by 1, 2
),

first_order as (
    select distinct on (c.tenant_id, i.person) c.tenant_id, i.person, c.id
    from counted c join identity i on i.tenant_id = c.tenant_id and i.customer_id = c.customer_id
    order by c.tenant_id, i.person, c.ordered_at, c.id
),

goods as (select * from line_share where not is_gift_card),

figure (tenant_id, metric, day, value) as (
    select tenant_id, 'gross_sales', day, sum(round(quantity * unit_price * rate, 2)) from goods group by 1, 3
    union all
    select tenant_id, 'discounts', day, sum(round(discount_amount * rate, 2) + round(share * rate, 2))
    from goods group by 1, 3
    union all
    select tenant_id, 'returns', day, sum(amount) from returned group by 1, 3
    union all
    select tenant_id, 'units', day, sum(quantity) from goods group by 1, 3
    union all
    select tenant_id, 'returned_units', order_day, sum(quantity) from received group by 1, 3
    union all
    select tenant_id, 'cost_of_goods', day, sum(cost) from (
        select tenant_id, day, round(quantity * coalesce(unit_cost, 0) * rate, 2) as cost from goods
        union all
        select tenant_id, day, -cost from received
    ) as costs group by 1, 3
    union all
    select tenant_id, 'taxes', day, sum(amount) from (
        select tenant_id, day, round(tax_amount * exchange_rate, 2) as amount from counted
        union all
        select tenant_id, back_day, -round(tax_amount * rate, 2) from refund
    ) as taxes group by 1, 3
    union all
    select tenant_id, 'shipping', day, sum(amount) from (
        select tenant_id, day, round(shipping_amount * exchange_rate, 2) as amount from counted
        union all
        select tenant_id, back_day, -round(shipping_amount * rate, 2) from refund
    ) as shipping group by 1, 3
    union all
    select tenant_id, 'orders', day, count(*) from counted group by 1, 3
    union all
    select tenant_id, 'gift_cards_sold', day,
        sum(round(quantity * unit_price * rate, 2) - round(discount_amount * rate, 2) - round(share * rate, 2))
    from line_share where is_gift_card group by 1, 3
    union all
    select p.tenant_id, 'payments_collected', (p.paid_at at time zone c.tz)::date,
        sum(round(p.amount * c.exchange_rate, 2))
    from order_payments p join counted c on c.tenant_id = p.tenant_id and c.id = p.order_id
    where p.status = 'succeeded' and p.paid_at is not null group by 1, 3
    union all
    select tenant_id, 'balance_due', day, sum(amount) from (
        select tenant_id, day, round(tax_amount * exchange_rate, 2) + round(shipping_amount * exchange_rate, 2)
            as amount
        from counted
        union all
        select tenant_id, day,
            round(quantity * unit_price * rate, 2) - round(discount_amount * rate, 2) - round(share * rate, 2)
        from line_share
        union all
        select p.tenant_id, c.day, -round(p.amount * c.exchange_rate, 2)
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
