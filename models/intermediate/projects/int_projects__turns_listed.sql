{#-
    The days on which recurring tasks were to be made, up to the day of the data, each with the day
    of the next one.
-#}
with

rules as (
    select * from {{ ref('stg_tasks__recurring_tasks') }}
    where deleted_at is null
),

projects as (
    select * from {{ ref('stg_tasks__projects') }}
    where deleted_at is null
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

rules_dated as (
    select
        rules.tenant_id,
        rules.recurring_task_id,
        rules.project_id,
        rules.title,
        projects.name as project_name,
        rules.frequency,
        rules.interval_count,
        rules.due_after_days,
        rules.is_active,
        rules.starts_on,
        tenants.as_of_date,
        coalesce(rules.day_of_week, cast(extract(isodow from rules.starts_on) as integer))
            as weekday,
        coalesce(
            case when rules.frequency = 'monthly' then rules.day_of_month end,
            cast(extract(day from rules.starts_on) as integer)
        ) as month_day,
        greatest(rules.starts_on, {{ local_date('rules.created_at', 'tenants.timezone') }})
            as first_date,
        least(rules.ends_on, tenants.as_of_date) as last_date
    from rules
    inner join projects
        on projects.tenant_id = rules.tenant_id
        and projects.project_id = rules.project_id
    inner join tenants
        on tenants.tenant_id = rules.tenant_id
),

days_of_rules as (
    select
        rules_dated.*,
        cast({{ each_day('first_date', 'last_date') }} as date) as turn_date
    from rules_dated
    where first_date <= last_date
),

days_compared as (
    select
        *,
        turn_date - starts_on as days_on,
        cast(
            (extract(year from turn_date) - extract(year from starts_on)) * 12
            + extract(month from turn_date) - extract(month from starts_on) as integer
        ) as months_on,
        mod(weekday - cast(extract(isodow from starts_on) as integer) + 7, 7) as days_to_weekday,
        cast(extract(day from turn_date) as integer) = least(
            month_day,
            cast(
                extract(
                    day from {{ add_months(first_of_period('month', 'turn_date'), 1) }} - 1
                ) as integer
            )
        ) as is_month_day
    from days_of_rules
),

turns as (
    select *
    from days_compared
    where case frequency
        when 'daily' then mod(days_on, interval_count) = 0
        when 'weekly'
            then days_on >= days_to_weekday
            and mod(days_on - days_to_weekday, 7 * interval_count) = 0
        when 'monthly' then is_month_day and mod(months_on, interval_count) = 0
        else is_month_day and mod(months_on, 12 * interval_count) = 0
    end
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(recurring_task_id as bigint) as recurring_task_id,
    cast(project_id as bigint) as project_id,

    -- attributes
    cast(title as text) as title,
    cast(project_name as text) as project_name,
    cast(frequency as text) as frequency,

    -- flags
    cast(is_active as boolean) as is_active,

    -- dates
    cast(as_of_date as date) as as_of_date,
    cast(turn_date as date) as turn_date,
    cast(
        lead(turn_date) over (partition by tenant_id, recurring_task_id order by turn_date) as date
    ) as next_turn_date,
    cast(turn_date + due_after_days as date) as due_date
from turns
