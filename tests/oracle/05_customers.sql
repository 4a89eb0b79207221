-- Who bought, with what each order came to, and how each person stood on two days; as temporary tables, so that they are
-- counted before they are joined. Over 00_sales.sql, as of oracle.as_of.
create temporary table here as
select tenant_id, tz, (current_setting('oracle.as_of')::timestamptz at time zone tz)::date as today from tenant;

create temporary table bought as  -- by somebody, with what it came to whenever it was returned
select c.tenant_id, i.person, c.id as order_id, c.day, h.today,
    coalesce(sum(p.amount) filter (where p.kind <> 'cost'), 0) as net, coalesce(sum(p.amount), 0) as margin
from counted c
join here h using (tenant_id)
join identity i on i.tenant_id = c.tenant_id and i.customer_id = c.customer_id
left join piece p on p.tenant_id = c.tenant_id and p.order_id = c.id
where c.day <= h.today
group by 1, 2, 3, 4, 5;

create temporary table standing as
select a.tenant_id, a.moment, b.person, a.last_day - max(b.day) as idle,
    count(*) filter (where b.day > a.last_day - 365) as often,
    coalesce(sum(b.net) filter (where b.day > a.last_day - 365), 0) as spent
from (
    select tenant_id, 'now' as moment, today - 1 as last_day from here
    union all select tenant_id, 'before', today - 91 from here
) a
join bought b on b.tenant_id = a.tenant_id and b.day <= a.last_day
group by 1, 2, a.last_day, 3;

create temporary table segment as
with scored as (  -- those up to somebody, less those who are as somebody is, are worse
    select tenant_id, moment, person,
        1 + floor(5.0 * (
            count(*) over (partition by tenant_id, moment order by idle desc)
            - count(*) over (partition by tenant_id, moment, idle)
        ) / count(*) over (partition by tenant_id, moment)) as r,
        1 + floor(5.0 * (
            count(*) over (partition by tenant_id, moment order by often)
            - count(*) over (partition by tenant_id, moment, often)
        ) / count(*) over (partition by tenant_id, moment)) as f,
        1 + floor(5.0 * (
            count(*) over (partition by tenant_id, moment order by spent)
            - count(*) over (partition by tenant_id, moment, spent)
        ) / count(*) over (partition by tenant_id, moment)) as m
    from standing where often > 0
)

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
from standing st left join scored sc using (tenant_id, moment, person);

analyze here, bought, standing, segment;
set local enable_nestloop = off;
