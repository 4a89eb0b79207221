-- What redemptions must come to, straight from the operational tables, the words of definitions.md and of
-- docs/decisions/0011. Shares no code with the models and goes another way where there is one: cents handed
-- out one by one, persons by spreading the lowest id, categories climbed one at a time, exact fractions.
-- The moment of the data stands in the setting oracle.as_of. What it finds is left in temporary tables, which
-- are gone with the transaction: per_day, per_shop_day, portion, violation, told_twice. Stands on 00_sales.sql;
-- promotion_lift.sql builds on it.

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

-- Promotions and redemptions --------------------------------------------------------------------------

create temp table promotion_of on commit drop as
select p.*, p.id as promotion_id, s.today, (p.starts_at at time zone s.tz)::date as first_day,
    ((p.ends_at - interval '1 microsecond') at time zone s.tz)::date as last_day,
    coalesce(p.ends_at <= current_setting('oracle.as_of')::timestamptz, false) or p.deleted_at is not null
    or p.status in ('ended', 'expired', 'archived', 'cancelled') as is_over,
    exists (select from mkt_promotion_products x where (x.tenant_id, x.promotion_id) = (p.tenant_id, p.id))
        as names_products,
    exists (select from mkt_promotion_categories x where (x.tenant_id, x.promotion_id) = (p.tenant_id, p.id))
        as names_categories,
    (select array_agg(x.page_id) from mkt_promotion_channels x
    where (x.tenant_id, x.promotion_id) = (p.tenant_id, p.id)) as pages
from mkt_promotions p join shop s using (tenant_id);

create temp table fit on commit drop as
with product_of as materialized (
    select i.tenant_id, i.product_id, array(
        select unnest(pg_temp.climb(c.tenant_id, c.category_id)) from product_category c
        where c.tenant_id = i.tenant_id and c.product_id = i.product_id
    ) as categories
    from (select distinct tenant_id, product_id from item) as i
)
select p.tenant_id, p.promotion_id, i.product_id,
    not p.names_products and not p.names_categories
    or exists (
        select from mkt_promotion_products x
        where x.tenant_id = p.tenant_id and x.promotion_id = p.promotion_id and x.product_id = i.product_id
    )
    or exists (
        select from mkt_promotion_categories x
        where x.tenant_id = p.tenant_id and x.promotion_id = p.promotion_id and x.category_id = any(i.categories)
    ) as is_named,
    exists (
        select from mkt_promotion_exclusions x
        where x.tenant_id = p.tenant_id and x.promotion_id = p.promotion_id and x.product_id = i.product_id
    ) as is_excluded_product,
    exists (
        select from mkt_promotion_exclusions x
        where x.tenant_id = p.tenant_id and x.promotion_id = p.promotion_id and x.category_id = any(i.categories)
    ) as is_excluded_category,
    exists (
        select from mkt_promotion_categories x
        where x.tenant_id = p.tenant_id and x.promotion_id = p.promotion_id and x.category_id = any(i.categories)
    )
    or exists (
        select from mkt_promotion_products x
        join product_category c on c.tenant_id = x.tenant_id and c.product_id = x.product_id
        where x.tenant_id = p.tenant_id and x.promotion_id = p.promotion_id and c.category_id = any(i.categories)
    ) as is_kin
from promotion_of p join product_of i using (tenant_id);
alter table fit add primary key (tenant_id, promotion_id, product_id);
alter table fit add column is_in boolean
    generated always as (is_named and not is_excluded_product and not is_excluded_category) stored;

create temp table redemption on commit drop as
select r.tenant_id, r.id as redemption_id, r.promotion_id, r.order_id, r.attempted_by, r.rejection_reason,
    r.status, r.status = 'accepted' as is_accepted,
    round(coalesce(r.discount_amount, 0) * coalesce(o.rate, 1), s.decimals) as discount, s.currency_code,
    coalesce(o.is_counted, false) as is_counted,
    coalesce(r.page_id, o.page_id) as page_id, coalesce(r.redeemed_at, o.ordered_at, r.created_at) as moment,
    (coalesce(r.redeemed_at, o.ordered_at, r.created_at) at time zone s.tz)::date as day,
    (select p.person_id from person p
    where p.tenant_id = r.tenant_id and p.customer_id = coalesce(r.customer_id, o.customer_id)) as person_id,
    r.status = 'accepted' and t.order_id is not null and not t.is_all_back as is_net,
    -- what limits are held against
    r.status = 'accepted' and o.status is distinct from 'cancelled' and o.deleted_at is null as is_use
from mkt_promotion_redemptions r
join shop s using (tenant_id)
left join whole_order o on o.tenant_id = r.tenant_id and o.order_id = r.order_id
left join order_total t on t.tenant_id = r.tenant_id and t.order_id = r.order_id;

create temp table portion on commit drop as
with in_scope as (
    select r.tenant_id, r.redemption_id, r.discount, r.currency_code,
        array_agg(s.line_id order by s.line_id) as lines, array_agg(s.gross order by s.line_id) as weights
    from redemption r
    join sold s on s.tenant_id = r.tenant_id and s.order_id = r.order_id and s.takes_part
    join fit f on f.tenant_id = r.tenant_id and f.promotion_id = r.promotion_id and f.product_id = s.product_id
    where f.is_in
    group by 1, 2, 3, 4
)
select n.tenant_id, n.redemption_id, split.line_id, split.part as amount
from in_scope n, unnest(n.lines, pg_temp.parts(n.discount, n.weights, n.currency_code)) as split (line_id, part)
union all
select r.tenant_id, r.redemption_id, null, r.discount from redemption r
where not exists (
    select from in_scope n where n.tenant_id = r.tenant_id and n.redemption_id = r.redemption_id
);

create temp table gift on commit drop as
select s.tenant_id, s.line_id, s.cost, (
    select min(r.redemption_id) from redemption r
    join mkt_promotion_free_items g on g.tenant_id = r.tenant_id and g.promotion_id = r.promotion_id
    where r.tenant_id = s.tenant_id and r.order_id = s.order_id and r.is_accepted and g.product_id = s.product_id
) as redemption_id
from sold s where s.is_free_item;

create temp table use on commit drop as
select r.*, case when r.is_net then (
    select coalesce(sum(g.cost), 0) from gift g
    where g.tenant_id = r.tenant_id and g.redemption_id = r.redemption_id
) else 0 end as free_cost, r.is_net and not exists (
    select from redemption e
    where e.tenant_id = r.tenant_id and e.promotion_id = r.promotion_id and e.order_id = r.order_id and e.is_net
        and (e.moment, e.redemption_id) < (r.moment, r.redemption_id)
) as is_first
from redemption r;

create temp table per_day on commit drop as
select r.tenant_id, r.promotion_id, figure.metric, figure.detail, r.day, case
        -- where no cost is known of anything that was sold, there is no margin
        when figure.metric <> 'margin_after_promotion' or sum(t.costed) <> 0 or sum(t.demand) = 0
        then sum(figure.value) end as value
from use r
left join order_total t on t.tenant_id = r.tenant_id and t.order_id = r.order_id
cross join lateral (values
    ('redemption_attempts', null, 1, true),
    ('rejected_attempts', r.rejection_reason, 1, r.status = 'rejected'),
    ('redemptions', null, 1, r.is_accepted),
    ('uses', null, 1, r.is_use),
    ('net_redemptions', null, 1, r.is_net),
    ('discount_cost', null, r.discount + r.free_cost, r.is_net),
    ('promoted_sales', null, t.demand, r.is_first),
    ('margin_after_promotion', null, t.margin, r.is_first)
) as figure (metric, detail, value, counts)
where figure.counts
group by 1, 2, 3, 4, 5;

-- Orders count once in the shop, on their own day.
create temp table per_shop_day on commit drop as
select t.tenant_id, t.day, count(*) as promoted_orders, sum(t.demand) as promoted_sales,
    case when sum(t.costed) <> 0 or sum(t.demand) = 0 then sum(t.margin) end as margin_after_promotion, count(*) filter (where n.promotions > 1) as stacked_orders
from order_total t
join (
    select r.tenant_id, r.order_id, count(distinct r.promotion_id) as promotions from redemption r
    where r.is_accepted group by 1, 2 having bool_or(r.is_net)
) as n using (tenant_id, order_id)
group by 1, 2;

-- Violations ------------------------------------------------------------------------------------------

create temp table violation on commit drop as
with basket as (
    select i.tenant_id, i.order_id,
        round(sum(i.gross) filter (where not i.is_gift_card) * i.rate, i.decimals) as gross
    from item i group by 1, 2, i.rate, i.decimals
),
judged as (
    select r.*, p.starts_at, p.ends_at, p.usage_limit, p.per_customer_limit, p.min_order_amount,
        p.max_discount_amount, p.is_stackable, p.pages, p.names_products, o.status as order_status, o.cancelled_at,
        o.deleted_at,
        case when r.order_id is not null then coalesce(b.gross, 0) end as basket,
        (
            select count(*) from redemption e
            where e.tenant_id = r.tenant_id and e.promotion_id = r.promotion_id and e.is_use
                and (e.moment, e.redemption_id) <= (r.moment, r.redemption_id)
        ) as place,
        (
            select count(*) from redemption e
            where e.tenant_id = r.tenant_id and e.promotion_id = r.promotion_id and e.is_use
                and e.person_id = r.person_id
                and (e.moment, e.redemption_id) <= (r.moment, r.redemption_id)
        ) as place_of_person
    from use r
    join promotion_of p using (tenant_id, promotion_id)
    left join whole_order o on o.tenant_id = r.tenant_id and o.order_id = r.order_id
    left join basket b on b.tenant_id = r.tenant_id and b.order_id = r.order_id
    where r.is_accepted
),
candidate as (
    select j.tenant_id, j.redemption_id, j.names_products, f.*
    from judged j
    cross join lateral (
        select bool_or(f.is_in) as is_met,
            bool_or(f.is_named and f.is_excluded_product) as by_product,
            bool_or(f.is_named and f.is_excluded_category) as by_category
        from item i join fit f on f.tenant_id = j.tenant_id and f.promotion_id = j.promotion_id
            and f.product_id = i.product_id
        where i.tenant_id = j.tenant_id and i.order_id = j.order_id and i.takes_part
    ) as f
)
select j.tenant_id, j.redemption_id, v.violation_type, v.found, v.allowed,
    case v.violation_type
        when 'outside_window' then j.moment
        when 'on_cancelled_order' then j.cancelled_at
        when 'on_deleted_order' then j.deleted_at
    end as found_at,
    case v.violation_type when 'outside_window' then j.starts_at end as allowed_from,
    case v.violation_type when 'outside_window' then j.ends_at end as allowed_until
from judged j
left join candidate c using (tenant_id, redemption_id)
cross join lateral (values
    ('outside_window', null::numeric, null::numeric, j.moment < j.starts_at or j.moment >= j.ends_at),
    ('above_usage_limit', j.place, j.usage_limit, j.is_use and j.place > j.usage_limit),
    ('above_person_limit', j.place_of_person, j.per_customer_limit,
        j.is_use and j.person_id is not null and j.place_of_person > j.per_customer_limit),
    ('excluded_product', null, null, not c.is_met and c.by_product),
    ('excluded_category', null, null, not c.is_met and not c.by_product and c.by_category),
    ('not_its_product', null, null,
        not c.is_met and not c.by_product and not c.by_category and c.names_products),
    ('not_its_category', null, null,
        not c.is_met and not c.by_product and not c.by_category and not c.names_products),
    ('not_its_channel', null, null, not j.page_id = any(j.pages)),
    ('below_minimum', j.basket, j.min_order_amount, j.basket < j.min_order_amount),
    ('above_max_discount', j.discount, j.max_discount_amount, j.discount > j.max_discount_amount),
    ('stacked_not_stackable', null, null, not j.is_stackable and exists (
        select from judged e where e.tenant_id = j.tenant_id and e.order_id = j.order_id
            and e.promotion_id <> j.promotion_id
    )),
    ('on_cancelled_order', null, null, j.order_status = 'cancelled'),
    ('on_deleted_order', null, null, j.deleted_at is not null),
    ('staff_is_customer', null, null, exists (
        select from person p
        join crm_personal_keys k on k.tenant_id = p.tenant_id and k.id = p.personal_key_id
        join sys_users u on u.tenant_id = k.tenant_id and lower(trim(u.email)) = lower(trim(k.email))
        where p.tenant_id = j.tenant_id and p.person_id = j.person_id and trim(k.email) <> ''
            and (
                u.id = j.attempted_by
                or u.id = any(pg_temp.split_by(j.tenant_id, j.order_id))
                or u.id = (
                    select m.sales_user_id from order_meta_crm m
                    where m.tenant_id = j.tenant_id and m.order_id = j.order_id
                        and pg_temp.split_by(j.tenant_id, j.order_id) is null
                )
            )
    ))
) as v (violation_type, found, allowed, is_broken)
where v.is_broken;


-- What looks as if it had been told twice ---------------------------------------------------------------

create temp table told_twice on commit drop as
select r.tenant_id, 'mkt_promotion_redemptions' as source_table, r.redemption_id as source_id,
    'promotion_redeemed_twice' as cause, r.moment
from redemption r
where r.is_use and exists (
    select from redemption e
    where e.tenant_id = r.tenant_id and e.promotion_id = r.promotion_id and e.order_id = r.order_id and e.is_use
        and (e.moment, e.redemption_id) < (r.moment, r.redemption_id)
)
union all
select o.tenant_id, 'orders', o.order_id, 'redeemed_above_discounts', o.ordered_at
from whole_order o
where (
    select sum(m.discount_amount) from redemption r
    join mkt_promotion_redemptions m on m.tenant_id = r.tenant_id and m.id = r.redemption_id
    join promotion_of p on p.tenant_id = r.tenant_id and p.promotion_id = r.promotion_id
    where r.tenant_id = o.tenant_id and r.order_id = o.order_id and r.is_use
        and p.promotion_type <> 'free_shipping'
) > o.discount_amount + (
    select coalesce(sum(i.own_discount), 0) from item i
    where i.tenant_id = o.tenant_id and i.order_id = o.order_id
);
