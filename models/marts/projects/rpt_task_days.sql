{#- How many tasks were open, and in progress, at the end of each day up to that of the data. -#}
with

tasks as (
    select * from {{ ref('int_projects__tasks_dated') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

tasks_closed as (
    select
        *,
        case when not is_open then coalesce(completed_date, cancelled_date) end as closed_date
    from tasks
),

tasks_known as (
    select
        *,
        {#- since when what was put back is not in progress, nobody knows -#}
        started_date is not null and (not is_open or has_begun) as is_start_known
    from tasks_closed
    where is_open or closed_date is not null
),

changes as (
    select tenant_id, created_date as date_day, 1 as open_change, 0 as progress_change
    from tasks_known
    where closed_date is null or closed_date > created_date
    union all
    select tenant_id, closed_date as date_day, -1 as open_change, 0 as progress_change
    from tasks_known
    where closed_date > created_date
    union all
    select tenant_id, started_date as date_day, 0 as open_change, 1 as progress_change
    from tasks_known
    where is_start_known and (closed_date is null or closed_date > started_date)
    union all
    select tenant_id, closed_date as date_day, 0 as open_change, -1 as progress_change
    from tasks_known
    where is_start_known and closed_date > started_date
),

changes_per_day as (
    select
        tenant_id,
        date_day,
        sum(open_change) as open_change,
        sum(progress_change) as progress_change
    from changes
    group by tenant_id, date_day
),

spans as (
    select
        changes_per_day.tenant_id,
        min(changes_per_day.date_day) as first_date,
        max(tenants.as_of_date) as last_date
    from changes_per_day
    inner join tenants
        on tenants.tenant_id = changes_per_day.tenant_id
    group by changes_per_day.tenant_id
),

days as (
    select
        tenant_id,
        cast({{ each_day('first_date', 'last_date') }} as date) as date_day
    from spans
    where first_date <= last_date
)

select
    -- keys
    cast(days.tenant_id as bigint) as tenant_id,

    -- measures
    cast(
        sum(coalesce(changes_per_day.open_change, 0)) over (
            partition by days.tenant_id order by days.date_day
        ) as integer
    ) as open_count,
    cast(
        sum(coalesce(changes_per_day.progress_change, 0)) over (
            partition by days.tenant_id order by days.date_day
        ) as integer
    ) as in_progress_count,

    -- dates
    cast(days.date_day as date) as date_day
from days
left join changes_per_day
    on changes_per_day.tenant_id = days.tenant_id
    and changes_per_day.date_day = days.date_day
