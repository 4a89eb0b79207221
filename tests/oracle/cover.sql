-- How long people were at work in each hour of the clock, with the orders and conversations that began in it, by the words
-- of definitions.md, People.
with

report as (
    select r.tenant_id, r.user_id, r.shift_date as day, r.started_at, r.ended_at
    from shift_report r where r.ended_at >= r.started_at
),

span as (
    select p.tenant_id, p.started_at at time zone t.tz as since, p.ended_at at time zone t.tz as until,
        p.ended_at - p.started_at as long
    from (
        select tenant_id, started_at, ended_at from report
        union all
        select s.tenant_id, s.starts_at, s.ends_at from schedule s join tenant t using (tenant_id)
        where s.status = 'worked' and s.ends_at >= s.starts_at and not exists (
            select from report r
            where r.tenant_id = s.tenant_id and r.user_id = s.user_id and r.day = (s.starts_at at time zone t.tz)::date
        )
    ) as p
    join tenant t using (tenant_id)
),

told as (
    select s.tenant_id, h.clock, 'worked' as figure,
        extract(epoch from least(s.until, h.clock + interval '1 hour') - greatest(s.since, h.clock)) as value
    from span s
    cross join lateral generate_series(date_trunc('hour', s.since), s.until, interval '1 hour') as h (clock)
    where s.long < interval '172801 seconds' and s.long >= interval '1 second' and s.until > s.since
    union all
    select tenant_id, date_trunc('hour', ordered_at at time zone tz), 'orders', 1 from counted
    union all
    select c.tenant_id, date_trunc('hour', c.first_at at time zone t.tz), 'first messages', 1
    from (
        select m.tenant_id, m.conversation_id, min(m.sent_at) as first_at
        from omnichannel_message m
        join omnichannel_conversation v on v.tenant_id = m.tenant_id and v.id = m.conversation_id
        where m.deleted_at is null and v.deleted_at is null
        group by 1, 2
    ) as c
    join tenant t using (tenant_id)
)

select tenant_id, figure, clock::date as day, extract(hour from clock)::int as hour, floor(sum(value))::bigint as value
from told group by tenant_id, figure, clock
