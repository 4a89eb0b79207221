-- What the oracles stand on, as temporary tables: what of an order counts, how its discount and refunds
-- fall on its lines, who is one person. Straight from the operational tables and the words of definitions.md;
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

create temporary table placed as
select o.*, (o.ordered_at at time zone t.tz)::date as day, t.tz, t.is_cohort, t.places
from orders o join tenant t using (tenant_id)
where o.deleted_at is null and o.is_test is false;
create unique index on placed (tenant_id, id);

create temporary table counted as select * from placed where status <> all (array['draft', 'cancelled']);
create unique index on counted (tenant_id, id);

create temporary table line_of_any as
select i.*, c.status as order_status, c.exchange_rate as rate, c.places, c.day, c.discount_amount as order_discount,
    pg_temp.step(c.discount_amount, c.currency_code) as step,
    i.quantity * i.unit_price - i.discount_amount as after_line_discount,
    i.is_gift_card and exists (
        select from order_items other
        where other.tenant_id = i.tenant_id and other.order_id = i.order_id
            and other.deleted_at is null and not other.is_gift_card
    ) as is_spared
from order_items i join placed c on c.tenant_id = i.tenant_id and c.id = i.order_id
where i.deleted_at is null;
create index on line_of_any (tenant_id, order_id);

create temporary table share_of_any as
with line_fraction as (
    select l.*,
        case when is_spared then 0
            when sum(case when is_spared then 0 else greatest(after_line_discount, 0) end) over o = 0
                then order_discount / step / count(*) filter (where not is_spared) over o
            else order_discount / step * greatest(after_line_discount, 0)
                / sum(case when is_spared then 0 else greatest(after_line_discount, 0) end) over o
        end as units
    from line_of_any l
    window o as (partition by l.tenant_id, l.order_id)
)
select f.*, step * (floor(units) + case
    when row_number() over (
        partition by tenant_id, order_id order by is_spared, units - floor(units) desc, id
    ) <= order_discount / step - sum(floor(units)) over (partition by tenant_id, order_id)
    then 1 else 0 end) as share
from line_fraction f;

create temporary table line_share as
select * from share_of_any where order_status <> all (array['draft', 'cancelled']);
create index on line_share (tenant_id, order_id);

create temporary table goods as select * from line_share where not is_gift_card;
create unique index on goods (tenant_id, id);
create index on goods (tenant_id, order_id);
create index on goods (tenant_id, day);

-- Refunds, one after the other, as a clerk would book them: each takes from what is still open.
create temporary table refund as
select r.*, c.exchange_rate as rate, c.places, c.currency_code, (r.refunded_at at time zone c.tz)::date as own_day,
    case when c.is_cohort then c.day else (r.refunded_at at time zone c.tz)::date end as back_day, c.day as order_day,
    coalesce(
        (select i.id from order_items i
        where i.tenant_id = r.tenant_id and i.id = r.order_item_id and i.order_id = r.order_id),
        (select i.id from order_returns b join order_items i on i.tenant_id = b.tenant_id and i.id = b.order_item_id
        where b.tenant_id = r.tenant_id and b.id = r.return_id and i.order_id = r.order_id
            and b.order_id = r.order_id)
    ) as its_line
from order_refunds r join counted c on c.tenant_id = r.tenant_id and c.id = r.order_id
where r.status = 'succeeded' and r.refunded_at is not null;

create temporary table removed_line as
select i.tenant_id, i.order_id, i.id as line_id, i.is_gift_card,
    greatest(i.quantity * i.unit_price - i.discount_amount, 0) as demand
from order_items i join counted c on c.tenant_id = i.tenant_id and c.id = i.order_id
where i.deleted_at is not null;

create temporary table booked (
    tenant_id bigint, order_id bigint, refund_id bigint, line_id bigint, what text, amount numeric, is_excess boolean
);

-- An amount handed out step by step: each has the whole steps of its share, the rest goes one by one to whom it is
-- most due, the first of equals.
create function pg_temp.shared_out(amount numeric, weights numeric[], step numeric) returns numeric[]
language plpgsql immutable as $$
declare
    total numeric := (select sum(w) from unnest(weights) as w);
    due numeric[] := '{}';
    given numeric[] := '{}';
    most integer;
begin
    if total = 0 then
        return pg_temp.shared_out(amount, array_fill(1::numeric, array[cardinality(weights)]), step);
    end if;
    for n in 1 .. cardinality(weights) loop
        due[n] := mod(amount / step * weights[n], total);
        given[n] := step * div(amount / step * weights[n], total);
    end loop;
    while (select sum(g) from unnest(given) as g) < amount loop
        most := array_position(due, (select max(d) from unnest(due) as d));
        given[most] := given[most] + step;
        due[most] := -1;
    end loop;
    return given;
end $$;

create temporary table till as  -- what an order is charged, removed lines in full, and what was paid for it
select c.tenant_id, c.id as order_id,
    c.tax_amount + c.shipping_amount
    + coalesce((select sum(after_line_discount - share) from line_share s
        where s.tenant_id = c.tenant_id and s.order_id = c.id), 0)
    + coalesce((select sum(demand) from removed_line x where x.tenant_id = c.tenant_id and x.order_id = c.id), 0)
    as charged,
    coalesce((select sum(p.amount) from order_payments p where p.tenant_id = c.tenant_id and p.order_id = c.id
        and p.status = 'succeeded' and p.paid_at is not null), 0) as paid
from counted c;
create unique index on till (tenant_id, order_id);

do $$
declare
    r record;
    wanted text;
    rest numeric;
    part numeric;
    open_lines bigint[];
    open_amounts numeric[];
begin
    create temporary table open_line as
    select tenant_id, order_id, id as line_id, case when is_gift_card then 'card' else 'goods' end as kind,
        greatest(after_line_discount - share, 0) as demand, greatest(after_line_discount - share, 0) as left_over
    from line_share
    union all
    select tenant_id, order_id, line_id, 'removed', demand, demand from removed_line
    union all
    select tenant_id, order_id, null, 'overpaid', null, paid - charged from till where paid > charged;
    create index on open_line (tenant_id, order_id);
    for r in select * from refund order by tenant_id, order_id, refunded_at, id loop
        if r.its_line is not null then
            insert into booked values (r.tenant_id, r.order_id, r.id, r.its_line, 'line', r.amount, false);
            update open_line o set left_over = left_over - r.amount
            where o.tenant_id = r.tenant_id and o.order_id = r.order_id and o.line_id = r.its_line;
            continue;
        end if;
        rest := r.amount;
        foreach wanted in array array['removed', 'overpaid', 'goods', 'card'] loop
            select array_agg(o.line_id order by o.line_id), array_agg(greatest(o.left_over, 0) order by o.line_id)
            into open_lines, open_amounts from open_line o
            where o.tenant_id = r.tenant_id and o.order_id = r.order_id and o.kind = wanted;
            part := least(rest, coalesce((select sum(a) from unnest(open_amounts) as a), 0));
            continue when part = 0;
            insert into booked
            select r.tenant_id, r.order_id, r.id, u.line_id, wanted, u.amount, false
            from unnest(open_lines, pg_temp.shared_out(part, open_amounts, pg_temp.step(part, r.currency_code)))
                as u (line_id, amount);
            update open_line o set left_over = left_over - b.amount
            from booked b
            where b.tenant_id = r.tenant_id and b.refund_id = r.id and b.what = wanted and o.tenant_id = r.tenant_id
                and o.order_id = r.order_id and o.kind = b.what and o.line_id is not distinct from b.line_id;
            rest := rest - part;
        end loop;
        continue when rest = 0;
        select array_agg(o.line_id order by o.line_id), array_agg(o.demand order by o.line_id)
        into open_lines, open_amounts from open_line o
        where o.tenant_id = r.tenant_id and o.order_id = r.order_id and o.kind = coalesce((
            select max(g.kind) from open_line g
            where g.tenant_id = r.tenant_id and g.order_id = r.order_id and g.kind in ('goods', 'card')
        ), 'none');
        if open_lines is null then
            open_lines := array[null::bigint]; open_amounts := array[1];
        end if;
        insert into booked
        select r.tenant_id, r.order_id, r.id, u.line_id, 'excess', u.amount, true
        from unnest(open_lines, pg_temp.shared_out(rest, open_amounts, pg_temp.step(rest, r.currency_code)))
            as u (line_id, amount);
    end loop;
end $$;

-- By line: what a refund gave back, and how much of it a removed line was sold for, up to its demand.
create temporary table refund_share as
with part as (
    select b.tenant_id, b.order_id, b.refund_id, b.line_id, b.what = 'overpaid' as is_overpaid, sum(b.amount) as part
    from booked b group by 1, 2, 3, 4, 5
)
select p.*, r.rate, r.places, r.back_day, r.own_day, r.order_day, coalesce(i.is_gift_card, false) as is_gift_card,
    x.line_id is not null as is_removed,
    case when x.line_id is null then 0 else least(p.part, greatest(x.demand - coalesce((
        select sum(e.part) from part e join refund f on f.tenant_id = e.tenant_id and f.id = e.refund_id
        where e.tenant_id = p.tenant_id and e.line_id = p.line_id
            and (f.refunded_at, f.id) < (r.refunded_at, r.id)
    ), 0), 0)) end as sold_again
from part p
join refund r on r.tenant_id = p.tenant_id and r.id = p.refund_id
left join order_items i on i.tenant_id = p.tenant_id and i.id = p.line_id
left join removed_line x on x.tenant_id = p.tenant_id and x.line_id = p.line_id;
create index on refund_share (tenant_id, order_id);

create temporary table returned as
select tenant_id, order_id, line_id, back_day as day, own_day, part as there, round(part * rate, places) as amount
from refund_share where not is_gift_card and not is_overpaid;

create temporary table resold as  -- removed lines, sold as far as they were refunded
select tenant_id, order_id, line_id, refund_id, order_day as day, is_gift_card, sold_again as there,
    round(sold_again * rate, places) as amount
from refund_share where sold_again <> 0;

create temporary table received as
select b.tenant_id, l.order_id, l.id as line_id, l.day as order_day, b.quantity,
    round(b.quantity * coalesce(l.unit_cost, 0) * l.rate, l.places) as cost,
    (b.received_at at time zone c.tz)::date as own_day,
    case when c.is_cohort then c.day else (b.received_at at time zone c.tz)::date end as day
from order_returns b
join line_share l on l.tenant_id = b.tenant_id and l.id = b.order_item_id and l.order_id = b.order_id and not l.is_gift_card
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
-- A piece counts on its day, as the tenant dates returns; costs and discounts take away. Costed: of the demand
-- sales of a line with a unit cost. Where nothing that was sold is, there is no margin.
create temporary table piece as
select tenant_id, order_id, 'sale' as kind, day, day as own_day, round(quantity * unit_price * rate, places) as amount,
    unit_cost is not null as is_costed
from goods
union all
select r.tenant_id, r.order_id, 'sale', r.day, r.day, r.amount, i.unit_cost is not null
from resold r join order_items i on i.tenant_id = r.tenant_id and i.id = r.line_id
where not r.is_gift_card
union all
select tenant_id, order_id, 'discount', day, day, -round(discount_amount * rate, places), unit_cost is not null
from goods
union all
select tenant_id, order_id, 'discount', day, day, -round(share * rate, places), unit_cost is not null from goods
union all
select tenant_id, order_id, 'cost', day, day, -round(quantity * coalesce(unit_cost, 0) * rate, places), false
from goods
union all
select tenant_id, order_id, 'return', day, own_day, -amount, false from returned
union all
select tenant_id, order_id, 'cost', day, own_day, cost, false from received;
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

analyze placed, counted, line_share, goods, refund, refund_share, returned, resold, received, identity, piece,
    credit_row;
