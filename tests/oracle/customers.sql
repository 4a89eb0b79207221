-- What is said of persons, cohorts and leads as of oracle.as_of: definitions.md, Customers. Over what 00_sales.sql tells
-- of each order. Scores are counted one person against each other; medians are picked by place; months are
-- looked up one by one. Rows: tenant, what it is of, its key in two parts, a word or two, numbers.
with

here as (
    select tenant_id, tz, (current_setting('oracle.as_of')::timestamptz at time zone tz)::date as today from tenant
),

bought as (  -- by somebody, with what it came to whenever it was returned
    select c.tenant_id, i.person, c.id as order_id, c.day, h.today,
        (select coalesce(sum(p.amount), 0) from piece p
        where p.tenant_id = c.tenant_id and p.order_id = c.id and p.kind <> 'cost') as net,
        (select coalesce(sum(p.amount), 0) from piece p
        where p.tenant_id = c.tenant_id and p.order_id = c.id) as margin
    from counted c
    join here h using (tenant_id)
    join identity i on i.tenant_id = c.tenant_id and i.customer_id = c.customer_id
    where c.day <= h.today
),

as_at (tenant_id, moment, last_day) as (
    select tenant_id, 'now', today - 1 from here union all select tenant_id, 'before', today - 91 from here
),

standing as (
    select a.tenant_id, a.moment, b.person, a.last_day - max(b.day) as idle,
        count(*) filter (where b.day > a.last_day - 365) as often,
        coalesce(sum(b.net) filter (where b.day > a.last_day - 365), 0) as spent
    from as_at a join bought b on b.tenant_id = a.tenant_id and b.day <= a.last_day
    group by 1, 2, a.last_day, 3
),

scored as (
    select s.tenant_id, s.moment, s.person, s.idle, s.often, s.spent,
        1 + floor(5.0 * count(*) filter (where o.idle > s.idle) / count(*)) as r,
        1 + floor(5.0 * count(*) filter (where o.often < s.often) / count(*)) as f,
        1 + floor(5.0 * count(*) filter (where o.spent < s.spent) / count(*)) as m
    from standing s join standing o using (tenant_id, moment)
    where s.often > 0 and o.often > 0
    group by 1, 2, 3, 4, 5, 6
),

segment as (
    select st.tenant_id, st.moment, st.person, st.idle, r, f, m, case
        when r is null then 'lost'
        when r <= 2 and f <= 2 then 'hibernating'
        when r <= 2 and f <= 4 then 'at_risk'
        when r <= 2 then 'cannot_lose'
        when r = 3 and f <= 2 then 'about_to_sleep'
        when r = 3 and f = 3 then 'need_attention'
        when f >= 4 and r < 5 then 'loyal'
        when f >= 4 then 'champion'
        when f >= 2 then 'potential_loyalist'
        when r = 4 then 'promising'
        else 'new'
    end as name
    from standing st left join scored sc using (tenant_id, moment, person)
),

gap as (
    select d.tenant_id, d.person, d.day - (
        select max(e.day) from bought e
        where e.tenant_id = d.tenant_id and e.person = d.person and e.day < d.day
    ) as days
    from (select distinct tenant_id, person, day from bought where day < today) d
),

gaps as (  -- in order, and the two in the middle, which may be one
    select tenant_id, person, count(*) + 1 as order_days, array_agg(days order by days) as days
    from gap where days is not null group by 1, 2
),

middle as (
    select *, (days[(cardinality(days) + 1) / 2] + days[cardinality(days) / 2 + 1]) / 2.0 as days_between from gaps
),

shop as (
    select tenant_id, (all_of_them[(cardinality(all_of_them) + 1) / 2] + all_of_them[cardinality(all_of_them) / 2 + 1])
        / 2.0 as days_between
    from (select tenant_id, array_agg(days_between order by days_between) as all_of_them from middle group by 1) x
),

person as (
    select n.tenant_id, n.person, n.name, b.name as name_before, n.idle, n.r, n.f, n.m, m.days_between,
        1.5 * case when m.order_days >= 3 then m.days_between else round(s.days_between, 2) end as due_after,
        (select count(*) from bought o where o.tenant_id = n.tenant_id and o.person = n.person and o.day < o.today) as orders,
        (select sum(net) from bought o where o.tenant_id = n.tenant_id and o.person = n.person and o.day < o.today) as net,
        (select sum(margin) from bought o where o.tenant_id = n.tenant_id and o.person = n.person and o.day < o.today)
            as margin
    from segment n
    left join segment b on b.tenant_id = n.tenant_id and b.person = n.person and b.moment = 'before'
    left join middle m on m.tenant_id = n.tenant_id and m.person = n.person
    left join shop s on s.tenant_id = n.tenant_id
    where n.moment = 'now'
),

newcomer as (
    select tenant_id, person, date_trunc('month', min(day))::date as month, max(today) as today from bought group by 1, 2
),

triangle as (
    select n.tenant_id, n.month, k::integer as k, (n.month + k * interval '1 month')::date as starts, count(*) as persons,
        array_agg(n.person) as people
    from newcomer n
    cross join generate_series(0, 600) as k
    where n.month + k * interval '1 month' <= n.today
    group by 1, 2, 3
),

cohort as (
    select t.tenant_id, t.month, t.k, t.persons, (
        select count(distinct b.person) from bought b
        where b.tenant_id = t.tenant_id and b.person = any (t.people) and date_trunc('month', b.day) = t.starts
    ) as active, (
        select coalesce(sum(p.amount) filter (where p.kind <> 'cost'), 0)
        from bought b join piece p on p.tenant_id = b.tenant_id and p.order_id = b.order_id
        where b.tenant_id = t.tenant_id and b.person = any (t.people) and p.own_day <= b.today
            and (p.own_day < t.starts + interval '1 month')
    ) as net, (
        select coalesce(sum(p.amount), 0)
        from bought b join piece p on p.tenant_id = b.tenant_id and p.order_id = b.order_id
        where b.tenant_id = t.tenant_id and b.person = any (t.people) and p.own_day <= b.today
            and (p.own_day < t.starts + interval '1 month')
    ) as margin
    from triangle t
),

lead as (
    select l.*, h.today, (l.created_at at time zone h.tz)::date as day,
        'converted' in (l.status) or l.converted_at is not null as got_converted,
        l.status in ('qualified', 'converted') or coalesce(l.qualified_at, l.converted_at) is not null as got_qualified,
        l.status in ('contacted', 'qualified', 'converted')
        or coalesce(l.contacted_at, l.qualified_at, l.converted_at) is not null as got_contacted
    from crm_leads l join here h using (tenant_id)
    where l.deleted_at is null
)

select tenant_id, 'person', person, 0, name || ' ' || coalesce(name_before, '-'),
    array[idle, r, f, m, orders, net, margin, days_between, (coalesce(idle > due_after, false))::integer]::numeric[]
from person
union all
select tenant_id, 'cohort', extract(year from month)::integer * 100 + extract(month from month)::integer, k, '',
    array[persons, active, net, margin]::numeric[]
from cohort
union all
select tenant_id, 'lead', id, day - date '2000-01-01', case
        when status in ('converted', 'lost') then '-'
        when today - 1 - day < 7 then 'days_0_6'
        when today - 1 - day < 30 then 'days_7_29'
        when today - 1 - day < 90 then 'days_30_89'
        else 'days_90_on'
    end,
    array[
        got_contacted::integer, got_qualified::integer, got_converted::integer, (today - day >= 90)::integer,
        case when contacted_at >= created_at
            then round(extract(epoch from contacted_at - created_at)::numeric / 60, 2) end,
        case when qualified_at >= contacted_at
            then round(extract(epoch from qualified_at - contacted_at)::numeric / 86400, 2) end,
        case when converted_at >= qualified_at
            then round(extract(epoch from converted_at - qualified_at)::numeric / 86400, 2) end
    ]::numeric[]
from lead
