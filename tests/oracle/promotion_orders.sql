-- What oracles of promotions stand on, straight from the operational tables: persons, orders with their lines
-- and what came of them. Goes another way than the models where there is one: cents handed out one by one,
-- persons by spreading the lowest id, categories climbed one at a time, exact fractions. Runs after 00_sales.sql.

-- The decimal places of a currency.
create or replace function pg_temp.decimals(currency text) returns int language sql immutable as $$
    select case currency when 'VND' then 0 when 'JPY' then 0 when 'KRW' then 0 else 2 end
$$;

-- Splits an amount by largest remainder into whole units of a currency; whoever stands first wins a tie.
create or replace function pg_temp.parts(amount numeric, weights numeric[], currency text) returns numeric[]
language plpgsql immutable strict as $$
declare
    total numeric := (select sum(w) from unnest(weights) as w);
    floors numeric[] := '{}';
    rests numeric[] := '{}';
    weight numeric;
    winner int;
    units int := 10 ^ pg_temp.decimals(currency);
begin
    if amount * units % 1 <> 0 then
        units := 100;
    end if;
    if total = 0 then
        weights := array_fill(1::numeric, array[cardinality(weights)]);
        total := cardinality(weights);
    end if;
    foreach weight in array weights loop
        floors := floors || div(amount * units * weight, total);
        rests := rests || mod(amount * units * weight, total);
    end loop;
    for unit in 1 .. (amount * units - (select sum(f) from unnest(floors) as f))::int loop
        select r.place into winner from unnest(rests) with ordinality as r (rest, place)
        order by r.rest desc, r.place limit 1;
        floors[winner] := floors[winner] + 1;
        rests[winner] := -1;
    end loop;
    return (select array_agg(f / units order by place) from unnest(floors) with ordinality as x (f, place));
end $$;

-- a / b to so many places, half away from zero, exact where `/` would round twice.
create or replace function pg_temp.ratio(a numeric, b numeric, places int) returns numeric
language sql immutable as $$
    select sign(a) * sign(b) * div(2 * abs(a) * 10::numeric ^ places + abs(b), 2 * abs(b))
        * power(0.1, places)
    where b <> 0
$$;

-- A category and those above it, also where they go round in a circle.
create or replace function pg_temp.climb(tenant bigint, category bigint) returns bigint[]
language plpgsql stable as $$
declare
    seen bigint[] := '{}';
begin
    while category is not null and not category = any(seen) loop
        seen := seen || category;
        category := (select c.parent_id from category c where c.tenant_id = tenant and c.id = category);
    end loop;
    return seen;
end $$;

-- Who splits an order: the rows that name it, else those that name its lead and no order.
create or replace function pg_temp.split_by(tenant bigint, order_number bigint) returns bigint[]
language sql stable as $$
    with sharing as (
        select * from lead_sales where tenant_id = tenant and credit_role in ('primary', 'shared')
    )
    select coalesce(
        (select array_agg(user_id) from sharing where order_id = order_number),
        (
            select array_agg(s.user_id)
            from order_meta_crm m join sharing s on s.lead_id = m.lead_id and s.order_id is null
            where m.tenant_id = tenant and m.order_id = order_number
        )
    )
$$;

create temp table shop on commit drop as
select id as tenant_id, timezone as tz, currency_code, pg_temp.decimals(currency_code) as decimals,
    (current_setting('oracle.as_of')::timestamptz at time zone timezone)::date as today
from sys_tenants;

create temp table person on commit drop as
select tenant_id, id as customer_id, personal_key_id, id as person_id from crm_customers;

do $$
declare
    changed int := 1;
    more int;
begin
    while changed > 0 loop
        update person p set person_id = lowest.person_id
        from (select tenant_id, personal_key_id, min(person_id) as person_id from person group by 1, 2) as lowest
        where lowest.tenant_id = p.tenant_id and lowest.personal_key_id = p.personal_key_id
            and lowest.person_id < p.person_id;
        get diagnostics changed = row_count;
        update person p set person_id = other.person_id
        from crm_customer_merge_logs m
        join person other on other.tenant_id = m.tenant_id
            and other.customer_id in (m.from_customer_id, m.into_customer_id)
        where m.tenant_id = p.tenant_id and p.customer_id in (m.from_customer_id, m.into_customer_id)
            and other.person_id < p.person_id;
        get diagnostics more = row_count;
        changed := changed + more;
    end loop;
end $$;

-- Orders and lines ------------------------------------------------------------------------------------

create temp table whole_order on commit drop as
select o.tenant_id, o.id as order_id, o.customer_id, o.status, o.cancelled_at, o.deleted_at, o.ordered_at, o.discount_amount,
    o.exchange_rate as rate, o.currency_code, s.decimals, (o.ordered_at at time zone s.tz)::date as day, s.tz,
    o.deleted_at is null and not o.is_test and o.status not in ('draft', 'cancelled') as is_counted,
    (select m.page_id from order_meta_crm m where m.tenant_id = o.tenant_id and m.order_id = o.id) as page_id
from orders o join shop s using (tenant_id);

-- `takes_part`: gift cards do only where the order has nothing else
create temp table item on commit drop as
select i.tenant_id, i.order_id, i.id as line_id, i.product_id, i.quantity, i.is_gift_card, i.is_free_item,
    i.quantity * i.unit_price as gross, i.discount_amount as own_discount,
    round(i.quantity * coalesce(i.unit_cost, 0) * o.rate, o.decimals) as cost, i.unit_cost is not null as is_costed,
    o.rate, o.decimals, o.day, o.page_id, o.is_counted,
    not i.is_gift_card or bool_and(i.is_gift_card) over (partition by i.tenant_id, i.order_id) as takes_part
from order_items i join whole_order o using (tenant_id, order_id)
where i.deleted_at is null;
alter table item add primary key (tenant_id, order_id, line_id);
analyze item;

create temp table sold on commit drop as
select i.*, round(g.quantity * g.unit_price * g.rate, i.decimals)
    - round(g.discount_amount * g.rate, i.decimals) - round(g.share * g.rate, i.decimals) as demand
from item i left join goods g on g.tenant_id = i.tenant_id and g.id = i.line_id
where i.is_counted;
alter table sold add primary key (tenant_id, order_id, line_id);
analyze sold;

-- What an order came to. Whether all of it went back is asked in the money it was paid in: converted piece
-- by piece, a cent may be left of nothing, or nothing of a cent.
create temp table order_total on commit drop as
with amounts (tenant_id, order_id, demand, costed, margin, demand_there, returned_there) as (
    select tenant_id, order_id, case when kind in ('sale', 'discount') then amount else 0 end,
        case when is_costed then amount else 0 end, amount, 0, 0
    from piece
    union all
    select tenant_id, order_id, 0, 0, 0, after_line_discount - share, 0 from goods
    union all
    select tenant_id, order_id, 0, 0, 0, there, 0 from resold where not is_gift_card
    union all
    select tenant_id, order_id, 0, 0, 0, 0, there from returned
)
select o.tenant_id, o.order_id, o.day, coalesce(sum(a.demand), 0) as demand,
    coalesce(sum(a.costed), 0) as costed, coalesce(sum(a.margin), 0) as margin,
    coalesce(sum(a.returned_there), 0) > 0
    and coalesce(sum(a.returned_there), 0) >= coalesce(sum(a.demand_there), 0) as is_all_back
from whole_order o left join amounts a using (tenant_id, order_id)
where o.is_counted
group by 1, 2, 3;
