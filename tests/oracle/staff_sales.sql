-- What every figure of a member of staff must be per local day (of a question and of what a lead took: each
-- by itself), by the words of definitions.md, Sales performance of staff, and of decision 0009. Nobody is
-- Unattributed.
with

credit as (  -- of an order: who shares in it, in the order of the rows that say so, and by what weight
    select c.tenant_id, c.id as order_id, c.day,
        coalesce(said.users, array[(
            select m.sales_user_id from order_meta_crm m
            where m.tenant_id = c.tenant_id and m.order_id = c.id
        )]) as users,
        coalesce(said.weights, array[1]) as weights
    from counted c
    left join lateral (
        select array_agg(s.user_id order by s.id) as users,
            array_agg(1e6 * s.contribution_rate order by s.id) as weights
        from credit_row s
        where s.tenant_id = c.tenant_id and s.order_id = c.id and s.part = 'split'
    ) as said on true
),

credited as (
    select p.tenant_id, p.kind, p.day, p.is_costed, u.person,
        u.part * pg_temp.step(p.amount, t.currency) as amount
    from piece p
    join tenant t using (tenant_id)
    join credit c using (tenant_id, order_id)
    cross join lateral unnest(c.users, pg_temp.parts(p.amount / pg_temp.step(p.amount, t.currency), c.weights)) as u (person, part)
),

beside as (
    select p.tenant_id, s.credit_role || '_net_sales' as metric, p.day, s.user_id as person,
        round(p.amount * s.contribution_rate, t.places) as amount
    from piece p
    join tenant t using (tenant_id)
    join credit_row s on s.tenant_id = p.tenant_id and s.order_id = p.order_id and s.part <> 'split'
    where p.kind <> 'cost'
),

order_of as (  -- an order is whole for each that shares in it
    select c.tenant_id, c.day, u.person,
        (
            select coalesce(sum(p.amount), 0) from piece p
            where p.tenant_id = c.tenant_id and p.order_id = c.order_id and p.kind in ('sale', 'discount')
        ) as demand,
        (
            select coalesce(sum(g.quantity), 0) from goods g
            where g.tenant_id = c.tenant_id and g.order_id = c.order_id
        ) as units
    from credit c
    cross join lateral (select distinct person from unnest(c.users) as person) as u
),

target as (
    select s.tenant_id, s.user_id as person, s.period_start + n::integer - 1 as day, a.part * step.step as amount,
        o.part / 100 as orders
    from sales_performance s
    join tenant t using (tenant_id)
    cross join lateral (select pg_temp.step(s.target_amount, t.currency) as step) as step
    cross join lateral (
        select array_fill(1::numeric, array[s.period_end - s.period_start + 1]) as days
        where s.period_end >= s.period_start
    ) as period
    cross join lateral unnest(pg_temp.parts(s.target_amount / step.step, period.days)) with ordinality as a (part, n)
    left join lateral unnest(pg_temp.parts(100 * s.target_orders::numeric, period.days))
        with ordinality as o (part, m) on o.m = a.n
    where s.target_amount is not null and s.period_end - s.period_start < 3653
),

report as (
    select tenant_id, user_id as person, shift_date as day, floor(extract(epoch from ended_at - started_at)) as seconds
    from shift_report where ended_at >= started_at
),

hours as (
    select tenant_id, person, day, seconds from report
    union all
    select s.tenant_id, s.user_id, (s.starts_at at time zone t.tz)::date,
        floor(extract(epoch from s.ends_at - s.starts_at))
    from schedule s join tenant t using (tenant_id)
    where s.status = 'worked' and s.ends_at >= s.starts_at and not exists (
        select from report r
        where r.tenant_id = s.tenant_id and r.person = s.user_id
            and r.day = (s.starts_at at time zone t.tz)::date
    )
),

lead as (
    select l.tenant_id, l.id, l.assigned_user_id as person, l.status,
        round(extract(epoch from l.converted_at - l.created_at) / 60, 2) as minutes,
        (coalesce(
            (
                select min(s.assigned_at) from lead_sales s
                where s.tenant_id = l.tenant_id and s.lead_id = l.id and s.user_id = l.assigned_user_id
            ),
            l.created_at
        ) at time zone t.tz)::date as day
    from crm_leads l join tenant t using (tenant_id)
    where l.deleted_at is null and l.assigned_user_id is not null
),

said as not materialized (  -- what people said, bots apart
    select m.tenant_id, m.conversation_id, m.id, m.sender_kind = 'customer' as is_asking, m.admin_id,
        m.sent_at
    from omnichannel_message m
    where m.sender_kind <> 'bot' and m.status <> 'failed' and m.deleted_at is null
),

question as (
    select q.*, t.tz, c.assigned_user_id,
        not exists (
            select from said earlier
            where earlier.tenant_id = q.tenant_id and earlier.conversation_id = q.conversation_id
                and earlier.is_asking and (earlier.sent_at, earlier.id) < (q.sent_at, q.id)
        ) as is_first
    from said q
    join tenant t using (tenant_id)
    join omnichannel_conversation c on c.tenant_id = q.tenant_id and c.id = q.conversation_id
    where q.is_asking and c.deleted_at is null and not coalesce((
        select before.is_asking from said before
        where before.tenant_id = q.tenant_id and before.conversation_id = q.conversation_id
            and (before.sent_at, before.id) < (q.sent_at, q.id)
        order by before.sent_at desc, before.id desc limit 1
    ), false)
),

reply as (
    select q.*, answer.is_answer, answer.sent_at as answered_at,
        coalesce(answer.sent_at, greatest(q.sent_at, date_trunc(
            'day', nullif(current_setting('oracle.as_of'), '')::timestamptz at time zone q.tz
        ) at time zone q.tz)) as until_at,
        case when answer.is_answer then answer.admin_id else q.assigned_user_id end as person
    from question q
    left join lateral (
        select true as is_answer, a.admin_id, a.sent_at from said a
        where a.tenant_id = q.tenant_id and a.conversation_id = q.conversation_id and not a.is_asking
            and (a.sent_at, a.id) > (q.sent_at, q.id)
        order by a.sent_at, a.id limit 1
    ) as answer on true
),

span as (  -- what of business hours can be read
    select t.id as tenant_id, weekday, cast(span ->> 0 as time) as opens, cast(span ->> 1 as time) as closes
    from sys_tenants t
    cross join unnest(array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']) as weekday
    cross join lateral jsonb_array_elements(case jsonb_typeof(t.business_hours -> weekday)
        when 'array' then t.business_hours -> weekday else '[]'
    end) as span
    where jsonb_typeof(span) = 'array' and span ->> 0 ~ '^\d+:\d' and span ->> 1 ~ '^\d+:\d'
        and pg_input_is_valid(span ->> 0, 'time') and pg_input_is_valid(span ->> 1, 'time')
),

reply_minutes as (
    select r.*, round(extract(epoch from r.answered_at - r.sent_at) / 60, 2) as minutes,
        case when exists (select from span where span.tenant_id = r.tenant_id) then (
            select round(coalesce(sum(extract(epoch from upper(open) - lower(open))), 0) / 60, 2)
            from (
                select range_agg(tstzrange(opens_at, closes_at)) as hours
                from generate_series(
                    (r.sent_at at time zone r.tz)::date - 2, (r.until_at at time zone r.tz)::date,
                    interval '1 day'
                ) as day
                join span on span.tenant_id = r.tenant_id and span.weekday = to_char(day, 'dy')
                cross join lateral (
                    select (day::date + opens) at time zone r.tz as opens_at,
                        (day::date + case when closes <= opens then 1 else 0 end + closes)
                        at time zone r.tz as closes_at
                ) as moments
                where opens_at < closes_at
            ) as open_hours
            cross join lateral unnest(hours * tstzmultirange(tstzrange(r.sent_at, r.until_at))) as open
        ) end as business_minutes
    from reply r
),

figure (tenant_id, metric, person, day, item, value) as (
    select tenant_id, 'credited_demand_sales', person, day, 0, sum(amount)
    from credited where kind in ('sale', 'discount') group by 1, 3, 4
    union all
    select tenant_id, 'credited_returns', person, day, 0, -sum(amount)
    from credited where kind = 'return' group by 1, 3, 4
    union all
    select tenant_id, 'credited_net_sales', person, day, 0, sum(amount)
    from credited where kind <> 'cost' group by 1, 3, 4
    union all
    select tenant_id, 'credited_gross_margin', person, day, 0, sum(amount) from credited group by 1, 3, 4
    having coalesce(sum(amount) filter (where is_costed), 0) <> 0
        or coalesce(sum(amount) filter (where kind in ('sale', 'discount')), 0) = 0
    union all
    select tenant_id, metric, person, day, 0, sum(amount) from beside group by 1, 2, 3, 4
    union all
    select tenant_id, 'credited_orders', person, day, 0, count(*) from order_of group by 1, 3, 4
    union all
    -- ratios to eight places, cut off
    select tenant_id, 'credited_average_order_value', person, day, 0, div(sum(demand) * 1e8, count(*)) * 1e-8
    from order_of group by 1, 3, 4
    union all
    select tenant_id, 'credited_units_per_order', person, day, 0, div(sum(units) * 1e8, count(*)) * 1e-8
    from order_of group by 1, 3, 4
    union all
    select tenant_id, 'sales_target', person, day, 0, sum(amount) from target group by 1, 3, 4
    union all
    select tenant_id, 'order_target', person, day, 0, sum(orders) from target group by 1, 3, 4
    union all
    select tenant_id, 'worked_seconds', person, day, 0, sum(seconds) from hours group by 1, 3, 4
    union all
    select tenant_id, 'leads_assigned', person, day, 0, count(*) from lead group by 1, 3, 4
    union all
    select tenant_id, 'leads_converted', person, day, 0, count(*)
    from lead where status = 'converted' group by 1, 3, 4
    union all
    select tenant_id, 'converting_minutes', person, day, id, minutes
    from lead where status = 'converted' and minutes >= 0
    union all
    select tenant_id, metric, person, (sent_at at time zone tz)::date, id, value
    from reply_minutes
    cross join lateral (values
        ('question', case when is_first then 1 else 2 end + case when is_answer then 10 else 0 end),
        ('reply_minutes', minutes),
        ('business_reply_minutes', case when is_answer then business_minutes end),
        ('business_waiting_minutes', case when is_answer is null then business_minutes end)
    ) as measured (metric, value)
    where value is not null
)

select tenant_id, metric, person, day, item, value from figure
