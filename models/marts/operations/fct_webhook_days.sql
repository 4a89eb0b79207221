{#-
    Calls between systems by local day: attempts, of which failed, and callbacks that were lost.
-#}
with

attempts as (
    select * from {{ ref('stg_logs__webhook_logs') }}
),

callbacks as (
    select * from {{ ref('stg_history__webhook_callbacks') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

calls_listed as (
    select
        tenant_id,
        direction,
        provider,
        event,
        occurred_at,
        1 as attempt_count,
        case when status <> 'succeeded' then 1 else 0 end as failed_attempt_count,
        case when attempt_number = 1 then 1 else 0 end as first_attempt_count,
        case when attempt_number = 1 and status <> 'succeeded' then 1 else 0 end
            as failed_first_attempt_count,
        0 as callback_count,
        0 as lost_callback_count
    from attempts
    union all
    select
        tenant_id,
        'inbound' as direction,
        provider,
        event,
        received_at as occurred_at,
        0 as attempt_count,
        0 as failed_attempt_count,
        0 as first_attempt_count,
        0 as failed_first_attempt_count,
        1 as callback_count,
        case when status = 'failed' then 1 else 0 end as lost_callback_count
    from callbacks
),

calls_dated as (
    select
        calls_listed.*,
        {{ local_date('calls_listed.occurred_at', 'tenants.timezone') }} as call_date
    from calls_listed
    inner join tenants
        on tenants.tenant_id = calls_listed.tenant_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,

    -- attributes
    cast(direction as text) as direction,
    cast(provider as text) as provider,
    cast(event as text) as event,

    -- measures
    {% for column in [
        'attempt_count', 'failed_attempt_count', 'first_attempt_count',
        'failed_first_attempt_count', 'callback_count', 'lost_callback_count',
    ] -%}
    cast(sum({{ column }}) as bigint) as {{ column }},
    {% endfor %}
    -- dates
    cast(call_date as date) as call_date
from calls_dated
group by tenant_id, direction, provider, event, call_date
