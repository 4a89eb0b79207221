-- What runs by itself and each of its runs; what people did on screen.

create temp table demo_workflow on commit drop as
select
    tenant_id * 1000 + nth as workflow_id, demo_tenant.*, flow.*
from demo_tenant
cross join (
    values
    (1, 'stock-check', 'Count the shelves', 'schedule', null, null, 'active', 0.01),
    (2, 'late-parcels', 'Look for late parcels', 'schedule', null, null, 'active', 0.02),
    (3, 'welcome', 'Greet a new lead', 'event', 'lead.created', null, 'active', 0.015),
    (4, 'answers', 'Suggest an answer', 'event', 'message.created', 'house-8b', 'active', 0.05),
    (5, 'month-end', 'Send the month to the owner', 'schedule', null, null, 'paused', 0),
    (6, 'birthdays', 'Congratulate', 'schedule', null, 'house-8b', 'draft', 0)
) as flow (nth, flow_code, flow_name, trigger_type, trigger_event, model, state, failing);

create temp table demo_run on commit drop as
with started as (
    select
        workflow_id, cast(null as text) as subject_type, cast(null as bigint) as subject_id,
        (cast(day as timestamp) + interval '2 hours') at time zone timezone as ran_at
    from demo_workflow
    cross join lateral generate_series(as_of - 180, as_of - 1, interval '1 day') as day
    where nth in (1, 2) or nth = 5 and extract(day from day) = 1 and day < as_of - 40
    union all
    select workflow_id, 'crm_leads', lead.id, lead.created_at + interval '2 seconds'
    from demo_workflow
    inner join crm_leads as lead using (tenant_id)
    where nth = 3 and lead.created_at > horizon - interval '90 days'
    union all
    select workflow_id, 'omnichannel_message', message.id, sent_at + interval '3 seconds'
    from demo_workflow
    inner join omnichannel_message as message using (tenant_id)
    where nth = 4 and message.id % 100 = 1 and sent_at > horizon - interval '60 days'
)

select
    row_number() over (order by ran_at, workflow_id, subject_id) + 100000 as run_id, started.*,
    tenant_id,
    pg_temp.u(coalesce(subject_id, cast(extract(epoch from ran_at) as bigint)) * 10 + nth, 'run')
        < failing as is_failed
from started
inner join demo_workflow using (workflow_id)
where ran_at < horizon;

insert into workflow (
    id, tenant_id, code, name, owner_id, trigger_type, trigger_event, ai_model, definition, status,
    run_count, failure_count, last_run_status, last_run_at, created_at, updated_at
)
select
    workflow_id, demo_workflow.tenant_id, flow_code, flow_name,
    demo_workflow.tenant_id * 1000 + 2, trigger_type, trigger_event, model,
    jsonb_build_object('steps', jsonb_build_array(flow_code)), state, coalesce(runs, 0),
    coalesce(failures, 0),
    case when runs > 0 then case when last_failed then 'failed' else 'succeeded' end end, last_at,
    opened_at, coalesce(last_at, opened_at)
from demo_workflow
left join (
    select
        workflow_id, count(*) as runs, count(*) filter (where is_failed) as failures,
        max(ran_at) as last_at, (array_agg(is_failed order by run_id desc))[1] as last_failed
    from demo_run
    group by workflow_id
) as counted using (workflow_id)
order by workflow_id;

insert into logs_system (
    id, tenant_id, workflow_id, level, component, event, outcome, subject_type, subject_id, message,
    duration_ms, occurred_at, created_at
)
select
    run_id, tenant_id, workflow_id, case when is_failed then 'error' else 'info' end, 'workflow',
    'workflow.run', case when is_failed then 'failed' else 'succeeded' end, subject_type,
    subject_id, case when is_failed then 'No answer within ten seconds' end,
    case when is_failed then 10000 else 40 + pg_temp.roll(run_id, 'took', 3000) end, ran_at, ran_at
from demo_run
order by run_id;

-- Imports are logged by the system that ran them.
insert into logs_system (
    id, tenant_id, level, component, event, outcome, subject_type, subject_id, message,
    duration_ms, occurred_at, created_at
)
select
    id, tenant_id, case status when 'failed' then 'error' else 'info' end, 'import',
    'batch.finished', case status when 'failed' then 'failed' else 'succeeded' end,
    'crm_customer_batches', id, processed_count || ' of ' || row_count, 660000, finished_at,
    finished_at
from crm_customer_batches
where finished_at is not null
order by id;

-- Whoever worked signed in when the shift began and out when it ended, as the report has it.
insert into logs_human (
    id, tenant_id, user_id, action, outcome, subject_type, subject_id, ip_address, user_agent,
    occurred_at, created_at
)
select
    report.id * 10 + place, report.tenant_id, user_id, act.action, act.outcome,
    case when place in (2, 4) then 'shift_report' end, case when place in (2, 4) then report.id end,
    '198.51.100.' || user_id % 250,
    case when user_id % 3 = 0 then 'Safari' else 'Chrome' end, act.occurred_at, act.occurred_at
from shift_report as report
inner join (select tenant_id, as_of from demo_tenant) as tenants using (tenant_id)
cross join lateral (
    values
    (1, 'session.start', 'failed',
        case when pg_temp.u(report.id, 'wrong password') < 0.04
            then started_at - interval '20 seconds' end),
    (2, 'shift.start', 'succeeded', started_at),
    (3, 'orders.refund', 'denied',
        case when pg_temp.u(report.id, 'wants to refund') < 0.03
            then started_at + interval '3 hours' end),
    (4, 'shift.end', 'succeeded', ended_at)
) as act (place, action, outcome, occurred_at)
where shift_date >= as_of - 365 and act.occurred_at is not null
order by 1;

-- The office exports and looks things up.
insert into logs_human (
    id, tenant_id, user_id, action, outcome, subject_type, subject_id, ip_address, user_agent, data,
    occurred_at, created_at
)
select
    user_id * 10000 + pg_temp.day_number(cast(day as date)) % 1000 * 10, tenant_id, user_id,
    pg_temp.one_of(
        array['orders.export', 'dashboards.view', 'dashboards.view', 'people.view',
            'settings.edit'],
        pg_temp.u(draw, 'act')
    ),
    'succeeded', null, null, '198.51.100.' || user_id % 250, 'Firefox',
    jsonb_build_object('rows', pg_temp.roll(draw, 'rows', 5000)), done_at, done_at
from demo_staff
inner join (select tenant_id, timezone, as_of from demo_tenant) as tenants using (tenant_id)
cross join lateral generate_series(as_of - 365, as_of - 1, interval '1 day') as day
cross join lateral (
    select user_id * 100000 + pg_temp.day_number(cast(day as date)) as draw
) as draws
cross join lateral (
    select
        (cast(day as timestamp) + make_interval(mins => 540 + pg_temp.roll(draw, 'minute', 500)))
            at time zone timezone as done_at
) as moments
where role <> 'sales' and extract(isodow from day) < 6 and pg_temp.u(draw, 'logs in') < 0.5
order by 1;
