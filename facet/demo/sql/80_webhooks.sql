-- Calls from other systems in the last three months, and each attempt at dealing with them: most
-- succeed at once, some at the second or third try, a few never.

create temp table demo_call on commit preserve rows as
with told as (
    select
        tenant_id, 'shipstation' as provider, event, 'outbound_shipments' as subject_type,
        id as subject_id, told_at
    from outbound_shipments
    inner join (
        select outbound_shipment_id as id, shipped_at from shipstation_orders
    ) as mirrored using (id)
    cross join lateral (
        values
        ('shipment.shipped', shipped_at + interval '40 seconds'),
        ('shipment.delivered', delivered_at + interval '3 minutes')
    ) as moment (event, told_at)
    where told_at is not null
    union all
    select
        tenant_id, case method when 'card' then 'stripe' else method end, 'payment.' || status,
        'order_payments', id, created_at + interval '2 seconds'
    from order_payments
    where method in ('card', 'paypal', 'momo', 'affirm', 'afterpay')
        and status in ('succeeded', 'failed')
    union all
    select
        message.tenant_id, case platform_id when 2 then 'facebook' else 'instagram' end,
        'message.created', 'omnichannel_message', message.id, sent_at + interval '1 second'
    from omnichannel_message as message
    inner join demo_page on demo_page.page_id = message.page_id
    where direction = 'inbound' and platform_id in (2, 3)
)

select
    row_number() over (order by told_at, told.tenant_id, provider, event, subject_id) + 100000
        as call_id,
    told.*, horizon,
    'evt_' || told.event || '_' || subject_id as external_id,
    pg_temp.u(subject_id, event || ' fate') as fate,
    told_at > horizon - interval '1 hour' as is_last
from told
inner join (select tenant_id, horizon from demo_tenant) as tenants using (tenant_id)
where told_at between horizon - interval '90 days' and horizon - interval '1 minute'
    and subject_id >= 1000;

insert into webhook_history (
    id, tenant_id, provider, event, external_id, subject_type, subject_id, status, attempt_count,
    error, payload, received_at, processed_at, created_at
)
select
    call_id, tenant_id, provider, event, external_id,
    case when outcome <> 'ignored' then subject_type end,
    case when outcome <> 'ignored' then subject_id end, outcome, attempts,
    case when outcome = 'failed' then 'The row was locked' end,
    jsonb_build_object('type', event, 'id', subject_id), told_at,
    case
        when outcome = 'processed'
            then told_at + make_interval(mins => 5 * (attempts - 1), secs => 1)
    end,
    told_at
from (
    select
        demo_call.*,
        case
            when fate < 0.012 and not is_last then 'failed'
            when fate > 0.99 then 'ignored'
            else 'processed'
        end as outcome,
        case
            when is_last or fate > 0.05 then 1
            when fate < 0.03 then 3
            else 2
        end as attempts
    from demo_call
) as calls
order by call_id;

insert into logs_webhook (
    id, tenant_id, direction, provider, event, endpoint, external_id, attempt_number, status,
    http_status, duration_ms, error, occurred_at, created_at
)
select
    id * 10 + attempt, tenant_id, 'inbound', provider, event, '/hooks/' || provider, external_id,
    attempt,
    case
        when is_good then 'succeeded'
        when pg_temp.u(id * 10 + attempt, 'timed out') < 0.3 then 'timed_out'
        else 'failed'
    end,
    case
        when is_good then 200
        when pg_temp.u(id * 10 + attempt, 'timed out') >= 0.3 then 500
    end,
    case
        when is_good then 20 + pg_temp.roll(id * 10 + attempt, 'took', 400)
        else 3000 + pg_temp.roll(id * 10 + attempt, 'took', 7000)
    end,
    case when not is_good then 'The row was locked' end, called_at, called_at
from webhook_history
cross join lateral generate_series(1, attempt_count) as attempt
cross join lateral (
    select
        status <> 'failed' and attempt = attempt_count as is_good,
        received_at + make_interval(mins => 5 * (attempt - 1)) as called_at
) as calls
order by 1;

-- The texts of the last two months were handed to the provider.
insert into logs_webhook (
    id, tenant_id, direction, provider, event, endpoint, external_id, attempt_number, status,
    http_status, duration_ms, error, occurred_at, created_at
)
select
    id, tenant_id, 'outbound', 'twilio', 'message.send', 'https://sms.example/messages',
    external_id, 1, case status when 'failed' then 'failed' else 'succeeded' end,
    case status when 'failed' then 400 else 201 end, 60 + pg_temp.roll(id, 'took', 600), error_code,
    sent_at, sent_at
from sms_messages
inner join (select tenant_id, horizon from demo_tenant) as tenants using (tenant_id)
where direction = 'outbound' and sent_at > horizon - interval '60 days' and id >= 10000000
order by id;
