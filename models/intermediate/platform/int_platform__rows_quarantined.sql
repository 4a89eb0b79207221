{#-
    Settings in a tenant's metadata that say nothing that can be used: what holds without them
    holds.
-#}
with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

settings as (
    select * from {{ ref('int_platform__settings_read') }}
),

events_entered as (
    select * from {{ ref('int_platform__events_read') }}
),

causes as (
    select tenant_id, 'unreadable_country' as cause
    from settings
    where not is_country_readable
    union all
    select tenant_id, 'unreadable_fiscal_year_label' as cause
    from settings
    where not is_fiscal_year_label_readable
    union all
    select tenant_id, 'unreadable_calendar' as cause
    from settings
    where not is_calendar_readable
    union all
    select tenant_id, 'unreadable_event' as cause
    from settings
    where not has_readable_events
    union all
    select distinct tenant_id, 'unreadable_event' as cause
    from events_entered
    where not is_readable
)

select
    -- keys
    cast(causes.tenant_id as bigint) as tenant_id,
    cast('sys_tenants' as text) as source_table,
    cast(causes.tenant_id as bigint) as source_id,

    -- attributes
    cast(causes.cause as text) as cause,

    -- timestamps
    cast(tenants.updated_at as timestamp with time zone) as occurred_at
from causes
inner join tenants
    on tenants.tenant_id = causes.tenant_id
