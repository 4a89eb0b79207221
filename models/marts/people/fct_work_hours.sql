{#- What a person worked on a day, by the end of each shift. -#}
with

shifts_worked as (
    select * from {{ ref('int_people__shifts_worked') }}
),

shifts_placed as (
    select
        tenant_id,
        user_id,
        source_type,
        worked_seconds,
        work_date,
        {#- a night's shift ends with the day that it belongs to -#}
        least(
            greatest(ended_at_local, cast(work_date as timestamp)),
            cast(work_date as timestamp) + interval '86399 seconds'
        ) as ended_at_local
    from shifts_worked
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(user_id as bigint) as user_id,

    -- attributes
    cast(source_type as text) as source_type,

    -- measures
    cast(count(*) as integer) as shift_count,
    cast(sum(worked_seconds) as bigint) as worked_seconds,

    -- dates
    cast(work_date as date) as work_date,

    -- timestamps
    cast(ended_at_local as timestamp) as ended_at_local
from shifts_placed
group by tenant_id, user_id, source_type, work_date, ended_at_local
