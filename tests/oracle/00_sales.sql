-- What the oracles stand on, as temporary tables: what of an order counts, how its discount and refunds
-- fall on its lines, who is one person. Straight from the operational tables and the words of metrics.md;
-- shares no code with the models and goes another way where there is one: correlated look-ups; shares as
-- fractions, persons by repeated minimum.
-- The decimal places that a currency has, and the step by which an amount in it is shared out: its smallest
-- unit, or a cent where the amount is in no whole units.
create function pg_temp.places(currency text) returns integer language sql immutable as $$
    select case when currency = any (array['VND', 'JPY', 'KRW']) then 0 else 2 end
$$;

create function pg_temp.step(amount numeric, currency text) returns numeric language sql immutable as $$
    select case when amount = trunc(amount, pg_temp.places(currency)) then 0.1 ^ pg_temp.places(currency) else 0.01 end
$$;

create temporary table tenant as
select id as tenant_id, timezone as tz, return_dating = 'order_date' as is_cohort, currency_code as currency,
    pg_temp.places(currency_code) as places
from sys_tenants;

create temporary table counted as
select o.*, (o.ordered_at at time zone t.tz)::date as day, t.tz, t.is_cohort, t.places
from orders o join tenant t using (tenant_id)
where o.deleted_at is null and o.is_test is false and o.status <> all (array['draft', 'cancelled']);
create unique index on counted (tenant_id, id);

create temporary table line as
select i.*, c.exchange_rate as rate, c.places, c.day, c.discount_amount as order_discount,
    pg_temp.step(c.discount_amount, c.currency_code) as step,
    i.quantity * i.unit_price - i.discount_amount as after_line_discount,
    i.is_gift_card and exists (
        select from order_items other
        where other.tenant_id = i.tenant_id and other.order_id = i.order_id
            and other.deleted_at is null and not other.is_gift_card
    ) as is_spared
from order_items i join counted c on c.tenant_id = i.tenant_id and c.id = i.order_id
where i.deleted_at is null;
create index on line (tenant_id, order_id);

create temporary table line_share as
with line_fraction as (
    select l.*,
        case when is_spared then 0
            when sum(case when is_spared then 0 else greatest(after_line_discount, 0) end) over o = 0
                then order_discount / step / count(*) filter (where not is_spared) over o
            else order_discount / step * greatest(after_line_discount, 0)
                / sum(case when is_spared then 0 else greatest(after_line_discount, 0) end) over o
        end as units
    from line l
    window o as (partition by l.tenant_id, l.order_id)
)
select f.*, step * (floor(units) + case
    when row_number() over (
        partition by tenant_id, order_id order by is_spared, units - floor(units) desc, id
    ) <= order_discount / step - sum(floor(units)) over (partition by tenant_id, order_id)
    then 1 else 0 end) as share
from line_fraction f;
create index on line_share (tenant_id, order_id);

create temporary table goods as select * from line_share where not is_gift_card;
create unique index on goods (tenant_id, id);
create index on goods (tenant_id, order_id);
create index on goods (tenant_id, day);

create temporary table refund as
select r.*, c.exchange_rate as rate, c.places, pg_temp.step(r.amount, c.currency_code) as step,
    (r.refunded_at at time zone c.tz)::date as own_day,
    case when c.is_cohort then c.day else (r.refunded_at at time zone c.tz)::date end as back_day
from order_refunds r join counted c on c.tenant_id = r.tenant_id and c.id = r.order_id
where r.status = 'succeeded' and r.refunded_at is not null;

create temporary table refund_share as
with refund_weight as (
    select r.tenant_id, r.id as refund_id, r.order_id, r.amount, r.rate, r.places, r.step, r.back_day, r.own_day,
        s.id as line_id, s.is_gift_card, greatest(s.after_line_discount - s.share, 0) as weight
    from refund r
    join line_share s on s.tenant_id = r.tenant_id and s.order_id = r.order_id
        and (not s.is_gift_card or not exists (
            select from line_share m
            where m.tenant_id = s.tenant_id and m.order_id = s.order_id and not m.is_gift_card
        ))
    where r.order_item_id is null
),

refund_fraction as (
    select w.*, case when sum(weight) over r = 0 then amount / step / count(*) over r
        else amount / step * weight / sum(weight) over r end as units
    from refund_weight w window r as (partition by tenant_id, refund_id)
)

select f.*, step * (floor(units) + case
    when row_number() over (
        partition by tenant_id, refund_id order by units - floor(units) desc, line_id
    ) <= amount / step - sum(floor(units)) over (partition by tenant_id, refund_id)
    then 1 else 0 end) as part
from refund_fraction f;

create temporary table returned as
select tenant_id, order_id, line_id, back_day as day, own_day, round(part * rate, places) as amount,
    part as there
from refund_share where not is_gift_card
union all
select r.tenant_id, r.order_id, r.order_item_id, r.back_day, r.own_day, round(r.amount * r.rate, r.places),
    r.amount
from refund r
left join order_items i on i.tenant_id = r.tenant_id and i.id = r.order_item_id
where (r.order_item_id is not null and not i.is_gift_card)
    or (r.order_item_id is null and not exists (
        select from line l where l.tenant_id = r.tenant_id and l.order_id = r.order_id
    ));

create temporary table received as
select b.tenant_id, l.order_id, l.id as line_id, l.day as order_day, b.quantity,
    round(b.quantity * coalesce(l.unit_cost, 0) * l.rate, l.places) as cost,
    (b.received_at at time zone c.tz)::date as own_day,
    case when c.is_cohort then c.day else (b.received_at at time zone c.tz)::date end as day
from order_returns b
join line l on l.tenant_id = b.tenant_id and l.id = b.order_item_id and not l.is_gift_card
join counted c on c.tenant_id = l.tenant_id and c.id = l.order_id
where b.status = 'received' and b.received_at is not null;

create temporary table identity as
with recursive person (tenant_id, customer_id, known_as, round) as (
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
)
select tenant_id, customer_id, min(known_as) as person from person group by 1, 2;
create unique index on identity (tenant_id, customer_id);
create index on identity (tenant_id, person);

create temporary table first_order as
select distinct on (c.tenant_id, i.person) c.tenant_id, i.person, c.id
from counted c join identity i on i.tenant_id = c.tenant_id and i.customer_id = c.customer_id
order by c.tenant_id, i.person, c.ordered_at, c.id;

-- What an order's money is made of, each amount rounded by itself: what credit and campaigns share in.
-- A piece counts on its day, as the tenant dates returns; costs and discounts take away.
create temporary table piece as
select tenant_id, order_id, 'sale' as kind, day, day as own_day, round(quantity * unit_price * rate, places) as amount
from goods
union all
select tenant_id, order_id, 'discount', day, day, -round(discount_amount * rate, places) from goods
union all
select tenant_id, order_id, 'discount', day, day, -round(share * rate, places) from goods
union all
select tenant_id, order_id, 'cost', day, day, -round(quantity * coalesce(unit_cost, 0) * rate, places) from goods
union all
select tenant_id, order_id, 'return', day, own_day, -amount from returned
union all
select tenant_id, order_id, 'cost', day, own_day, cost from received;
create index on piece (tenant_id, order_id);
create index on piece (tenant_id, day);

-- Who has a part in an order, counted or not: the rows that name it; of those who split it, and of each other
-- role, where none does, the rows that name its lead and no order.
create temporary table credit_row as
with said as (
    select s.*, case when credit_role in ('primary', 'shared') then 'split' else credit_role end as part
    from lead_sales s
)
select tenant_id, order_id, id, user_id, credit_role, part, contribution_rate from said where order_id is not null
union all
select m.tenant_id, m.order_id, s.id, s.user_id, s.credit_role, s.part, s.contribution_rate
from order_meta_crm m
join said s on s.tenant_id = m.tenant_id and s.lead_id = m.lead_id and s.order_id is null
where not exists (
    select from said o where o.tenant_id = m.tenant_id and o.order_id = m.order_id and o.part = s.part
);
create index on credit_row (tenant_id, order_id);

analyze counted, line, line_share, goods, refund, refund_share, returned, received, identity, piece, credit_row;
