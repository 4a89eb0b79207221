{#-
    What systems and people did, by local day, source and event: how much, how many errors, and how
    many acts were refused.
-#}
with

system_logs as (
    select * from {{ ref('stg_logs__system_logs') }}
),

human_logs as (
    select * from {{ ref('stg_logs__human_logs') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

events_listed as (
    select
        tenant_id,
        'system' as log_type,
        component as log_source,
        event,
        occurred_at,
        case when level = 'error' then 1 else 0 end as error_count,
        0 as refused_count
    from system_logs
    union all
    select
        tenant_id,
        'person' as log_type,
        'person' as log_source,
        action as event,
        occurred_at,
        0 as error_count,
        case when outcome <> 'succeeded' then 1 else 0 end as refused_count
    from human_logs
),

events_dated as (
    select
        events_listed.*,
        {{ local_date('events_listed.occurred_at', 'tenants.timezone') }} as log_date
    from events_listed
    inner join tenants
        on tenants.tenant_id = events_listed.tenant_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,

    -- attributes
    cast(log_type as text) as log_type,
    cast(log_source as text) as log_source,
    cast(event as text) as event,

    -- measures
    cast(count(*) as bigint) as event_count,
    cast(sum(error_count) as bigint) as error_count,
    cast(sum(refused_count) as bigint) as refused_count,

    -- dates
    cast(log_date as date) as log_date
from events_dated
group by tenant_id, log_type, log_source, event, log_date
