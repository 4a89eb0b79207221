{#-
    The days of events that do not keep their date: those of the tenant's country
    (docs/decisions/0017), then those that it has entered.
-#}
with

settings as (
    select * from {{ ref('int_platform__settings_read') }}
),

event_countries as (
    select * from {{ ref('event_countries') }}
),

moving_events as (
    select * from {{ ref('moving_events') }}
),

events_entered as (
    select * from {{ ref('int_platform__events_read') }}
    where is_readable
),

events_of_country as (
    select
        settings.tenant_id,
        moving_events.event_code,
        cast(null as text) as event_name,
        event_countries.event_rank,
        moving_events.start_date,
        moving_events.end_date,
        false as is_own
    from settings
    inner join event_countries
        on event_countries.country_code = settings.country_code
    inner join moving_events
        on moving_events.event_code = event_countries.event_code
        and moving_events.calendar_code = event_countries.calendar_code
),

{#- what is entered twice for one day is once -#}
events_of_tenant as (
    select
        tenant_id,
        'own: ' || event_name as event_code,
        event_name,
        1000 as event_rank,
        start_date,
        max(end_date) as end_date,
        true as is_own
    from events_entered
    group by tenant_id, event_name, start_date
),

events as (
    select * from events_of_country
    union all
    select * from events_of_tenant
),

events_paired as (
    select
        events.*,
        earlier.start_date as year_before_start_date,
        earlier.end_date as year_before_end_date,
        row_number() over (
            partition by events.tenant_id, events.event_code, events.start_date
            order by abs(events.start_date - earlier.start_date - 365), earlier.start_date desc
        ) as nearest_rank
    from events
    left join events as earlier
        on earlier.tenant_id = events.tenant_id
        and earlier.event_code = events.event_code
        and earlier.start_date between events.start_date - 548 and events.start_date - 200
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(event_code as text) as event_code,

    -- attributes
    cast(event_name as text) as event_name,
    cast(event_rank as integer) as event_rank,

    -- flags
    cast(is_own as boolean) as is_own,

    -- dates
    cast(start_date as date) as start_date,
    cast(end_date as date) as end_date,
    cast(year_before_start_date as date) as year_before_start_date,
    cast(year_before_end_date as date) as year_before_end_date
from events_paired
where nearest_rank = 1
