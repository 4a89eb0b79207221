{#-
    How long people were at work in each hour of the tenant's days, beside what came in then
    (definitions.md, People). Of shifts of more than two days nobody knows when somebody worked.
-#}
with

shifts_worked as (
    select * from {{ ref('int_people__shifts_worked') }}
    where worked_seconds between 1 and 172800 and ended_at_local > started_at_local
),

orders as (
    select * from {{ ref('fct_orders') }}
),

conversations as (
    select * from {{ ref('fct_conversations') }}
),

shift_hours as (
    select
        tenant_id,
        started_at_local,
        ended_at_local,
        cast(
            {{ each_hour("date_trunc('hour', started_at_local)", 'ended_at_local') }} as timestamp
        ) as hour_start
    from shifts_worked
),

parts as (
    select
        tenant_id,
        cast(hour_start as date) as cover_date,
        cast(extract(hour from hour_start) as integer) as cover_hour,
        {{ microseconds_between(
            'greatest(started_at_local, hour_start)',
            "least(ended_at_local, hour_start + interval '1 hour')",
        ) }} as worked_microseconds,
        0 as order_count,
        0 as first_message_count
    from shift_hours
    union all
    select
        tenant_id,
        cast(ordered_at_local as date) as cover_date,
        cast(extract(hour from ordered_at_local) as integer) as cover_hour,
        0 as worked_microseconds,
        1 as order_count,
        0 as first_message_count
    from orders
    union all
    select
        tenant_id,
        cast(started_at_local as date) as cover_date,
        cast(extract(hour from started_at_local) as integer) as cover_hour,
        0 as worked_microseconds,
        0 as order_count,
        1 as first_message_count
    from conversations
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,

    -- measures
    cast(
        {{ integer_divide('sum(worked_microseconds)', 1000000) }} as bigint
    ) as worked_seconds,
    cast(sum(order_count) as integer) as order_count,
    cast(sum(first_message_count) as integer) as first_message_count,
    cast(extract(isodow from cover_date) as integer) as day_of_week,
    cast(cover_hour as integer) as cover_hour,

    -- dates
    cast(cover_date as date) as cover_date
from parts
group by tenant_id, cover_date, cover_hour
having sum(worked_microseconds) >= 1000000 or sum(order_count) + sum(first_message_count) > 0
