{#- The events that tenants have entered in their metadata, as they stand there. -#}
with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

events_listed as (
    select
        tenant_id,
        {{ each_element('metadata', 'events') }} as event_json
    from tenants
),

events_found as (
    select distinct
        tenant_id,
        event_json,
        nullif(trim({{ json_text('event_json', 'name') }}), '') as event_name,
        {{ json_text('event_json', 'starts_on') }} as starts_on,
        {{ json_text('event_json', 'ends_on') }} as ends_on
    from events_listed
),

events_dated as (
    select
        tenant_id,
        event_json,
        event_name,
        {{ date_read('starts_on') }} as start_date,
        case
            when ends_on is null then {{ date_read('starts_on') }}
            else {{ date_read('ends_on') }}
        end
            as end_date
    from events_found
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(event_json as text) as event_json,

    -- attributes
    cast(event_name as text) as event_name,

    -- flags
    cast(
        coalesce(event_name is not null and end_date - start_date between 0 and 366, false)
        as boolean
    )
        as is_readable,

    -- dates
    cast(start_date as date) as start_date,
    cast(end_date as date) as end_date
from events_dated
