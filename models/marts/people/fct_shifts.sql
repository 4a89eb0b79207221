{#-
    Planned shifts (definitions.md, People): what became of each, by the schedule, reports and
    approved time off, and how its work began and ended. What ends before it starts is in
    int_people__rows_quarantined.
-#}
with

schedules as (
    select * from {{ ref('stg_schedule__schedules') }}
    where status <> 'draft' and ends_at >= starts_at
),

shift_reports as (
    select * from {{ ref('stg_staff__shift_reports') }}
    where ended_at >= started_at or ended_at is null or started_at is null
),

time_off_requests as (
    select * from {{ ref('stg_schedule__time_off_requests') }}
    where status = 'approved'
),

leave_types as (
    select * from {{ ref('stg_schedule__leave_types') }}
),

wishes as (
    select * from {{ ref('int_people__wishes_matched') }}
),

staff as (
    select * from {{ ref('dim_staff') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

shifts_dated as (
    select
        schedules.*,
        tenants.timezone,
        {{ local_date('schedules.starts_at', 'tenants.timezone') }} as shift_date,
        {{ local_date('schedules.ends_at', 'tenants.timezone') }} < tenants.as_of_date as is_over
    from schedules
    inner join tenants
        on tenants.tenant_id = schedules.tenant_id
),

shifts_counted as (
    select
        *,
        count(*) over (partition by tenant_id, user_id, shift_date) as shift_count
    from shifts_dated
),

reports_per_day as (
    select
        tenant_id,
        user_id,
        shift_date,
        count(*) as report_count,
        min(shift_report_id) as shift_report_id
    from shift_reports
    group by tenant_id, user_id, shift_date
),

shifts_matched as (
    select
        shifts_counted.*,
        named.shift_report_id is not null or reports_per_day.report_count > 0 as has_report,
        coalesce(
            named.shift_report_id,
            case
                when shifts_counted.shift_count = 1 and reports_per_day.report_count = 1
                    then reports_per_day.shift_report_id
            end
        ) as own_report_id
    from shifts_counted
    left join shift_reports as named
        on named.tenant_id = shifts_counted.tenant_id
        and named.shift_report_id = shifts_counted.shift_report_id
        and named.user_id = shifts_counted.user_id
    left join reports_per_day
        on reports_per_day.tenant_id = shifts_counted.tenant_id
        and reports_per_day.user_id = shifts_counted.user_id
        and reports_per_day.shift_date = shifts_counted.shift_date
),

leaves as (
    select schedules.tenant_id, schedules.schedule_id, time_off_requests.time_off_request_id
    from schedules
    inner join time_off_requests
        on time_off_requests.tenant_id = schedules.tenant_id
        and time_off_requests.user_id = schedules.user_id
        and time_off_requests.schedule_id = schedules.schedule_id
    union all
    select schedules.tenant_id, schedules.schedule_id, time_off_requests.time_off_request_id
    from schedules
    inner join time_off_requests
        on time_off_requests.tenant_id = schedules.tenant_id
        and time_off_requests.user_id = schedules.user_id
        and time_off_requests.starts_at <= schedules.starts_at
        and time_off_requests.ends_at >= schedules.ends_at
),

leaves_per_shift as (
    select tenant_id, schedule_id, min(time_off_request_id) as time_off_request_id
    from leaves
    group by tenant_id, schedule_id
),

shifts_joined as (
    select
        shifts_matched.*,
        coalesce(shifts_matched.has_report, false) as is_reported,
        leaves_per_shift.time_off_request_id is not null as has_leave,
        coalesce(shifts_matched.leave_type_id, time_off_requests.leave_type_id) as kind_of_leave_id,
        reports.started_at as work_started_at,
        reports.ended_at as work_ended_at
    from shifts_matched
    left join shift_reports as reports
        on reports.tenant_id = shifts_matched.tenant_id
        and reports.shift_report_id = shifts_matched.own_report_id
    left join leaves_per_shift
        on leaves_per_shift.tenant_id = shifts_matched.tenant_id
        and leaves_per_shift.schedule_id = shifts_matched.schedule_id
    left join time_off_requests
        on time_off_requests.tenant_id = leaves_per_shift.tenant_id
        and time_off_requests.time_off_request_id = leaves_per_shift.time_off_request_id
),

shifts_settled as (
    select
        *,
        case
            when status = 'worked' or (status = 'published' and is_reported) then 'worked'
            when status = 'leave' or has_leave then 'leave'
            when status = 'absent' or is_over then 'absent'
            else 'ahead'
        end as shift_state
    from shifts_joined
),

shifts_measured as (
    select
        *,
        case
            when shift_state = 'worked' and work_started_at is not null
                then {{ microseconds_between('starts_at', 'work_started_at') }}
        end as late_microseconds,
        case
            when shift_state = 'worked'
                then {{ microseconds_between('work_ended_at', 'ends_at') }}
        end as early_microseconds,
        {{ integer_divide(microseconds_between('starts_at', 'ends_at'), 1000000) }}
            as planned_seconds
    from shifts_settled
)

select
    -- keys
    cast(shifts_measured.tenant_id as bigint) as tenant_id,
    cast(shifts_measured.schedule_id as bigint) as schedule_id,
    cast(shifts_measured.user_id as bigint) as user_id,
    cast(leave_types.leave_type_id as bigint) as leave_type_id,

    -- attributes
    cast(staff.full_name as text) as user_name,
    cast(shifts_measured.shift_state as text) as shift_state,
    cast(leave_types.name as text) as leave_type_name,
    cast(wishes.wish as text) as wish,

    -- measures
    cast(shifts_measured.planned_seconds as bigint) as planned_seconds,
    {% for measure in ['late', 'early'] -%}
    {% set microseconds = 'shifts_measured.' ~ measure ~ '_microseconds' -%}
    cast(
        case
            when {{ microseconds }} is not null
                then {{ minutes_of('greatest(' ~ microseconds ~ ', 0)') }}
        end as numeric(18, 2)
    ) as {{ measure }}_minutes,
    {% endfor %}
    -- flags
    cast(
        case when leave_types.leave_type_id is not null then leave_types.is_paid end as boolean
    ) as is_paid_leave,
    cast(shifts_measured.late_microseconds is not null as boolean) as has_start,
    cast(coalesce(shifts_measured.late_microseconds > 300000000, false) as boolean) as is_late,
    cast(coalesce(shifts_measured.early_microseconds > 300000000, false) as boolean) as is_early,
    cast(
        shifts_measured.is_over
        and not shifts_measured.is_reported
        and (
            shifts_measured.status = 'worked'
            or (shifts_measured.status = 'published' and not shifts_measured.has_leave)
        ) as boolean
    ) as lacks_report,

    -- dates
    cast(shifts_measured.shift_date as date) as shift_date,

    -- timestamps
    cast(shifts_measured.starts_at as timestamp with time zone) as starts_at,
    cast(shifts_measured.ends_at as timestamp with time zone) as ends_at,
    cast(shifts_measured.work_started_at as timestamp with time zone) as work_started_at,
    cast(shifts_measured.work_ended_at as timestamp with time zone) as work_ended_at
from shifts_measured
left join leave_types
    on leave_types.tenant_id = shifts_measured.tenant_id
    and leave_types.leave_type_id = case
        when shifts_measured.shift_state = 'leave' then shifts_measured.kind_of_leave_id
    end
left join wishes
    on wishes.tenant_id = shifts_measured.tenant_id
    and wishes.schedule_id = shifts_measured.schedule_id
left join staff
    on staff.tenant_id = shifts_measured.tenant_id
    and staff.user_id = shifts_measured.user_id
