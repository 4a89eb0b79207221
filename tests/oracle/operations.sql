-- Alerts, calls between systems, workflows, logs, actions, late changes and notes as of oracle.as_of, by the words of
-- definitions.md, Operations. Rows: tenant, what it is of, its key in words, numbers; moments are microseconds since 2000.
with

here as (select *, (current_setting('oracle.as_of')::timestamptz at time zone tz)::date as today from tenant),

alert as (
    select 'alert' as figure, a.tenant_id, a.id::text as words, array[
        case when a.status in ('resolved', 'dismissed') then 0 else 1 end,
        h.today - (a.raised_at at time zone h.tz)::date,
        case when a.acknowledged_at >= a.raised_at
            then round(extract(epoch from a.acknowledged_at - a.raised_at) / 60, 2) end,
        case when a.status in ('resolved', 'dismissed') and a.resolved_at >= a.raised_at
            then round(extract(epoch from a.resolved_at - a.raised_at) / 60, 2) end
    ]::numeric[] as numbers
    from alerts a join here h using (tenant_id) where a.deleted_at is null
),

call as (
    select l.*, h.today, (l.occurred_at at time zone h.tz)::date as day,
        split_part(coalesce(l.endpoint, ''), '?', 1) as address, l.status <> 'succeeded' as failed
    from logs_webhook l join here h using (tenant_id)
),

calls as (
    select 'call' as figure, tenant_id, concat_ws('|', day, direction, provider, event) as words, array[
        sum(attempts), sum(failed), sum(firsts), sum(failed_firsts), sum(callbacks), sum(lost)
    ]::numeric[] as numbers
    from (
        select tenant_id, day, direction, provider, event, 1 as attempts, failed::int,
            (attempt_number = 1)::int as firsts, (attempt_number = 1 and failed)::int as failed_firsts,
            0 as callbacks, 0 as lost
        from call
        union all
        select w.tenant_id, (w.received_at at time zone h.tz)::date, 'inbound', w.provider, w.event, 0, 0, 0, 0, 1,
            (w.status = 'failed')::int
        from webhook_history w join here h using (tenant_id)
    ) as every
    group by tenant_id, day, direction, provider, event
),

endpoint as (
    select 'endpoint' as figure, c.tenant_id, concat_ws('|', c.direction, c.provider, c.address) as words, array[
        count(*) filter (where c.day between c.today - 29 and c.today),
        count(*) filter (where c.day between c.today - 29 and c.today and c.failed),
        count(*) filter (where c.day between c.today - 59 and c.today - 30),
        count(*) filter (where c.day between c.today - 59 and c.today - 30 and c.failed),
        min((extract(epoch from c.occurred_at) - extract(epoch from timestamptz '2000-01-01 00:00:00+00')) * 1000000) filter (where c.failed and not exists (
            select from call as good
            where good.tenant_id = c.tenant_id and good.direction = c.direction and good.provider = c.provider
                and good.address = c.address and not good.failed
                and (good.occurred_at, good.id) > (c.occurred_at, c.id)
        ))
    ]::numeric[] as numbers
    from call c group by c.tenant_id, c.direction, c.provider, c.address
),

run as (
    select l.*, (l.occurred_at at time zone h.tz)::date as day
    from logs_system l join here h using (tenant_id)
    where l.workflow_id is not null and l.outcome is not null
),

runs as (
    select 'run' as figure, r.tenant_id, r.id::text as words, array[
        r.workflow_id, (r.outcome = 'failed')::int, r.day - date '2000-01-01',
        case when r.outcome = 'succeeded' then round(r.duration_ms / 1000.0, 2) end
    ]::numeric[] as numbers
    from run r
    where not (
        r.outcome = 'failed' and r.subject_id is not null and (
            select b.outcome from run b
            where b.tenant_id = r.tenant_id and b.workflow_id = r.workflow_id and b.subject_id = r.subject_id
                and b.subject_type is not distinct from r.subject_type and (b.occurred_at, b.id) < (r.occurred_at, r.id)
            order by b.occurred_at desc, b.id desc limit 1
        ) is not distinct from 'failed'
    )
),

logged as (
    select tenant_id, day, 'system' as log, component as source, event,
        1 as events, (level = 'error')::int as errors, 0 as refused
    from (select l.*, (l.occurred_at at time zone h.tz)::date as day from logs_system l join here h using (tenant_id)) s
    union all
    select tenant_id, day, 'person', 'person', action, 1, 0, (outcome <> 'succeeded')::int
    from (select l.*, (l.occurred_at at time zone h.tz)::date as day from logs_human l join here h using (tenant_id)) s
),

logs as (
    select 'log' as figure, tenant_id, concat_ws('|', day, log, source, event) as words,
        array[sum(events), sum(errors), sum(refused)]::numeric[] as numbers
    from logged group by tenant_id, day, log, source, event
),

acted as (
    select a.tenant_id, a.user_id, date_trunc('hour', a.occurred_at at time zone h.tz) as hour, count(*) as n
    from action_history a join here h using (tenant_id) where a.user_id is not null group by 1, 2, 3
),

unusual as (
    select 'unusual' as figure, a.tenant_id, concat_ws('|', a.user_id, a.hour::date, extract(hour from a.hour)) as words, array[
        a.n, coalesce(max(b.n), 0), (a.n > 20 and a.n > coalesce(max(b.n), 0))::int
    ]::numeric[] as numbers
    from acted a
    left join acted b on b.tenant_id = a.tenant_id and b.user_id = a.user_id
        and b.hour in (select a.hour - week * interval '7 days' from generate_series(1, 12) as week)
    group by a.tenant_id, a.user_id, a.hour, a.n
),

-- The status that an order had entered last when an action changed it.
changed as (
    select a.*, h.tz, o.order_number, (
        select s.id from order_statuses s
        where s.tenant_id = a.tenant_id and s.order_id = a.subject_id and s.entered_at < a.occurred_at
        order by s.entered_at desc, s.id desc limit 1
    ) as last_status_id
    from action_history a
    join here h using (tenant_id)
    join orders o on o.tenant_id = a.tenant_id and o.id = a.subject_id
    where a.subject_type = 'orders' and a.action in ('updated', 'deleted')
),

late as (
    select 'late' as figure, c.tenant_id,
        concat_ws('|', 'order', c.id, c.action, c.order_number, coalesce(u.full_name, 'User ' || u.id), case
            when coalesce(trim(c.reason), '') = '' then 'none'
            when (
                select count(distinct x.subject_id) from changed x
                where x.tenant_id = c.tenant_id and lower(trim(x.reason)) = lower(trim(c.reason))
            ) >= 3 then lower(trim(c.reason))
            else 'other'
        end) as words,
        array[
            c.user_id, c.subject_id, null, null, extract(epoch from c.occurred_at - timestamptz '2000-01-01 00:00:00+00') * 1000000,
            (s.entered_at at time zone c.tz)::date - date '2000-01-01',
            (c.occurred_at at time zone c.tz)::date - (s.entered_at at time zone c.tz)::date
        ]::numeric[] as numbers
    from changed c
    join order_statuses s on s.tenant_id = c.tenant_id and s.id = c.last_status_id
    left join sys_users u on u.tenant_id = c.tenant_id and u.id = c.user_id
    where s.status in ('completed', 'cancelled')
        and (c.occurred_at at time zone c.tz)::date > (s.entered_at at time zone c.tz)::date
    union all
    select 'late', m.tenant_id, concat_ws('|', 'stock', m.id, m.movement_type, coalesce(v.sku, p.sku), m.reference), array[
        null, null, m.product_id, m.quantity_change, extract(epoch from m.created_at - timestamptz '2000-01-01 00:00:00+00') * 1000000,
        (m.occurred_at at time zone h.tz)::date - date '2000-01-01',
        (m.created_at at time zone h.tz)::date - (m.occurred_at at time zone h.tz)::date
    ]::numeric[]
    from stock_history m
    join here h using (tenant_id)
    join product p on p.tenant_id = m.tenant_id and p.id = m.product_id
    left join product_variant v on v.tenant_id = m.tenant_id and v.id = m.variant_id
    where (m.created_at at time zone h.tz)::date > (m.occurred_at at time zone h.tz)::date
),

note as (
    select 'note' as figure, n.tenant_id, n.subject_type as words, array[
        count(*), count(*) filter (where n.visibility = 'private'), count(*) filter (where n.is_pinned),
        count(*) filter (where n.subject_type = 'orders' and not exists (
            select from orders o where o.tenant_id = n.tenant_id and o.id = n.subject_id
        ))
    ]::numeric[] as numbers
    from notes n where n.deleted_at is null group by n.tenant_id, n.subject_type
)

select tenant_id, figure, words, numbers from alert
union all select tenant_id, figure, words, numbers from calls
union all select tenant_id, figure, words, numbers from endpoint
union all select tenant_id, figure, words, numbers from runs
union all select tenant_id, figure, words, numbers from logs
union all select tenant_id, figure, words, numbers from unusual
union all select tenant_id, figure, words, numbers from late
union all select tenant_id, figure, words, numbers from note
