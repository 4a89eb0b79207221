{#-
    Shifts that count as worked, from when to when: as reported, else, on a day without a report of
    both moments, as scheduled. What ends before it starts is in int_people__rows_quarantined, as if
    it were not there.
-#}
with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

shift_reports as (
    select * from {{ ref('stg_staff__shift_reports') }}
    where ended_at >= started_at
),

schedules as (
    select * from {{ ref('stg_schedule__schedules') }}
    where status = 'worked' and ends_at >= starts_at
),

shifts as (
    select
        shift_reports.tenant_id, shift_reports.shift_report_id as source_id,
        shift_reports.user_id, shift_reports.shift_date as work_date,
        'shift_report' as source_type, tenants.timezone,
        shift_reports.started_at, shift_reports.ended_at
    from shift_reports
    inner join tenants
        on tenants.tenant_id = shift_reports.tenant_id
    union all
    select
        schedules.tenant_id, schedules.schedule_id as source_id, schedules.user_id,
        {{ local_date('schedules.starts_at', 'tenants.timezone') }} as work_date,
        'schedule' as source_type, tenants.timezone,
        schedules.starts_at as started_at, schedules.ends_at as ended_at
    from schedules
    inner join tenants
        on tenants.tenant_id = schedules.tenant_id
),

shifts_counted as (
    select
        *,
        count(case when source_type = 'shift_report' then 1 end) over (
            partition by tenant_id, user_id, work_date
        ) as report_count
    from shifts
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(source_id as bigint) as source_id,
    cast(user_id as bigint) as user_id,

    -- attributes
    cast(source_type as text) as source_type,

    -- measures
    cast(
        {{ integer_divide(microseconds_between('started_at', 'ended_at'), 1000000) }} as bigint
    ) as worked_seconds,

    -- dates
    cast(work_date as date) as work_date,

    -- timestamps
    {{ local_at('started_at', 'timezone') }} as started_at_local,
    {{ local_at('ended_at', 'timezone') }} as ended_at_local
from shifts_counted
where source_type = 'shift_report' or report_count = 0
