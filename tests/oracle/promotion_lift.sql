-- Life of each promotion: its budget, and what it is modelled to have brought about. Runs after
-- promotion_violations.sql, on the tables of all before it, and leaves per_promotion and scope_day.

create temp table scope_day on commit drop as
select p.tenant_id, p.promotion_id, s.day,
    coalesce(sum(s.demand) filter (where at.is_inside), 0) as inside,
    coalesce(sum(s.demand) filter (where not at.is_inside), 0) as outside,
    coalesce(sum(s.demand) filter (where at.is_other_product), 0) as other_products,
    coalesce(sum(s.cost) filter (where at.is_inside), 0) as cost,
    coalesce(sum(s.demand) filter (where at.is_inside and s.is_costed), 0) as costed
from promotion_of p
join sold s using (tenant_id)
join fit f on f.tenant_id = p.tenant_id and f.promotion_id = p.promotion_id and f.product_id = s.product_id
cross join lateral (
    select p.pages is null or coalesce(s.page_id = any(p.pages), false) as is_open
) as channel
cross join lateral (
    select channel.is_open and f.is_in as is_inside,
        channel.is_open and not f.is_in and f.is_kin as is_other_product
) as at
where not s.is_gift_card
group by 1, 2, 3;
alter table scope_day add primary key (tenant_id, promotion_id, day);
analyze scope_day;

-- Sums over some days: as they were, and as the same weekdays of the 56 days before `first_day` add up to.
-- 8 of each weekday, so that eight times a baseline is a sum of amounts.
create or replace function pg_temp.over_days(
    tenant bigint, promotion bigint, first_day date, from_day date, to_day date,
    out inside numeric, out outside numeric, out other_products numeric,
    out inside_8 numeric, out outside_8 numeric, out other_products_8 numeric
) language plpgsql stable as $$
declare
    one date := from_day;
begin
    select coalesce(sum(d.inside), 0), coalesce(sum(d.outside), 0), coalesce(sum(d.other_products), 0)
    into inside, outside, other_products from scope_day d
    where d.tenant_id = tenant and d.promotion_id = promotion and d.day between from_day and to_day;
    inside_8 := 0; outside_8 := 0; other_products_8 := 0;
    while one <= to_day loop
        select inside_8 + coalesce(sum(d.inside), 0), outside_8 + coalesce(sum(d.outside), 0),
            other_products_8 + coalesce(sum(d.other_products), 0)
        into inside_8, outside_8, other_products_8 from scope_day d
        where d.tenant_id = tenant and d.promotion_id = promotion
            and d.day between first_day - 56 and first_day - 1 and mod(one - d.day, 7) = 0;
        one := one + 1;
    end loop;
end $$;

create temp table lift on commit drop as
with modelled as (
    select p.*, least(p.last_day, p.today - 1) as end_day, least(p.last_day + 14, p.today - 1) as after_day
    from promotion_of p
    where p.first_day <= least(p.last_day, p.today - 1) and exists (
        select from whole_order o
        where o.tenant_id = p.tenant_id and o.is_counted and o.day <= p.first_day - 56
    )
),
scaled as (
    select m.*, d.*, m.end_day - m.first_day + 1 as days,
        case when d.outside_8 <= 0 then 1
            else greatest(pg_temp.ratio(8 * d.outside, d.outside_8, 8), 0) end as trend
    from modelled m
    cross join lateral pg_temp.over_days(m.tenant_id, m.promotion_id, m.first_day, m.first_day, m.end_day) as d
),
spread as (
    select s.tenant_id, s.promotion_id,
        -- of the sum over the days, in whole 224ths of a cent: of (22400 × it)²
        trunc(sqrt(sum(
            (coalesce(d.inside, 0) - w.mean) * (coalesce(d.inside, 0) - w.mean)
        ) * 22400 * 22400 / 49 * (s.days + (
            select sum(n.days * n.days) / 8.0 from (
                select count(*) as days from generate_series(0, s.days - 1) as day group by mod(day, 7)
            ) as n
        )))) as deviation_parts
    from scaled s
    cross join generate_series(1, 56) as back
    left join scope_day d on d.tenant_id = s.tenant_id and d.promotion_id = s.promotion_id
        and d.day = s.first_day - back
    cross join lateral (
        select coalesce(sum(e.inside), 0) / 8 as mean from scope_day e
        where e.tenant_id = s.tenant_id and e.promotion_id = s.promotion_id
            and e.day between s.first_day - 56 and s.first_day - 1 and mod(s.first_day - back - e.day, 7) = 0
    ) as w
    group by 1, 2, s.days
)
select s.tenant_id, s.promotion_id, s.trend, s.inside as actual, round(s.inside_8 * s.trend / 8, 2) as baseline,
    s.inside - round(s.inside_8 * s.trend / 8, 2) as lift,
    round(1.645 * x.deviation_parts * s.trend / 22400, 2) as half_width,
    case when s.names_products or s.names_categories
        then s.other_products - round(s.other_products_8 * s.trend / 8, 2) end as cannibalisation,
    case when s.last_day + 1 <= s.after_day then a.inside - round(a.inside_8 * (
        case when a.outside_8 <= 0 then 1 else greatest(pg_temp.ratio(8 * a.outside, a.outside_8, 8), 0) end
    ) / 8, 2) end as pull_forward,
    (
        -- nothing where no cost is known of anything that was sold
        select trunc(pg_temp.ratio(
            case when sum(d.costed) <> 0 then sum(d.inside - d.cost) end, nullif(sum(d.inside), 0), 20
        ), 8) from scope_day d
        where d.tenant_id = s.tenant_id and d.promotion_id = s.promotion_id
            and d.day between s.first_day - 56 and s.first_day - 1
    ) as margin_rate
from scaled s
join spread x using (tenant_id, promotion_id)
cross join lateral pg_temp.over_days(
    s.tenant_id, s.promotion_id, s.first_day, s.last_day + 1, s.after_day
) as a;

create temp table per_promotion on commit drop as
with life as (
    select p.tenant_id, p.promotion_id, p.today, p.last_day, p.usage_limit, p.issued_count,
        nullif(p.budget_amount, 0) as budget, p.is_over, paced.days as days_paced,
        coalesce(sum(d.value) filter (where d.metric = 'redemption_attempts'), 0) as attempts,
        coalesce(sum(d.value) filter (where d.metric = 'rejected_attempts'), 0) as rejected,
        coalesce(sum(d.value) filter (where d.metric = 'redemptions'), 0) as redemptions,
        coalesce(sum(d.value) filter (where d.metric = 'uses'), 0) as uses,
        coalesce(sum(d.value) filter (where d.metric = 'net_redemptions'), 0) as net_redemptions,
        coalesce(sum(d.value) filter (where d.metric = 'discount_cost'), 0) as discount_cost,
        coalesce(sum(d.value) filter (where d.metric = 'promoted_sales'), 0) as promoted_sales,
        (
            select case when coalesce(sum(t.costed), 0) <> 0 or coalesce(sum(t.demand), 0) = 0
                then coalesce(sum(t.margin), 0) end
            from use r join order_total t using (tenant_id, order_id)
            where r.tenant_id = p.tenant_id and r.promotion_id = p.promotion_id and r.is_first
        ) as margin,
        coalesce(sum(d.value) filter (
            where d.metric = 'discount_cost' and d.day between p.today - paced.days and p.today - 1
        ), 0) as recent_cost
    from promotion_of p
    -- whole days since it began, or else was first redeemed: fourteen at most
    cross join lateral (
        select least(14, greatest(0, p.today - coalesce(p.first_day, (
            select min(r.day) from redemption r
            where r.tenant_id = p.tenant_id and r.promotion_id = p.promotion_id and r.is_accepted
        )))) as days
    ) as paced
    left join per_day d using (tenant_id, promotion_id)
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
)
select l.*, pg_temp.ratio(l.discount_cost, l.budget, 12) as budget_used,
    pg_temp.ratio(l.uses, nullif(l.usage_limit, 0), 12) as usage_used,
    pg_temp.ratio(l.net_redemptions, nullif(l.issued_count, 0), 12) as redemption_rate,
    pg_temp.ratio(l.rejected, nullif(l.attempts, 0), 12) as rejection_rate,
    pg_temp.ratio(stacked.orders, nullif(stacked.of_orders, 0), 12) as stacking_rate,
    burnt.day as budget_burnout_date,
    case when l.discount_cost >= l.budget then 'ran_out'
        when l.budget is null or l.is_over or l.days_paced is null or l.days_paced = 0 then null
        when burnt.day is null then 'lasts'
        else 'runs_out' end as budget_outlook,
    (
        select count(*) from violation v
        join redemption r using (tenant_id, redemption_id)
        where r.tenant_id = l.tenant_id and r.promotion_id = l.promotion_id
    ) as violation_count,
    f.trend, f.actual, f.baseline, f.lift, f.lift - f.half_width as lift_low, f.lift + f.half_width as lift_high,
    f.pull_forward, f.cannibalisation, f.margin_rate,
    trunc(pg_temp.ratio(f.lift * f.margin_rate - l.discount_cost, nullif(l.discount_cost, 0), 20), 8)
        as promotion_roi
from life l
left join lift f using (tenant_id, promotion_id)
cross join lateral (
    select div((l.budget - l.discount_cost) * l.days_paced, nullif(l.recent_cost, 0)) as number
) as left_days
cross join lateral (
    select case when l.discount_cost >= l.budget then (
        select min(d.day) from per_day d
        where d.tenant_id = l.tenant_id and d.promotion_id = l.promotion_id and d.metric = 'discount_cost'
            and l.budget <= (
                select sum(e.value) from per_day e
                where e.tenant_id = d.tenant_id and e.promotion_id = d.promotion_id
                    and e.metric = 'discount_cost' and e.day <= d.day
            )
    )
    -- it can spend no more, it has not spent for a day yet, or there is something left in the end
    when l.is_over or l.days_paced = 0 or left_days.number > 36525 then null
    when left_days.number > l.last_day - l.today then null
    else l.today + left_days.number::int end as day
) as burnt
cross join lateral (
    select count(*) as of_orders, count(*) filter (where exists (
        select from redemption e where e.tenant_id = r.tenant_id and e.order_id = r.order_id and e.is_accepted
            and e.promotion_id <> l.promotion_id
    )) as orders
    from use r where r.tenant_id = l.tenant_id and r.promotion_id = l.promotion_id and r.is_first
) as stacked;
