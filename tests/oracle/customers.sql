-- What is said of persons, cohorts and leads as of oracle.as_of: definitions.md, Customers. Over what 00_sales.sql and
-- 05_customers.sql tell of each order. Medians are picked by place.
-- Rows: tenant, what it is of, its key in two parts, a word or two, numbers.
with

gap as (
    select d.tenant_id, d.person, d.day - max(e.day) as days
    from (select distinct tenant_id, person, day from bought where day < today) d
    left join bought e on e.tenant_id = d.tenant_id and e.person = d.person and e.day < d.day
    group by d.tenant_id, d.person, d.day
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
        o.orders, o.net, o.margin
    from segment n
    join (
        select tenant_id, person, count(*) as orders, sum(net) as net, sum(margin) as margin
        from bought where day < today group by 1, 2
    ) o using (tenant_id, person)
    left join segment b on b.tenant_id = n.tenant_id and b.person = n.person and b.moment = 'before'
    left join middle m on m.tenant_id = n.tenant_id and m.person = n.person
    left join shop s on s.tenant_id = n.tenant_id
    where n.moment = 'now'
),

newcomer as (
    select tenant_id, person, date_trunc('month', min(day))::date as month, max(today) as today from bought group by 1, 2
),

spent_in as (  -- by the month of the first order, and by that in which it happened
    select n.tenant_id, n.month, date_trunc('month', p.own_day)::date as happened,
        sum(p.amount) filter (where p.kind <> 'cost') as net, sum(p.amount) as margin
    from newcomer n
    join bought b using (tenant_id, person)
    join piece p on p.tenant_id = b.tenant_id and p.order_id = b.order_id and p.own_day <= b.today
    group by 1, 2, 3
),

came_in as (
    select n.tenant_id, n.month, date_trunc('month', b.day)::date as came, count(distinct n.person) as active
    from newcomer n join bought b using (tenant_id, person)
    group by 1, 2, 3
),

begun as (
    select tenant_id, month, today, count(*) as persons from newcomer group by 1, 2, 3
),

cohort as (
    select n.tenant_id, n.month, k::integer as k, n.persons, coalesce((
        select c.active from came_in c
        where c.tenant_id = n.tenant_id and c.month = n.month and c.came = (n.month + k * interval '1 month')::date
    ), 0) as active, coalesce((
        select sum(s.net) from spent_in s
        where s.tenant_id = n.tenant_id and s.month = n.month
            and s.happened <= (n.month + k * interval '1 month')::date
    ), 0) as net, coalesce((
        select sum(s.margin) from spent_in s
        where s.tenant_id = n.tenant_id and s.month = n.month
            and s.happened <= (n.month + k * interval '1 month')::date
    ), 0) as margin
    from begun n
    cross join generate_series(0, 600) as k
    where n.month + k * interval '1 month' <= n.today
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

select tenant_id, 'person' as what, person as key, 0 as part, name || ' ' || coalesce(name_before, '-') as words,
    array[idle, r, f, m, orders, net, margin, days_between, (coalesce(idle > due_after, false))::integer]::numeric[]
    as numbers
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
