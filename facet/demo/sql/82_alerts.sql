-- What needs attention: late parcels, questions without an answer, empty shelves, overdue tasks,
-- failed calls, late starts. Old ones are settled, new ones open; and what people note.

create temp table demo_alert_key on commit drop as
select
    tenant_id * 1000 + nth as key_id, tenant_id, nth, kind.code, severity, department, opened_at,
    case language when 'vi' then vi when 'fr' then fr else en end as name
from (select tenant_id, language, opened_at from demo_tenant) as tenants
cross join (
    values
    (1, 'late_shipment', 'critical', 4, 'Giao trễ', 'Late shipment', 'Livraison en retard'),
    (2, 'unanswered_message', 'warning', 2, 'Chưa trả lời', 'Unanswered message',
        'Message sans réponse'),
    (3, 'low_stock', 'info', 4, 'Hết hàng', 'Low stock', 'Stock bas'),
    (4, 'overdue_task', 'warning', 1, 'Việc quá hạn', 'Overdue task', 'Tâche en retard'),
    (5, 'webhook_failure', 'critical', 4, 'Lỗi kết nối', 'Failed call', 'Appel échoué'),
    (6, 'late_start', 'info', 2, 'Đi trễ', 'Late start', 'Retard')
) as kind (nth, code, severity, department, vi, en, fr);

insert into alert_keys (
    id, tenant_id, code, name, severity, department_id, is_active, created_at, updated_at
)
select
    key_id, tenant_id, code, name, severity, tenant_id * 1000 + department, true, opened_at,
    opened_at
from demo_alert_key
order by key_id;

-- over: when the matter was settled, if it was; after: days until somebody closes it all the same
create temp table demo_alarm on commit drop as
select
    1 as nth, tenant_id, 'outbound_shipments' as subject_type, id as subject_id,
    cast(null as bigint) as user_id, 'Promised for ' || promised_on as message,
    (cast(promised_on + 1 as timestamp) + interval '8 hours') at time zone timezone as raised_at,
    delivered_at as over, 60 as after
from outbound_shipments
inner join (select tenant_id, timezone, as_of, horizon from demo_tenant) as tenants
    using (tenant_id)
where promised_on between as_of - 365 and as_of - 1 and status <> 'lost' and status <> 'returned'
    and (cast(promised_on + 1 as timestamp) + interval '8 hours') at time zone timezone
        < coalesce(delivered_at, horizon)
union all
select
    2, tenant_id, 'omnichannel_conversation', id, null, 'Nobody has answered for a day',
    opened_at + interval '1 day', null, 40
from omnichannel_conversation
where assigned_user_id is null and status = 'open'
union all
select
    3, tenant_id, 'stock', id, null, 'The last one is gone', updated_at + interval '1 hour', null,
    20
from stock
where quantity_on_hand = 0 and pg_temp.u(id, 'watched') < 0.3
union all
select
    4, tenant_id, 'task', id, assignee_id, 'Was due on ' || due_on,
    (cast(due_on + 1 as timestamp) + interval '8 hours') at time zone timezone, completed_at, 400
from task
inner join (select tenant_id, timezone, horizon from demo_tenant) as tenants using (tenant_id)
where status <> 'cancelled'
    and (cast(due_on + 1 as timestamp) + interval '8 hours') at time zone timezone
        < coalesce(completed_at, horizon)
union all
select
    5, tenant_id, subject_type, subject_id, null, provider || ' ' || event || ': ' || error,
    received_at + interval '11 minutes', null, 2
from webhook_history
where status = 'failed' and subject_type is not null
union all
select
    6, report.tenant_id, 'shift_report', report.id, report.user_id,
    'Began ' || extract(epoch from started_at - schedule.starts_at) / 60 || ' minutes late',
    started_at, null, 3
from shift_report as report
inner join schedule on schedule.shift_report_id = report.id
inner join (select tenant_id, as_of from demo_tenant) as tenants
    on tenants.tenant_id = report.tenant_id
where started_at >= schedule.starts_at + interval '7 minutes' and shift_date >= as_of - 120;

insert into alerts (
    id, tenant_id, alert_key_id, subject_type, subject_id, severity, status, message,
    assigned_user_id, resolved_by, raised_at, acknowledged_at, resolved_at, created_at, updated_at
)
select
    alarm_id, alarms.tenant_id, key_id, subject_type, subject_id, severity, state, message,
    coalesce(user_id, case when state <> 'open' then alarms.tenant_id * 1000 + 2 end),
    case when settled_at < horizon and over is null then alarms.tenant_id * 1000 + 2 end,
    raised_at,
    case
        when state = 'acknowledged' then least(raised_at + interval '1 hour', settled_at)
        when state <> 'open' then least(raised_at + interval '2 hours', settled_at)
    end,
    case when settled_at < horizon then settled_at end, raised_at,
    case
        when settled_at < horizon then settled_at
        when state = 'acknowledged' then raised_at + interval '1 hour'
        else raised_at
    end
from (
    select
        row_number() over (
            order by raised_at, demo_alarm.nth, demo_alarm.tenant_id, subject_id
        ) + 100000 as alarm_id,
        demo_alarm.*, key_id, severity, horizon,
        coalesce(over, raised_at + make_interval(
            hours => pg_temp.roll(subject_id * 10 + demo_alarm.nth, 'settled', 24 * after)
        )) as settled_at
    from demo_alarm
    inner join demo_alert_key using (tenant_id, nth)
    inner join (select tenant_id, horizon from demo_tenant) as tenants using (tenant_id)
    where subject_id >= 1000 and raised_at < horizon
) as alarms
cross join lateral (
    select
        case
            when settled_at < horizon and over is null and pg_temp.u(alarm_id, 'dismissed') < 0.3
                then 'dismissed'
            when settled_at < horizon then 'resolved'
            when pg_temp.u(alarm_id, 'seen') < 0.3 and raised_at + interval '1 hour' < horizon
                then 'acknowledged'
            else 'open'
        end as state
) as states
order by alarm_id;

insert into notes (
    id, tenant_id, subject_type, subject_id, author_id, body, visibility, is_pinned, created_at,
    updated_at
)
select
    row_number() over (order by noted_at, subject_type, subject_id) + 100000, tenant_id,
    subject_type, subject_id, author_id, body,
    case when pg_temp.u(subject_id, 'private note') < 0.1 then 'private' else 'team' end,
    pg_temp.u(subject_id, 'pinned') < 0.05, noted_at, noted_at
from (
    select
        orders.tenant_id, 'orders' as subject_type, orders.id as subject_id,
        sales_user_id as author_id, ordered_at + interval '10 minutes' as noted_at,
        pg_temp.one_of(
            array['A surprise: do not call.', 'Wants to fetch it.', 'Leave it next door.'],
            pg_temp.u(orders.id, 'note')
        ) as body
    from orders
    inner join order_meta_crm as seller on seller.order_id = orders.id
    where sales_user_id is not null and pg_temp.u(orders.id, 'has note') < 0.02
    union all
    select
        tenant_id, 'crm_leads', id, assigned_user_id, contacted_at + interval '15 minutes',
        'Asks for rings; budget is open.'
    from crm_leads
    where assigned_user_id is not null and contacted_at is not null
        and pg_temp.u(id, 'has note') < 0.05
    union all
    select
        tenant_id, 'order_items_after_sales', id, assigned_user_id, stage_entered_at,
        'Called the customer.'
    from order_items_after_sales
    where assigned_user_id is not null and pg_temp.u(id, 'has note') < 0.2
    union all
    select
        tenant_id, 'crm_customers', id, tenant_id * 1000 + 2, created_at + interval '1 day',
        'Good customer: invite to the evening.'
    from crm_customers
    where pg_temp.u(id, 'has note') < 0.01
) as written
inner join (select tenant_id, horizon from demo_tenant) as tenants using (tenant_id)
where noted_at < horizon and subject_id >= 1000
order by 1;
